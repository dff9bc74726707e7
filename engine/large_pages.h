// Memory for weights, which is read from one end to the other: in pages of 2 MiB where the system
// has them, as the walk through small ones is what bounds such reading.
#pragma once

#include <cstddef>

namespace attest::engine {

// Reserved addresses for `size` bytes that begin where a large page does, so that one can lie
// there; something has to be mapped over them. Null: there are none.
std::byte* reserveForLargePages(std::size_t size);

// Zeroed memory at such addresses. Null: there is none.
std::byte* mapLargePages(std::size_t size);

void unmapPages(const std::byte* begin, std::size_t size);

// Gives the memory of the whole pages between back to the system: they read as zero afterwards.
void dropPages(std::byte* begin, std::size_t size);

// Owns what mapLargePages() gives.
class LargeBuffer {
public:
    LargeBuffer() = default;
    LargeBuffer(LargeBuffer&& other) noexcept;
    LargeBuffer& operator=(LargeBuffer&& other) noexcept;
    ~LargeBuffer();

    // False: not enough memory; the buffer is then empty.
    [[nodiscard]] bool allocate(std::size_t size);

    std::byte* data() { return data_; }

private:
    std::byte* data_ = nullptr;
    std::size_t size_ = 0;
};

} // namespace attest::engine
