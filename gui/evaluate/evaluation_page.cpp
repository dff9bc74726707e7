#include "gui/evaluate/evaluation_page.h"

#include "extract/model_gate.h"
#include "gui/app/error_text.h"
#include "gui/app/navigator.h"
#include "gui/app/store.h"
#include "gui/evaluate/confidence_view.h"
#include "gui/evaluate/evaluation_setup.h"
#include "gui/evaluate/score_tables.h"
#include "gui/evaluate/score_text.h"
#include "gui/models/model_catalog.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/empty_state.h"
#include "storage/library_list.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableWidget>
#include <QTabWidget>
#include <QTreeWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <system_error>
#include <utility>

namespace attest::gui {

namespace {

constexpr int kSetupWidth = 260;

// The document of the library that was read from this file, with a run to review.
Result<std::int64_t> reviewedDocument(storage::Database& db, const std::filesystem::path& path) {
    ATTEST_TRY_ASSIGN(const auto rows, storage::listLibrary(db, {}));
    for (const storage::LibraryRow& row : rows) {
        std::error_code error;
        if (row.runId != 0 && !row.path.empty() &&
            std::filesystem::equivalent(row.path, path, error)) {
            return row.documentId;
        }
    }
    return std::int64_t{0};
}

} // namespace

EvaluationPage::EvaluationPage(AppContext& app, QWidget* parent)
    : Page(parent)
    , app_(app)
    , run_(new EvaluationRun(this))
    , setup_(new EvaluationSetup(app, this))
    , banner_(new Banner(Banner::Closing::Dismissable, this))
    , headline_(new QLabel)
    , facts_(new QLabel)
    , default_(new QPushButton(tr("Make default")))
    , scores_(new QTableWidget)
    , confusion_(new QTableWidget)
    , documents_(new QTreeWidget)
    , confidence_(new ConfidenceView(app.theme, this))
    , empty_(new EmptyState(app.theme, this))
    , stack_(new QStackedWidget) {
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(setup_);
    auto* line = new QFrame;
    setRole(line, "line");
    line->setFixedWidth(1);

    empty_->setContent(QStringLiteral("chart"),
                       tr("How well does it read?"),
                       tr("Choose a model, a template and a folder of documents with their right "
                          "answers. The samples have some, to begin with."));
    stack_->addWidget(empty_);
    stack_->addWidget(makeResults());

    auto* right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    right->addWidget(banner_);
    right->addWidget(stack_, 1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(scroll, 1);
    layout->addWidget(line);
    layout->addLayout(right, 3);

    connect(setup_, &EvaluationSetup::startRequested, this, &EvaluationPage::start);
    connect(setup_, &EvaluationSetup::cancelRequested, this, &EvaluationPage::cancel);
    connect(setup_, &EvaluationSetup::failed, this, [this](const QString& text) {
        banner_->say(Tone::Bad, text);
    });
    connect(setup_, &EvaluationSetup::modelsShown, this, &EvaluationPage::showDefault);
    connect(default_, &QPushButton::clicked, this, &EvaluationPage::makeDefault);
    connect(run_, &EvaluationRun::progressed, setup_, &EvaluationSetup::showProgress);
    connect(run_, &EvaluationRun::finished, this, &EvaluationPage::showOutcome);
    connect(run_, &EvaluationRun::failed, this, [this](const QString& text) {
        banner_->say(Tone::Bad, text);
        showEnd();
    });
    connect(run_, &EvaluationRun::cancelled, this, [this] {
        banner_->say(Tone::Accent,
                     tr("Cancelled; figures of some of the documents would mislead."));
        showEnd();
    });
    connect(documents_, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem* item) {
        openDocument(documentOf(item));
    });
    const auto resize = [this, scroll] {
        scroll->setMinimumWidth(setup_->minimumSizeHint().width());
        scroll->setMaximumWidth(std::max(scroll->minimumWidth(), app_.theme.px(kSetupWidth)));
        for (QTableWidget* table : {scores_, confusion_}) {
            table->verticalHeader()->setDefaultSectionSize(app_.theme.px(measure::kRowOneLine));
        }
        refill(); // colours and widths
    };
    resize();
    connect(&app_.theme, &Theme::changed, this, resize);
}

QWidget* EvaluationPage::makeResults() {
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bar = new QWidget;
    setRole(bar, "bar");
    auto* barLayout = new QVBoxLayout(bar);
    barLayout->setContentsMargins(
        measure::kEdge, measure::kInside, measure::kEdge, measure::kInside);
    barLayout->setSpacing(measure::kUnit);
    setRole(headline_, "heading");
    headline_->setWordWrap(true);
    setRole(facts_, "secondary");
    facts_->setWordWrap(true);
    auto* top = new QHBoxLayout;
    top->addWidget(headline_, 1);
    top->addWidget(default_, 0, Qt::AlignTop);
    barLayout->addLayout(top);
    barLayout->addWidget(facts_);
    default_->setToolTip(
        tr("Documents that are extracted from now on use this model. It is refused "
           "if it reads worse here than the present default"));
    column->addWidget(bar);

    setUpScores(*scores_, app_.theme);
    scores_->setAccessibleName(tr("Figures by field"));
    setUpConfusion(*confusion_);
    confusion_->setAccessibleName(tr("Stated against answered"));
    setUpDocuments(*documents_);
    documents_->setAccessibleName(tr("Worst documents first"));
    documents_->setToolTip(tr("Enter or a double click opens the document"));
    auto* lower = new QTabWidget;
    lower->setDocumentMode(true);
    lower->tabBar()->setAccessibleName(tr("Documents, confusion or confidence"));
    lower->addTab(documents_, tr("Worst documents first"));
    lower->addTab(confusion_, tr("Stated against answered"));
    lower->addTab(confidence_, tr("Confidence"));
    auto* split = new QSplitter(Qt::Vertical);
    split->addWidget(scores_);
    split->addWidget(lower);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    column->addWidget(split, 1);
    return content;
}

void EvaluationPage::activate() {
    setup_->reload();
    setup_->setFocus();
}

QString EvaluationPage::statusText() const {
    return outcome_ ? tr("%n document(s) measured",
                         nullptr,
                         int(outcome_->measured.evaluation.documents))
                    : QString();
}

void EvaluationPage::start() {
    auto input = setup_->input();
    if (run_->isRunning() || !input) {
        return;
    }
    wantsDefault_ = false;
    startWith(*input);
}

void EvaluationPage::startWith(const EvaluationInput& input) {
    running_ = input;
    banner_->clear();
    run_->start(input);
    setup_->setRunning(true);
    showDefault();
}

void EvaluationPage::cancel() {
    run_->cancel();
}

void EvaluationPage::showDefault() {
    const bool isOther = outcome_ && setup_->defaultModel().toStdString() != asked_.model.string();
    default_->setVisible(isOther);
    default_->setEnabled(isOther && !run_->isRunning());
}

void EvaluationPage::makeDefault() {
    const std::string present = setup_->defaultModel().toStdString();
    if (!outcome_ || run_->isRunning() || present.empty() || asked_.model == present) {
        return;
    }
    if (outcome_->comparison && asked_.other && *asked_.other == present) {
        judge();
        return;
    }
    EvaluationInput input = asked_;
    input.other = present;
    input.otherFormat = setup_->formatOf(setup_->defaultModel()).toStdString();
    startWith(input);
    wantsDefault_ = true;
}

void EvaluationPage::judge() {
    if (extract::judgeModel(*outcome_->comparison).isWorse) {
        const extract::F1Change& change = outcome_->comparison->overall;
        banner_->say(
            Tone::Bad,
            tr("! Not made the default: it reads worse than %1 here. F1 %2 instead of %3, a "
               "difference of %4 (95 % interval %5). Under Models it can be chosen all the same.")
                .arg(otherName_,
                     scoreText(change.after),
                     scoreText(change.before),
                     changeText(change.change()),
                     changeText(change.difference)));
        return;
    }
    const auto set = [this](const std::filesystem::path& model) {
        app_.store.write(
            this,
            [path = model.string()](storage::Database& db) { return setDefaultModel(db, path); },
            [this](const Result<void>& done) {
                if (!done.ok()) {
                    banner_->say(Tone::Bad, errorText(done.error()));
                }
                emit app_.store.modelsChanged();
            });
    };
    set(asked_.model);
    app_.navigator.showToast({tr("“%1” is used for all templates").arg(measuredName_),
                              tr("Undo"),
                              [set, before = *asked_.other] {
                                  set(before);
                              }});
}

void EvaluationPage::showEnd() {
    setup_->setRunning(false);
    wantsDefault_ = false;
    showDefault();
    emit statusTextChanged();
    emit ended();
}

QString EvaluationPage::headline() const {
    const extract::FieldScore& all = outcome_->measured.evaluation.overall;
    QString text =
        tr("F1 %1 (95 % interval %2)").arg(scoreText(all.counts.f1()), intervalText(all.f1)) +
        QStringLiteral(" · ") + measuredName_;
    if (outcome_->comparison) {
        const extract::F1Change& change = outcome_->comparison->overall;
        const QString by = scoreText(std::abs(change.change()));
        const QString range = changeText(change.difference);
        text += QStringLiteral("\n") +
                (change.difference.low > 0
                     ? tr("▲ Better than %1 by %2 (%3)").arg(otherName_, by, range)
                 : change.difference.high < 0
                     ? tr("▼ Worse than %1 by %2 (%3)").arg(otherName_, by, range)
                     : tr("No certain difference from %1: %2 (%3)")
                           .arg(otherName_, changeText(change.change()), range));
    }
    return text;
}

QString EvaluationPage::facts() const {
    const extract::GoldRun& run = outcome_->measured.run;
    QStringList parts{tr("%n document(s)", nullptr, int(outcome_->gold.documents.size()))};
    parts.append(tr("%1 of %2 values are no piece of the text")
                     .arg(run.grounding.invented)
                     .arg(run.grounding.values));
    if (run.pages > 0) {
        parts.append(tr("%1 s a page").arg(QLocale().toString(run.medianSecondsPerPage, 'f', 2)));
    }
    if (outcome_->comparison) {
        const extract::Comparison& comparison = *outcome_->comparison;
        parts.append(tr("documents: %1 better, %2 worse, %3 the same")
                         .arg(comparison.better)
                         .arg(comparison.worse)
                         .arg(comparison.same));
    }
    return parts.join(QStringLiteral(" · "));
}

void EvaluationPage::refill() {
    if (!outcome_) {
        return;
    }
    headline_->setText(headline());
    facts_->setText(facts());
    fillScores(*scores_, *outcome_, app_.theme);
    fillConfusion(*confusion_, *outcome_, app_.theme);
    fillDocuments(*documents_, *outcome_, app_.theme);
    confidence_->fill(outcome_->measured.evaluation);
}

void EvaluationPage::showOutcome(const std::shared_ptr<EvaluationOutcome>& outcome) {
    outcome_ = outcome;
    asked_ = running_;
    measuredName_ = setup_->nameOf(QString::fromStdString(asked_.model.string()));
    otherName_ =
        asked_.other ? setup_->nameOf(QString::fromStdString(asked_.other->string())) : QString();
    stack_->setCurrentIndex(1);
    refill();
    if (!outcome_->measured.run.failures.empty()) {
        QStringList failures;
        for (const std::string& failure : outcome_->measured.run.failures) {
            failures.append(QString::fromStdString(failure));
        }
        banner_->say(Tone::Warn, tr("? Not read: %1").arg(failures.join(QStringLiteral("; "))));
    }
    if (wantsDefault_) {
        judge();
    }
    showEnd();
}

void EvaluationPage::openDocument(int index) {
    if (!outcome_ || index < 0 || std::size_t(index) >= outcome_->documents.size()) {
        return;
    }
    const extract::GoldDocument& document = outcome_->documents[std::size_t(index)];
    if (document.path.empty()) {
        app_.navigator.showToast({tr("This note stands in the gold file only"), {}, {}});
        return;
    }
    app_.store.read(
        this,
        [path = document.path](storage::Database& db) { return reviewedDocument(db, path); },
        [this,
         path = QString::fromStdString(document.path.string())](const Result<std::int64_t>& found) {
            if (found.ok() && found.value() != 0) {
                app_.navigator.openReview({found.value(), 0, {}, {found.value()}});
                return;
            }
            openFile(path);
        });
}

void EvaluationPage::openFile(const QString& path) {
    app_.navigator.showToast(
        {tr("“%1” is not read in the library; its file is opened").arg(QFileInfo(path).fileName()),
         {},
         {}});
    emit fileOpened(path);
    QDesktopServices::openUrl(QUrl::fromLocalFile(path));
}

} // namespace attest::gui
