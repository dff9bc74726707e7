#include "engine/tokenizer/byte_alphabet.h"

#include "base/utf8.h"

namespace attest::engine {

namespace {

constexpr bool standsForItself(std::uint32_t byte) {
    return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
}

constexpr char32_t kFirstOther = 0x100;
constexpr std::size_t kOtherCount = 68;

struct Alphabet {
    std::array<char32_t, 256> characters = {};
    std::array<std::uint8_t, kOtherCount> others = {}; // byte of kFirstOther + index
};

constexpr Alphabet kAlphabet = [] {
    Alphabet alphabet;
    std::uint32_t otherCount = 0;
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        if (standsForItself(byte)) {
            alphabet.characters[byte] = byte;
        } else {
            alphabet.others[otherCount] = std::uint8_t(byte);
            alphabet.characters[byte] = kFirstOther + otherCount++;
        }
    }
    return alphabet;
}();

} // namespace

char32_t characterOfByte(std::uint8_t byte) {
    return kAlphabet.characters[byte];
}

std::optional<std::uint8_t> byteOfCharacter(char32_t character) {
    if (character < kFirstOther) {
        return standsForItself(character) ? std::optional(std::uint8_t(character)) : std::nullopt;
    }
    const char32_t index = character - kFirstOther;
    return index < kOtherCount ? std::optional(kAlphabet.others[index]) : std::nullopt;
}

std::string bytesOfAlphabet(std::string_view tokenText) {
    std::string bytes;
    for (std::size_t offset = 0; offset < tokenText.size();) {
        const std::size_t begin = offset;
        if (const auto byte = byteOfCharacter(decodeUtf8(tokenText, offset))) {
            bytes += char(*byte);
        } else {
            bytes += tokenText.substr(begin, offset - begin);
        }
    }
    return bytes;
}

std::string alphabetOfBytes(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes) {
        appendUtf8(text, characterOfByte(std::uint8_t(byte)));
    }
    return text;
}

} // namespace attest::engine
