#include "gui/jobs/jobs_page.h"

#include "gui/app/navigator.h"
#include "gui/app/store.h"
#include "gui/jobs/job_queue.h"
#include "gui/jobs/job_words.h"
#include "gui/jobs/jobs_model.h"
#include "gui/jobs/progress_card.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/key_button.h"
#include "gui/widgets/pill_delegate.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace attest::gui {

namespace {

constexpr int kMostShown = 2000; // ended jobs beyond that are of no use to anybody
constexpr int kReloadMs = 200;

QAction*
makeAction(QWidget* owner, const QString& text, const QString& tip, const QKeySequence& key) {
    auto* action = new QAction(text, owner);
    action->setToolTip(tip);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    owner->addAction(action);
    return action;
}

} // namespace

JobsPage::JobsPage(AppContext& app, QWidget* parent)
    : Page(parent)
    , app_(app)
    , model_(new JobsModel(this))
    , table_(new QTableView)
    , stack_(new QStackedWidget)
    , empty_(new EmptyState(app.theme, this))
    , subtitle_(new QLabel)
    , pause_(makeAction(this,
                        tr("Pause"),
                        tr("Finishes the document being read and waits"),
                        QKeySequence(Qt::CTRL | Qt::Key_P)))
    , cancel_(makeAction(this,
                         tr("Cancel"),
                         tr("Ends the selected jobs, or all of them; what is finished stays"),
                         QKeySequence(Qt::Key_Delete)))
    , retry_(makeAction(this,
                        tr("Retry failed"),
                        tr("Puts the selected jobs, or all that failed, into the queue again"),
                        QKeySequence(Qt::CTRL | Qt::Key_R)))
    , top_(makeAction(this,
                      tr("Move to top"),
                      tr("Reads the selected documents next"),
                      QKeySequence(Qt::CTRL | Qt::Key_Up)))
    , clear_(makeAction(this,
                        tr("Clear ended"),
                        tr("Takes ended jobs out of this list; their results stay"),
                        QKeySequence(Qt::CTRL | Qt::Key_L))) {
    table_->setModel(model_);
    table_->setItemDelegateForColumn(JobsModel::State,
                                     new PillDelegate(app.theme, JobsModel::ToneRole, table_));
    table_->setAccessibleName(tr("Jobs"));
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setShowGrid(false);
    table_->setTabKeyNavigation(false);
    table_->setWordWrap(false);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(app.theme.px(measure::kRowTwoLines));
    table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->horizontalHeader()->setSectionResizeMode(JobsModel::Detail, QHeaderView::Stretch);
    table_->setColumnWidth(JobsModel::Document, app.theme.px(280));
    table_->setColumnWidth(JobsModel::Template, app.theme.px(160));
    table_->setColumnWidth(JobsModel::State, app.theme.px(140));
    table_->setColumnWidth(JobsModel::Created, app.theme.px(150));
    table_->setColumnWidth(JobsModel::Took, app.theme.px(80));
    connect(&app.theme, &Theme::changed, this, [this] {
        table_->verticalHeader()->setDefaultSectionSize(app_.theme.px(measure::kRowTwoLines));
    });

    empty_->setContent(QStringLiteral("jobs"),
                       tr("Nothing is being read"),
                       tr("Documents that you extract from or summarize wait here for their turn. "
                          "The queue is kept when you close the window."));
    connect(empty_->addButton(tr("Open the library")), &QPushButton::clicked, this, [this] {
        app_.navigator.openLibrary(storage::SmartList::All);
    });
    stack_->addWidget(table_);
    stack_->addWidget(empty_);

    auto* card = new ProgressCard(app, this);
    auto* cardRow = new QVBoxLayout;
    cardRow->setContentsMargins(measure::kEdge, measure::kInside, measure::kEdge, measure::kEdge);
    cardRow->addWidget(card);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(stack_, 1);
    layout->addLayout(cardRow);

    reload_.setSingleShot(true);
    reload_.setInterval(kReloadMs);
    connect(&reload_, &QTimer::timeout, this, &JobsPage::reload);
    const auto reloadSoon = [this] {
        if (isVisible() && !reload_.isActive()) {
            reload_.start();
        }
    };
    connect(&app.jobs, &JobQueue::jobEnded, this, reloadSoon);
    connect(&app.store, &Store::jobsChanged, this, reloadSoon);
    connect(&app.jobs, &JobQueue::statusChanged, this, [this] {
        model_->setCurrent(app_.jobs.status().current);
        refreshActions();
    });
    connect(table_->selectionModel(),
            &QItemSelectionModel::selectionChanged,
            this,
            &JobsPage::refreshActions);
    connect(table_, &QTableView::activated, this, [this](const QModelIndex& index) {
        const storage::Job& job = model_->job(index.row());
        app_.navigator.openReview({job.documentId, job.runId, {}, {}});
    });
    connect(pause_, &QAction::triggered, this, [this] {
        app_.jobs.setPaused(!app_.jobs.status().isPaused);
    });
    connect(cancel_, &QAction::triggered, this, [this] { app_.jobs.cancel(selectedJobs()); });
    connect(retry_, &QAction::triggered, this, [this] { app_.jobs.retry(selectedJobs()); });
    connect(top_, &QAction::triggered, this, [this] { app_.jobs.moveToTop(selectedJobs()); });
    connect(clear_, &QAction::triggered, this, [this] { app_.jobs.clearEnded(); });
    connect(&app.jobs, &JobQueue::failed, this, [this](const QString& message) {
        app_.navigator.showToast({message, {}, {}});
    });
    refreshActions();
}

