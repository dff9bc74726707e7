// Kinds of bytes in UTF-8 text, for what is written in ASCII only.
#pragma once

namespace attest {

constexpr bool isAsciiDigit(char byte) {
    return byte >= '0' && byte <= '9';
}

// Letters of ASCII, and every byte of other characters.
constexpr bool isLetterByte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           static_cast<unsigned char>(byte) >= 0x80;
}

} // namespace attest
