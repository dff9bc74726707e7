// The GGUF header parser. Order of the file: header, keys, tensor infos, padding, data. Each
// section is read by one function; offsets in messages count from the begin of the file.
#include "base/utf8.h"
#include "engine/gguf/byte_reader.h"
#include "engine/gguf/contents.h"
#include "engine/gguf/place_tensors.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

namespace attest::engine {

namespace {

constexpr std::string_view kAlignmentKey = "general.alignment";
constexpr std::uint64_t kDefaultAlignment = 32;
constexpr std::uint32_t kMaxDimensions = 4;

std::string at(std::size_t offset) {
    return " at byte " + std::to_string(offset);
}

Error invalid(std::string message) {
    return Error{ErrorCode::InvalidInput, std::move(message)};
}

Error truncated(std::string_view what, std::size_t offset) {
    return invalid("the file ends inside " + std::string(what) + at(offset));
}

Error overLimit(std::string message) {
    return Error{ErrorCode::OutOfResources, std::move(message)};
}

// Names are quoted in messages and shown to people: nothing that could disturb a terminal.
bool isPrintable(std::string_view name) {
    const auto isControl = [](char c) {
        return std::uint8_t(c) < 0x20 || c == 0x7F;
    };
    return !name.empty() && std::none_of(name.begin(), name.end(), isControl) && isValidUtf8(name);
}

bool isKnown(std::uint32_t valueType) {
    return valueType <= std::uint32_t(ValueType::F64);
}

// The fewest bytes that an element of this type takes in the file.
std::size_t minimumSize(ValueType type) {
    constexpr std::size_t kEmptyString = 8;
    constexpr std::size_t kEmptyArray = 12;
    switch (type) {
    case ValueType::String:
        return kEmptyString;
    case ValueType::Array:
        return kEmptyArray;
    default:
        return fixedSize(type);
    }
}

class Parser {
public:
    explicit Parser(std::span<const std::byte> file) : file_(file), reader_(file) {}

    Result<GgufContents> parse() {
        ATTEST_TRY(readHeader());
        ATTEST_TRY(readEntries());
        ATTEST_TRY(indexEntries());
        ATTEST_TRY(readAlignment());
        ATTEST_TRY(readTensors());
        ATTEST_TRY(indexTensors());
        ATTEST_TRY(placeTensors());
        return std::move(contents_);
    }

private:
    Result<void> readHeader();
    Result<void> readEntries();
    Result<GgufEntry> readEntry();
    Result<void> readArray(GgufEntry& entry, int depth);
    Result<void> skipStrings(const GgufEntry& entry);
    Result<void> indexEntries();
    Result<void> readAlignment();
    Result<void> readTensors();
    Result<void> readTensor();
    Result<void> indexTensors();
    Result<void> placeTensors();

