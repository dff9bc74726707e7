#include "gui/evaluate/evaluation_page.h"

#include "extract/model_choice.h"
#include "extract/resources.h"
#include "gui/evaluate/evaluation_setup.h"
#include "gui/evaluate/interval_delegate.h"
#include "gui/evaluate/score_tables.h"
#include "gui/evaluate/score_text.h"
#include "gui/gui_test_support.h"
#include "storage/setting_store.h"
#include "support/catch.h"
#include "support/strange_model.h"

#include <QComboBox>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyleOptionViewItem>
#include <QTableWidget>
#include <QTreeWidget>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

using namespace attest;
using namespace attest::gui;

namespace {

constexpr const char* kNote = "Medications: Metformin 500 mg PO BID for diabetes.\n"
                              "Lisinopril 10 mg PO daily for hypertension.\n";
constexpr auto kLimit = std::chrono::seconds(120);

// Two short notes with right answers; the second stands in the gold itself.
QString makeGold(const TestApp& app) {
    const std::filesystem::path folder = app.folder() / "gold";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "a.txt") << kNote;
    const std::string values =
        R"("values":{"medications":[{"drug":"Metformin","dose":"500mg"},)"
        R"({"drug":"Lisinopril","dose":"10 mg"},{"drug":"Aspirin","dose":null}]}})";
    std::ofstream(folder / "medications.jsonl")
        << R"({"file":"a.txt",)" << values << "\n"
        << R"({"id":"note","text":"Metformin 500 mg daily.",)" << values << "\n";
    return QString::fromStdString(folder.string());
}

class PageTest {
public:
    PageTest() : page(app.context(), nullptr) {
        page.resize(1064, 640);
        page.show();
        page.setup().setTemplate(QStringLiteral("medications"));
        page.setup().setGold(makeGold(app));
        REQUIRE(waitUntil([this] { return page.setup().input().has_value(); }));
        QObject::connect(&page, &EvaluationPage::ended, &page, [this] { ++ends; });
    }

    void run() {
        page.start();
        REQUIRE(page.isRunning());
        REQUIRE(waitUntil([this] { return ends == 1; }, kLimit));
    }

    // Texts of all labels that are shown.
    QString words() const {
        QString all;
        for (const QLabel* label : page.findChildren<QLabel*>()) {
            if (label->isVisibleTo(&page)) {
                all += label->text() + QLatin1Char('\n');
            }
        }
        return all;
    }

    QTableWidget* table(const char* name) const {
        for (QTableWidget* each : page.findChildren<QTableWidget*>()) {
            if (each->accessibleName() == QLatin1String(name)) {
                return each;
            }
        }
        FAIL("no table " << name);
        return nullptr;
    }

    // Puts it on the list of models, and takes it for what is measured.
    void measureModel(const std::filesystem::path& path, const std::string& chatFormat) {
        auto card = extract::inspectModel(path);
        REQUIRE(card.ok());
        card.value().chosenFormat = chatFormat;
        storage::UserModel model;
        model.path = path.string();
        model.name = "Candidate";
        model.cardJson = extract::cardToJson(card.value());
        app.inLibrary([&](storage::Database& db) { return storage::saveUserModel(db, model); });
        emit app.store().modelsChanged();
        page.setup().setModel(QString::fromStdString(path.string()));
        REQUIRE(waitUntil([&] {
            const auto input = page.setup().input();
            return input && input->model == path;
        }));
    }

    std::filesystem::path defaultModel() {
        return app.inLibrary([](storage::Database& db) { return extract::defaultModel(db); });
    }

    QPushButton* button(const char* text) const {
        for (QPushButton* each : page.findChildren<QPushButton*>()) {
            if (each->text() == QLatin1String(text)) {
                return each;
            }
        }
        FAIL("no button " << text);
        return nullptr;
    }

    TestApp app;
    EvaluationPage page;
    int ends = 0;
};

extract::Interval interval(double low, double high) {
    return {low, high};
}

} // namespace

