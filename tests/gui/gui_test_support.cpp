#include "gui/gui_test_support.h"

#include "extract/pipeline.h"
#include "extract/resources.h"
#include "extract/save_result.h"
#include "support/catch.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTest>

namespace attest::gui {

namespace {

QApplication& application() {
    static int argc = 1;
    static char name[] = "test_gui";
    static char* argv[] = {name, nullptr};
    // Never destroyed: when a function's static goes, Qt's list of mice and keyboards has gone.
    static QApplication& app = *new QApplication(argc, argv); // NOLINT
    return app;
}

extract::Extractor& extractor() {
    static extract::Extractor loaded = [] {
        extract::ExtractorOptions options;
        auto model = extract::bundledModel();
        REQUIRE(model.ok());
        options.modelPath = model.value();
        auto created = extract::Extractor::create(options);
        if (!created.ok()) {
            FAIL(created.error().message);
        }
        return std::move(created).value();
    }();
    return loaded;
}

extract::RunOrigin originOf(const std::filesystem::path& document, std::string templateJson) {
    extract::RunOrigin origin;
    origin.fileName = document.filename().string();
    origin.path = document.string();
    origin.templateJson = std::move(templateJson);
    origin.model = extract::modelRecord(extractor().modelInfo(), extractor().modelSha256());
    origin.startedAt = 1'790'000'000;
    origin.finishedAt = 1'790'000'001;
    return origin;
}

} // namespace

bool waitUntil(const std::function<bool()>& isTrue, std::chrono::milliseconds limit) {
    return QTest::qWaitFor(isTrue, static_cast<int>(limit.count()));
}

TestApp::TestApp() {
    REQUIRE(folder_.isValid());
    settings_ = std::make_unique<Settings>(folder_.filePath(QStringLiteral("settings.ini")));
    theme_ = std::make_unique<Theme>(application());
    theme_->apply(ThemeMode::Light, 1);
    auto opened = Store::open(libraryFolder());
    if (!opened.ok()) {
        FAIL(opened.error().message);
    }
    store_ = std::move(opened).value();
    navigator_ = std::make_unique<Navigator>();
    jobs_ = std::make_unique<JobQueue>(*store_, *settings_, extract::bundledModel().value());
    context_ =
        std::make_unique<AppContext>(AppContext{*store_, *settings_, *theme_, *navigator_, *jobs_});
}

TestApp::~TestApp() = default;

std::filesystem::path TestApp::folder() const {
    return folder_.path().toStdString();
}

std::filesystem::path TestApp::libraryFolder() const {
    return folder() / "library";
}

storage::SavedRun TestApp::extract(const std::filesystem::path& document,
                                   const std::string& templateId) {
    auto json = extract::templateText(templateId);
    REQUIRE(json.ok());
    const auto asked = extract::Template::parse(json.value(), templateId);
    REQUIRE(asked.ok());
    const auto result = extractor().extract(
        document, asked.value(), [](extract::Stage, Progress) {}, std::stop_token());
    if (!result.ok()) {
        FAIL(result.error().message);
    }
    return inLibrary([&](storage::Database& db) {
        return extract::saveExtraction(
            db, result.value(), asked.value(), originOf(document, json.value()));
    });
}

storage::SavedRun TestApp::summarize(const std::filesystem::path& document) {
    auto json = extract::templateText("summary");
    REQUIRE(json.ok());
    const auto asked = extract::Template::parse(json.value(), "summary");
    REQUIRE(asked.ok());
    const auto result = extractor().summarize(
        document, extract::SummaryMode::Strict, [](extract::Stage, Progress) {}, std::stop_token());
    if (!result.ok()) {
        FAIL(result.error().message);
    }
    return inLibrary([&](storage::Database& db) {
        return extract::saveSummary(
            db, result.value(), asked.value(), originOf(document, json.value()));
    });
}

void TestApp::requireOk(bool isOk, const std::string& message) {
    if (!isOk) {
        FAIL(message);
    }
}

std::filesystem::path samplePath(const std::string& name) {
    return std::filesystem::path(ATTEST_SOURCE_DIR) / "resources" / "samples" / name;
}

} // namespace attest::gui
