#include "storage/internal/document_row.h"

#include "storage/database.h"
#include "storage/internal/search_index.h"
#include "storage/statement.h"

namespace attest::storage {

Result<std::int64_t> insertDocument(Database& db, const NewDocument& document, std::int64_t now) {
    ATTEST_TRY_ASSIGN(
        auto insert,
        Statement::prepare(db,
                           "INSERT INTO document(id, sha256, file_name, path, kind, byte_size,"
                           " status, status_message, page_count, added_at, display_name)"
                           " VALUES (1 + MAX(COALESCE((SELECT MAX(id) FROM document), 0),"
                           "  COALESCE((SELECT id FROM used_id WHERE table_name = 'document'), 0)),"
                           " ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?2)"));
    ATTEST_TRY(insert.bind(1, document.sha256)
                   .bind(2, document.fileName)
                   .bind(3, document.path)
                   .bind(4, document.kind)
                   .bind(5, document.byteSize)
                   .bind(6, document.status)
                   .bind(7, document.statusMessage)
                   .bind(8, static_cast<std::int64_t>(document.pages.size()))
                   .bind(9, now)
                   .run());
    const std::int64_t documentId = db.lastInsertId();
    ATTEST_TRY(indexName(db, documentId));
    return documentId;
}

} // namespace attest::storage
