// How often the bundled model is asked about a document that it looks at twice.

#include "extract/pipeline.h"
#include "extract/resources.h"
#include "support/catch.h"

#include <string>

using namespace attest;
using namespace attest::extract;

namespace {

struct Run {
    ExtractionResult result;
    Progress progress;
};

Run medicationsOf(const std::string& note, bool isQuick = false) {
    ExtractorOptions options;
    options.modelPath = bundledModel().value();
    options.isQuick = isQuick;
    auto extractor = Extractor::create(options);
    REQUIRE(extractor.ok());
    const auto asked = findTemplate("medications");
    REQUIRE(asked.ok());
    Run run;
    const auto onProgress = [&](Stage, Progress progress) {
        run.progress = progress;
    };
    auto result = extractor.value().extractNote(note, asked.value(), onProgress, {});
    REQUIRE(result.ok());
    run.result = std::move(result).value();
    return run;
}

} // namespace

TEST_CASE("a note of one chunk is asked once, however often the model looks", "[extract][looks]") {
    const Run run = medicationsOf("MEDICATIONS:\nMetformin 500 mg p.o. twice daily.\n");

    CHECK(run.progress.total == 2);
    CHECK(run.progress.done == 2);
    CHECK(run.result.timing.chunks == 1);
    REQUIRE_FALSE(run.result.values.empty());
    CHECK(run.result.values.front().text == "Metformin");
}

TEST_CASE("a longer note is looked at in chunks of two sizes and listed once", "[extract][looks]") {
    std::string note = "MEDICATIONS:\n";
    for (int i = 1; i <= 40; ++i) {
        note += std::to_string(i) + ". Lisinopril " + std::to_string(i) + " mg p.o. once daily.\n";
    }
    const Run run = medicationsOf(note);

    CHECK(run.progress.done == run.progress.total);
    CHECK(run.result.timing.chunks > 10);
    const std::string& text = run.result.document.pages.front().text;
    std::size_t end = 0;
    int drugs = 0;
    for (const ExtractedValue& value : run.result.values) {
        CHECK(value.logProbability <= 0);
        if (value.field == "drug") {
            REQUIRE(value.span.has_value());
            CHECK(value.span->begin >= end);
            end = value.span->end;
            CHECK(text.substr(value.span->begin, end - value.span->begin) == value.text);
            ++drugs;
        }
    }
    CHECK(drugs >= 36);
    CHECK(drugs <= 40);
}

TEST_CASE("who is in a hurry has a document looked at once", "[extract][looks]") {
    std::string note = "MEDICATIONS:\n";
    for (int i = 1; i <= 12; ++i) {
        note += std::to_string(i) + ". Aspirin " + std::to_string(i) + " mg p.o. once daily.\n";
    }
    const Run twice = medicationsOf(note);
    const Run once = medicationsOf(note, true);

    CHECK(once.progress.total < twice.progress.total);
    CHECK(once.result.timing.chunks < twice.result.timing.chunks);
    REQUIRE_FALSE(once.result.values.empty());
    CHECK(once.result.values.front().text == "Aspirin");
}
