// Takes numbers from a fuzzer's bytes, in order; zeros when there are no more.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

namespace attest::test {

class ByteSource {
public:
    ByteSource(const std::uint8_t* data, std::size_t size) : data_(data), left_(size) {}

    bool empty() const { return left_ == 0; }

    template <typename T>
    T number() {
        T value = 0;
        const std::size_t count = std::min(sizeof value, left_);
        std::memcpy(&value, data_, count);
        skip(count);
        return value;
    }

    // 0…bound − 1.
    std::size_t below(std::size_t bound) {
        return bound == 0 ? 0 : number<std::uint16_t>() % bound;
    }

    // A length and at most that many bytes.
    std::string text() {
        const std::size_t size = std::min<std::size_t>(number<std::uint8_t>(), left_);
        const std::string taken(reinterpret_cast<const char*>(data_), size);
        skip(size);
        return taken;
    }

private:
    void skip(std::size_t count) {
        data_ += count;
        left_ -= count;
    }

    const std::uint8_t* data_;
    std::size_t left_;
};

} // namespace attest::test
