// What tests of the window's parts start from: an application without a display, a library in a
// folder of its own, the real bundled model and reader.
#pragma once

#include "gui/app/context.h"
#include "gui/app/navigator.h"
#include "gui/app/settings.h"
#include "gui/app/store.h"
#include "gui/jobs/job_queue.h"
#include "gui/theme/theme.h"
#include "storage/result_store.h"

#include <QTemporaryDir>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace attest::gui {

// Handles events until `isTrue` or the time is over; returns whether it came true.
bool waitUntil(const std::function<bool()>& isTrue,
               std::chrono::milliseconds limit = std::chrono::seconds(30));

// One per test case. The QApplication is one per process.
class TestApp {
public:
    TestApp();
    TestApp(const TestApp&) = delete;
    TestApp& operator=(const TestApp&) = delete;
    ~TestApp();

    AppContext& context() { return *context_; }

    Store& store() { return *store_; }

    Settings& settings() { return *settings_; }

    Theme& theme() { return *theme_; }

    Navigator& navigator() { return *navigator_; }

    JobQueue& jobs() { return *jobs_; }

    std::filesystem::path folder() const; // of its own, for files of the test
    std::filesystem::path libraryFolder() const;

    // Runs `work(storage::Database&) -> Result<T>` at once and requires that it works.
    template <typename Work>
    auto inLibrary(Work work) {
        auto result = store_->library().with(work);
        requireOk(result.ok(), result.ok() ? std::string() : result.error().message);
        if constexpr (!std::is_void_v<std::remove_reference_t<decltype(take(result))>>) {
            return take(result);
        }
    }

    // Adds the document and extracts from it with the real pipeline; returns the stored run.
    storage::SavedRun extract(const std::filesystem::path& document, const std::string& templateId);
    storage::SavedRun summarize(const std::filesystem::path& document);

private:
    template <typename T>
    static T take(Result<T>& result) {
        return std::move(result).value();
    }

    static void take(Result<void>&) {}

    static void requireOk(bool isOk, const std::string& message);

    QTemporaryDir folder_;
    std::unique_ptr<Settings> settings_;
    std::unique_ptr<Theme> theme_;
    std::unique_ptr<Store> store_;
    std::unique_ptr<Navigator> navigator_;
    std::unique_ptr<JobQueue> jobs_;
    std::unique_ptr<AppContext> context_;
};

// "resources/samples/discharge_letter.pdf" of the source tree.
std::filesystem::path samplePath(const std::string& name);

} // namespace attest::gui
