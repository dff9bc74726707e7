#include "storage/template_store.h"

#include "base/sha256.h"
#include "storage/audit_log.h"
#include "storage/database.h"
#include "storage/internal/current_time.h"
#include "storage/internal/json_text.h"
#include "storage/internal/saved_template.h"
#include "storage/statement.h"

namespace attest::storage {

namespace {

Result<std::vector<TemplateRecord>> readRecords(Statement& query) {
    std::vector<TemplateRecord> records;
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) {
            return records;
        }
        records.push_back(
            {query.text(0), query.text(1), query.int64(2), query.text(3), query.text(4)});
    }
}

std::string subjectOf(std::string_view id, std::string_view sha256) {
    return "{\"template\":" + jsonText(id) + ",\"sha256\":" + jsonText(sha256) + "}";
}

} // namespace

Result<void> saveUserTemplate(Database& db, const TemplateRecord& record, std::int64_t now) {
    if (record.id.empty() || sha256Hex(record.json) != record.sha256) {
        return Error{ErrorCode::InvalidInput,
                     "the template has no id, or its hash is not that of its text"};
    }
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::begin(db));
    ATTEST_TRY(addTemplate(db, record, now));
    // A version that comes back is the newest again.
    ATTEST_TRY_ASSIGN(auto touch,
                      Statement::prepare(db, "UPDATE template SET added_at = ? WHERE sha256 = ?"));
    ATTEST_TRY(touch.bind(1, now).bind(2, record.sha256).run());
    ATTEST_TRY_ASSIGN(
        auto upsert,
        Statement::prepare(db,
                           "INSERT INTO user_template(template_id, template_sha256, saved_at)"
                           " VALUES (?, ?, ?) ON CONFLICT(template_id) DO UPDATE SET"
                           " template_sha256 = excluded.template_sha256,"
                           " saved_at = excluded.saved_at"));
    ATTEST_TRY(upsert.bind(1, record.id).bind(2, record.sha256).bind(3, now).run());
    ATTEST_TRY(
        appendAudit(db, "template.saved", subjectOf(record.id, record.sha256), "attest", now));
    return transaction.commit();
}

Result<std::vector<TemplateRecord>> userTemplates(Database& db) {
    ATTEST_TRY_ASSIGN(auto query,
                      Statement::prepare(db,
                                         "SELECT t.sha256, t.template_id, t.version, t.title,"
                                         " t.json FROM user_template AS u"
                                         " JOIN template AS t ON t.sha256 = u.template_sha256"
                                         " ORDER BY t.title, t.template_id"));
    return readRecords(query);
}

Result<std::vector<TemplateRecord>> templateVersions(Database& db, std::string_view id) {
    ATTEST_TRY_ASSIGN(auto query,
                      Statement::prepare(db,
                                         "SELECT sha256, template_id, version, title, json"
                                         " FROM template WHERE template_id = ?"
                                         " ORDER BY added_at DESC, version DESC, rowid DESC"));
    query.bind(1, id);
    return readRecords(query);
}

Result<void> removeUserTemplate(Database& db, std::string_view id) {
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::begin(db));
    ATTEST_TRY_ASSIGN(auto remove,
                      Statement::prepare(db, "DELETE FROM user_template WHERE template_id = ?"));
    ATTEST_TRY(remove.bind(1, id).run());
    if (db.changedRows() > 0) {
        ATTEST_TRY(appendAudit(db, "template.removed", subjectOf(id, ""), "attest", currentTime()));
    }
    return transaction.commit();
}

Result<std::int64_t> runCountOfTemplate(Database& db, std::string_view id) {
    ATTEST_TRY_ASSIGN(auto query,
                      Statement::prepare(db,
                                         "SELECT COUNT(*) FROM template AS t"
                                         " JOIN run AS r ON r.template_sha256 = t.sha256"
                                         " WHERE t.template_id = ?"));
    ATTEST_TRY_ASSIGN(const bool hasRow, query.bind(1, id).step());
    return hasRow ? query.int64(0) : std::int64_t{0};
}

} // namespace attest::storage
