// Builds GGUF files for tests, correct ones by default and broken ones on request.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>
#include <vector>

namespace attest::test {

// The bytes of a number as the file holds it.
template <typename T>
std::string rawNumber(T value) {
    return {reinterpret_cast<const char*>(&value), sizeof value};
}

inline std::string rawString(std::string_view text) {
    return rawNumber(std::uint64_t(text.size())) + std::string(text);
}

// Keys and tensors appear in the order in which they are added. Tensor types and value types are
// plain ids, so that a test can write any.
class GgufWriter {
public:
    // Value type ids of the format.
    enum Type : std::uint32_t {
        U8 = 0,
        I8 = 1,
        U16 = 2,
        I16 = 3,
        U32 = 4,
        I32 = 5,
        F32 = 6,
        Bool = 7,
        String = 8,
        Array = 9,
        U64 = 10,
        I64 = 11,
        F64 = 12,
    };

    // What to write into the header in place of the truth.
    std::uint32_t version = 3;
    std::optional<std::uint64_t> tensorCount;
    std::optional<std::uint64_t> keyCount;
    std::uint64_t alignment = 32; // of the layout; the key general.alignment is written by hand

    GgufWriter& raw(std::string_view key, std::uint32_t type, std::string_view value) {
        keys_ += rawString(key) + rawNumber(type) + std::string(value);
        ++keyTotal_;
        return *this;
    }

    GgufWriter& u32(std::string_view key, std::uint32_t value) {
        return raw(key, U32, rawNumber(value));
    }

    GgufWriter& u64(std::string_view key, std::uint64_t value) {
        return raw(key, U64, rawNumber(value));
    }

    GgufWriter& i32(std::string_view key, std::int32_t value) {
        return raw(key, I32, rawNumber(value));
    }

    GgufWriter& f32(std::string_view key, float value) { return raw(key, F32, rawNumber(value)); }

    GgufWriter& boolean(std::string_view key, bool value) {
        return raw(key, Bool, std::string(1, value ? '\1' : '\0'));
    }

    GgufWriter& string(std::string_view key, std::string_view value) {
        return raw(key, String, rawString(value));
    }

    GgufWriter& strings(std::string_view key, const std::vector<std::string>& values) {
        std::string elements;
        for (const std::string& value : values) {
            elements += rawString(value);
        }
        return array(key, String, values.size(), elements);
    }

    GgufWriter& floats(std::string_view key, const std::vector<float>& values) {
        return numbers(key, F32, values);
    }

    GgufWriter& ints(std::string_view key, const std::vector<std::int32_t>& values) {
        return numbers(key, I32, values);
    }

    GgufWriter& array(std::string_view key,
                      std::uint32_t elementType,
                      std::uint64_t count,
                      std::string_view elements) {
        return raw(key, Array, rawNumber(elementType) + rawNumber(count) + std::string(elements));
    }

    // `shape` in file order: shape[0] is contiguous. The offset follows the tensor before.
    GgufWriter& tensor(std::string_view name,
                       std::vector<std::uint64_t> shape,
                       std::uint32_t type,
                       std::string_view data) {
        const std::uint64_t offset = padded(data_.size());
        data_.resize(std::size_t(offset), '\0');
        data_ += data;
        return tensorInfo(name, shape, type, offset);
    }

    GgufWriter& f32Tensor(std::string_view name,
                          const std::vector<std::uint64_t>& shape,
                          const std::vector<float>& values) {
        return tensor(
            name,
            shape,
            0,
            {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)});
    }

    // Only the table entry, without data.
    GgufWriter& tensorInfo(std::string_view name,
                           const std::vector<std::uint64_t>& shape,
                           std::uint32_t type,
                           std::uint64_t offset) {
        infos_ += rawString(name) + rawNumber(std::uint32_t(shape.size()));
        for (const std::uint64_t size : shape) {
            infos_ += rawNumber(size);
        }
        infos_ += rawNumber(type) + rawNumber(offset);
        ++tensorTotal_;
        return *this;
    }

    std::string bytes() const {
        std::string file = "GGUF" + rawNumber(version) +
                           rawNumber(tensorCount.value_or(tensorTotal_)) +
                           rawNumber(keyCount.value_or(keyTotal_)) + keys_ + infos_;
        if (tensorTotal_ > 0) {
            file.resize(std::size_t(padded(file.size())), '\0');
        }
        return file + data_;
    }

    void write(const std::filesystem::path& path) const {
        std::ofstream(path, std::ios::binary) << bytes();
    }

private:
    template <typename T>
    GgufWriter&
    numbers(std::string_view key, std::uint32_t elementType, const std::vector<T>& values) {
        return array(key,
                     elementType,
                     values.size(),
                     {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)});
    }

    std::uint64_t padded(std::uint64_t size) const {
        return (size + alignment - 1) / alignment * alignment;
    }

    std::string keys_;
    std::string infos_;
    std::string data_;
    std::uint64_t keyTotal_ = 0;
    std::uint64_t tensorTotal_ = 0;
};

// A file in the temporary folder that is removed at the end of the scope.
class TemporaryFile {
public:
    explicit TemporaryFile(std::string_view bytes) {
        std::string name = (std::filesystem::temp_directory_path() / "attest_test_XXXXXX").string();
        const int fd = ::mkstemp(name.data());
        if (fd >= 0) {
            ::close(fd);
        }
        path_ = name;
        rewrite(bytes);
    }

    ~TemporaryFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }

    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    void rewrite(std::string_view bytes) {
        std::ofstream(path_, std::ios::binary | std::ios::trunc)
            .write(bytes.data(), std::streamsize(bytes.size()));
    }

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace attest::test
