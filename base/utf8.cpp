#include "base/utf8.h"

#include "base/check.h"

#include <cstdint>

namespace attest {

namespace {

struct Decoded {
    char32_t codePoint;
    std::size_t length;
    bool valid;
};

// Unicode 15, table 3-7: what the lead byte says about the bytes that follow it.
struct Lead {
    std::size_t length; // 0: cannot begin a character
    std::uint8_t secondMin;
    std::uint8_t secondMax;
};

Lead leadOf(std::uint8_t byte) {
    if (byte < 0xC2) {
        return {0, 0, 0};
    }
    if (byte < 0xE0) {
        return {2, 0x80, 0xBF};
    }
    if (byte < 0xF0) {
        return {3,
                byte == 0xE0 ? std::uint8_t{0xA0} : std::uint8_t{0x80},
                byte == 0xED ? std::uint8_t{0x9F} : std::uint8_t{0xBF}};
    }
    if (byte < 0xF5) {
        return {4,
                byte == 0xF0 ? std::uint8_t{0x90} : std::uint8_t{0x80},
                byte == 0xF4 ? std::uint8_t{0x8F} : std::uint8_t{0xBF}};
    }
    return {0, 0, 0};
}

Decoded decodeAt(std::string_view text, std::size_t offset) {
    const auto first = std::uint8_t(text[offset]);
    if (first < 0x80) {
        return {first, 1, true};
    }
    const Lead lead = leadOf(first);
    if (lead.length == 0) {
        return {kReplacementCharacter, 1, false};
    }
    // The lead byte's own bits: 5, 4 or 3 of them.
    char32_t codePoint = first & (0x7FU >> lead.length);
    for (std::size_t i = 1; i < lead.length; ++i) {
        if (offset + i >= text.size()) {
            return {kReplacementCharacter, i, false};
        }
        const auto byte = std::uint8_t(text[offset + i]);
        const std::uint8_t low = i == 1 ? lead.secondMin : std::uint8_t{0x80};
        const std::uint8_t high = i == 1 ? lead.secondMax : std::uint8_t{0xBF};
        if (byte < low || byte > high) {
            return {kReplacementCharacter, i, false};
        }
        codePoint = (codePoint << 6U) | (byte & 0x3FU);
    }
    return {codePoint, lead.length, true};
}

} // namespace

bool isValidUtf8(std::string_view text) {
    for (std::size_t offset = 0; offset < text.size();) {
        const Decoded decoded = decodeAt(text, offset);
        if (!decoded.valid) {
            return false;
        }
        offset += decoded.length;
    }
    return true;
}

char32_t decodeUtf8(std::string_view text, std::size_t& offset) {
    ATTEST_DCHECK(offset < text.size());
    const Decoded decoded = decodeAt(text, offset);
    offset += decoded.length;
    return decoded.codePoint;
}

void appendUtf8(std::string& text, char32_t codePoint) {
    const auto continuation = [](char32_t bits) {
        return char(0x80U | (bits & 0x3FU));
    };
    if (codePoint > 0x10FFFF || (codePoint >= 0xD800 && codePoint <= 0xDFFF)) {
        codePoint = kReplacementCharacter;
    }
    if (codePoint < 0x80) {
        text += char(codePoint);
    } else if (codePoint < 0x800) {
        text += char(0xC0U | (codePoint >> 6U));
        text += continuation(codePoint);
    } else if (codePoint < 0x10000) {
        text += char(0xE0U | (codePoint >> 12U));
        text += continuation(codePoint >> 6U);
        text += continuation(codePoint);
    } else {
        text += char(0xF0U | (codePoint >> 18U));
        text += continuation(codePoint >> 12U);
        text += continuation(codePoint >> 6U);
        text += continuation(codePoint);
    }
}

std::size_t codePointCount(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t offset = 0; offset < text.size(); ++count) {
        offset += decodeAt(text, offset).length;
    }
    return count;
}

std::string_view truncateUtf8(std::string_view text, std::size_t maxBytes) {
    if (text.size() <= maxBytes) {
        return text;
    }
    // A character that begins in the last three bytes before the cut may reach beyond it.
    for (std::size_t back = 1; back <= 3 && back <= maxBytes; ++back) {
        const std::size_t start = maxBytes - back;
        const Decoded decoded = decodeAt(text, start);
        if (decoded.valid && decoded.length > back) {
            return text.substr(0, start);
        }
    }
    return text.substr(0, maxBytes);
}

std::string toValidUtf8(std::string_view text) {
    std::string valid;
    valid.reserve(text.size());
    for (std::size_t offset = 0; offset < text.size();) {
        const Decoded decoded = decodeAt(text, offset);
        if (decoded.valid) {
            valid += text.substr(offset, decoded.length);
        } else {
            appendUtf8(valid, kReplacementCharacter);
        }
        offset += decoded.length;
    }
    return valid;
}

} // namespace attest
