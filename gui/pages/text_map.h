// Stored text as Qt sees it: places in UTF-8 and in UTF-16, both ways.
#pragma once

#include <QString>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace attest::gui {

// Malformed bytes become U+FFFD as decodeUtf8() reads them. Immutable.
class TextMap {
public:
    explicit TextMap(std::string_view text);

    const QString& string() const { return string_; }

    // The UTF-16 position of a byte; within a character that of its begin, behind the text its end.
    qsizetype unitAt(std::size_t byte) const;

    // The byte of a UTF-16 position; within a surrogate pair that of its character.
    std::size_t byteAt(qsizetype unit) const;

private:
    QString string_;
    std::vector<std::uint32_t> bytes_; // per UTF-16 unit and the end; empty: the same as the unit
};

} // namespace attest::gui
