#include "storage/result_store.h"

#include "storage/database.h"
#include "storage/internal/box_codec.h"
#include "storage/internal/place_audit.h"
#include "storage/statement.h"

#include <algorithm>

namespace attest::storage {

namespace {

Result<void> addTemplate(Database& db, const TemplateRecord& asked) {
    ATTEST_TRY_ASSIGN(auto insert,
                      Statement::prepare(db,
                                         "INSERT INTO template(sha256, template_id, version, title,"
                                         " json) VALUES (?, ?, ?, ?, ?)"
                                         " ON CONFLICT(sha256) DO NOTHING"));
    return insert.bind(1, asked.sha256)
        .bind(2, asked.id)
        .bind(3, asked.version)
        .bind(4, asked.title)
        .bind(5, asked.json)
        .run();
}

Result<void> addModel(Database& db, const ModelRecord& model) {
    ATTEST_TRY_ASSIGN(auto insert,
                      Statement::prepare(db,
                                         "INSERT INTO model(sha256, name, architecture, byte_size)"
                                         " VALUES (?, ?, ?, ?) ON CONFLICT(sha256) DO NOTHING"));
    return insert.bind(1, model.sha256)
        .bind(2, model.name)
        .bind(3, model.architecture)
        .bind(4, model.byteSize)
        .run();
}

Result<std::int64_t> addRun(Database& db, const NewRun& all, const AddedDocument& document) {
    const auto found = std::count_if(all.values.begin(), all.values.end(), [](const auto& value) {
        return value.text.has_value();
    });
    const bool isSummary = all.run.kind == kRunSummary;
    const auto valueCount =
        static_cast<std::int64_t>(isSummary ? all.sentences.size() : all.values.size());
    const auto foundCount =
        isSummary ? static_cast<std::int64_t>(all.sentences.size()) : std::int64_t{found};
    ATTEST_TRY_ASSIGN(
        auto insert,
        Statement::prepare(db,
                           "INSERT INTO run(document_id, reading_id, kind, file_name, path,"
                           " source_id, template_sha256, model_sha256, engine_version, parameters,"
                           " started_at, finished_at, status, value_count, found_count,"
                           " values_json, timing)"
                           " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    ATTEST_TRY(insert.bind(1, document.documentId)
                   .bind(2, document.readingId)
                   .bind(3, all.run.kind)
                   .bind(4, all.run.fileName)
                   .bind(5, all.run.path)
                   .bind(6, all.run.sourceId)
                   .bind(7, all.asked.sha256)
                   .bind(8, all.model.sha256)
                   .bind(9, all.run.engineVersion)
                   .bind(10, all.run.parametersJson)
                   .bind(11, all.run.startedAt)
                   .bind(12, all.run.finishedAt)
                   .bind(13, all.run.status)
                   .bind(14, valueCount)
                   .bind(15, foundCount)
                   .bind(16, all.run.valuesJson)
                   .bind(17, all.run.timingJson)
                   .run());
    return db.lastInsertId();
}

void bindSpan(Statement& insert, int first, const std::optional<SourceSpan>& span) {
    if (span) {
        insert.bind(first, std::int64_t{span->pageIndex})
            .bind(first + 1, static_cast<std::int64_t>(span->begin))
            .bind(first + 2, static_cast<std::int64_t>(span->end));
    } else {
        insert.bindNull(first).bindNull(first + 1).bindNull(first + 2);
    }
}

Result<void> addValues(Database& db,
                       std::int64_t runId,
                       const std::vector<ValueRecord>& values,
                       PlaceAudit& audit) {
    ATTEST_TRY_ASSIGN(
        auto insert,
        Statement::prepare(db,
                           "INSERT INTO value(run_id, seq, pointer, group_name, instance, field,"
                           " kind, is_identifier, status, text, normalised, unit, comparator,"
                           " norm_rule, is_norm_ambiguous, page_index, span_begin, span_end, boxes,"
                           " is_ambiguous_place, log_probability, min_feasible_mass)"
                           " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                           " ?)"));
    for (size_t i = 0; i < values.size(); ++i) {
        const ValueRecord& value = values[i];
        if (value.span) {
            const bool isRead = value.kind == kKindVerbatim;
            ATTEST_TRY(audit.check(
                *value.span, isRead ? value.text : std::nullopt, "value " + value.pointer));
        }
        insert.bind(1, runId)
            .bind(2, static_cast<std::int64_t>(i))
            .bind(3, value.pointer)
            .bind(4, value.group)
            .bind(5, value.instance)
            .bind(6, value.field)
            .bind(7, value.kind)
            .bind(8, std::int64_t{value.isIdentifier})
            .bind(9, value.status)
            .bindOptional(10, value.text)
            .bindOptional(11, value.normalised)
            .bind(12, value.unit)
            .bind(13, value.comparator)
            .bind(14, value.normRule)
            .bind(15, std::int64_t{value.isNormAmbiguous});
        bindSpan(insert, 16, value.span);
        insert.bindBlob(19, encodeBoxes(value.boxes))
            .bind(20, std::int64_t{value.isAmbiguousPlace})
            .bind(21, value.logProbability)
            .bind(22, value.minFeasibleMass);
        ATTEST_TRY(insert.run());
    }
    return {};
}

Result<void> addSentences(Database& db,
                          std::int64_t runId,
                          const std::vector<SentenceRecord>& sentences,
                          PlaceAudit& audit) {
    ATTEST_TRY_ASSIGN(auto insertSentence,
                      Statement::prepare(db,
                                         "INSERT INTO summary_sentence(run_id, seq, text,"
                                         " is_replaced) VALUES (?, ?, ?, ?)"));
    ATTEST_TRY_ASSIGN(auto insertCitation,
                      Statement::prepare(db,
                                         "INSERT INTO citation(run_id, sentence_seq, seq,"
                                         " page_index, span_begin, span_end, boxes)"
                                         " VALUES (?, ?, ?, ?, ?, ?, ?)"));
    for (size_t i = 0; i < sentences.size(); ++i) {
        const SentenceRecord& sentence = sentences[i];
        const auto sentenceSeq = static_cast<std::int64_t>(i);
        ATTEST_TRY(insertSentence.bind(1, runId)
                       .bind(2, sentenceSeq)
                       .bind(3, sentence.text)
                       .bind(4, std::int64_t{sentence.isReplaced})
                       .run());
        for (size_t j = 0; j < sentence.citations.size(); ++j) {
            const CitationRecord& citation = sentence.citations[j];
            ATTEST_TRY(audit.check(
                citation.span, std::nullopt, "citation of sentence " + std::to_string(i + 1)));
            insertCitation.bind(1, runId)
                .bind(2, sentenceSeq)
                .bind(3, static_cast<std::int64_t>(j));
            bindSpan(insertCitation, 4, citation.span);
            ATTEST_TRY(insertCitation.bindBlob(7, encodeBoxes(citation.boxes)).run());
        }
    }
    return {};
}

std::optional<SourceSpan> spanAt(const Statement& query, int first) {
    if (query.isNull(first)) {
        return std::nullopt;
    }
    return SourceSpan{static_cast<std::int32_t>(query.int64(first)),
                      static_cast<size_t>(query.int64(first + 1)),
                      static_cast<size_t>(query.int64(first + 2))};
}

constexpr const char* kSelectRuns =
    "SELECT r.id, r.document_id, r.reading_id, r.kind, r.file_name, r.path, r.source_id,"
    " r.engine_version, r.parameters, r.started_at, r.finished_at, r.status,"
    " r.values_json, r.timing, r.value_count, r.found_count, d.sha256, g.status,"
    " g.page_count, t.sha256, t.template_id, t.version, m.sha256, m.name"
    " FROM run AS r"
    " JOIN document AS d ON d.id = r.document_id"
    " JOIN reading AS g ON g.id = r.reading_id"
    " JOIN template AS t ON t.sha256 = r.template_sha256"
    " JOIN model AS m ON m.sha256 = r.model_sha256";

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
    return stored;
}

} // namespace

Result<SavedRun> saveRun(Database& db, const NewRun& run) {
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::begin(db));
    ATTEST_TRY_ASSIGN(const AddedDocument document,
                      addDocument(db, run.document, run.run.finishedAt));
    ATTEST_TRY(addTemplate(db, run.asked));
    ATTEST_TRY(addModel(db, run.model));
    ATTEST_TRY_ASSIGN(const std::int64_t runId, addRun(db, run, document));
    PlaceAudit audit(db, document.readingId);
    ATTEST_TRY(addValues(db, runId, run.values, audit));
    ATTEST_TRY(addSentences(db, runId, run.sentences, audit));
    ATTEST_TRY(transaction.commit());
    return SavedRun{document.documentId, runId, document.wasKnown};
}

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
                           " is_ambiguous_place, log_probability, min_feasible_mass"
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
