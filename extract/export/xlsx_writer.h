// A workbook with a sheet per table: strings as strings, so that "=1+1" and "007" stay what they
// are, days as days, numbers as numbers.
#pragma once

#include "base/result.h"
#include "extract/export/table.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace attest::extract {

inline constexpr std::size_t kMaxSheetColumns = 16384;

// Not thread-safe. Rows go to the disk as they come; sheets can be filled in any order.
class XlsxWriter {
public:
    // Writes the file itself, `path` may exist. Temporary files without a name are made in the same
    // folder. Errors: Io.
    static Result<XlsxWriter> create(const std::filesystem::path& path);

    XlsxWriter(XlsxWriter&& other) noexcept;
    XlsxWriter& operator=(XlsxWriter&&) = delete;
    XlsxWriter(const XlsxWriter&) = delete;
    XlsxWriter& operator=(const XlsxWriter&) = delete;
    ~XlsxWriter();

    // Returns the sheet's index. REQUIRES: `name` is one that planExport() gives or one of ours,
    // and each is given once; there are not more than kMaxSheetColumns.
    std::size_t addSheet(const std::string& name, const std::vector<Column>& columns);
    // REQUIRES: the first cell is not blank. Errors: OutOfResources (more rows than a sheet has).
    Result<void> row(std::size_t sheet, const Row& cells);

    // Finishes the file and reads it again, because a full disk shows in no other way.
    // Errors: OutOfResources, Io. After it only destruction is left.
    Result<void> close();

    // Cells whose text is longer than a cell of a workbook can hold.
    std::size_t shortenedCells() const;

private:
    struct Book;
    explicit XlsxWriter(std::unique_ptr<Book> book);

    std::unique_ptr<Book> book_;
};

} // namespace attest::extract
