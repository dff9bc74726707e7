// Boxes as they are stored: little-endian numbers one after another.
#pragma once

#include "base/source_span.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace attest::storage {

// Four f32 a box: left, top, right, bottom. Decoding ignores an incomplete last box.
std::vector<std::byte> encodeBoxes(std::span<const PageBox> boxes);
std::vector<PageBox> decodeBoxes(std::span<const std::byte> bytes);

std::vector<std::byte> encodeU16(std::span<const std::uint16_t> values);
std::vector<std::uint16_t> decodeU16(std::span<const std::byte> bytes);

} // namespace attest::storage