    std::span<const std::byte> file_;
    ByteReader reader_;
    GgufContents contents_;
    std::uint64_t entryCount_ = 0;
    std::uint64_t tensorCount_ = 0;
    std::uint64_t alignment_ = kDefaultAlignment;
    std::vector<std::uint64_t> tensorOffsets_; // relative to the data section, in file order
};

Result<void> Parser::readHeader() {
    const auto magic = reader_.take(4);
    if (!magic || std::memcmp(magic->data(), "GGUF", 4) != 0) {
        return invalid("not a GGUF file: it does not begin with 'GGUF'");
    }
    const auto version = reader_.number<std::uint32_t>();
    if (!version) {
        return truncated("the header", reader_.offset());
    }
    if ((*version & 0xFFFFU) == 0 && *version != 0) {
        return Error{ErrorCode::Unsupported,
                     "the file is big-endian; only little-endian GGUF files can be read"};
    }
    if (*version != 2 && *version != 3) {
        return Error{ErrorCode::Unsupported,
                     "GGUF version " + std::to_string(*version) +
                         "; this build reads versions 2 and 3"};
    }
    contents_.version = *version;
    const auto tensorCount = reader_.number<std::uint64_t>();
    const auto entryCount = reader_.number<std::uint64_t>();
    if (!tensorCount || !entryCount) {
        return truncated("the header", reader_.offset());
    }
    // The smallest key: one letter, type, one byte. The smallest tensor info: one letter, dimension
    // count, one dimension, type, offset.
    constexpr std::size_t kMinEntryBytes = 8 + 1 + 4 + 1;
    constexpr std::size_t kMinTensorBytes = 8 + 1 + 4 + 8 + 4 + 8;
    if (*tensorCount > reader_.remaining() / kMinTensorBytes) {
        return invalid("the header claims " + std::to_string(*tensorCount) +
                       " tensors, more than the file has room for (byte 8)");
    }
    if (*entryCount > reader_.remaining() / kMinEntryBytes) {
        return invalid("the header claims " + std::to_string(*entryCount) +
                       " keys, more than the file has room for (byte 16)");
    }
    if (*tensorCount > GgufLimits::kTensors || *entryCount > GgufLimits::kKeys) {
        return overLimit(std::to_string(*tensorCount) + " tensors and " +
                         std::to_string(*entryCount) + " keys; this build reads at most " +
                         std::to_string(GgufLimits::kTensors) + " of each");
    }
    tensorCount_ = *tensorCount;
    entryCount_ = *entryCount;
    return {};
}

Result<void> Parser::readEntries() {
    for (std::uint64_t i = 0; i < entryCount_; ++i) {
        ATTEST_TRY_ASSIGN(GgufEntry entry, readEntry());
        contents_.entries.push_back(entry);
    }
    return {};
}

Result<GgufEntry> Parser::readEntry() {
    const std::size_t start = reader_.offset();
    const auto key = reader_.string();
    if (!key) {
        return truncated("a key", start);
    }
    if (key->size() > GgufLimits::kKeyBytes || !isPrintable(*key)) {
        return invalid("a key is empty, too long or not printable text" + at(start));
    }
    const std::string name = "key '" + std::string(*key) + "'";
    const std::size_t typeOffset = reader_.offset();
    const auto type = reader_.number<std::uint32_t>();
    if (!type) {
        return truncated(name, typeOffset);
    }
    if (!isKnown(*type)) {
        return invalid(name + " has the unknown value type " + std::to_string(*type) +
                       at(typeOffset));
    }
    GgufEntry entry;
    entry.key = *key;
    entry.type = ValueType(*type);
    const std::size_t valueOffset = reader_.offset();
    if (entry.type == ValueType::Array) {
        if (auto array = readArray(entry, 1); !array.ok()) {
            return std::move(array).error().in(name);
        }
        return entry;
    }
    if (entry.type == ValueType::String) {
        const auto value = reader_.string();
        if (!value) {
            return truncated(name, valueOffset);
        }
        if (value->size() > GgufLimits::kStringBytes) {
            return overLimit(name + " is a string of " + std::to_string(value->size()) +
                             " bytes; this build reads at most " +
                             std::to_string(GgufLimits::kStringBytes));
        }
        entry.bytes = std::as_bytes(std::span(*value));
        return entry;
    }
    const auto value = reader_.take(fixedSize(entry.type));
    if (!value) {
        return truncated(name, valueOffset);
    }
    if (entry.type == ValueType::Bool && std::to_integer<int>(value->front()) > 1) {
        return invalid(name + " is a bool that is neither 0 nor 1" + at(valueOffset));
    }
    entry.bytes = *value;
    return entry;
}

Result<void> Parser::readArray(GgufEntry& entry, int depth) {
    const std::size_t start = reader_.offset();
    const auto elementType = reader_.number<std::uint32_t>();
    const auto count = reader_.number<std::uint64_t>();
    if (!elementType || !count) {
        return truncated("an array", start);
    }
    if (!isKnown(*elementType)) {
        return invalid("array of the unknown type " + std::to_string(*elementType) + at(start));
    }
    entry.elementType = ValueType(*elementType);
    entry.count = *count;
    if (*count > reader_.remaining() / minimumSize(entry.elementType)) {
        return invalid("the array claims " + std::to_string(*count) +
                       " elements, more than the file has room for" + at(start));
    }
    if (*count > GgufLimits::kElements) {
        return overLimit("array of " + std::to_string(*count) +
                         " elements; this build reads at most " +
                         std::to_string(GgufLimits::kElements));
    }
    const std::size_t first = reader_.offset();
    if (entry.elementType == ValueType::String) {
        ATTEST_TRY(skipStrings(entry));
    } else if (entry.elementType == ValueType::Array) {
        if (depth >= GgufLimits::kArrayDepth) {
            return overLimit("arrays are nested deeper than " +
                             std::to_string(GgufLimits::kArrayDepth) + at(start));
        }
        for (std::uint64_t i = 0; i < *count; ++i) {
            GgufEntry inner;
            ATTEST_TRY(readArray(inner, depth + 1));
        }
    } else {
        // Cannot fail: the count was checked against the bytes that are left.
        reader_.take(*count * fixedSize(entry.elementType));
    }
    entry.bytes = file_.subspan(first, reader_.offset() - first);
    return {};
}

Result<void> Parser::skipStrings(const GgufEntry& entry) {
    for (std::uint64_t i = 0; i < entry.count; ++i) {
        const std::size_t start = reader_.offset();
        const auto element = reader_.string();
        if (!element) {
            return truncated("element " + std::to_string(i), start);
        }
        if (element->size() > GgufLimits::kElementBytes) {
            return overLimit("element " + std::to_string(i) + " has " +
                             std::to_string(element->size()) + " bytes; this build reads at most " +
                             std::to_string(GgufLimits::kElementBytes));
        }
    }
    return {};
}

Result<void> Parser::indexEntries() {
    auto& order = contents_.entriesByKey;
    order.resize(contents_.entries.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto key = [this](std::uint32_t i) {
        return contents_.entries[i].key;
    };
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return key(a) < key(b); });
    for (std::size_t i = 1; i < order.size(); ++i) {
        if (key(order[i - 1]) == key(order[i])) {
            return invalid("key '" + std::string(key(order[i])) + "' is there twice");
        }
    }
    return {};
}

Result<void> Parser::readAlignment() {
    for (const GgufEntry& entry : contents_.entries) {
        if (entry.key != kAlignmentKey) {
            continue;
        }
        if (entry.type != ValueType::U32) {
            return invalid("key 'general.alignment' is " + std::string(toString(entry.type)) +
                           ", not u32");
        }
        alignment_ = loadNumber<std::uint32_t>(entry.bytes, 0);
        if (!std::has_single_bit(alignment_) || alignment_ < GgufLimits::kMinAlignment ||
            alignment_ > GgufLimits::kMaxAlignment) {
            return invalid("key 'general.alignment' is " + std::to_string(alignment_) +
                           "; it must be a power of two from 8 to 65536");
        }
    }
    return {};
}

Result<void> Parser::readTensors() {
    for (std::uint64_t i = 0; i < tensorCount_; ++i) {
        ATTEST_TRY(readTensor());
    }
    return {};
}

Result<void> Parser::readTensor() {
    const std::size_t start = reader_.offset();
    const auto text = reader_.string();
    if (!text) {
        return truncated("a tensor name", start);
    }
    if (text->size() > GgufLimits::kTensorNameBytes || !isPrintable(*text)) {
        return invalid("a tensor name is empty, too long or not printable text" + at(start));
    }
    TensorInfo tensor;
    tensor.name = *text;
    const std::string name = "tensor '" + tensor.name + "'";
    const std::size_t infoOffset = reader_.offset();
    const auto dimensions = reader_.number<std::uint32_t>();
    if (!dimensions) {
        return truncated(name, infoOffset);
    }
    if (*dimensions == 0 || *dimensions > kMaxDimensions) {
        return invalid(name + " has " + std::to_string(*dimensions) +
                       " dimensions; 1 to 4 are possible" + at(infoOffset));
    }
    for (std::uint32_t i = 0; i < *dimensions; ++i) {
        const auto size = reader_.number<std::uint64_t>();
        if (!size) {
            return truncated(name, infoOffset);
        }
        if (*size == 0) {
            return invalid(name + " has an empty dimension" + at(infoOffset));
        }
        tensor.shape.push_back(*size);
    }
    const auto type = reader_.number<std::uint32_t>();
    const auto offset = reader_.number<std::uint64_t>();
    if (!type || !offset) {
        return truncated(name, infoOffset);
    }
    tensor.type = TensorType(*type);
    if (*offset % alignment_ != 0) {
        return invalid(name + " begins at " + std::to_string(*offset) +
                       ", which is not a multiple of the alignment " + std::to_string(alignment_));
    }
    contents_.tensors.push_back(std::move(tensor));
    tensorOffsets_.push_back(*offset);
    return {};
}

Result<void> Parser::indexTensors() {
    auto& order = contents_.tensorsByName;
    order.resize(contents_.tensors.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto name = [this](std::uint32_t i) -> const std::string& {
        return contents_.tensors[i].name;
    };
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return name(a) < name(b); });
    for (std::size_t i = 1; i < order.size(); ++i) {
        if (name(order[i - 1]) == name(order[i])) {
            return invalid("tensor '" + name(order[i]) + "' is there twice");
        }
    }
    return {};
}

Result<void> Parser::placeTensors() {
    if (contents_.tensors.empty()) {
        return {};
    }
    const std::uint64_t headerEnd = reader_.offset();
    const std::uint64_t dataStart = (headerEnd + alignment_ - 1) / alignment_ * alignment_;
    if (dataStart > file_.size()) {
        return truncated("the padding before the tensor data", headerEnd);
    }
    return engine::placeTensors(
        contents_.tensors, tensorOffsets_, file_.subspan(std::size_t(dataStart)));
}

} // namespace

Result<GgufContents> parseGguf(std::span<const std::byte> file) {
    return Parser(file).parse();
}

} // namespace attest::engine
