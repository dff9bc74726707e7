// Reads little-endian numbers and strings from a block of bytes; never past its end.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>

namespace attest::engine {

static_assert(std::endian::native == std::endian::little, "GGUF numbers are read by memcpy");

// A number at a byte position that is known to lie inside `bytes`.
template <typename T>
T loadNumber(std::span<const std::byte> bytes, std::size_t offset) {
    T value;
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

// Borrows the bytes. A read that does not fit gives nullopt (false) and moves nothing.
class ByteReader {
public:
    explicit ByteReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

    std::size_t offset() const { return offset_; }

    std::size_t remaining() const { return bytes_.size() - offset_; }

    template <typename T>
    std::optional<T> number() {
        if (remaining() < sizeof(T)) {
            return std::nullopt;
        }
        const T value = loadNumber<T>(bytes_, offset_);
        offset_ += sizeof(T);
        return value;
    }

    std::optional<std::span<const std::byte>> take(std::uint64_t size) {
        if (size > remaining()) {
            return std::nullopt;
        }
        const auto taken = bytes_.subspan(offset_, std::size_t(size));
        offset_ += std::size_t(size);
        return taken;
    }

    // A u64 length and that many bytes.
    std::optional<std::string_view> string() {
        const std::size_t start = offset_;
        if (const auto length = number<std::uint64_t>()) {
            if (const auto taken = take(*length)) {
                return std::string_view(reinterpret_cast<const char*>(taken->data()),
                                        taken->size());
            }
        }
        offset_ = start;
        return std::nullopt;
    }

private:
    std::span<const std::byte> bytes_;
    std::size_t offset_ = 0;
};

} // namespace attest::engine
