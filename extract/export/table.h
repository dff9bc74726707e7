// Tables as they are before any file format: cells with a type, columns that know where they come
// from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace attest::extract {

enum class CellKind {
    Blank,
    Text,   // whatever a document or person wrote: never trusted by a dialect
    Code,   // one of a fixed set of ours, or made of digits: "PEND", "<=", "0.1 0.2 0.3 0.4"
    Number, // -?[0-9]+(\.[0-9]+)?
    Date,   // YYYY-MM-DD
};

struct Cell {
    CellKind kind = CellKind::Blank;
    std::string text;

    bool operator==(const Cell&) const = default;
};

using Row = std::vector<Cell>;

// Control characters other than tab and line ends, and bytes that are not UTF-8, become U+FFFD:
// neither every reader of CSV nor a workbook can hold them.
Cell textCell(std::string_view text); // blank when empty
Cell codeCell(std::string_view code);
Cell integerCell(long long number);
// A number or day where `text` is one by its form, else text.
Cell numberCell(std::string_view text);
Cell dateCell(std::string_view text);

bool isPlainNumber(std::string_view text);
bool isIsoDay(std::string_view text); // "2024-02-30" is none

struct Choice {
    std::string code; // [A-Za-z0-9_]+
    std::string label;
};

struct Column {
    std::string name;
    CellKind kind = CellKind::Text; // of its cells that are not blank
    std::string label;
    std::string source; // "medications/dose" of the template; empty: a column of ours
    std::vector<Choice> choices;
    bool isYesNo = false; // 1 and 0
    bool isIdentifier = false;
    bool isLongText = false;
};

} // namespace attest::extract
