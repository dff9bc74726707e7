// RFC 4180 with UTF-8 and CRLF, safe to open in a spreadsheet.
//
// A text cell that a spreadsheet would run as a formula gets an apostrophe in front: one where a
// line, behind blanks, quotes and invisible characters, begins with = + - @ TAB CR NUL or the
// full-width forms of the first four. withoutGuard() takes it off again, exactly.
// Source: RFC 4180; OWASP ASVS 5.0, 1.2.10.
#pragma once

#include "base/result.h"
#include "extract/output_file.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace attest::extract {

bool needsGuard(std::string_view text);
std::string withoutGuard(std::string_view cell);

// Not thread-safe; borrows the sink.
class CsvWriter {
public:
    explicit CsvWriter(TextSink& sink) : sink_(sink) {}

    CsvWriter& text(std::string_view value);
    // A number or ISO 8601 date of a typed column: "-3.2" and "2024-03" stay as they are; anything
    // else is written like text.
    CsvWriter& typed(std::string_view value);
    CsvWriter& integer(long long value);
    CsvWriter& symbol(std::string_view value); // one of a fixed set of ours, such as ">="
    CsvWriter& empty();

    Result<void> endRow();

    std::size_t rowCount() const { return rowCount_; }

    std::size_t guardedCells() const { return guardedCells_; }

private:
    void cell(std::string_view value);

    TextSink& sink_;
    std::string row_;
    bool hasCells_ = false;
    std::size_t rowCount_ = 0;
    std::size_t guardedCells_ = 0;
};

} // namespace attest::extract
