#include "gui/models/models_page.h"

#include "extract/model_choice.h"
#include "extract/resources.h"
#include "gui/gui_test_support.h"
#include "gui/models/model_import.h"
#include "gui/models/model_text.h"
#include "storage/setting_store.h"
#include "support/catch.h"
#include "support/strange_model.h"

#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace attest;
using namespace attest::gui;

namespace {

QStringList listed(const std::vector<std::filesystem::path>& paths) {
    QStringList list;
    for (const auto& path : paths) {
        list.append(QString::fromStdString(path.string()));
    }
    return list;
}

std::filesystem::path copyOfBundled(const TestApp& app, const std::string& name) {
    const auto bundled = extract::bundledModel();
    REQUIRE(bundled.ok());
    const std::filesystem::path copy = app.folder() / name;
    std::filesystem::copy_file(bundled.value(), copy);
    return copy;
}

// The bundled model with `damage` applied to its bytes.
template <typename Damage>
std::filesystem::path damaged(const TestApp& app, const std::string& name, Damage damage) {
    std::ifstream file(extract::bundledModel().value(), std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    damage(bytes);
    const std::filesystem::path path = app.folder() / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
}

QString bannerText(const ModelsPage& page) {
    QString text;
    for (const QLabel* label : page.findChildren<QLabel*>()) {
        if (label->text().contains(QStringLiteral("cannot be used"))) {
            text = label->text();
        }
    }
    return text;
}

const QLabel* labelWith(const ModelsPage& page, const char* part) {
    for (const QLabel* label : page.findChildren<QLabel*>()) {
        if (label->isVisibleTo(&page) && label->text().contains(QLatin1String(part))) {
            return label;
        }
    }
    return nullptr;
}

} // namespace

TEST_CASE("the bundled model is listed with its facts and its hash", "[gui][models]") {
    TestApp app;
    ModelImport work(app.store());
    ModelsPage page(app.context(), work, nullptr);

    REQUIRE(waitUntil([&] {
        return !page.catalog().models.empty() && !page.catalog().models.front().sha256.empty();
    }));

    const ModelEntry& bundled = page.catalog().models.front();
    CHECK(bundled.isBundled);
    CHECK(bundled.card.architecture == "llama");
    CHECK(bundled.card.parameterCount > 1'000'000);
    CHECK(bundled.card.memoryBytes > bundled.card.fileBytes / 2);
    CHECK(bundled.sha256.size() == 64);
    CHECK(page.catalog().defaultPath == bundled.card.path.string());
    const auto* remove = page.findChild<QListWidget*>();
    CHECK(remove->count() == 1);
}

TEST_CASE("a model is imported, chosen, removed and brought back", "[gui][models]") {
    TestApp app;
    ModelImport work(app.store());
    ModelsPage page(app.context(), work, nullptr);
    const auto copy = copyOfBundled(app, "copy.gguf");
    Toast toast;
    QObject::connect(&app.navigator(),
                     &Navigator::toastRequested,
                     &page,
                     [&toast](const Toast& shown) { toast = shown; });

    page.importModels(listed({copy}));

    REQUIRE(waitUntil([&] {
        const ModelEntry* entry = page.catalog().find(copy.string());
        return entry != nullptr && !entry->sha256.empty();
    }));
    CHECK(page.catalog().find(copy.string())->card.contextLength ==
          page.catalog().models.front().card.contextLength);

    app.inLibrary([&](storage::Database& db) { return setDefaultModel(db, copy.string()); });
    app.inLibrary(
        [&](storage::Database& db) { return setModelForTemplate(db, "invoice", copy.string()); });
    emit app.store().modelsChanged();
    REQUIRE(waitUntil([&] { return page.catalog().defaultPath == copy.string(); }));
    CHECK(page.catalog().pathByTemplate.at("invoice") == copy.string());

    auto* list = page.findChild<QListWidget*>();
    list->setCurrentRow(1);
    for (QPushButton* button : page.findChildren<QPushButton*>()) {
        if (button->text() == QStringLiteral("Remove from the list")) {
            button->click();
        }
    }
    REQUIRE(waitUntil([&] { return page.catalog().models.size() == 1; }));
    CHECK(page.catalog().pathByTemplate.empty());
    CHECK(std::filesystem::exists(copy)); // the file is the person's

    REQUIRE(toast.action);
    toast.action();
    REQUIRE(waitUntil([&] { return page.catalog().models.size() == 2; }));
    CHECK(page.catalog().defaultPath == copy.string());
    CHECK(page.catalog().pathByTemplate.at("invoice") == copy.string());
}

TEST_CASE("a chat format is chosen for a model whose own nobody knows, and taken back",
          "[gui][models]") {
    TestApp app;
    ModelImport work(app.store());
    ModelsPage page(app.context(), work, nullptr);
    page.resize(1064, 640);
    page.show();
    const auto path = test::writeStrangeModel(extract::bundledModel().value(), app.folder());
    Toast toast;
    QObject::connect(&app.navigator(),
                     &Navigator::toastRequested,
                     &page,
                     [&toast](const Toast& shown) { toast = shown; });
    const auto entry = [&] {
        return page.catalog().find(path.string());
    };
    auto* format = page.findChild<QComboBox*>();
    const auto useForAll = [&]() -> QPushButton* {
        for (QPushButton* button : page.findChildren<QPushButton*>()) {
            if (button->text() == QStringLiteral("Use for all templates")) {
                return button;
            }
        }
        return nullptr;
    };
    REQUIRE(waitUntil([&] { return !page.catalog().models.empty(); }));
    CHECK_FALSE(format->isVisible()); // the bundled model's is known

    page.importModels(listed({path}));
    REQUIRE(waitUntil([&] { return entry() != nullptr && !entry()->sha256.empty(); }));

    CHECK(entry()->lacksFormat());
    CHECK(fitText(*entry()).text == QStringLiteral("? Chat format"));
    REQUIRE(format->isVisible());
    CHECK(format->currentText() == QStringLiteral("Choose…"));
    CHECK(labelWith(page, "'<|turn|>'") != nullptr);
    CHECK_FALSE(useForAll()->isEnabled());

    format->setFocus();
    format->setCurrentIndex(format->findData(QStringLiteral("chatml")));
    emit format->activated(format->currentIndex());
    REQUIRE(waitUntil([&] { return entry()->card.chosenFormat == "chatml"; }));
    CHECK_FALSE(entry()->lacksFormat());
    CHECK(format->currentText() == QStringLiteral("ChatML (chatml)"));
    CHECK(useForAll()->isEnabled());
    CHECK(toast.text.contains(QStringLiteral("chatml")));

    // Added again it is still spoken to so.
    page.importModels(listed({path}));
    REQUIRE(waitUntil([&] { return toast.text.contains(QStringLiteral("added")); }));
    CHECK(app.inLibrary([&](storage::Database& db) {
        return extract::chosenChatFormat(db, path);
    }) == "chatml");

    format->setCurrentIndex(0);
    emit format->activated(0);
    REQUIRE(waitUntil([&] { return entry()->lacksFormat(); }));
    REQUIRE(toast.action);
    toast.action();
    REQUIRE(waitUntil([&] { return entry()->card.chosenFormat == "chatml"; }));
}

TEST_CASE("files that are no models are refused with the reason", "[gui][models]") {
    TestApp app;
    ModelImport work(app.store());
    ModelsPage page(app.context(), work, nullptr);
    page.show();
    const auto cut = damaged(app, "cut.gguf", [](std::string& bytes) { bytes.resize(5000); });
    const auto magic = damaged(app, "magic.gguf", [](std::string& bytes) { bytes[0] = 'X'; });
    const auto counts =
        damaged(app, "counts.gguf", [](std::string& bytes) { bytes.replace(8, 8, 8, '\x7f'); });
    const auto empty = damaged(app, "empty.gguf", [](std::string& bytes) { bytes.clear(); });
    const auto missing = app.folder() / "missing.gguf";

    page.importModels(listed({cut, magic, counts, empty, missing}));

    REQUIRE(
        waitUntil([&] { return bannerText(page).count(QStringLiteral("cannot be used")) == 5; }));
    for (const char* name :
         {"cut.gguf", "magic.gguf", "counts.gguf", "empty.gguf", "missing.gguf"}) {
        CAPTURE(name);
        CHECK(bannerText(page).contains(QLatin1String(name)));
    }
    CHECK(page.catalog().models.size() == 1);
}

TEST_CASE("speed is measured on this machine and kept", "[gui][models]") {
    TestApp app;
    ModelImport work(app.store());
    ModelsPage page(app.context(), work, nullptr);
    REQUIRE(waitUntil([&] { return !page.catalog().models.empty(); }));
    const std::string path = page.catalog().models.front().card.path.string();
    QString problem = QStringLiteral("not ended");
    QObject::connect(&work,
                     &ModelImport::measureEnded,
                     &page,
                     [&problem](const QString&, const QString& text) { problem = text; });

    work.measure(path, 1);

    CHECK(work.isMeasuring());
    REQUIRE(waitUntil([&] { return problem != QStringLiteral("not ended"); },
                      std::chrono::seconds(120)));
    CHECK(problem == QString());
    REQUIRE(
        waitUntil([&] { return page.catalog().models.front().speed.answerTokensPerSecond > 0; }));
    CHECK(page.catalog().models.front().speed.promptTokensPerSecond > 0);
}

TEST_CASE("a model whose file is gone stays in the list and says so", "[gui][models]") {
    TestApp app;
    ModelImport work(app.store());
    ModelsPage page(app.context(), work, nullptr);
    const auto copy = copyOfBundled(app, "gone.gguf");
    page.importModels(listed({copy}));
    REQUIRE(waitUntil([&] { return page.catalog().find(copy.string()) != nullptr; }));

    std::filesystem::remove(copy);
    emit app.store().modelsChanged();

    REQUIRE(waitUntil([&] {
        const ModelEntry* entry = page.catalog().find(copy.string());
        return entry != nullptr && !entry->isThere;
    }));
}