TEST_CASE("an evaluation shows figures, confusion and the worst documents", "[gui][evaluation]") {
    PageTest test;

    test.run();

    REQUIRE(test.page.outcome() != nullptr);
    const extract::Evaluation& evaluation = test.page.outcome()->measured.evaluation;
    CHECK(evaluation.documents == 2);
    CHECK(test.page.outcome()->measured.run.grounding.invented == 0);
    CHECK(test.words().contains(QStringLiteral("95 % interval")));
    CHECK(test.words().contains(QStringLiteral("values are no piece of the text")));

    QTableWidget* scores = test.table("Figures by field");
    REQUIRE(scores->rowCount() == 3); // drug, dose, all
    CHECK(scores->item(0, 0)->text() == QStringLiteral("medications.drug"));
    CHECK(scores->item(1, 8)->text() == QStringLiteral("numeric"));
    CHECK(scores->item(2, 0)->text() == QStringLiteral("All"));
    CHECK(scores->item(2, 5)->text() == scoreText(evaluation.overall.counts.f1()));
    CHECK(scores->item(2, 6)->data(IntervalDelegate::kLowRole).toDouble() ==
          evaluation.overall.f1.low);
    CHECK(scores->isColumnHidden(7)); // no second model
    CHECK(test.table("Stated against answered")->rowCount() == 3);

    // Whatever the model answered with is in one of the bands, the surest first.
    const QTableWidget* bands = test.table("Values by confidence");
    REQUIRE(bands->rowCount() > 0);
    int values = 0;
    double before = 1;
    for (int row = 0; row < bands->rowCount(); ++row) {
        values += bands->item(row, 1)->text().toInt();
        CHECK(bands->item(row, 2)->text().toDouble() <= before);
        before = bands->item(row, 2)->text().toDouble();
    }
    CHECK(values == int(std::count_if(evaluation.judgements.begin(),
                                      evaluation.judgements.end(),
                                      [](const auto& judgement) { return judgement.isStated; })));

    const auto* documents = test.page.findChild<QTreeWidget*>();
    REQUIRE(documents->topLevelItemCount() == 2);
    const QTreeWidgetItem* worst = documents->topLevelItem(0);
    CHECK(documentOf(worst) == int(evaluation.worstFirst().front()));
    CHECK(worst->childCount() ==
          int(evaluation.byDocument[evaluation.worstFirst().front()].differences.size()));
    CHECK(worst->childCount() > 0); // nobody finds the aspirin
    CHECK(test.page.statusText().contains(QStringLiteral("2")));
}

TEST_CASE("a second model is compared on the same documents", "[gui][evaluation]") {
    PageTest test;
    test.page.setup().setOther(QString::fromStdString(extract::bundledModel().value().string()));

    test.run();

    REQUIRE(test.page.outcome() != nullptr);
    REQUIRE(test.page.outcome()->comparison);
    // The same model finds the same.
    CHECK(test.page.outcome()->comparison->overall.change() == 0);
    CHECK(test.page.outcome()->comparison->same == 2);
    CHECK(test.words().contains(QStringLiteral("No certain difference")));
    const QTableWidget* scores = test.table("Figures by field");
    CHECK_FALSE(scores->isColumnHidden(7));
    // The difference is not cut off in a window of 1280 x 720.
    CHECK(scores->columnViewportPosition(7) + scores->columnWidth(7) <=
          scores->viewport()->width());
}

TEST_CASE("a model that reads worse is not made the default, and the page says why",
          "[gui][evaluation]") {
    PageTest test;
    const auto bundled = extract::bundledModel().value();
    // Spoken to in a way that it was not trained with, and the last of its weights are zeros.
    const auto path = test::writeStrangeModel(bundled, test.app.folder());
    std::fstream(path, std::ios::binary | std::ios::in | std::ios::out)
        .seekp(-2'000'000, std::ios::end)
        .write(std::string(2'000'000, '\0').data(), 2'000'000);
    test.measureModel(path, "chatml");
    test.run();
    CHECK(test.page.outcome()->measured.evaluation.overall.counts.f1() < 0.5);
    QPushButton* make = test.button("Make default");
    REQUIRE(make->isVisible());

    make->click(); // the present default is measured on the same documents first
    CHECK(test.page.isRunning());
    CHECK_FALSE(make->isEnabled());
    REQUIRE(waitUntil([&] { return test.ends == 2; }, kLimit));

    CHECK(test.words().contains(QStringLiteral("Not made the default")));
    CHECK(test.words().contains(QStringLiteral("95 % interval")));
    CHECK(test.defaultModel() == bundled);
    // With both measured the answer comes at once.
    test.button("Dismiss")->click();
    make->click();
    CHECK_FALSE(test.page.isRunning());
    CHECK(test.words().contains(QStringLiteral("Not made the default")));
    CHECK(test.defaultModel() == bundled);
}

TEST_CASE("a model that reads as well is made the default, and back", "[gui][evaluation]") {
    PageTest test;
    Toast toast;
    QObject::connect(&test.app.navigator(),
                     &Navigator::toastRequested,
                     &test.page,
                     [&toast](const Toast& shown) { toast = shown; });
    const auto bundled = extract::bundledModel().value();
    test.run();
    CHECK_FALSE(test.button("Make default")->isVisible()); // it is
    const auto copy = test.app.folder() / "copy.gguf";
    std::filesystem::copy_file(bundled, copy);
    test.measureModel(copy, "");
    test.page.setup().setOther(QString::fromStdString(bundled.string()));
    test.ends = 0;
    test.run();

    test.button("Make default")->click();

    REQUIRE(waitUntil([&] { return test.defaultModel() == copy; }));
    REQUIRE(waitUntil([&] { return !test.button("Make default")->isVisible(); }));
    REQUIRE(toast.action);
    toast.action();
    REQUIRE(waitUntil([&] { return test.defaultModel() == bundled; }));
    REQUIRE(waitUntil([&] { return test.button("Make default")->isVisible(); }));
}

