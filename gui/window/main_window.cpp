#include "gui/window/main_window.h"

#include "base/check.h"
#include "gui/app/settings.h"
#include "gui/jobs/job_queue.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "gui/widgets/page.h"
#include "gui/widgets/toast_bar.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QLabel>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace attest::gui {

namespace {

const QString kGeometry = QStringLiteral("window/geometry");
constexpr QSize kFirstSize(1440, 900);
constexpr QSize kSmallest(960, 600);

QString nameOf(PageId id) {
    switch (id) {
    case PageId::Library:
        return MainWindow::tr("Library");
    case PageId::Review:
        return MainWindow::tr("Review");
    case PageId::Results:
        return MainWindow::tr("Results");
    case PageId::Templates:
        return MainWindow::tr("Templates");
    case PageId::Models:
        return MainWindow::tr("Models");
    case PageId::Evaluation:
        return MainWindow::tr("Evaluation");
    case PageId::Jobs:
        return MainWindow::tr("Jobs");
    case PageId::Settings:
        return MainWindow::tr("Settings");
    case PageId::Help:
        return MainWindow::tr("Help");
    }
    return {};
}

// Where the keyboard goes in a pane: what had the focus last, else the first that takes it.
QWidget* focusTarget(QWidget& pane) {
    if (QWidget* last = pane.focusWidget();
        last != nullptr && last->isVisible() && last->isEnabled()) {
        return last;
    }
    if (pane.focusPolicy() & Qt::TabFocus) {
        return &pane;
    }
    for (QWidget* next = pane.nextInFocusChain(); next != &pane; next = next->nextInFocusChain()) {
        if (pane.isAncestorOf(next) && next->isVisible() && next->isEnabled() &&
            (next->focusPolicy() & Qt::TabFocus)) {
            return next;
        }
    }
    return nullptr;
}

} // namespace

