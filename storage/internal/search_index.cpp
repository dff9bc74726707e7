#include "storage/internal/search_index.h"

#include "storage/database.h"
#include "storage/review_store.h"
#include "storage/statement.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace attest::storage {

namespace {

// Adds to table and index, or takes from both. FTS5 has to be given the old text to forget it, so
// an entry leaves the index while the view can still tell its text.
class Entries {
public:
    static Result<Entries> prepare(Database& db) {
        ATTEST_TRY_ASSIGN(auto add,
                          Statement::prepare(db,
                                             "INSERT INTO search_entry(document_id, reading_id,"
                                             " page_index, run_id, pointer, text)"
                                             " VALUES (?, ?, ?, ?, ?, ?)"));
        ATTEST_TRY_ASSIGN(auto index,
                          Statement::prepare(db,
                                             "INSERT INTO search_index(rowid, text)"
                                             " SELECT id, text FROM search_source WHERE id = ?"));
        ATTEST_TRY_ASSIGN(auto forget,
                          Statement::prepare(db,
                                             "INSERT INTO search_index(search_index, rowid, text)"
                                             " SELECT 'delete', id, text FROM search_source"
                                             " WHERE id = ?"));
        ATTEST_TRY_ASSIGN(auto remove,
                          Statement::prepare(db, "DELETE FROM search_entry WHERE id = ?"));
        return Entries(db, std::move(add), std::move(index), std::move(forget), std::move(remove));
    }

    Result<void> addText(std::int64_t documentId,
                         std::optional<std::int64_t> runId,
                         std::string_view pointer,
                         std::string_view text) {
        add_.bind(1, documentId).bindNull(2).bind(3, std::int64_t{-1});
        if (runId) {
            add_.bind(4, *runId);
        } else {
            add_.bindNull(4);
        }
        ATTEST_TRY(add_.bind(5, pointer).bind(6, text).run());
        return index_.bind(1, db_.lastInsertId()).run();
    }

    Result<void> addPage(std::int64_t documentId, std::int64_t readingId, std::int64_t pageIndex) {
        ATTEST_TRY(add_.bind(1, documentId)
                       .bind(2, readingId)
                       .bind(3, pageIndex)
                       .bindNull(4)
                       .bind(5, "")
                       .bindNull(6)
                       .run());
        return index_.bind(1, db_.lastInsertId()).run();
    }

    Result<void> remove(std::int64_t entryId) {
        ATTEST_TRY(forget_.bind(1, entryId).run());
        return remove_.bind(1, entryId).run();
    }

private:
    Entries(Database& db, Statement add, Statement index, Statement forget, Statement remove)
        : db_(db)
        , add_(std::move(add))
        , index_(std::move(index))
        , forget_(std::move(forget))
        , remove_(std::move(remove)) {}

    Database& db_;
    Statement add_;
    Statement index_;
    Statement forget_;
    Statement remove_;
};

Result<std::vector<std::int64_t>> idsOf(Statement& query) {
    std::vector<std::int64_t> ids;
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) {
            return ids;
        }
        ids.push_back(query.int64(0));
    }
}

Result<void> removeAll(Entries& entries, const std::vector<std::int64_t>& ids) {
    for (const std::int64_t id : ids) {
        ATTEST_TRY(entries.remove(id));
    }
    return {};
}

// What of a value the page does not already say: empty when a page reads the same.
std::string textOf(const FinalValue& value) {
    if (!value.text || value.isRowDeleted) {
        return {};
    }
    const bool isReviewed = value.review && value.review->verdict == Verdict::Corrected;
    const bool standsOnPage =
        value.span && (isReviewed || !value.machine || value.machine->kind == kKindVerbatim);
    std::string text = standsOnPage ? std::string() : *value.text;
    if (value.normalised && *value.normalised != *value.text) {
        const std::string normal =
            value.unit.empty() ? *value.normalised : *value.normalised + " " + value.unit;
        if (normal != *value.text) {
            text += (text.empty() ? "" : " \u00b7 ") + normal;
        }
    }
    return text;
}

} // namespace

Result<void> indexName(Database& db, std::int64_t documentId) {
    ATTEST_TRY_ASSIGN(auto old,
                      Statement::prepare(db,
                                         "SELECT id FROM search_entry WHERE document_id = ?"
                                         " AND run_id IS NULL AND reading_id IS NULL ORDER BY id"));
    old.bind(1, documentId);
    ATTEST_TRY_ASSIGN(const std::vector<std::int64_t> ids, idsOf(old));
    ATTEST_TRY_ASSIGN(auto entries, Entries::prepare(db));
    ATTEST_TRY(removeAll(entries, ids));
    ATTEST_TRY_ASSIGN(auto name,
                      Statement::prepare(db, "SELECT display_name FROM document WHERE id = ?"));
    ATTEST_TRY_ASSIGN(const bool hasRow, name.bind(1, documentId).step());
    return hasRow ? entries.addText(documentId, std::nullopt, "", name.text(0)) : Result<void>();
}

