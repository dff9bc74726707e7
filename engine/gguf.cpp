#include "engine/gguf.h"

#include "base/utf8.h"
#include "engine/gguf/byte_reader.h"
#include "engine/gguf/contents.h"
#include "engine/gguf/mapped_file.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace attest::engine {

namespace {

struct Integer {
    bool isNegative = false;
    std::uint64_t bits = 0; // two's complement when negative
};

template <typename T>
Integer integerAt(std::span<const std::byte> bytes, std::size_t index) {
    const T value = loadNumber<T>(bytes, index * sizeof(T));
    if constexpr (std::is_signed_v<T>) {
        return {value < 0, std::uint64_t(std::int64_t(value))};
    } else {
        return {false, value};
    }
}

// nullopt: not an integer type.
std::optional<Integer>
readInteger(ValueType type, std::span<const std::byte> bytes, std::size_t index) {
    switch (type) {
    case ValueType::U8:
        return integerAt<std::uint8_t>(bytes, index);
    case ValueType::I8:
        return integerAt<std::int8_t>(bytes, index);
    case ValueType::U16:
        return integerAt<std::uint16_t>(bytes, index);
    case ValueType::I16:
        return integerAt<std::int16_t>(bytes, index);
    case ValueType::U32:
        return integerAt<std::uint32_t>(bytes, index);
    case ValueType::I32:
        return integerAt<std::int32_t>(bytes, index);
    case ValueType::U64:
        return integerAt<std::uint64_t>(bytes, index);
    case ValueType::I64:
        return integerAt<std::int64_t>(bytes, index);
    default:
        return std::nullopt;
    }
}

bool isInteger(ValueType type) {
    return fixedSize(type) != 0 && type != ValueType::Bool && type != ValueType::F32 &&
           type != ValueType::F64;
}

std::optional<double>
readFloat(ValueType type, std::span<const std::byte> bytes, std::size_t index) {
    if (type == ValueType::F32) {
        return double(loadNumber<float>(bytes, index * sizeof(float)));
    }
    if (type == ValueType::F64) {
        return loadNumber<double>(bytes, index * sizeof(double));
    }
    return std::nullopt;
}

std::string describe(const GgufEntry& entry) {
    if (entry.type != ValueType::Array) {
        return std::string(toString(entry.type));
    }
    return "an array of elements of type " + std::string(toString(entry.elementType));
}

Error wrongType(const GgufEntry& entry, std::string_view wanted) {
    return Error{ErrorCode::InvalidInput,
                 "key '" + std::string(entry.key) + "' is " + describe(entry) + ", not " +
                     std::string(wanted)};
}

Error outOfRange(const GgufEntry& entry) {
    return Error{ErrorCode::InvalidInput,
                 "key '" + std::string(entry.key) + "' holds a number that is out of range"};
}

template <typename T, typename U>
Result<T> valueOr(Result<T> value, U fallback) {
    if (!value.ok() && value.error().code == ErrorCode::NotFound) {
        return T(fallback);
    }
    return value;
}

} // namespace

struct GgufFile::Impl {
    std::filesystem::path path;
    MappedFile file;
    GgufContents contents; // points into `file`

    const GgufEntry* find(std::string_view key) const {
        const auto& order = contents.entriesByKey;
        const auto it = std::lower_bound(
            order.begin(), order.end(), key, [this](std::uint32_t i, std::string_view wanted) {
                return contents.entries[i].key < wanted;
            });
        if (it == order.end() || contents.entries[*it].key != key) {
            return nullptr;
        }
        return &contents.entries[*it];
    }

    Result<const GgufEntry*> entry(std::string_view key) const {
        if (const GgufEntry* found = find(key)) {
            return found;
        }
        return Error{ErrorCode::NotFound, "key '" + std::string(key) + "' is not in the file"};
    }

    Result<const GgufEntry*> array(std::string_view key) const {
        ATTEST_TRY_ASSIGN(const GgufEntry* found, entry(key));
        if (found->type != ValueType::Array) {
            return wrongType(*found, "an array");
        }
        return found;
    }
};

Result<GgufFile> GgufFile::open(const std::filesystem::path& path) {
    const std::string context = "open model file '" + path.string() + "'";
    auto file = MappedFile::open(path);
    if (!file.ok()) {
        return std::move(file).error().in(context);
    }
    auto contents = parseGguf(file.value().bytes());
    if (!contents.ok()) {
        return std::move(contents).error().in(context);
    }
    return GgufFile(
        std::make_unique<Impl>(Impl{path, std::move(file).value(), std::move(contents).value()}));
}

GgufFile::GgufFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

GgufFile::GgufFile(GgufFile&&) noexcept = default;
GgufFile& GgufFile::operator=(GgufFile&&) noexcept = default;
GgufFile::~GgufFile() = default;

std::span<const std::byte> GgufFile::bytes() const {
    return impl_->file.bytes();
}

Result<void> GgufFile::copyIntoMemory(ThreadPool& pool,
                                      const std::function<Result<void>(std::byte* copy)>& arrange) {
    auto done = impl_->file.copyIntoMemory(pool, arrange);
    if (!done.ok()) {
        return std::move(done).error().in("read model file '" + impl_->path.string() + "'");
    }
    return {};
}

bool GgufFile::isInMemory() const {
    return impl_->file.isCopy();
}

std::uint32_t GgufFile::version() const {
    return impl_->contents.version;
}

std::uint64_t GgufFile::fileSize() const {
    return impl_->file.bytes().size();
}

