// The writing half of library_list.h: documents come, move, and go.
#include "base/sha256.h"
#include "storage/audit_log.h"
#include "storage/database.h"
#include "storage/internal/current_time.h"
#include "storage/internal/document_row.h"
#include "storage/internal/json_text.h"
#include "storage/internal/search_index.h"
#include "storage/library_list.h"
#include "storage/statement.h"

#include <filesystem>
#include <system_error>
#include <utility>

namespace attest::storage {

namespace {

constexpr std::string_view kProgram = "attest";
constexpr std::string_view kUnread = "unread"; // status of a document before its first reading

bool fileExists(const std::string& path) {
    std::error_code error;
    return !path.empty() && std::filesystem::exists(std::filesystem::path(path), error);
}

Result<void> storeContent(Database& db, std::int64_t documentId, const std::string& bytes) {
    ATTEST_TRY_ASSIGN(auto insert,
                      Statement::prepare(db,
                                         "INSERT INTO document_content(document_id, bytes)"
                                         " VALUES (?, ?) ON CONFLICT(document_id) DO NOTHING"));
    return insert.bind(1, documentId).bindBlob(2, std::as_bytes(std::span(bytes))).run();
}

Result<bool> hasContent(Database& db, std::int64_t documentId) {
    ATTEST_TRY_ASSIGN(
        auto query, Statement::prepare(db, "SELECT 1 FROM document_content WHERE document_id = ?"));
    return query.bind(1, documentId).step();
}

Result<void> setPath(Database& db, std::int64_t documentId, std::string_view path) {
    ATTEST_TRY_ASSIGN(auto update,
                      Statement::prepare(db, "UPDATE document SET path = ? WHERE id = ?"));
    return update.bind(1, path).bind(2, documentId).run();
}

Result<void> addAgain(Database& db,
                      std::int64_t documentId,
                      const std::string& oldPath,
                      const NewSource& source) {
    ATTEST_TRY_ASSIGN(auto restore,
                      Statement::prepare(db, "UPDATE document SET trashed_at = 0 WHERE id = ?"));
    ATTEST_TRY(restore.bind(1, documentId).run());
    ATTEST_TRY_ASSIGN(const bool isKept, hasContent(db, documentId));
    if (isKept || source.path == oldPath || fileExists(oldPath)) {
        return {};
    }
    if (source.path.empty()) {
        ATTEST_TRY(storeContent(db, documentId, source.content));
    }
    return setPath(db, documentId, source.path);
}

Result<std::int64_t> addNew(Database& db, const NewSource& source, std::int64_t now) {
    NewDocument document;
    document.sha256 = source.sha256;
    document.fileName = source.fileName;
    document.path = source.path;
    document.kind = source.kind;
    document.byteSize = source.byteSize;
    document.status = kUnread;
    ATTEST_TRY_ASSIGN(const std::int64_t documentId, insertDocument(db, document, now));
    ATTEST_TRY_ASSIGN(auto place,
                      Statement::prepare(db,
                                         "UPDATE document SET collection = ?, folder = ?"
                                         " WHERE id = ?"));
    ATTEST_TRY(place.bind(1, source.collection).bind(2, source.folder).bind(3, documentId).run());
    if (source.path.empty()) {
        ATTEST_TRY(storeContent(db, documentId, source.content));
    }
    return documentId;
}

// Runs `sql`, whose last parameter is the document, for each. REQUIRES: within a transaction.
Result<void> forEach(Database& db, const char* sql, const std::vector<std::int64_t>& documentIds) {
    ATTEST_TRY_ASSIGN(auto statement, Statement::prepare(db, sql));
    for (const std::int64_t id : documentIds) {
        ATTEST_TRY(statement.bind(1, id).run());
    }
    return {};
}

std::string subjectOf(const std::vector<std::int64_t>& documentIds) {
    return "{\"documents\":" + jsonNumbers(documentIds) + "}";
}

Result<void> requireDocument(Database& db, std::int64_t documentId) {
    ATTEST_TRY_ASSIGN(auto query, Statement::prepare(db, "SELECT 1 FROM document WHERE id = ?"));
    ATTEST_TRY_ASSIGN(const bool isThere, query.bind(1, documentId).step());
    if (!isThere) {
        return Error{ErrorCode::NotFound,
                     "the library has no document " + std::to_string(documentId)};
    }
    return {};
}

// Only what is in the trash, in the given order.
Result<std::vector<std::int64_t>> trashedOf(Database& db,
                                            const std::vector<std::int64_t>& documentIds) {
    ATTEST_TRY_ASSIGN(
        auto query,
        Statement::prepare(db, "SELECT 1 FROM document WHERE id = ? AND trashed_at <> 0"));
    std::vector<std::int64_t> trashed;
    for (const std::int64_t id : documentIds) {
        ATTEST_TRY_ASSIGN(const bool isTrashed, query.bind(1, id).step());
        query.reset();
        if (isTrashed) {
            trashed.push_back(id);
        }
    }
    return trashed;
}

} // namespace

Result<std::vector<RegisteredSource>>
registerSources(Database& db, const std::vector<NewSource>& sources, std::int64_t now) {
    std::vector<RegisteredSource> registered;
    registered.reserve(sources.size());
    std::vector<std::int64_t> addedIds;
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::begin(db));
    ATTEST_TRY_ASSIGN(auto find,
                      Statement::prepare(db, "SELECT id, path FROM document WHERE sha256 = ?"));
    for (const NewSource& source : sources) {
        if (source.path.empty() && sha256Hex(source.content) != source.sha256) {
            return Error{ErrorCode::InvalidInput, "the content is not what its hash says"};
        }
        ATTEST_TRY_ASSIGN(const bool isKnown, find.bind(1, source.sha256).step());
        std::int64_t id = isKnown ? find.int64(0) : 0;
        const std::string oldPath = isKnown ? find.text(1) : std::string();
        find.reset();
        if (isKnown) {
            ATTEST_TRY(addAgain(db, id, oldPath, source));
        } else {
            ATTEST_TRY_ASSIGN(id, addNew(db, source, now));
            addedIds.push_back(id);
        }
        registered.push_back({id, isKnown});
    }
    if (!addedIds.empty()) {
        ATTEST_TRY(appendAudit(db, "document.added", subjectOf(addedIds), kProgram, now));
    }
    ATTEST_TRY(transaction.commit());
    return registered;
}

