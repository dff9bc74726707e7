// How byte-level BPE vocabularies write bytes: each of the 256 bytes as one printable character.
// Source: the published GPT-2 vocabulary. The printable characters of Latin-1 stand for themselves;
// the 68 others follow in order from U+0100.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace attest::engine {

char32_t characterOfByte(std::uint8_t byte);
std::optional<std::uint8_t> byteOfCharacter(char32_t character);

// The bytes that a token text stands for. Characters outside the alphabet stand for themselves.
std::string bytesOfAlphabet(std::string_view tokenText);

// The token text for bytes: the inverse of bytesOfAlphabet().
std::string alphabetOfBytes(std::string_view bytes);

} // namespace attest::engine
