#include "storage/audit_log.h"

#include "base/sha256.h"
#include "storage/database.h"
#include "storage/statement.h"

namespace attest::storage {

namespace {

// The lengths keep "ab" + "c" apart from "a" + "bc".
void addPart(Sha256& hash, std::string_view part) {
    hash.update(std::to_string(part.size()) + ":");
    hash.update(part);
}

std::string chainHash(std::string_view previous, const AuditRecord& record) {
    Sha256 hash;
    addPart(hash, previous);
    addPart(hash, std::to_string(record.sequence));
    addPart(hash, std::to_string(record.at));
    addPart(hash, record.actor);
    addPart(hash, record.action);
    addPart(hash, record.subject);
    return hash.hexDigest();
}

struct Head {
    std::int64_t sequence = 0;
    std::string hash; // empty before the first record
};

Result<Head> readHead(Database& db) {
    ATTEST_TRY_ASSIGN(auto query,
                      Statement::prepare(db, "SELECT sequence, hash FROM audit_head WHERE id = 1"));
    ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
    return hasRow ? Head{query.int64(0), query.text(1)} : Head{};
}

AuditRecord recordAt(const Statement& query) {
    return {
        query.int64(0), query.int64(1), query.text(2), query.text(3), query.text(4), query.text(5)};
}

Error brokenAt(std::int64_t sequence, const std::string& why) {
    return Error{ErrorCode::Storage,
                 "the audit log was tampered with: record " + std::to_string(sequence) + " " + why};
}

} // namespace

Result<void> appendAudit(Database& db,
                         std::string_view action,
                         std::string_view subjectJson,
                         std::string_view actor,
                         std::int64_t now) {
    ATTEST_TRY_ASSIGN(const Head head, readHead(db));
    AuditRecord record{head.sequence + 1,
                       now,
                       std::string(actor),
                       std::string(action),
                       std::string(subjectJson),
                       {}};
    record.hash = chainHash(head.hash, record);
    ATTEST_TRY_ASSIGN(auto insert,
                      Statement::prepare(db,
                                         "INSERT INTO audit(sequence, at, actor, action, subject,"
                                         " run_id, hash) VALUES (?1, ?2, ?3, ?4, ?5,"
                                         " json_extract(?5, '$.run'), ?6)"));
    ATTEST_TRY(insert.bind(1, record.sequence)
                   .bind(2, record.at)
                   .bind(3, record.actor)
                   .bind(4, record.action)
                   .bind(5, record.subject)
                   .bind(6, record.hash)
                   .run());
    ATTEST_TRY_ASSIGN(auto move,
                      Statement::prepare(db,
                                         "INSERT INTO audit_head(id, sequence, hash)"
                                         " VALUES (1, ?, ?) ON CONFLICT(id) DO UPDATE SET"
                                         " sequence = excluded.sequence, hash = excluded.hash"));
    return move.bind(1, record.sequence).bind(2, record.hash).run();
}

Result<std::vector<AuditRecord>>
auditRecords(Database& db, std::int64_t runId, std::int64_t limit) {
    ATTEST_TRY_ASSIGN(
        auto query,
        Statement::prepare(db,
                           runId == 0
                               ? "SELECT sequence, at, actor, action, subject, hash FROM audit"
                                 " WHERE ?1 = 0 ORDER BY sequence DESC LIMIT ?2"
                               : "SELECT sequence, at, actor, action, subject, hash FROM audit"
                                 " WHERE run_id = ?1"
                                 " ORDER BY sequence DESC LIMIT ?2"));
    query.bind(1, runId).bind(2, limit);
    std::vector<AuditRecord> records;
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) {
            return records;
        }
        records.push_back(recordAt(query));
    }
}

Result<std::int64_t> verifyAudit(Database& db) {
    ATTEST_TRY_ASSIGN(auto query,
                      Statement::prepare(db,
                                         "SELECT sequence, at, actor, action, subject, hash,"
                                         " CASE WHEN json_valid(subject)"
                                         "  THEN run_id IS json_extract(subject, '$.run')"
                                         "  ELSE 0 END"
                                         " FROM audit ORDER BY sequence"));
    Head last;
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) {
            break;
        }
        const AuditRecord record = recordAt(query);
        if (record.sequence != last.sequence + 1) {
            return brokenAt(last.sequence + 1, "is missing");
        }
        if (record.hash != chainHash(last.hash, record) || query.int64(6) == 0) {
            return brokenAt(record.sequence, "does not fit the one before it");
        }
        last = {record.sequence, record.hash};
    }
    ATTEST_TRY_ASSIGN(const Head head, readHead(db));
    if (head.sequence > last.sequence) {
        return brokenAt(last.sequence + 1, "is missing");
    }
    if (head.sequence != last.sequence || head.hash != last.hash) {
        return brokenAt(last.sequence, "is not the last that was written");
    }
    return last.sequence;
}

} // namespace attest::storage
