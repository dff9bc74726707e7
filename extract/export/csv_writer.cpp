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
    case 0x2007:
    case 0x202F:
    case 0x2060:
    case 0x3000:
    case 0xFEFF:
        return true;
    default:
        return c >= 0x2000 && c <= 0x200F; // spaces of all widths, zero-width, direction marks
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
    case 0xFF1D:
    case 0xFF0B:
    case 0xFF0D:
    case 0xFF20:
        return true;
    default:
        return false;
    }
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

// -?[0-9]+(\.[0-9]+)?
bool isPlainNumber(std::string_view text) {
    if (text.starts_with('-')) {
        text.remove_prefix(1);
    }
    const size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction =
        point == std::string_view::npos ? "0" : text.substr(point + 1);
    return !whole.empty() && !fraction.empty() &&
           std::all_of(whole.begin(), whole.end(), isDigit) &&
           std::all_of(fraction.begin(), fraction.end(), isDigit);
}

} // namespace

bool needsGuard(std::string_view text) {
    bool atLineStart = true;
    bool hasLine = false; // a line with something in it
    for (size_t at = 0; at < text.size();) {
        const char32_t c = decodeUtf8(text, at);
        if (c == U'\n') {
            // An empty first line hides what a spreadsheet makes of the rest.
            if (!hasLine) {
                return true;
            }
            atLineStart = true;
        } else if (atLineStart && startsFormula(c)) {
            return true;
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

void CsvWriter::cell(std::string_view value) {
    if (hasCells_) {
        row_ += ',';
    }
    hasCells_ = true;
    if (value.find_first_of(",\"\r\n") == std::string_view::npos && !value.starts_with(' ') &&
        !value.ends_with(' ')) {
        row_ += value;
        return;
    }
    row_ += '"';
    for (const char c : value) {
        row_ += c;
        if (c == '"') {
            row_ += c;
        }
    }
    row_ += '"';
}

CsvWriter& CsvWriter::text(std::string_view value) {
    if (needsGuard(value)) {
        ++guardedCells_;
        cell("'" + std::string(value));
    } else {
        cell(value);
    }
    return *this;
}

CsvWriter& CsvWriter::typed(std::string_view value) {
    // ISO dates begin with a digit, so the guard never concerns them.
    if (isPlainNumber(value)) {
        cell(value);
        return *this;
    }
    return text(value);
}

CsvWriter& CsvWriter::integer(long long value) {
    cell(std::to_string(value));
    return *this;
}

CsvWriter& CsvWriter::symbol(std::string_view value) {
    cell(value);
    return *this;
}

CsvWriter& CsvWriter::empty() {
    cell({});
    return *this;
}

Result<void> CsvWriter::endRow() {
    if (row_.empty()) {
        // One empty cell: without quotes its row would be an empty line, which readers skip.
        row_ = "\"\"";
    }
    row_ += "\r\n";
    ++rowCount_;
    auto written = sink_.write(row_);
    row_.clear();
    hasCells_ = false;
    return written;
}

} // namespace attest::extract
