#include "storage/internal/box_codec.h"

#include <bit>

namespace attest::storage {

namespace {

constexpr size_t kBoxBytes = 4 * sizeof(float);

void appendFloat(std::vector<std::byte>& out, float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    for (unsigned shift = 0; shift < 32; shift += 8) {
        out.push_back(static_cast<std::byte>((bits >> shift) & 0xffU));
    }
}

float floatAt(std::span<const std::byte> bytes, size_t offset) {
    std::uint32_t bits = 0;
    for (unsigned i = 0; i < 4; ++i) {
        bits |= std::to_integer<std::uint32_t>(bytes[offset + i]) << (8 * i);
    }
    return std::bit_cast<float>(bits);
}

} // namespace

std::vector<std::byte> encodeBoxes(std::span<const PageBox> boxes) {
    std::vector<std::byte> out;
    out.reserve(boxes.size() * kBoxBytes);
    for (const PageBox& box : boxes) {
        for (const float edge : {box.left, box.top, box.right, box.bottom}) {
            appendFloat(out, edge);
        }
    }
    return out;
}

std::vector<PageBox> decodeBoxes(std::span<const std::byte> bytes) {
    std::vector<PageBox> boxes;
    for (size_t at = 0; at + kBoxBytes <= bytes.size(); at += kBoxBytes) {
        boxes.push_back({floatAt(bytes, at),
                         floatAt(bytes, at + 4),
                         floatAt(bytes, at + 8),
                         floatAt(bytes, at + 12)});
    }
    return boxes;
}

std::vector<std::byte> encodeU16(std::span<const std::uint16_t> values) {
    std::vector<std::byte> out;
    out.reserve(values.size() * 2);
    for (const std::uint16_t value : values) {
        out.push_back(static_cast<std::byte>(value & 0xffU));
        out.push_back(static_cast<std::byte>(value >> 8U));
    }
    return out;
}

std::vector<std::uint16_t> decodeU16(std::span<const std::byte> bytes) {
    std::vector<std::uint16_t> values;
    values.reserve(bytes.size() / 2);
    for (size_t at = 0; at + 2 <= bytes.size(); at += 2) {
        values.push_back(static_cast<std::uint16_t>(
            std::to_integer<unsigned>(bytes[at]) | std::to_integer<unsigned>(bytes[at + 1]) << 8U));
    }
    return values;
}

} // namespace attest::storage
