// Runs to review: made by the real pipeline with the bundled model, or stored with page texts and
// values that a test chooses.
#pragma once

#include "gui/gui_test_support.h"
#include "gui/review/review_session.h"
#include "storage/result_store.h"
#include "storage/review_store.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace attest::gui {

// A value of a test's run: where `text` stands in the page, or nullopt for "not stated".
struct TestValue {
    std::string pointer;
    std::optional<std::string> text;
    double confidence = 0.99;
    std::optional<double> calibrated = {};
};

// The text of the page all runs of storeRun() have.
std::string letterText();

// A run of the built-in template "medications" over letterText(), stored with storage::saveRun().
// The values' places are searched in the text.
storage::SavedRun
storeRun(TestApp& app, const std::string& fileName, const std::vector<TestValue>& values);

// Two medications: four values are below 0.9 (one of them required).
std::vector<TestValue> letterValues();

std::vector<storage::Review> storedReviews(TestApp& app, std::int64_t runId);

// Opens the run and waits for it.
void openRun(ReviewSession& session, const storage::SavedRun& run);

// Everything is on the disk.
void waitForSaves(ReviewSession& session);

} // namespace attest::gui
