// Takes a payload of the protocol apart. Shared by both sides; std only.
#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>

namespace attest::reader {

// Reads numbers from a payload; once it ran out, everything is zero and isShort() is true.
class PayloadReader {
public:
    explicit PayloadReader(std::string_view payload) : rest_(payload) {}

    template <typename T>
    T number() {
        T value{};
        if (rest_.size() < sizeof(T)) {
            isShort_ = true;
            rest_ = {};
            return value;
        }
        std::memcpy(&value, rest_.data(), sizeof(T));
        rest_.remove_prefix(sizeof(T));
        return value;
    }

    std::string_view bytes(std::size_t count) {
        if (rest_.size() < count) {
            isShort_ = true;
            rest_ = {};
            return {};
        }
        const std::string_view out = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return out;
    }

    std::size_t left() const { return rest_.size(); }

    bool isShort() const { return isShort_; }

    bool isDone() const { return rest_.empty() && !isShort_; }

private:
    std::string_view rest_;
    bool isShort_ = false;
};

} // namespace attest::reader
