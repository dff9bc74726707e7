#include "gui/review_test_support.h"

#include "base/sha256.h"
#include "extract/normalise.h"
#include "extract/resources.h"
#include "extract/template.h"
#include "gui/review/places.h"
#include "support/catch.h"

#include <cmath>

namespace attest::gui {

std::string letterText() {
    return "Discharge letter\n"
           "Metoprolol was increased to 50 mg once daily.\n"
           "Apixaban 5 mg twice daily was started.\n"
           "Discharge medications\n"
           "1. Apixaban 5 mg PO b.i.d.\n"
           "2. Metoprolol 50 mg PO daily\n"
           "3. Aspirin 100 mg PO daily\n";
}

std::vector<TestValue> letterValues() {
    return {{"/medications/0/drug", "Metoprolol", 0.80},
            {"/medications/0/dose", "50 mg", 0.71},
            {"/medications/0/route", std::nullopt, 0.93},
            {"/medications/0/frequency", "once daily", 0.96},
            {"/medications/0/duration", std::nullopt, 0.99},
            {"/medications/0/indication", std::nullopt, 0.97},
            {"/medications/0/status", "changed", 0.78},
            {"/medications/1/drug", "Apixaban", 0.99},
            {"/medications/1/dose", "5 mg", 0.98},
            {"/medications/1/route", std::nullopt, 0.60},
            {"/medications/1/frequency", "twice daily", 0.97},
            {"/medications/1/duration", std::nullopt, 0.99},
            {"/medications/1/indication", std::nullopt, 0.99},
            {"/medications/1/status", "started", 0.92}};
}

storage::SavedRun
storeRun(TestApp& app, const std::string& fileName, const std::vector<TestValue>& values) {
    auto json = extract::templateText("medications");
    REQUIRE(json.ok());
    const auto asked = extract::Template::parse(json.value(), "medications");
    REQUIRE(asked.ok());
    storage::PageRecord page;
    page.text = letterText();

    storage::NewRun run;
    run.document.sha256 = sha256Hex(fileName);
    run.document.fileName = fileName;
    run.document.kind = "text";
    run.document.byteSize = static_cast<std::int64_t>(page.text.size());
    run.document.status = "ok";
    run.document.pages = {page};
    run.asked.sha256 = asked.value().sha256();
    run.asked.id = asked.value().id();
    run.asked.version = asked.value().version();
    run.asked.title = asked.value().title();
    run.asked.json = json.value();
    run.model.sha256 = sha256Hex("model");
    run.model.name = "test";
    run.model.architecture = "none";
    run.run.kind = storage::kRunExtraction;
    run.run.fileName = fileName;
    run.run.status = "complete";
    run.run.parametersJson = "{}";
    run.run.valuesJson = "{}";
    run.run.timingJson = "{}";
    for (const TestValue& given : values) {
        storage::ValueRecord value;
        value.pointer = given.pointer;
        value.group = "medications";
        value.instance = std::stoll(given.pointer.substr(13));
        value.field = given.pointer.substr(given.pointer.rfind('/') + 1);
        value.kind = value.field == "status" ? "judged" : "verbatim";
        value.status = given.text ? storage::kStatusOk : storage::kStatusNotStated;
        value.text = given.text;
        value.logProbability = std::log(given.confidence);
        value.confidence = given.calibrated;
        if (given.text && value.kind == "verbatim") {
            const auto places = placesOf(run.document.pages, *given.text);
            REQUIRE_FALSE(places.empty());
            value.span = places.front();
        }
        if (given.text && value.field == "dose") {
            const auto normal = extract::normalise(extract::Normalise::Quantity, *given.text);
            REQUIRE(normal);
            value.normalised = normal->text;
            value.unit = normal->unit;
            value.normRule = normal->rule;
        }
        run.values.push_back(std::move(value));
    }
    return app.inLibrary([&](storage::Database& db) { return storage::saveRun(db, run); });
}

std::vector<storage::Review> storedReviews(TestApp& app, std::int64_t runId) {
    return app.inLibrary([runId](storage::Database& db) { return storage::reviewsOf(db, runId); });
}

void openRun(ReviewSession& session, const storage::SavedRun& run) {
    session.open(run.documentId, run.runId);
    REQUIRE(waitUntil([&] { return !session.isOpening(); }));
    REQUIRE(session.model() != nullptr);
}

void waitForSaves(ReviewSession& session) {
    REQUIRE(waitUntil([&] { return !session.isSaving(); }));
}

} // namespace attest::gui
