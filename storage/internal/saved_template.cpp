#include "storage/internal/saved_template.h"

#include "storage/database.h"
#include "storage/statement.h"

namespace attest::storage {

Result<void> addTemplate(Database& db, const TemplateRecord& record, std::int64_t now) {
    ATTEST_TRY_ASSIGN(auto insert,
                      Statement::prepare(db,
                                         "INSERT INTO template(sha256, template_id, version, title,"
                                         " json, added_at) VALUES (?, ?, ?, ?, ?, ?)"
                                         " ON CONFLICT(sha256) DO NOTHING"));
    return insert.bind(1, record.sha256)
        .bind(2, record.id)
        .bind(3, record.version)
        .bind(4, record.title)
        .bind(5, record.json)
        .bind(6, now)
        .run();
}

} // namespace attest::storage
