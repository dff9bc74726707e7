#include "storage/document_store.h"

#include "base/sha256.h"
#include "storage/database.h"
#include "storage/internal/box_codec.h"
#include "storage/internal/document_row.h"
#include "storage/internal/search_index.h"
#include "storage/statement.h"

#include <algorithm>
#include <charconv>

namespace attest::storage {

namespace {

constexpr size_t kMinHashDigits = 8;

// The newest run is found through run_by_document, one step per document.
constexpr const char* kSelectDocuments =
    "SELECT d.id, d.sha256, d.display_name, d.path, d.kind, d.byte_size, d.status, "
    "d.status_message,"
    " d.page_count, d.added_at,"
    " (SELECT COUNT(*) FROM run AS every WHERE every.document_id = d.id),"
    " r.id, t.template_id, r.status, r.finished_at, r.found_count, r.value_count"
    " FROM document AS d"
    " LEFT JOIN run AS r ON r.id ="
    " (SELECT MAX(newest.id) FROM run AS newest WHERE newest.document_id = d.id)"
    " LEFT JOIN template AS t ON t.sha256 = r.template_sha256 ";

Result<std::vector<DocumentRow>> readRows(Statement& query) {
    std::vector<DocumentRow> rows;
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) {
            return rows;
        }
        DocumentRow row;
        row.id = query.int64(0);
        row.sha256 = query.text(1);
        row.fileName = query.text(2);
        row.path = query.text(3);
        row.kind = query.text(4);
        row.byteSize = query.int64(5);
        row.status = query.text(6);
        row.statusMessage = query.text(7);
        row.pageCount = query.int64(8);
        row.addedAt = query.int64(9);
        row.runCount = query.int64(10);
        row.lastRunId = query.int64(11);
        row.lastTemplateId = query.text(12);
        row.lastRunStatus = query.text(13);
        row.lastFinishedAt = query.int64(14);
        row.lastFoundCount = query.int64(15);
        row.lastValueCount = query.int64(16);
        rows.push_back(std::move(row));
    }
}

// The lengths keep "ab" + "c" apart from "a" + "bc".
std::string hashOfPages(const std::vector<PageRecord>& pages) {
    Sha256 hash;
    for (const PageRecord& page : pages) {
        hash.update(std::to_string(page.text.size()) + ":");
        hash.update(page.text);
    }
    return hash.hexDigest();
}

Result<std::int64_t>
addReading(Database& db, std::int64_t documentId, const NewDocument& document, std::int64_t now) {
    const std::string textHash = hashOfPages(document.pages);
    ATTEST_TRY_ASSIGN(auto find,
                      Statement::prepare(db,
                                         "SELECT id FROM reading WHERE document_id = ?"
                                         " AND text_sha256 = ? AND status = ?"));
    ATTEST_TRY_ASSIGN(const bool isKnown,
                      find.bind(1, documentId).bind(2, textHash).bind(3, document.status).step());
    if (isKnown) {
        return find.int64(0);
    }

    const auto pageCount = static_cast<std::int64_t>(document.pages.size());
    ATTEST_TRY_ASSIGN(auto insert,
                      Statement::prepare(db,
                                         "INSERT INTO reading(document_id, text_sha256, status,"
                                         " status_message, page_count, read_at)"
                                         " VALUES (?, ?, ?, ?, ?, ?)"));
    ATTEST_TRY(insert.bind(1, documentId)
                   .bind(2, textHash)
                   .bind(3, document.status)
                   .bind(4, document.statusMessage)
                   .bind(5, pageCount)
                   .bind(6, now)
                   .run());
    const std::int64_t readingId = db.lastInsertId();

    ATTEST_TRY_ASSIGN(auto insertPage,
                      Statement::prepare(db,
                                         "INSERT INTO page(reading_id, page_index, text,"
                                         " char_boxes, width_points, height_points)"
                                         " VALUES (?, ?, ?, ?, ?, ?)"));
    for (size_t i = 0; i < document.pages.size(); ++i) {
        const PageRecord& page = document.pages[i];
        ATTEST_TRY(insertPage.bind(1, readingId)
                       .bind(2, static_cast<std::int64_t>(i))
                       .bind(3, page.text)
                       .bindBlob(4, encodeU16(page.charBoxes))
                       .bind(5, page.widthPoints)
                       .bind(6, page.heightPoints)
                       .run());
    }

    ATTEST_TRY_ASSIGN(auto update,
                      Statement::prepare(db,
                                         "UPDATE document SET status = ?, status_message = ?,"
                                         " page_count = ? WHERE id = ?"));
    ATTEST_TRY(update.bind(1, document.status)
                   .bind(2, document.statusMessage)
                   .bind(3, pageCount)
                   .bind(4, documentId)
                   .run());
    ATTEST_TRY(indexPages(db, documentId));
    return readingId;
}

