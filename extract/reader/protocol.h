// What attest-reader sends over its pipe, and what it is asked. Shared by both sides; std only.
//
// Reading: one Begin, then pages with rising index, then one End or one Failure. Anything else, and
// an end of the stream without End or Failure, is a broken reader. Numbers are little-endian.
//
// Drawing (--mode=render): one Begin and one Sizes, or one Failure; then for every Draw that comes
// on kRequestFd one Image or one Undrawable, in order, until kRequestFd ends. draw_request.h says
// what a Draw holds.
//
//   frame    u32 magic "ATRD", u16 version, u16 type, u32 payload bytes, u32 CRC-32 of the payload
//   Begin    u32 pages, u32 flags (kBegin…)
//   Page     u32 index, u32 flags (kPage…), f32 width, f32 height, u32 words, then per word:
//            u8 rotation (quarter turns), u8 flags (kWord…), u16 code points, u32 UTF-8 bytes,
//            the bytes, per code point f32 left, top, right, bottom
//   End      u32 pages sent
//   Failure  u32 reason
//   Sizes    per page f32 width, f32 height; 0, 0: Poppler could not open it
//   Image    u32 number of the Draw, u32 width, u32 height; behind the frame, outside its length
//   and
//            checksum, follow width × height × 4 bytes: rows from top to bottom, blue, green, red,
//            alpha
//   Undrawable  u32 number of the Draw
//
// Coordinates are points of the page as displayed (cropped, turned), origin top left, y down.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace attest::reader {

static_assert(std::endian::native == std::endian::little);

inline constexpr std::uint32_t kMagic = 0x44525441; // "ATRD"
inline constexpr std::uint16_t kVersion = 1;
inline constexpr std::size_t kHeaderBytes = 16;
inline constexpr std::size_t kMaxPayloadBytes = std::size_t{16} << 20U;

inline constexpr float kMaxPageSide = 1e7F; // points; larger pages count as damaged

// File descriptors of the reader, besides 0, 1 and 2, which are /dev/null.
inline constexpr int kDocumentFd = 3;
inline constexpr int kResultFd = 4;
inline constexpr int kRequestFd = 5; // drawing only

enum class FrameType : std::uint16_t {
    Begin = 1,
    Page = 2,
    End = 3,
    Failure = 4,
    Sizes = 5,
    Draw = 6,
    Image = 7,
    Undrawable = 8,
};

inline constexpr std::uint32_t kBeginLandlock = 1; // the file system is closed by Landlock as well
inline constexpr std::uint32_t kBeginCjk = 2;      // predefined CMaps are readable
inline constexpr std::uint32_t kBeginFonts = 4;    // drawing: the system's fonts are readable

inline constexpr std::uint32_t kPageUnreadable = 1; // Poppler could not open it; no words follow

inline constexpr std::uint8_t kWordSpaceAfter = 1;

enum class FailureReason : std::uint32_t {
    Damaged = 1,
    PasswordNeeded = 2,
    TooManyPages = 3,
    TooMuchText = 4,
    OutOfMemory = 5,
    NoSeal = 6,       // the kernel refused seccomp
    CanaryFailed = 7, // the sealed process could not read a known document
    Internal = 8,
};

// Appends numbers to a payload.
template <typename T>
void putNumber(std::string& payload, T value) {
    std::array<char, sizeof(T)> bytes;
    std::memcpy(bytes.data(), &value, sizeof(T));
    payload.append(bytes.data(), bytes.size());
}

// CRC-32 as in zlib and PNG (ISO 3309, reflected 0xEDB88320): finds a torn or mixed up stream, not
// an attacker.
std::uint32_t crc32(std::string_view data);

struct FrameHeader {
    std::uint32_t magic = 0;
    std::uint16_t version = 0;
    FrameType type = FrameType::Begin; // or any other number
    std::uint32_t payloadBytes = 0;
    std::uint32_t checksum = 0;

    // Of this protocol and version, and not longer than a frame may be.
    bool isSound() const;
};

// REQUIRES: bytes.size() ≥ kHeaderBytes.
FrameHeader readFrameHeader(std::string_view bytes);

// Header and payload of one frame. REQUIRES: payload.size() ≤ kMaxPayloadBytes.
std::string makeFrame(FrameType type, std::string_view payload);

} // namespace attest::reader
