// RFC 4180 with UTF-8, safe to open in a spreadsheet.
//
// A text cell that a spreadsheet would run as a formula gets an apostrophe in front: one where a
// line, behind blanks, quotes and invisible characters, begins with = + - @ TAB CR NUL or the
// full-width and small forms of the first four. withoutGuard() takes it off again, exactly.
// Source: RFC 4180; OWASP ASVS 5.0, 1.2.10.
#pragma once

#include "base/result.h"
#include "extract/export/table.h"
#include "extract/output_file.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace attest::extract {

bool needsGuard(std::string_view text);
std::string withoutGuard(std::string_view cell);

struct CsvDialect {
    char separator = ',';
    std::string_view lineEnd = "\r\n";
    bool hasByteOrderMark = false;
    bool hasDecimalComma = false;
};

// A cell as it is written, before quoting. Numbers, days and codes are never guarded.
struct CsvCell {
    std::string text;
    bool isGuarded = false;
};

CsvCell csvCell(const Cell& cell, const CsvDialect& dialect);

// Row 1 is the one below the header; columns count from 0.
struct CellPlace {
    std::size_t row = 0;
    std::size_t column = 0;
};

// Not thread-safe; borrows the sink.
class CsvWriter {
public:
    CsvWriter(TextSink& sink, CsvDialect dialect) : sink_(sink), dialect_(dialect) {}

    Result<void> header(const std::vector<std::string>& names);
    Result<void> row(const Row& cells);

    std::size_t rowCount() const { return rowCount_; } // without the header

    const std::vector<CellPlace>& guarded() const { return guarded_; }

private:
    void append(std::string_view cell, bool isFirst);
    Result<void> endLine();

    TextSink& sink_;
    CsvDialect dialect_;
    std::string line_;
    std::size_t rowCount_ = 0;
    std::vector<CellPlace> guarded_;
};

} // namespace attest::extract
