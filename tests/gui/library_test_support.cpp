#include "gui/library_test_support.h"

#include "base/sha256.h"
#include "support/catch.h"

#include <cmath>

namespace attest::gui {

namespace {

std::string noteText(std::int64_t number) {
    return "Letter " + std::to_string(number) + ": the patient takes metoprolol 47.5 mg.";
}

template <typename T>
T must(Result<T> result) {
    if (!result.ok()) {
        FAIL(result.error().message);
    }
    return std::move(result).value();
}

} // namespace

std::vector<std::int64_t> addNotes(storage::Database& db, int count) {
    constexpr std::int64_t kFirst = 1'790'000'000;
    std::vector<std::int64_t> ids;
    std::vector<storage::NewSource> sources;
    for (int i = 1; i <= count; ++i) {
        storage::NewSource source;
        source.content = noteText(i);
        source.sha256 = sha256Hex(source.content);
        source.fileName = "letter" + std::to_string(i) + ".txt";
        source.collection = i % 2 == 0 ? "Ward even" : "Ward odd";
        source.kind = "text";
        source.byteSize = static_cast<std::int64_t>(source.content.size());
        sources.push_back(std::move(source));
        if (count <= 100) { // a time of its own each
            ids.push_back(
                must(storage::registerSources(db, sources, kFirst + 60 * i)).front().documentId);
            sources.clear();
        }
    }
    if (!sources.empty()) {
        for (const auto& added : must(storage::registerSources(db, sources, kFirst))) {
            ids.push_back(added.documentId);
        }
    }
    return ids;
}

std::int64_t addRun(storage::Database& db,
                    std::int64_t documentId,
                    const std::string& templateId,
                    const std::vector<double>& confidences) {
    const std::string text = must(storage::contentOf(db, documentId));
    storage::NewRun run;
    run.document.sha256 = sha256Hex(text);
    run.document.fileName = "as it was read.txt";
    run.document.kind = "text";
    run.document.byteSize = static_cast<std::int64_t>(text.size());
    run.document.status = "ok";
    run.document.pages = {{text, {}, 0.0, 0.0}};
    run.asked = {sha256Hex(templateId), templateId, 1, "Title of " + templateId, "{}"};
    run.model = {sha256Hex("model"), "tiny", "llama", 99};
    run.run.kind = storage::kRunExtraction;
    run.run.fileName = run.document.fileName;
    run.run.engineVersion = "0";
    run.run.parametersJson = "{}";
    run.run.startedAt = 1'790'100'000;
    run.run.finishedAt = 1'790'100'001;
    run.run.status = "complete";
    run.run.valuesJson = "{}";
    run.run.timingJson = "{}";
    for (std::size_t i = 0; i < confidences.size(); ++i) {
        storage::ValueRecord value;
        value.field = "field_" + std::to_string(i + 1);
        value.pointer = "/" + value.field;
        value.kind = storage::kKindVerbatim;
        value.status = storage::kStatusOk;
        value.text = "Letter";
        value.span = SourceSpan{0, 0, 6};
        value.logProbability = std::log(confidences[i]);
        run.values.push_back(std::move(value));
    }
    const storage::SavedRun saved = must(storage::saveRun(db, run));
    REQUIRE(saved.documentId == documentId);
    return saved.runId;
}

} // namespace attest::gui