const std::filesystem::path& GgufFile::path() const {
    return impl_->path;
}

std::span<const TensorInfo> GgufFile::tensors() const {
    return impl_->contents.tensors;
}

const TensorInfo* GgufFile::findTensor(std::string_view name) const {
    const auto& tensors = impl_->contents.tensors;
    const auto& order = impl_->contents.tensorsByName;
    const auto it = std::lower_bound(
        order.begin(), order.end(), name, [&](std::uint32_t i, std::string_view wanted) {
            return tensors[i].name < wanted;
        });
    return it == order.end() || tensors[*it].name != name ? nullptr : &tensors[*it];
}

bool GgufFile::has(std::string_view key) const {
    return impl_->find(key) != nullptr;
}

std::vector<std::string_view> GgufFile::keys() const {
    std::vector<std::string_view> keys;
    keys.reserve(impl_->contents.entries.size());
    for (const GgufEntry& entry : impl_->contents.entries) {
        keys.push_back(entry.key);
    }
    return keys;
}

Result<std::uint64_t> GgufFile::unsignedValue(std::string_view key) const {
    ATTEST_TRY_ASSIGN(const GgufEntry* entry, impl_->entry(key));
    const auto value = readInteger(entry->type, entry->bytes, 0);
    if (!value) {
        return wrongType(*entry, "an integer");
    }
    if (value->isNegative) {
        return outOfRange(*entry);
    }
    return value->bits;
}

Result<double> GgufFile::floatValue(std::string_view key) const {
    ATTEST_TRY_ASSIGN(const GgufEntry* entry, impl_->entry(key));
    if (const auto value = readFloat(entry->type, entry->bytes, 0)) {
        return *value;
    }
    return wrongType(*entry, "a floating-point number");
}

Result<bool> GgufFile::boolValue(std::string_view key) const {
    ATTEST_TRY_ASSIGN(const GgufEntry* entry, impl_->entry(key));
    if (entry->type != ValueType::Bool) {
        return wrongType(*entry, "a bool");
    }
    return entry->bytes.front() != std::byte{0};
}

Result<std::string_view> GgufFile::stringValue(std::string_view key) const {
    ATTEST_TRY_ASSIGN(const GgufEntry* entry, impl_->entry(key));
    if (entry->type != ValueType::String) {
        return wrongType(*entry, "a string");
    }
    const std::string_view text(reinterpret_cast<const char*>(entry->bytes.data()),
                                entry->bytes.size());
    if (!isValidUtf8(text)) {
        return Error{ErrorCode::InvalidInput, "key '" + std::string(key) + "' is not valid UTF-8"};
    }
    return text;
}

Result<std::vector<std::string_view>> GgufFile::strings(std::string_view key) const {
    ATTEST_TRY_ASSIGN(const GgufEntry* entry, impl_->array(key));
    if (entry->elementType != ValueType::String) {
        return wrongType(*entry, "an array of strings");
    }
    std::vector<std::string_view> strings;
    strings.reserve(std::size_t(entry->count));
    ByteReader reader(entry->bytes);
    for (std::uint64_t i = 0; i < entry->count; ++i) {
        // The elements were checked when the file was opened, but another program may write to it.
        const auto text = reader.string();
        if (!text) {
            return Error{ErrorCode::InvalidInput,
                         "key '" + std::string(key) + "' changed while the file was open"};
        }
        strings.push_back(*text);
    }
    return strings;
}

Result<std::vector<float>> GgufFile::floats(std::string_view key) const {
    ATTEST_TRY_ASSIGN(const GgufEntry* entry, impl_->array(key));
    if (entry->elementType != ValueType::F32 && entry->elementType != ValueType::F64) {
        return wrongType(*entry, "an array of floating-point numbers");
    }
    std::vector<float> floats;
    floats.reserve(std::size_t(entry->count));
    for (std::size_t i = 0; i < entry->count; ++i) {
        floats.push_back(float(*readFloat(entry->elementType, entry->bytes, i)));
    }
    return floats;
}

Result<std::vector<std::int64_t>> GgufFile::integers(std::string_view key) const {
    ATTEST_TRY_ASSIGN(const GgufEntry* entry, impl_->array(key));
    if (!isInteger(entry->elementType)) {
        return wrongType(*entry, "an array of integers");
    }
    std::vector<std::int64_t> integers;
    integers.reserve(std::size_t(entry->count));
    for (std::size_t i = 0; i < entry->count; ++i) {
        const Integer value = *readInteger(entry->elementType, entry->bytes, i);
        if (!value.isNegative &&
            value.bits > std::uint64_t(std::numeric_limits<std::int64_t>::max())) {
            return outOfRange(*entry);
        }
        integers.push_back(std::int64_t(value.bits));
    }
    return integers;
}

Result<std::uint64_t> GgufFile::arrayLength(std::string_view key) const {
    ATTEST_TRY_ASSIGN(const GgufEntry* entry, impl_->array(key));
    return entry->count;
}

Result<std::uint64_t> GgufFile::unsignedOr(std::string_view key, std::uint64_t fallback) const {
    return valueOr(unsignedValue(key), fallback);
}

Result<double> GgufFile::floatOr(std::string_view key, double fallback) const {
    return valueOr(floatValue(key), fallback);
}

Result<bool> GgufFile::boolOr(std::string_view key, bool fallback) const {
    return valueOr(boolValue(key), fallback);
}

Result<std::string_view> GgufFile::stringOr(std::string_view key, std::string_view fallback) const {
    return valueOr(stringValue(key), fallback);
}

} // namespace attest::engine