MainWindow::MainWindow(AppContext& app)
    : app_(app)
    , rows_(new QVBoxLayout)
    , middle_(new QWidget)
    , stack_(new QStackedWidget)
    , statusText_(new QLabel)
    , modelText_(new QLabel)
    , toast_(nullptr) {
    setWindowTitle(QStringLiteral("Attest"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/attest.svg")));
    setMinimumSize(kSmallest);
    auto* central = new QWidget(this);
    central->setLayout(rows_);
    rows_->setContentsMargins(0, 0, 0, 0);
    rows_->setSpacing(0);
    auto* columns = new QHBoxLayout(middle_);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(stack_, 1);
    rows_->addWidget(middle_, 1);
    statusBar_ = makeStatusBar();
    rows_->addWidget(statusBar_);
    setCentralWidget(central);
    toast_ = new ToastBar(central);

    connect(&app.navigator, &Navigator::pageRequested, this, &MainWindow::showPage);
    connect(&app.navigator, &Navigator::backRequested, this, &MainWindow::goBack);
    connect(&app.navigator, &Navigator::toastRequested, toast_, &ToastBar::showToast);
    connect(&app.jobs, &JobQueue::failed, this, [this](const QString& message) {
        toast_->showToast({message, {}, {}});
    });
    connect(&app.theme, &Theme::changed, this, &MainWindow::refreshSizes);
    const auto addPaneKey = [this](const QString& text, const QKeySequence& key, int step) {
        auto* action = new QAction(text, this);
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, [this, step] { focusPane(step); });
        addAction(action);
    };
    addPaneKey(tr("Next pane"), QKeySequence(Qt::Key_F6), 1);
    addPaneKey(tr("Previous pane"), QKeySequence(Qt::SHIFT | Qt::Key_F6), -1);
    refreshSizes();

    if (!restoreGeometry(app.settings.value(kGeometry).toByteArray())) {
        resize(kFirstSize);
    }
}

MainWindow::~MainWindow() = default;

void MainWindow::setTopBar(QWidget* topBar) {
    topBar_ = topBar;
    rows_->insertWidget(0, topBar);
}

void MainWindow::setSideBar(QWidget* sideBar) {
    sideBar_ = sideBar;
    qobject_cast<QHBoxLayout*>(middle_->layout())->insertWidget(0, sideBar);
}

void MainWindow::addPage(PageId id, PageFactory factory) {
    factories_[id] = std::move(factory);
}

Page* MainWindow::page(PageId id) {
    if (const auto made = pages_.find(id); made != pages_.end()) {
        return made->second;
    }
    const auto factory = factories_.find(id);
    ATTEST_CHECK(factory != factories_.end());
    Page* page = factory->second(stack_);
    stack_->addWidget(page);
    pages_[id] = page;
    connect(page, &Page::statusTextChanged, this, &MainWindow::refreshStatus);
    connect(page, &QWidget::windowTitleChanged, this, &MainWindow::refreshTitle);
    return page;
}

void MainWindow::showPage(PageId id) {
    if (!factories_.contains(id)) {
        return;
    }
    Page* next = page(id);
    if (current_ != id && pages_.contains(current_)) {
        history_.push_back(current_);
    }
    current_ = id;
    const bool isFull = next->isFullWindow();
    for (QWidget* bar : {topBar_, sideBar_}) {
        if (bar != nullptr) {
            bar->setVisible(!isFull);
        }
    }
    stack_->setCurrentWidget(next);
    next->activate();
    refreshStatus();
    refreshTitle();
    emit pageShown(id);
}

void MainWindow::goBack() {
    PageId back = PageId::Library;
    if (!history_.empty()) {
        back = history_.back();
        history_.pop_back();
    }
    const std::size_t depth = history_.size();
    showPage(back);
    history_.resize(std::min(depth, history_.size()));
}

void MainWindow::setModelText(const QString& text) {
    modelText_->setText(text);
}

void MainWindow::refreshStatus() {
    if (const auto shown = pages_.find(current_); shown != pages_.end()) {
        statusText_->setText(shown->second->statusText());
    }
}

void MainWindow::refreshTitle() {
    // A page that has a document in front says so with its own title.
    const auto shown = pages_.find(current_);
    const QString own = shown == pages_.end() ? QString() : shown->second->windowTitle();
    setWindowTitle(QStringLiteral("%1 – Attest").arg(own.isEmpty() ? nameOf(current_) : own));
}

void MainWindow::refreshSizes() {
    statusBar_->setMinimumHeight(app_.theme.px(measure::kStatusBar));
}

void MainWindow::focusPane(int step) {
    std::vector<QWidget*> panes;
    for (QWidget* pane : {topBar_, sideBar_, static_cast<QWidget*>(stack_), statusBar_}) {
        if (pane != nullptr && pane->isVisible() && focusTarget(*pane) != nullptr) {
            panes.push_back(pane);
        }
    }
    if (panes.empty()) {
        return;
    }
    const QWidget* focused = QApplication::focusWidget();
    const auto here = std::find_if(panes.begin(), panes.end(), [&](const QWidget* pane) {
        return focused != nullptr && (pane == focused || pane->isAncestorOf(focused));
    });
    const auto count = static_cast<int>(panes.size());
    const int at = here == panes.end() ? (step > 0 ? -1 : 0) : int(here - panes.begin());
    focusTarget(*panes[static_cast<std::size_t>((at + step + count) % count)])
        ->setFocus(Qt::ShortcutFocusReason);
}

QWidget* MainWindow::makeStatusBar() {
    auto* bar = new QWidget;
    setRole(bar, "footer");
    setRole(statusText_, "secondary");
    setRole(modelText_, "secondary");
    auto* privacy = new QToolButton;
    setRole(privacy, "status");
    privacy->setText(tr("Offline: no network code"));
    privacy->setToolTip(tr("Nothing leaves this machine. Click to see how that is checked."));
    privacy->setAccessibleName(privacy->text());
    connect(privacy, &QToolButton::clicked, this, [this] {
        app_.navigator.openSettings(QStringLiteral("privacy"));
    });
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(measure::kEdge, 0, measure::kEdge, 0);
    layout->setSpacing(measure::kBetween);
    layout->addWidget(statusText_, 1);
    layout->addWidget(modelText_);
    layout->addWidget(privacy);
    return bar;
}

void MainWindow::closeEvent(QCloseEvent* event) {
    app_.settings.setValue(kGeometry, saveGeometry());
    event->accept();
}

} // namespace attest::gui
