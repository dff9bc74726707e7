// Pictures of every page in both palettes, kept beside the build for people to look at.
#include "window/window_test_support.h"

#include "extract/resources.h"
#include "gui/evaluate/evaluation_page.h"
#include "gui/evaluate/evaluation_setup.h"
#include "gui/models/models_page.h"
#include "gui/widgets/page.h"
#include "storage/library_list.h"
#include "support/catch.h"
#include "support/strange_model.h"

#include <QDir>
#include <QImage>
#include <QListWidget>
#include <QPixmap>
#include <QTest>

#include <filesystem>
#include <set>
#include <utility>

namespace attest::gui {

namespace {

// A page that has been drawn shows text and lines: many colours along its rows.
std::size_t colorsIn(const QImage& image) {
    std::set<QRgb> colors;
    for (int y = 0; y < image.height(); y += 3) {
        for (int x = 0; x < image.width(); x += 3) {
            colors.insert(image.pixel(x, y));
        }
    }
    return colors.size();
}

// One as good as the bundled one, and one that nobody knows how to speak to, which is selected.
std::filesystem::path addModels(WindowTest& test) {
    const auto bundled = extract::bundledModel().value();
    const auto copy = test.folder() / "candidate.gguf";
    std::filesystem::copy_file(bundled, copy);
    const auto strange = test::writeStrangeModel(bundled, test.folder());
    auto* page = qobject_cast<ModelsPage*>(test.window().page(PageId::Models));
    REQUIRE(page != nullptr);
    page->importModels({QString::fromStdString(copy.string()), //
                        QString::fromStdString(strange.string())});
    REQUIRE(waitUntil([&] {
        const ModelEntry* entry = page->catalog().find(strange.string());
        return page->catalog().models.size() == 3 && entry != nullptr && !entry->sha256.empty();
    }));
    page->findChild<QListWidget*>()->setCurrentRow(2);
    return copy;
}

// The samples have right answers.
void evaluate(WindowTest& test, const std::filesystem::path& model) {
    test.navigator().openPage(PageId::Evaluation);
    auto* page = qobject_cast<EvaluationPage*>(test.window().page(PageId::Evaluation));
    REQUIRE(page != nullptr);
    REQUIRE(waitUntil([&] { return page->setup().input().has_value(); }));
    page->setup().setOther(QString::fromStdString(page->setup().input()->model.string()));
    page->setup().setModel(QString::fromStdString(model.string()));
    REQUIRE(waitUntil([&] { return page->setup().input()->model == model; }));
    page->start();
    REQUIRE(waitUntil([&] { return page->outcome() != nullptr; }, std::chrono::seconds(120)));
}

} // namespace

TEST_CASE("Every page shows itself in both palettes, small and large", "[window][screens]") {
    WindowTest test;
    for (const char* name : {"discharge_letter.pdf", "medication_list.pdf"}) {
        test.extract(test.copyOfSample(name), "medications");
    }
    test.extract(test.copyOfSample("lab_report.pdf"), "laboratory_results");
    emit test.store().documentsChanged();
    const std::int64_t letter = test.runOf("discharge_letter.pdf").documentId;
    QDir().mkpath(QStringLiteral(ATTEST_SCREENSHOT_FOLDER));
    evaluate(test, addModels(test));

    const std::pair<PageId, const char*> pages[] = {
        {PageId::Library, "library"},
        {PageId::Review, "review"},
        {PageId::Results, "results"},
        {PageId::Templates, "templates"},
        {PageId::Models, "models"},
        {PageId::Evaluation, "evaluation"},
        {PageId::Jobs, "jobs"},
        {PageId::Settings, "settings"},
        {PageId::Help, "help"},
    };

    struct Look {
        const char* name;
        ThemeMode mode;
        double textScale;
        QSize size;
    };

    const Look looks[] = {
        {"light", ThemeMode::Light, 1, {1440, 900}},
        {"dark", ThemeMode::Dark, 1, {1440, 900}},
        {"small", ThemeMode::Light, 1, {1280, 720}},
        {"large-text", ThemeMode::Light, 2, {1440, 900}},
    };
    for (const Look& look : looks) {
        test.theme().apply(look.mode, look.textScale);
        test.window().resize(look.size);
        for (const auto& [id, name] : pages) {
            if (id == PageId::Review) {
                test.navigator().openReview({letter, 0, {}, {letter}});
            } else {
                test.navigator().openPage(id);
            }
            QTest::qWait(id == PageId::Review ? 800 : 400);

            const QImage image = test.window().grab().toImage();

            const QString file = QStringLiteral("%1/%2-%3.png")
                                     .arg(QStringLiteral(ATTEST_SCREENSHOT_FOLDER),
                                          QLatin1String(name),
                                          QLatin1String(look.name));
            CAPTURE(file.toStdString());
            CHECK(image.save(file));
            CHECK(colorsIn(image) > 20);
        }
    }
}

} // namespace attest::gui