QWidget* JobsPage::makeHeader() {
    auto* bar = new QWidget;
    setRole(bar, "bar");
    bar->setMinimumHeight(measure::kBar);
    auto* title = new QLabel(tr("Jobs"));
    setRole(title, "heading");
    setRole(subtitle_, "muted");
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(measure::kEdge, measure::kInside, measure::kEdge, measure::kInside);
    layout->setSpacing(measure::kInside);
    layout->addWidget(title);
    layout->addWidget(subtitle_, 1);
    for (QAction* action : {pause_, top_, retry_, cancel_, clear_}) {
        layout->addWidget(new KeyButton(action, app_.theme, bar));
    }
    return bar;
}

void JobsPage::activate() {
    reload();
    table_->setFocus();
}

QString JobsPage::statusText() const {
    const storage::JobCounts& counts = app_.jobs.status().counts;
    return tr("%1 waiting · %2 done · %3 failed")
        .arg(counts.waiting)
        .arg(counts.done)
        .arg(counts.failed);
}

void JobsPage::reload() {
    app_.store.read(
        this,
        [](storage::Database& db) { return storage::listJobs(db, kMostShown); },
        [this](Result<std::vector<storage::Job>> jobs) {
            if (!jobs.ok()) {
                return;
            }
            stack_->setCurrentWidget(jobs.value().empty() ? static_cast<QWidget*>(empty_) : table_);
            model_->setJobs(std::move(jobs).value());
            model_->setCurrent(app_.jobs.status().current);
            refreshActions();
        });
}

void JobsPage::refreshActions() {
    const QueueStatus& status = app_.jobs.status();
    const std::vector<std::int64_t> selected = selectedJobs();
    const auto anySelected = [&](const std::vector<storage::JobState>& states) {
        for (int row = 0; row < model_->rowCount(); ++row) {
            const storage::Job& job = model_->job(row);
            const bool isChosen =
                selected.empty() ||
                std::find(selected.begin(), selected.end(), job.id) != selected.end();
            if (isChosen && std::find(states.begin(), states.end(), job.state) != states.end()) {
                return true;
            }
        }
        return false;
    };
    using State = storage::JobState;
    pause_->setText(status.isPaused ? tr("Resume") : tr("Pause"));
    pause_->setEnabled(status.isPaused || anySelected({State::Waiting, State::Running}));
    cancel_->setText(selected.empty() ? tr("Cancel all") : tr("Cancel"));
    cancel_->setEnabled(anySelected({State::Waiting, State::Running}));
    retry_->setText(selected.empty() ? tr("Retry failed") : tr("Retry"));
    std::vector<State> retryable{State::Failed};
    if (!selected.empty()) {
        retryable.push_back(State::Cancelled);
    }
    retry_->setEnabled(anySelected(retryable));
    top_->setEnabled(!selected.empty() && anySelected({State::Waiting}));
    clear_->setEnabled(anySelected({State::Done, State::Failed, State::Cancelled}));
    subtitle_->setText(queueDetail(status));
    emit statusTextChanged();
}

std::vector<std::int64_t> JobsPage::selectedJobs() const {
    std::vector<std::int64_t> ids;
    if (table_->selectionModel() != nullptr) {
        const QModelIndexList rows = table_->selectionModel()->selectedRows();
        for (const QModelIndex& index : rows) {
            ids.push_back(model_->job(index.row()).id);
        }
    }
    return ids;
}

} // namespace attest::gui
