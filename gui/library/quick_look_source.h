// The pages quick look shows: those stored with the document's run, else read from its file.
#pragma once

#include "base/result.h"
#include "gui/pages/page_view.h"
#include "storage/library_list.h"

#include <stop_token>

namespace attest::storage {
class Database;
} // namespace attest::storage

namespace attest::gui {

// Of a document that has been read, or of a pasted note. No pages: neither.
// Errors: NotFound (the document is gone), Storage, Io.
Result<PageViewDocument> storedPages(storage::Database& db, const storage::LibraryRow& row);

// Reads the file in the sealed reader; blocks, not for the GUI thread. Errors: those of
// extract::readDocument(); Unsupported with the reader's sentence when there is nothing to show.
Result<PageViewDocument> pagesOfFile(const storage::LibraryRow& row, std::stop_token stop);

} // namespace attest::gui
