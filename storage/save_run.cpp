// The writing half of result_store.h.
#include "storage/audit_log.h"
#include "storage/database.h"
#include "storage/internal/box_codec.h"
#include "storage/internal/place_audit.h"
#include "storage/internal/run_review.h"
#include "storage/internal/saved_template.h"
#include "storage/internal/search_index.h"
#include "storage/internal/span_columns.h"
#include "storage/result_store.h"
#include "storage/statement.h"

#include <algorithm>

namespace attest::storage {

namespace {

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
                           "INSERT INTO run(id, document_id, reading_id, kind, file_name, path,"
                           " source_id, template_sha256, model_sha256, engine_version, parameters,"
                           " started_at, finished_at, status, value_count, found_count,"
                           " values_json, timing)"
                           " VALUES (1 + MAX(COALESCE((SELECT MAX(id) FROM run), 0),"
                           "  COALESCE((SELECT id FROM used_id WHERE table_name = 'run'), 0)),"
                           " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
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
                           " is_ambiguous_place, log_probability, min_feasible_mass, confidence)"
                           " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                           " ?, ?)"));
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
            .bind(22, value.minFeasibleMass)
            .bindOptional(23, value.confidence);
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

// The job must still be running: whoever cancelled it, or removed its document, was first.
Result<void> endJob(Database& db, const NewRun& run, const SavedRun& saved) {
    ATTEST_TRY_ASSIGN(auto job,
                      Statement::prepare(db, "SELECT state, document_id FROM job WHERE id = ?"));
    ATTEST_TRY_ASSIGN(const bool isThere, job.bind(1, run.jobId).step());
    if (!isThere || job.text(0) != "running") {
        return Error{ErrorCode::Cancelled,
                     "job " + std::to_string(run.jobId) + " was cancelled meanwhile"};
    }
    if (job.int64(1) != saved.documentId) {
        return Error{ErrorCode::InvalidInput, "the file changed since it was added; add it again"};
    }
    ATTEST_TRY_ASSIGN(auto end,
                      Statement::prepare(db,
                                         "UPDATE job SET state = 'done', finished_at = ?,"
                                         " run_id = ?, page_count = ?, error_message = ''"
                                         " WHERE id = ?"));
    return end.bind(1, run.run.finishedAt)
        .bind(2, saved.runId)
        .bind(3, static_cast<std::int64_t>(run.document.pages.size()))
        .bind(4, run.jobId)
        .run();
}

// A document that somebody extracts from again is not rubbish any more. A job's document may have
// been thrown away while it was read, and stays so.
Result<void> takeFromTrash(Database& db, std::int64_t documentId) {
    ATTEST_TRY_ASSIGN(
        auto restore,
        Statement::prepare(db,
                           "UPDATE document SET trashed_at = 0 WHERE id = ? AND trashed_at <> 0"));
    return restore.bind(1, documentId).run();
}

std::string subjectOf(const NewRun& run, const SavedRun& saved) {
    std::string subject = "{\"run\":" + std::to_string(saved.runId) +
                          ",\"document\":" + std::to_string(saved.documentId);
    if (run.jobId != 0) {
        subject += ",\"job\":" + std::to_string(run.jobId);
    }
    return subject + ",\"values\":" + std::to_string(run.values.size()) +
           ",\"sentences\":" + std::to_string(run.sentences.size()) + "}";
}

} // namespace

Result<SavedRun> saveRun(Database& db, const NewRun& run) {
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::begin(db));
    ATTEST_TRY_ASSIGN(const AddedDocument document,
                      addDocument(db, run.document, run.run.finishedAt));
    ATTEST_TRY(addTemplate(db, run.asked, run.run.finishedAt));
    ATTEST_TRY(addModel(db, run.model));
    ATTEST_TRY_ASSIGN(const std::int64_t runId, addRun(db, run, document));
    const SavedRun saved{document.documentId, runId, document.wasKnown};
    if (run.jobId != 0) {
        ATTEST_TRY(endJob(db, run, saved));
    } else {
        ATTEST_TRY(takeFromTrash(db, document.documentId));
    }
    PlaceAudit audit(db, document.readingId);
    ATTEST_TRY(addValues(db, runId, run.values, audit));
    ATTEST_TRY(addSentences(db, runId, run.sentences, audit));
    ATTEST_TRY(refreshRunReview(db, runId));
    ATTEST_TRY(refreshShownRun(db, document.documentId));
    ATTEST_TRY(indexValues(db, document.documentId, runId));
    ATTEST_TRY(appendAudit(db, "run.saved", subjectOf(run, saved), "attest", run.run.finishedAt));
    ATTEST_TRY(transaction.commit());
    return saved;
}

} // namespace attest::storage
