#include "extract/json_pointer.h"

#include "base/check.h"
#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace attest::extract {

namespace {

// Pairs of the letter after the backslash and the character it stands for.
constexpr std::string_view kLetters = "b\bf\fn\nr\rt\t";

} // namespace

std::string pointerTo(std::string_view pointer, std::string_view key) {
    std::string result(pointer);
    result += '/';
    for (const char byte : key) {
        if (byte == '~') {
            result += "~0";
        } else if (byte == '/') {
            result += "~1";
        } else {
            result += byte;
        }
    }
    return result;
}

std::vector<std::string> pointerTokens(std::string_view pointer) {
    std::vector<std::string> tokens;
    for (size_t at = 0; at < pointer.size();) {
        ATTEST_CHECK(pointer[at] == '/');
        const size_t end = std::min(pointer.find('/', at + 1), pointer.size());
        std::string token;
        for (size_t i = at + 1; i < end; ++i) {
            if (pointer[i] == '~' && i + 1 < end) {
                token += pointer[++i] == '0' ? '~' : '/';
            } else {
                token += pointer[i];
            }
        }
        tokens.push_back(std::move(token));
        at = end;
    }
    return tokens;
}

std::string pointerOf(const std::vector<std::string>& tokens) {
    std::string pointer;
    for (const std::string& token : tokens) {
        pointer = pointerTo(pointer, token);
    }
    return pointer;
}

std::string escapeJson(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string escaped;
    escaped.reserve(text.size());
    for (const char byte : text) {
        if (byte == '"' || byte == '\\') {
            escaped += '\\';
            escaped += byte;
        } else if (std::uint8_t(byte) >= 0x20) {
            escaped += byte;
        } else {
            std::size_t letter = 0;
            while (letter < kLetters.size() && kLetters[letter + 1] != byte) {
                letter += 2;
            }
            escaped += '\\';
            if (letter < kLetters.size()) {
                escaped += kLetters[letter];
            } else {
                escaped += "u00";
                escaped += digits[std::uint8_t(byte) >> 4U];
                escaped += digits[std::uint8_t(byte) & 15U];
            }
        }
    }
    return escaped;
}

std::string unescapeJson(std::string_view escaped) {
    std::string text;
    text.reserve(escaped.size());
    for (std::size_t i = 0; i < escaped.size(); ++i) {
        if (escaped[i] != '\\' || i + 1 == escaped.size()) {
            text += escaped[i];
            continue;
        }
        const char letter = escaped[++i];
        if (letter == 'u' && i + 4 < escaped.size()) {
            unsigned codePoint = 0;
            std::from_chars(escaped.data() + i + 1, escaped.data() + i + 5, codePoint, 16);
            appendUtf8(text, char32_t(codePoint));
            i += 4;
            continue;
        }
        std::size_t known = 0;
        while (known < kLetters.size() && kLetters[known] != letter) {
            known += 2;
        }
        text += known < kLetters.size() ? kLetters[known + 1] : letter;
    }
    return text;
}

} // namespace attest::extract
