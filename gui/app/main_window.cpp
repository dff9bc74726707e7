#include "gui/app/main_window.h"

#include "base/check.h"
#include "gui/app/settings.h"
#include "gui/theme/style_sheet.h"
#include "gui/widgets/page.h"
#include "gui/widgets/toast_bar.h"

#include <QCloseEvent>
#include <QHBoxLayout>
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
    rows_->addWidget(makeStatusBar());
    setCentralWidget(central);
    toast_ = new ToastBar(central);

    connect(&app.navigator, &Navigator::pageRequested, this, &MainWindow::showPage);
    connect(&app.navigator, &Navigator::backRequested, this, &MainWindow::goBack);
    connect(&app.navigator, &Navigator::toastRequested, toast_, &ToastBar::showToast);

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
    return page;
}

void MainWindow::showPage(PageId id) {
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
    statusText_->setText(page(current_)->statusText());
}

QWidget* MainWindow::makeStatusBar() {
    auto* bar = new QWidget;
    setRole(bar, "footer");
    bar->setMinimumHeight(measure::kStatusBar);
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
