// What people see: messages, tables, and how wide the window is.
#pragma once

#include "base/error.h"
#include "extract/output_file.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace attest::cli {

// To standard error, with "attest: " in front.
void complain(std::string_view message);
void complain(const Error& error);

// To standard output. False: it cannot be written.
bool print(std::string_view text);

// The same as a sink for exports. Errors: Io.
class StandardOutput : public extract::TextSink {
public:
    Result<void> write(std::string_view bytes) override;
};

bool isTerminal(int fd);

// Columns of the terminal, or of a page when output goes elsewhere.
std::size_t terminalWidth();

// Text that is safe to show: control characters as "?", malformed UTF-8 as U+FFFD.
std::string printable(std::string_view text);

// At most `width` columns; what is cut ends in "…". Counts code points.
std::string fitted(std::string_view text, std::size_t width);

struct Column {
    std::string title;
    bool alignRight = false;
    std::size_t minWidth = 4; // it gets no narrower than this when space is short
};

// Lines of a table, as wide as `width` at most: the widest columns give way first.
std::string table(const std::vector<Column>& columns,
                  const std::vector<std::vector<std::string>>& rows,
                  std::size_t width);

std::string localTime(std::int64_t secondsSince1970);            // "2024-03-04 10:15"
std::string byteSize(std::uint64_t bytes);                       // "12.3 MB"
std::string counted(std::size_t count, const std::string& noun); // "1 page", "2 pages"

} // namespace attest::cli