Result<std::string> contentOf(Database& db, std::int64_t documentId) {
    ATTEST_TRY_ASSIGN(
        auto query,
        Statement::prepare(db, "SELECT bytes FROM document_content WHERE document_id = ?"));
    ATTEST_TRY_ASSIGN(const bool hasRow, query.bind(1, documentId).step());
    if (!hasRow) {
        return Error{ErrorCode::NotFound,
                     "the library holds no bytes of document " + std::to_string(documentId)};
    }
    const std::span<const std::byte> bytes = query.blobView(0);
    return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

Result<void>
moveToTrash(Database& db, const std::vector<std::int64_t>& documentIds, std::int64_t now) {
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::begin(db));
    ATTEST_TRY_ASSIGN(auto trash,
                      Statement::prepare(db,
                                         "UPDATE document SET trashed_at = ? WHERE id = ?"
                                         " AND trashed_at = 0"));
    ATTEST_TRY_ASSIGN(auto cancel,
                      Statement::prepare(db,
                                         "UPDATE job SET state = 'cancelled', finished_at = ?"
                                         " WHERE document_id = ? AND state = 'waiting'"));
    for (const std::int64_t id : documentIds) {
        ATTEST_TRY(trash.bind(1, now).bind(2, id).run());
        ATTEST_TRY(cancel.bind(1, now).bind(2, id).run());
    }
    ATTEST_TRY(appendAudit(db, "document.trashed", subjectOf(documentIds), kProgram, now));
    return transaction.commit();
}

Result<void> restoreFromTrash(Database& db, const std::vector<std::int64_t>& documentIds) {
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::begin(db));
    ATTEST_TRY(forEach(db, "UPDATE document SET trashed_at = 0 WHERE id = ?", documentIds));
    ATTEST_TRY(
        appendAudit(db, "document.restored", subjectOf(documentIds), kProgram, currentTime()));
    return transaction.commit();
}

Result<void> deleteForGood(Database& db, const std::vector<std::int64_t>& documentIds) {
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::begin(db));
    ATTEST_TRY_ASSIGN(const std::vector<std::int64_t> trashed, trashedOf(db, documentIds));
    if (trashed.empty()) {
        return {};
    }
    for (const std::int64_t id : trashed) {
        ATTEST_TRY(removeFromIndex(db, id));
    }
    ATTEST_TRY(db.execute("INSERT INTO used_id(table_name, id)"
                          " SELECT 'document', COALESCE(MAX(id), 0) FROM document WHERE true"
                          " ON CONFLICT(table_name) DO UPDATE SET id = MAX(id, excluded.id)"));
    ATTEST_TRY(db.execute("INSERT INTO used_id(table_name, id)"
                          " SELECT 'run', COALESCE(MAX(id), 0) FROM run WHERE true"
                          " ON CONFLICT(table_name) DO UPDATE SET id = MAX(id, excluded.id)"));
    ATTEST_TRY(forEach(db, "DELETE FROM document WHERE id = ?", trashed));
    ATTEST_TRY(compactIndex(db));
    ATTEST_TRY(appendAudit(db, "document.deleted", subjectOf(trashed), kProgram, currentTime()));
    ATTEST_TRY(transaction.commit());
    // The log still holds the deleted pages. A reader that is busy keeps it; then it goes later.
    static_cast<void>(db.execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    return {};
}

Result<void> renameDocument(Database& db, std::int64_t documentId, std::string_view name) {
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::begin(db));
    ATTEST_TRY(requireDocument(db, documentId));
    ATTEST_TRY_ASSIGN(auto update,
                      Statement::prepare(db, "UPDATE document SET display_name = ? WHERE id = ?"));
    ATTEST_TRY(update.bind(1, name).bind(2, documentId).run());
    ATTEST_TRY(indexName(db, documentId));
    ATTEST_TRY(
        appendAudit(db, "document.renamed", subjectOf({documentId}), kProgram, currentTime()));
    return transaction.commit();
}

Result<void> setCollection(Database& db,
                           const std::vector<std::int64_t>& documentIds,
                           std::string_view collection) {
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::begin(db));
    ATTEST_TRY_ASSIGN(auto update,
                      Statement::prepare(db, "UPDATE document SET collection = ? WHERE id = ?"));
    for (const std::int64_t id : documentIds) {
        ATTEST_TRY(update.bind(1, collection).bind(2, id).run());
    }
    return transaction.commit();
}

Result<void> relocateDocument(Database& db, std::int64_t documentId, std::string_view path) {
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::begin(db));
    ATTEST_TRY(requireDocument(db, documentId));
    ATTEST_TRY(setPath(db, documentId, path));
    ATTEST_TRY(appendAudit(db, "document.moved", subjectOf({documentId}), kProgram, currentTime()));
    return transaction.commit();
}

} // namespace attest::storage
