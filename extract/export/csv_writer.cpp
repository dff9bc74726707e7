#include "extract/export/csv_writer.h"

#include "base/utf8.h"

#include <algorithm>

namespace attest::extract {

namespace {

bool isSkipped(char32_t c) {
    switch (c) {
    case U' ':
    case U'\'':
    case U'"':
    case 0x00A0: // no-break space
    case 0x00AD: // soft hyphen
    case 0x1680:
    case 0x180E:
    case 0x202F:
    case 0x205F:
    case 0x3000:
    case 0xFEFF:
        return true;
    default:
        return (c >= 0x2000 && c <= 0x200F) || // spaces of all widths, zero-width, direction marks
               (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F);
    }
}

bool startsFormula(char32_t c) {
    switch (c) {
    case U'=':
    case U'+':
    case U'-':
    case U'@':
    case U'\t':
    case U'\r':
    case U'\0':
    case 0xFF1D: // full-width
    case 0xFF0B:
    case 0xFF0D:
    case 0xFF20:
    case 0xFE66: // small
    case 0xFE62:
    case 0xFE63:
    case 0xFE6B:
        return true;
    default:
        return false;
    }
}

bool endsLine(char32_t c) {
    return c == U'\n' || c == U'\v' || c == U'\f' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

} // namespace

bool needsGuard(std::string_view text) {
    bool atLineStart = true;
    bool hasLine = false; // a line with something in it
    for (size_t at = 0; at < text.size();) {
        const char32_t c = decodeUtf8(text, at);
        if (endsLine(c)) {
            // An empty first line hides what a spreadsheet makes of the rest.
            if (!hasLine) {
                return true;
            }
            atLineStart = true;
        } else if (atLineStart && startsFormula(c)) {
            return true;
        } else if (c == U'\r') {
            atLineStart = true;
        } else if (!isSkipped(c)) {
            atLineStart = false;
            hasLine = true;
        }
    }
    return false;
}

std::string withoutGuard(std::string_view cell) {
    const bool isGuarded = cell.starts_with('\'') && needsGuard(cell.substr(1));
    return std::string(isGuarded ? cell.substr(1) : cell);
}

CsvCell csvCell(const Cell& cell, const CsvDialect& dialect) {
    if (cell.kind == CellKind::Text && needsGuard(cell.text)) {
        return {"'" + cell.text, true};
    }
    CsvCell written{cell.text, false};
    if (cell.kind == CellKind::Number && dialect.hasDecimalComma) {
        std::replace(written.text.begin(), written.text.end(), '.', ',');
    }
    return written;
}

void CsvWriter::append(std::string_view cell, bool isFirst) {
    if (!isFirst) {
        line_ += dialect_.separator;
    }
    const bool isPlain = cell.find_first_of("\"\r\n") == std::string_view::npos &&
                         cell.find(dialect_.separator) == std::string_view::npos &&
                         !cell.starts_with(' ') && !cell.ends_with(' ');
    if (isPlain) {
        line_ += cell;
        return;
    }
    line_ += '"';
    for (const char c : cell) {
        line_ += c;
        if (c == '"') {
            line_ += c;
        }
    }
    line_ += '"';
}

Result<void> CsvWriter::endLine() {
    if (line_.empty()) {
        // One empty cell: without quotes its row would be an empty line, which readers skip.
        line_ = "\"\"";
    }
    line_ += dialect_.lineEnd;
    auto written = sink_.write(line_);
    line_.clear();
    return written;
}

Result<void> CsvWriter::header(const std::vector<std::string>& names) {
    if (dialect_.hasByteOrderMark) {
        ATTEST_TRY(sink_.write("\xEF\xBB\xBF"));
    }
    for (size_t i = 0; i < names.size(); ++i) {
        append(names[i], i == 0);
    }
    return endLine();
}

Result<void> CsvWriter::row(const Row& cells) {
    ++rowCount_;
    for (size_t i = 0; i < cells.size(); ++i) {
        const CsvCell written = csvCell(cells[i], dialect_);
        if (written.isGuarded) {
            guarded_.push_back({rowCount_, i});
        }
        append(written.text, i == 0);
    }
    return endLine();
}

} // namespace attest::extract
