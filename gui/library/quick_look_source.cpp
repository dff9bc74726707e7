#include "gui/library/quick_look_source.h"

#include "extract/document_reader.h"
#include "storage/document_store.h"
#include "storage/result_store.h"

#include <utility>

namespace attest::gui {

namespace {

storage::PageRecord pageRecord(extract::PageText page) {
    storage::PageRecord record;
    record.charBoxes.reserve(page.boxes.size() * 4);
    for (const extract::CharBox& box : page.boxes) {
        for (const std::uint16_t edge : {box.left, box.top, box.right, box.bottom}) {
            record.charBoxes.push_back(edge);
        }
    }
    record.text = std::move(page.text);
    record.widthPoints = double(page.widthPoints);
    record.heightPoints = double(page.heightPoints);
    return record;
}

} // namespace

Result<PageViewDocument> storedPages(storage::Database& db, const storage::LibraryRow& row) {
    PageViewDocument document;
    if (row.kind == "pdf") {
        document.pdf = row.path;
    }
    ATTEST_TRY_ASSIGN(const auto known, storage::findDocuments(db, std::to_string(row.documentId)));
    if (known.size() == 1) {
        document.sha256 = known.front().sha256;
    }
    if (row.runId != 0) {
        ATTEST_TRY_ASSIGN(const auto runs, storage::runsById(db, {row.runId}));
        ATTEST_TRY_ASSIGN(document.pages, storage::pagesOf(db, runs.front().readingId));
    } else if (row.path.empty()) {
        storage::PageRecord page;
        ATTEST_TRY_ASSIGN(page.text, storage::contentOf(db, row.documentId));
        document.pages.push_back(std::move(page));
    }
    return document;
}

Result<PageViewDocument> pagesOfFile(const storage::LibraryRow& row, std::stop_token stop) {
    extract::ReaderOptions options;
    ATTEST_TRY_ASSIGN(options.readerProgram, extract::findReaderProgram());
    ATTEST_TRY_ASSIGN(auto read, extract::readDocument(row.path, options, {}, stop));
    if (read.pages.empty()) {
        return Error{ErrorCode::Unsupported, read.message};
    }
    PageViewDocument document;
    if (row.kind == "pdf") {
        document.pdf = row.path;
    }
    document.sha256 = read.sha256;
    for (extract::PageText& page : read.pages) {
        document.pages.push_back(pageRecord(std::move(page)));
    }
    return document;
}

} // namespace attest::gui
