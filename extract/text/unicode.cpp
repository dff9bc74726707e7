#include "extract/text/unicode.h"

#include "base/check.h"
#include "base/utf8.h"

#include <unicode/uchar.h>

#include <cstdint>

namespace attest::extract {

namespace {

bool isContinuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

} // namespace

char32_t previousCodePoint(std::string_view text, std::size_t& offset) {
    ATTEST_DCHECK(offset > 0 && offset <= text.size());
    const std::size_t end = offset;
    --offset;
    // At most three continuation bytes belong to one code point.
    while (offset > 0 && end - offset < 4 && isContinuation(text[offset])) {
        --offset;
    }
    std::size_t next = offset;
    const char32_t codePoint = decodeUtf8(text.substr(0, end), next);
    if (next != end) {
        offset = end - 1;
        return kReplacementCharacter;
    }
    return codePoint;
}

bool isCodePointBorder(std::string_view text, std::size_t offset) {
    ATTEST_DCHECK(offset <= text.size());
    return offset == text.size() || !isContinuation(text[offset]);
}

bool isWordCharacter(char32_t codePoint) {
    if (codePoint < 0x80) {
        return (codePoint >= U'0' && codePoint <= U'9') ||
               (codePoint >= U'a' && codePoint <= U'z') || (codePoint >= U'A' && codePoint <= U'Z');
    }
    constexpr std::uint32_t kWordMask = U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK;
    return (U_MASK(u_charType(static_cast<UChar32>(codePoint))) & kWordMask) != 0;
}

bool isLetter(char32_t codePoint) {
    return u_isalpha(static_cast<UChar32>(codePoint)) != 0;
}

bool isLowerCase(char32_t codePoint) {
    return u_islower(static_cast<UChar32>(codePoint)) != 0;
}

bool isDigit(char32_t codePoint) {
    return u_isdigit(static_cast<UChar32>(codePoint)) != 0;
}

} // namespace attest::extract