TEST_CASE("an evaluation is cancelled, and another one can be started", "[gui][evaluation]") {
    PageTest test;

    test.page.start();
    test.page.cancel();
    REQUIRE(waitUntil([&] { return test.ends == 1; }, kLimit));

    CHECK_FALSE(test.page.isRunning());
    CHECK(test.page.outcome() == nullptr);
    CHECK(test.words().contains(QStringLiteral("Cancelled")));
    test.page.start();
    CHECK(test.page.isRunning());
    test.page.start(); // a second click does nothing
    test.page.cancel();
    REQUIRE(waitUntil([&] { return test.ends == 2; }, kLimit));
}

TEST_CASE("mistakes in the gold are shown with their place", "[gui][evaluation]") {
    PageTest test;
    std::ofstream(test.app.folder() / "gold" / "medications.jsonl")
        << R"({"file":"a.txt","values":{"medications":[{"durg":"x"}]}})";

    test.run();

    CHECK(test.page.outcome() == nullptr);
    CHECK(test.words().contains(
        QStringLiteral("medications.jsonl, line 1: /values/medications/0/durg")));
}

TEST_CASE("a document opens in the review when the library has read it, else as a file",
          "[gui][evaluation]") {
    PageTest test;
    test.run();
    QString opened;
    QObject::connect(&test.page,
                     &EvaluationPage::fileOpened,
                     &test.page,
                     [&opened](const QString& path) { opened = path; });
    Toast toast;
    QObject::connect(&test.app.navigator(),
                     &Navigator::toastRequested,
                     &test.page,
                     [&toast](const Toast& shown) { toast = shown; });

    test.page.openDocument(1); // stands in the gold file only
    CHECK(toast.text.contains(QStringLiteral("gold file")));
    CHECK(opened.isEmpty());

    test.page.openDocument(0);
    REQUIRE(waitUntil([&] { return !opened.isEmpty(); }));
    CHECK(opened.endsWith(QStringLiteral("a.txt")));

    const auto saved = test.app.extract(test.app.folder() / "gold" / "a.txt", "medications");
    std::vector<PageId> pages;
    QObject::connect(&test.app.navigator(),
                     &Navigator::pageRequested,
                     &test.page,
                     [&pages](PageId page) { pages.push_back(page); });
    test.page.openDocument(0);
    REQUIRE(waitUntil([&] { return !pages.empty(); }));
    CHECK(pages.front() == PageId::Review);
    CHECK(test.app.navigator().reviewTarget().documentId == saved.documentId);

    test.page.openDocument(-1);
    test.page.openDocument(99);
}

TEST_CASE("the interval's bar covers its share of the scale", "[gui][evaluation]") {
    TestApp app;
    QTableWidget table(1, 1);
    auto* item = new QTableWidgetItem;
    item->setData(IntervalDelegate::kValueRole, 0.5);
    item->setData(IntervalDelegate::kLowRole, 0.25);
    item->setData(IntervalDelegate::kHighRole, 0.75);
    table.setItem(0, 0, item);
    const IntervalDelegate delegate(app.theme(), nullptr);
    QImage image(96, 30, QImage::Format_RGB32); // 72 of bar between two edges of 12
    image.fill(Qt::white);
    QPainter painter(&image);
    QStyleOptionViewItem option;
    option.rect = image.rect();

    delegate.paint(&painter, option, table.model()->index(0, 0));
    painter.end();

    const auto isTrack = [&](int x) {
        return image.pixelColor(x, 15) == app.theme().color(Token::Line);
    };
    CHECK(isTrack(12 + 12));
    CHECK_FALSE(isTrack(12 + 22));
    CHECK_FALSE(isTrack(12 + 50));
    CHECK(isTrack(12 + 60));
    CHECK(image.pixelColor(12 + 36, 15) == app.theme().color(Token::Accent)); // the value
}

TEST_CASE("figures read as people write them", "[gui][evaluation]") {
    TestApp app;

    CHECK(scoreText(0.874) == QStringLiteral("0.87"));
    CHECK(changeText(-0.121) == QStringLiteral("−0.12"));
    CHECK(changeText(0.121) == QStringLiteral("+0.12"));
    CHECK(changeText(-0.001) == QStringLiteral("0.00"));
    CHECK(intervalText(interval(0.5, 1)) == QStringLiteral("0.50 – 1.00"));
    CHECK(differenceText({"f", "a", "b"}) == QStringLiteral("“b” instead of “a”"));
    CHECK(differenceText({"f", "a", {}}) == QStringLiteral("“a” missed"));
    CHECK(differenceText({"f", {}, "b"}).startsWith(QStringLiteral("“b”, where")));
    extract::GoldProgress progress;
    progress.document = 2;
    progress.documents = 9;
    progress.name = "x.pdf";
    CHECK(progressText(progress, {}) == QStringLiteral("3 of 9: x.pdf"));
    CHECK(progressText(progress, 20.0).endsWith(QStringLiteral("less than a minute left")));
}