bool isHex(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
}

} // namespace

Result<AddedDocument> addDocument(Database& db, const NewDocument& document, std::int64_t now) {
    AddedDocument added;
    ATTEST_TRY_ASSIGN(auto find,
                      Statement::prepare(db, "SELECT id FROM document WHERE sha256 = ?"));
    ATTEST_TRY_ASSIGN(added.wasKnown, find.bind(1, document.sha256).step());
    if (added.wasKnown) {
        added.documentId = find.int64(0);
    } else {
        ATTEST_TRY_ASSIGN(added.documentId, insertDocument(db, document, now));
    }
    ATTEST_TRY_ASSIGN(added.readingId, addReading(db, added.documentId, document, now));
    return added;
}

Result<std::vector<DocumentRow>> listDocuments(Database& db) {
    ATTEST_TRY_ASSIGN(
        auto query,
        Statement::prepare(db,
                           std::string(kSelectDocuments) + "WHERE d.trashed_at = 0 ORDER BY d.id"));
    return readRows(query);
}

Result<std::vector<DocumentRow>> findDocuments(Database& db, std::string_view key) {
    std::int64_t id = 0;
    const auto parsed = std::from_chars(key.data(), key.data() + key.size(), id);
    if (parsed.ec == std::errc() && parsed.ptr == key.data() + key.size()) {
        ATTEST_TRY_ASSIGN(
            auto byId,
            Statement::prepare(db, std::string(kSelectDocuments) + "WHERE d.id = ? ORDER BY d.id"));
        byId.bind(1, id);
        ATTEST_TRY_ASSIGN(std::vector<DocumentRow> rows, readRows(byId));
        if (!rows.empty()) {
            return rows;
        }
    }
    if (key.size() >= kMinHashDigits && isHex(key)) {
        // 'g' follows the last hex digit, so this is "begins with" through the index.
        ATTEST_TRY_ASSIGN(
            auto byHash,
            Statement::prepare(db,
                               std::string(kSelectDocuments) +
                                   "WHERE d.sha256 >= ? AND d.sha256 < ? ORDER BY d.id"));
        byHash.bind(1, key).bind(2, std::string(key) + "g");
        ATTEST_TRY_ASSIGN(std::vector<DocumentRow> rows, readRows(byHash));
        if (!rows.empty()) {
            return rows;
        }
    }
    ATTEST_TRY_ASSIGN(
        auto byName,
        Statement::prepare(
            db,
            std::string(kSelectDocuments) +
                "WHERE d.file_name = ?1 OR d.display_name = ?1 OR d.id IN (SELECT named.document_id"
                " FROM run AS named WHERE named.source_id = ?1 AND ?1 <> '')"
                " ORDER BY d.id"));
    byName.bind(1, key);
    return readRows(byName);
}

Result<std::vector<PageRecord>> pagesOf(Database& db, std::int64_t readingId) {
    ATTEST_TRY_ASSIGN(auto query,
                      Statement::prepare(db,
                                         "SELECT text, char_boxes, width_points, height_points"
                                         " FROM page WHERE reading_id = ? ORDER BY page_index"));
    query.bind(1, readingId);
    std::vector<PageRecord> pages;
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) {
            return pages;
        }
        pages.push_back({query.text(0), decodeU16(query.blob(1)), query.real(2), query.real(3)});
    }
}

Result<std::string> pageText(Database& db, std::int64_t readingId, std::int64_t pageIndex) {
    ATTEST_TRY_ASSIGN(
        auto query,
        Statement::prepare(db, "SELECT text FROM page WHERE reading_id = ? AND page_index = ?"));
    ATTEST_TRY_ASSIGN(const bool hasRow, query.bind(1, readingId).bind(2, pageIndex).step());
    if (!hasRow) {
        return Error{ErrorCode::NotFound,
                     "page " + std::to_string(pageIndex + 1) + " is not there"};
    }
    return query.text(0);
}

} // namespace attest::storage
