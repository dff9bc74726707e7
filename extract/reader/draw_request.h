// What is asked of attest-reader in drawing mode: one part of one page at one size. Shared by both
// sides; std only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace attest::reader {

inline constexpr std::uint64_t kMaxPixels = 64'000'000;    // of one image
inline constexpr std::uint32_t kMaxSidePixels = 1U << 20U; // of a whole page
inline constexpr std::size_t kPixelBytes = 4;

struct DrawRequest {
    std::uint32_t number = 0; // comes back with the answer
    std::uint32_t pageIndex = 0;
    std::uint32_t pageWidth = 0; // pixels of the whole page
    std::uint32_t pageHeight = 0;
    std::uint32_t left = 0; // the wanted part of it
    std::uint32_t top = 0;
    std::uint32_t width = 0;
    std::uint32_t height = 0;

    // The part is not empty, lies on the page and is not larger than an image may be.
    bool isSound() const;

    std::size_t imageBytes() const { return std::size_t{width} * height * kPixelBytes; }
};

// The payload of a Draw frame.
std::string toPayload(const DrawRequest& request);

// nullopt when it is too short or too long; the numbers are not checked.
std::optional<DrawRequest> readDrawRequest(std::string_view payload);

} // namespace attest::reader
