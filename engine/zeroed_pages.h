// A large piece of memory that is zero at first.
#pragma once

#include <cstddef>
#include <utility>

namespace attest::engine {

// Pages are taken from the system when they are first written, so what is never used costs nothing.
class ZeroedPages {
public:
    ZeroedPages() = default;

    ~ZeroedPages() { release(); }

    ZeroedPages(ZeroedPages&& other) noexcept
        : data_(std::exchange(other.data_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}

    ZeroedPages& operator=(ZeroedPages&& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(bytes_, other.bytes_);
        return *this;
    }

    // False: the system has not that much; nothing is allocated then.
    [[nodiscard]] bool allocate(std::size_t bytes);

    std::byte* data() { return data_; }

    const std::byte* data() const { return data_; }

    std::size_t bytes() const { return bytes_; }

private:
    void release();

    std::byte* data_ = nullptr;
    std::size_t bytes_ = 0;
};

} // namespace attest::engine
