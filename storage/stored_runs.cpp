// The reading half of result_store.h.
#include "storage/database.h"
#include "storage/internal/box_codec.h"
#include "storage/internal/span_columns.h"
#include "storage/result_store.h"
#include "storage/statement.h"

namespace attest::storage {

namespace {

constexpr const char* kSelectRuns =
    "SELECT r.id, r.document_id, r.reading_id, r.kind, r.file_name, r.path, r.source_id,"
    " r.engine_version, r.parameters, r.started_at, r.finished_at, r.status,"
    " r.values_json, r.timing, r.value_count, r.found_count, d.sha256, g.status,"
    " g.page_count, t.sha256, t.template_id, t.version, m.sha256, m.name,"
    " w.finished_at, w.finished_by"
    " FROM run AS r"
    " JOIN document AS d ON d.id = r.document_id"
    " JOIN reading AS g ON g.id = r.reading_id"
    " JOIN template AS t ON t.sha256 = r.template_sha256"
    " JOIN model AS m ON m.sha256 = r.model_sha256"
    " JOIN run_review AS w ON w.run_id = r.id";

// A row of kSelectRuns.
StoredRun storedRun(const Statement& query) {
    StoredRun stored;
    stored.id = query.int64(0);
    stored.documentId = query.int64(1);
    stored.readingId = query.int64(2);
    stored.run.kind = query.text(3);
    stored.run.fileName = query.text(4);
    stored.run.path = query.text(5);
    stored.run.sourceId = query.text(6);
    stored.run.engineVersion = query.text(7);
    stored.run.parametersJson = query.text(8);
    stored.run.startedAt = query.int64(9);
    stored.run.finishedAt = query.int64(10);
    stored.run.status = query.text(11);
    stored.run.valuesJson = query.text(12);
    stored.run.timingJson = query.text(13);
    stored.valueCount = query.int64(14);
    stored.foundCount = query.int64(15);
    stored.documentSha256 = query.text(16);
    stored.documentStatus = query.text(17);
    stored.pageCount = query.int64(18);
    stored.templateSha256 = query.text(19);
    stored.templateId = query.text(20);
    stored.templateVersion = query.int64(21);
    stored.modelSha256 = query.text(22);
    stored.modelName = query.text(23);
    stored.finishedReviewAt = query.int64(24);
    stored.finishedReviewBy = query.text(25);
    return stored;
}

} // namespace

Result<std::vector<StoredRun>> latestRuns(Database& db, const RunFilter& filter) {
    ATTEST_TRY_ASSIGN(
        auto query,
        Statement::prepare(
            db,
            std::string(kSelectRuns) +
                " WHERE r.id IN (SELECT MAX(every.id) FROM run AS every"
                "  JOIN template AS asked ON asked.sha256 = every.template_sha256"
                "  WHERE (?1 = '' OR every.kind = ?1) AND (?2 = '' OR asked.template_id = ?2)"
                "   AND (?3 = 0 OR every.document_id = ?3)"
                "   AND (?3 <> 0 OR every.document_id IN"
                "    (SELECT kept.id FROM document AS kept WHERE kept.trashed_at = 0))"
                "  GROUP BY every.document_id, every.source_id, every.kind, asked.template_id)"
                " ORDER BY r.document_id, r.source_id, r.id"));
    query.bind(1, filter.kind).bind(2, filter.templateId).bind(3, filter.documentId);
    std::vector<StoredRun> runs;
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) {
            return runs;
        }
        runs.push_back(storedRun(query));
    }
}

Result<std::vector<StoredRun>> runsById(Database& db, const std::set<std::int64_t>& ids) {
    ATTEST_TRY_ASSIGN(
        auto query,
        Statement::prepare(db, std::string(kSelectRuns) + " WHERE r.id = ? ORDER BY r.id"));
    std::vector<StoredRun> runs;
    for (const std::int64_t id : ids) {
        query.reset();
        ATTEST_TRY_ASSIGN(const bool hasRow, query.bind(1, id).step());
        if (!hasRow) {
            return Error{ErrorCode::NotFound, "the library has no run " + std::to_string(id)};
        }
        runs.push_back(storedRun(query));
    }
    return runs;
}

Result<std::vector<ValueRecord>> valuesOf(Database& db, std::int64_t runId) {
    ATTEST_TRY_ASSIGN(
        auto query,
        Statement::prepare(db,
                           "SELECT pointer, group_name, instance, field, kind, is_identifier,"
                           " status, text, normalised, unit, comparator, norm_rule,"
                           " is_norm_ambiguous, page_index, span_begin, span_end, boxes,"
                           " is_ambiguous_place, log_probability, min_feasible_mass, confidence"
                           " FROM value WHERE run_id = ? ORDER BY seq"));
    query.bind(1, runId);
    std::vector<ValueRecord> values;
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) {
            return values;
        }
        ValueRecord value;
        value.pointer = query.text(0);
        value.group = query.text(1);
        value.instance = query.int64(2);
        value.field = query.text(3);
        value.kind = query.text(4);
        value.isIdentifier = query.int64(5) != 0;
        value.status = query.text(6);
        value.text = query.optionalText(7);
        value.normalised = query.optionalText(8);
        value.unit = query.text(9);
        value.comparator = query.text(10);
        value.normRule = query.text(11);
        value.isNormAmbiguous = query.int64(12) != 0;
        value.span = spanAt(query, 13);
        value.boxes = decodeBoxes(query.blob(16));
        value.isAmbiguousPlace = query.int64(17) != 0;
        value.logProbability = query.real(18);
        value.minFeasibleMass = query.real(19);
        value.confidence = query.optionalReal(20);
        values.push_back(std::move(value));
    }
}

Result<std::vector<SentenceRecord>> sentencesOf(Database& db, std::int64_t runId) {
    ATTEST_TRY_ASSIGN(auto query,
                      Statement::prepare(db,
                                         "SELECT s.seq, s.text, s.is_replaced, c.page_index,"
                                         " c.span_begin, c.span_end, c.boxes"
                                         " FROM summary_sentence AS s LEFT JOIN citation AS c"
                                         " ON c.run_id = s.run_id AND c.sentence_seq = s.seq"
                                         " WHERE s.run_id = ? ORDER BY s.seq, c.seq"));
    query.bind(1, runId);
    std::vector<SentenceRecord> sentences;
    std::int64_t current = -1;
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) {
            return sentences;
        }
        if (query.int64(0) != current) {
            current = query.int64(0);
            sentences.push_back({query.text(1), query.int64(2) != 0, {}});
        }
        if (const auto span = spanAt(query, 3)) {
            sentences.back().citations.push_back({*span, decodeBoxes(query.blob(6))});
        }
    }
}

Result<TemplateRecord> storedTemplate(Database& db, std::string_view sha256) {
    ATTEST_TRY_ASSIGN(auto query,
                      Statement::prepare(db,
                                         "SELECT sha256, template_id, version, title, json"
                                         " FROM template WHERE sha256 = ?"));
    ATTEST_TRY_ASSIGN(const bool hasRow, query.bind(1, sha256).step());
    if (!hasRow) {
        return Error{ErrorCode::NotFound, "the library has no such template"};
    }
    return TemplateRecord{
        query.text(0), query.text(1), query.int64(2), query.text(3), query.text(4)};
}

} // namespace attest::storage
