#include "extract/export/column_names.h"

#include "base/utf8.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdint>
#include <memory>

namespace attest::extract {

namespace {

std::string toAscii(std::string_view text) {
    const auto isAscii = [](char c) {
        return static_cast<unsigned char>(c) < 0x80;
    };
    if (std::all_of(text.begin(), text.end(), isAscii)) {
        return std::string(text);
    }
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> latin(
        icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, error));
    if (U_FAILURE(error) || latin == nullptr) {
        return std::string(text); // what is not ASCII becomes '_' below
    }
    auto unicode =
        icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
    latin->transliterate(unicode);
    std::string ascii;
    unicode.toUTF8String(ascii);
    return ascii;
}

std::string cut(std::string_view name, size_t size) {
    name = name.substr(0, size);
    while (name.ends_with('_')) {
        name.remove_suffix(1);
    }
    return std::string(name);
}

} // namespace

std::string columnNameOf(std::string_view text) {
    constexpr size_t kEnough = 200; // of a name that is cut to 26 characters anyway
    std::string name;
    for (char c : toAscii(truncateUtf8(text, kEnough))) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            name += c;
        } else if (!name.empty() && !name.ends_with('_')) {
            name += '_';
        }
    }
    if (name.empty()) {
        return "field";
    }
    return cut(name[0] >= 'a' && name[0] <= 'z' ? name : "f_" + name, kMaxColumnName);
}

std::string ColumnNames::add(std::string_view base, std::string_view suffix) {
    for (size_t number = 1;; ++number) {
        const std::string tail =
            (number > 1 ? "_" + std::to_string(number) : std::string()) + std::string(suffix);
        std::string name = cut(base, kMaxColumnName - tail.size()) + tail;
        if (taken_.insert(name).second) {
            return name;
        }
    }
}

} // namespace attest::extract
