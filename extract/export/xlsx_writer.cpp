#include "extract/export/xlsx_writer.h"

#include "base/utf8.h"
#include "extract/export/xlsx_check.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>
#include <xlsxwriter.h>

namespace attest::extract {

namespace {

constexpr size_t kMaxRows = 1048576;    // of a sheet, with the header
constexpr size_t kMaxCellUnits = 32767; // UTF-16
constexpr size_t kExactDigits = 15;     // of a double
constexpr std::string_view kShortened = " \u2026 [shortened]";

size_t utf16Units(char32_t c) {
    return c > 0xFFFF ? 2 : 1;
}

bool isTooLong(std::string_view text) {
    if (text.size() <= kMaxCellUnits) { // a unit takes a byte at least
        return false;
    }
    size_t units = 0;
    for (size_t at = 0; at < text.size() && units <= kMaxCellUnits;) {
        units += utf16Units(decodeUtf8(text, at));
    }
    return units > kMaxCellUnits;
}

// The longest begin that a cell can hold together with the mark that it is one.
std::string shortened(std::string_view text) {
    size_t units = kShortened.size();
    size_t end = 0;
    for (size_t at = 0; at < text.size();) {
        units += utf16Units(decodeUtf8(text, at));
        if (units > kMaxCellUnits) {
            break;
        }
        end = at;
    }
    return std::string(text.substr(0, end)) + std::string(kShortened);
}

bool isExactNumber(std::string_view text) {
    const auto digits =
        std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return static_cast<size_t>(digits) <= kExactDigits;
}

double toDouble(std::string_view text) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

int toInt(std::string_view digits) {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

lxw_datetime toDay(std::string_view iso) {
    lxw_datetime day = {};
    day.year = toInt(iso.substr(0, 4));
    day.month = toInt(iso.substr(5, 2));
    day.day = toInt(iso.substr(8, 2));
    return day;
}

// Spreadsheets count days from 1900, and that year wrongly.
bool canBeDay(std::string_view iso) {
    return isIsoDay(iso) && toInt(iso.substr(0, 4)) > 1900;
}

double widthOf(const Column& column) {
    constexpr double kOfLongText = 40;
    constexpr double kOfText = 22;
    constexpr double kOfOthers = 11;
    constexpr double kBesideName = 3; // the filter's button
    const bool isLong = column.isLongText || column.name == "snippet";
    const double wanted = isLong                          ? kOfLongText
                          : column.kind == CellKind::Text ? kOfText
                                                          : kOfOthers;
    return std::max(wanted, double(column.name.size()) + kBesideName);
}

} // namespace

struct XlsxWriter::Book {
    struct Sheet {
        lxw_worksheet* sheet = nullptr; // the workbook's
        std::string name;
        size_t columns = 0;
        size_t rows = 0; // without the header
    };

    std::filesystem::path path;
    std::string folder;
    lxw_workbook* workbook = nullptr; // only workbook_close() frees it
    lxw_format* headerFormat = nullptr;
    lxw_format* dayFormat = nullptr;
    std::vector<Sheet> sheets;
    size_t shortenedCells = 0;

    Book() = default;
    Book(const Book&) = delete;
    Book& operator=(const Book&) = delete;

    ~Book() {
        if (workbook != nullptr) {
            static_cast<void>(workbook_close(workbook));
        }
    }

    void write(const Sheet& sheet, size_t column, const Cell& cell) {
        const auto row = static_cast<lxw_row_t>(sheet.rows);
        const auto at = static_cast<lxw_col_t>(column);
        if (cell.kind == CellKind::Blank) {
            return;
        }
        if (cell.kind == CellKind::Number && isExactNumber(cell.text)) {
            worksheet_write_number(sheet.sheet, row, at, toDouble(cell.text), nullptr);
        } else if (cell.kind == CellKind::Date && canBeDay(cell.text)) {
            lxw_datetime day = toDay(cell.text);
            worksheet_write_datetime(sheet.sheet, row, at, &day, dayFormat);
        } else if (isTooLong(cell.text)) {
            ++shortenedCells;
            worksheet_write_string(sheet.sheet, row, at, shortened(cell.text).c_str(), nullptr);
        } else {
            worksheet_write_string(sheet.sheet, row, at, cell.text.c_str(), nullptr);
        }
    }
};

Result<XlsxWriter> XlsxWriter::create(const std::filesystem::path& path) {
    auto book = std::make_unique<Book>();
    book->path = path;
    book->folder = path.has_parent_path() ? path.parent_path().string() : ".";
    lxw_workbook_options options = {};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = book->folder.data();
    options.use_zip64 = LXW_TRUE;
    book->workbook = workbook_new_opt(path.c_str(), &options);
    if (book->workbook == nullptr) {
        return Error{ErrorCode::Io, "write '" + path.string() + "': no workbook can be made"};
    }
    book->headerFormat = workbook_add_format(book->workbook);
    format_set_bold(book->headerFormat);
    format_set_bottom(book->headerFormat, LXW_BORDER_THIN);
    book->dayFormat = workbook_add_format(book->workbook);
    format_set_num_format(book->dayFormat, "yyyy-mm-dd");
    return XlsxWriter(std::move(book));
}

XlsxWriter::XlsxWriter(std::unique_ptr<Book> book) : book_(std::move(book)) {}

XlsxWriter::XlsxWriter(XlsxWriter&& other) noexcept = default;
XlsxWriter::~XlsxWriter() = default;

size_t XlsxWriter::addSheet(const std::string& name, const std::vector<Column>& columns) {
    ATTEST_CHECK(columns.size() <= kMaxSheetColumns);
    lxw_worksheet* sheet = workbook_add_worksheet(book_->workbook, name.c_str());
    ATTEST_CHECK(sheet != nullptr);
    for (size_t i = 0; i < columns.size(); ++i) {
        const auto column = static_cast<lxw_col_t>(i);
        worksheet_set_column(sheet, column, column, widthOf(columns[i]), nullptr);
    }
    for (size_t i = 0; i < columns.size(); ++i) {
        worksheet_write_string(
            sheet, 0, static_cast<lxw_col_t>(i), columns[i].name.c_str(), book_->headerFormat);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    book_->sheets.push_back({sheet, name, columns.size(), 0});
    return book_->sheets.size() - 1;
}

Result<void> XlsxWriter::row(size_t index, const Row& cells) {
    Book::Sheet& sheet = book_->sheets.at(index);
    if (++sheet.rows >= kMaxRows) {
        return Error{ErrorCode::OutOfResources,
                     "the table '" + sheet.name +
                         "' has more rows than a sheet can hold; export it as CSV"};
    }
    for (size_t i = 0; i < cells.size(); ++i) {
        book_->write(sheet, i, cells[i]);
    }
    return {};
}

Result<void> XlsxWriter::close() {
    std::vector<size_t> rows;
    for (const Book::Sheet& sheet : book_->sheets) {
        worksheet_autofilter(sheet.sheet,
                             0,
                             0,
                             static_cast<lxw_row_t>(sheet.rows),
                             static_cast<lxw_col_t>(sheet.columns - 1));
        rows.push_back(sheet.rows + 1);
    }
    const lxw_error error = workbook_close(std::exchange(book_->workbook, nullptr));
    if (error != LXW_NO_ERROR) {
        return Error{ErrorCode::OutOfResources,
                     "write a workbook in '" + book_->folder + "': " + lxw_strerror(error)};
    }
    return checkXlsx(book_->path, rows);
}

size_t XlsxWriter::shortenedCells() const {
    return book_->shortenedCells;
}

} // namespace attest::extract