Result<void> indexPages(Database& db, std::int64_t documentId) {
    ATTEST_TRY_ASSIGN(auto newest,
                      Statement::prepare(db,
                                         "SELECT id, page_count FROM reading WHERE document_id = ?"
                                         " ORDER BY id DESC LIMIT 1"));
    ATTEST_TRY_ASSIGN(const bool hasReading, newest.bind(1, documentId).step());
    const std::int64_t readingId = hasReading ? newest.int64(0) : 0;
    const std::int64_t pageCount = hasReading ? newest.int64(1) : 0;

    ATTEST_TRY_ASSIGN(auto old,
                      Statement::prepare(db,
                                         "SELECT id, reading_id FROM search_entry"
                                         " WHERE document_id = ? AND run_id IS NULL"
                                         " AND reading_id IS NOT NULL ORDER BY id"));
    old.bind(1, documentId);
    std::vector<std::int64_t> outdated;
    bool isIndexed = false;
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, old.step());
        if (!hasRow) {
            break;
        }
        if (old.int64(1) == readingId) {
            isIndexed = true;
        } else {
            outdated.push_back(old.int64(0));
        }
    }
    ATTEST_TRY_ASSIGN(auto entries, Entries::prepare(db));
    ATTEST_TRY(removeAll(entries, outdated));
    for (std::int64_t page = 0; page < pageCount && !isIndexed; ++page) {
        ATTEST_TRY(entries.addPage(documentId, readingId, page));
    }
    return {};
}

Result<void> indexValues(Database& db, std::int64_t documentId, std::int64_t runId) {
    ATTEST_TRY_ASSIGN(const std::vector<FinalValue> values, finalValues(db, runId));
    std::map<std::string, std::string> wanted; // by pointer
    for (const FinalValue& value : values) {
        if (std::string text = textOf(value); !text.empty()) {
            wanted[value.pointer] = std::move(text);
        }
    }

    ATTEST_TRY_ASSIGN(auto old,
                      Statement::prepare(db,
                                         "SELECT id, pointer, text FROM search_entry"
                                         " WHERE document_id = ? AND run_id = ? ORDER BY id"));
    old.bind(1, documentId).bind(2, runId);
    std::vector<std::int64_t> outdated;
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, old.step());
        if (!hasRow) {
            break;
        }
        const auto same = wanted.find(old.text(1));
        if (same != wanted.end() && same->second == old.text(2)) {
            wanted.erase(same);
        } else {
            outdated.push_back(old.int64(0));
        }
    }
    ATTEST_TRY_ASSIGN(auto entries, Entries::prepare(db));
    ATTEST_TRY(removeAll(entries, outdated));
    for (const auto& [pointer, text] : wanted) {
        ATTEST_TRY(entries.addText(documentId, runId, pointer, text));
    }
    return {};
}

Result<void> removeFromIndex(Database& db, std::int64_t documentId) {
    ATTEST_TRY_ASSIGN(
        auto query,
        Statement::prepare(db, "SELECT id FROM search_entry WHERE document_id = ? ORDER BY id"));
    query.bind(1, documentId);
    ATTEST_TRY_ASSIGN(const std::vector<std::int64_t> ids, idsOf(query));
    ATTEST_TRY_ASSIGN(auto entries, Entries::prepare(db));
    return removeAll(entries, ids);
}

Result<void> compactIndex(Database& db) {
    return db.execute("INSERT INTO search_index(search_index) VALUES ('optimize')");
}

Result<void> rebuildSearchIndex(Database& db) {
    ATTEST_TRY(db.execute("DELETE FROM search_entry;"
                          "INSERT INTO search_index(search_index) VALUES ('rebuild')"));
    ATTEST_TRY_ASSIGN(auto documents,
                      Statement::prepare(db, "SELECT id FROM document ORDER BY id"));
    ATTEST_TRY_ASSIGN(const std::vector<std::int64_t> documentIds, idsOf(documents));
    for (const std::int64_t documentId : documentIds) {
        ATTEST_TRY(indexName(db, documentId));
        ATTEST_TRY(indexPages(db, documentId));
    }
    ATTEST_TRY_ASSIGN(auto runs,
                      Statement::prepare(db, "SELECT id, document_id FROM run ORDER BY id"));
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, runs.step());
        if (!hasRow) {
            return {};
        }
        ATTEST_TRY(indexValues(db, runs.int64(1), runs.int64(0)));
    }
}

} // namespace attest::storage
