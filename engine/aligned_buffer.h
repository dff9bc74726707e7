// An array of numbers, uninitialised and aligned for the widest registers.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <limits>
#include <memory>
#include <type_traits>

namespace attest::engine {

// Pages are taken from the system when they are first written, so a large buffer costs what is
// used.
template <typename T>
class AlignedBuffer {
    static_assert(std::is_trivially_destructible_v<T>);

public:
    AlignedBuffer() = default;

    // False: not enough memory; the buffer is then empty.
    [[nodiscard]] bool allocate(std::size_t size) {
        data_.reset();
        size_ = 0;
        if (size > (std::numeric_limits<std::size_t>::max() / 2) / sizeof(T)) {
            return false;
        }
        const std::size_t bytes = (size * sizeof(T) + kAlignment - 1) / kAlignment * kAlignment;
        data_.reset(
            static_cast<T*>(std::aligned_alloc(kAlignment, bytes == 0 ? kAlignment : bytes)));
        size_ = data_ ? size : 0;
        return data_ != nullptr;
    }

    T* data() { return data_.get(); }

    const T* data() const { return data_.get(); }

    std::size_t size() const { return size_; }

    std::size_t bytes() const { return size_ * sizeof(T); }

private:
    static constexpr std::size_t kAlignment = 64;

    struct Free {
        void operator()(T* data) const { std::free(data); } // NOLINT(cppcoreguidelines-no-malloc)
    };

    std::unique_ptr<T, Free> data_;
    std::size_t size_ = 0;
};

} // namespace attest::engine
