#include "gui/pages/text_map.h"

#include "base/utf8.h"

#include <algorithm>

namespace attest::gui {

TextMap::TextMap(std::string_view text) {
    const bool isAscii = std::all_of(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (isAscii) {
        string_ = QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
        return;
    }
    string_.reserve(static_cast<qsizetype>(text.size()));
    bytes_.reserve(text.size() + 1);
    for (std::size_t offset = 0; offset < text.size();) {
        const auto begin = static_cast<std::uint32_t>(offset);
        const char32_t codePoint = decodeUtf8(text, offset);
        for (const char16_t unit : QChar::fromUcs4(codePoint)) {
            string_.append(QChar(unit));
            bytes_.push_back(begin);
        }
    }
    bytes_.push_back(static_cast<std::uint32_t>(text.size()));
}

qsizetype TextMap::unitAt(std::size_t byte) const {
    if (bytes_.empty()) {
        return std::min(static_cast<qsizetype>(byte), string_.size());
    }
    // The last unit that begins at or before the byte, and of a pair the first.
    auto place = std::upper_bound(bytes_.begin(), bytes_.end(), byte);
    if (place == bytes_.begin()) {
        return 0;
    }
    place = std::lower_bound(bytes_.begin(), place, *(place - 1));
    return place - bytes_.begin();
}

std::size_t TextMap::byteAt(qsizetype unit) const {
    unit = std::clamp<qsizetype>(unit, 0, string_.size());
    return bytes_.empty() ? static_cast<std::size_t>(unit) : bytes_[static_cast<std::size_t>(unit)];
}

} // namespace attest::gui
