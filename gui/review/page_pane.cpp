#include "gui/review/page_pane.h"

#include "gui/app/context.h"
#include "gui/review/editor_keys.h"
#include "gui/review/review_actions.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "gui/widgets/key_button.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QResizeEvent>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace attest::gui {

namespace {

QToolButton* toolButton(QAction* action, bool hasText, QWidget* parent) {
    auto* button = new QToolButton(parent);
    setRole(button, "quiet");
    button->setText(action->text());
    button->setIcon(action->icon());
    button->setToolButtonStyle(hasText ? Qt::ToolButtonTextOnly : Qt::ToolButtonIconOnly);
    button->setAccessibleName(action->text());
    button->setToolTip(
        QStringLiteral("%1 (%2)").arg(action->toolTip(), keyCapText(action->shortcut())));
    QObject::connect(
        action, &QAction::changed, button, [action, button] { button->setIcon(action->icon()); });
    QObject::connect(button, &QToolButton::clicked, action, &QAction::trigger);
    return button;
}

} // namespace

PagePane::PagePane(AppContext& app, const ReviewActions& actions, QWidget* parent)
    : QWidget(parent)
    , app_(app)
    , view_(new PageView(app.theme, this))
    , notice_(new QFrame(this))
    , noticeText_(new QLabel(notice_))
    , use_(new KeyButton(QString(), QKeySequence(Qt::CTRL | Qt::Key_Return), app.theme, this)) {
    view_->setAccessibleName(tr("Document"));
    setRole(notice_, "banner-warn");
    noticeText_->setWordWrap(true);
    auto* noticeLayout = new QHBoxLayout(notice_);
    noticeLayout->setContentsMargins(
        measure::kEdge, measure::kInside, measure::kEdge, measure::kInside);
    noticeLayout->addWidget(noticeText_);
    notice_->hide();
    setRole(use_, "primary");
    use_->hide();

    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(makeToolbar(actions));
    rows->addWidget(makeFindBar());
    rows->addWidget(notice_);
    rows->addWidget(view_, 1);

    connect(view_, &PageView::currentPageChanged, this, &PagePane::refreshPage);
    connect(view_, &PageView::zoomChanged, this, &PagePane::refreshPage);
    connect(view_, &PageView::notice, this, [this](const QString& message) {
        noticeText_->setText(message);
        notice_->setAccessibleName(message);
        notice_->setVisible(!message.isEmpty());
    });
    connect(view_, &PageView::selectionChanged, this, &PagePane::refreshSelection);
    connect(view_, &PageView::selectionActivated, this, &PagePane::refreshSelection);
    connect(use_, &QPushButton::clicked, this, &PagePane::useSelectionRequested);
}

QWidget* PagePane::makeToolbar(const ReviewActions& actions) {
    auto* bar = new QWidget(this);
    setRole(bar, "bar");
    auto* page = new QLabel(tr("Page"), bar);
    setRole(page, "muted");
    number_ = new QLineEdit(bar);
    number_->setAccessibleName(tr("Page number"));
    number_->setToolTip(tr("Go to a page (G)"));
    number_->setAlignment(Qt::AlignCenter);
    number_->setValidator(new QIntValidator(1, 99'999, number_));
    count_ = new QLabel(bar);
    setRole(count_, "muted");
    page->setBuddy(number_);
    auto* keys = new EditorKeys(number_);
    keys->onEnter = [this] {
        bool isNumber = false;
        const int wanted = QLocale().toInt(number_->text(), &isNumber);
        if (isNumber && wanted >= 1 && view_->pageCount() > 0) {
            view_->goToPage(std::min(static_cast<std::size_t>(wanted), view_->pageCount()) - 1);
        }
        refreshPage();
        emit closed();
    };
    keys->onEscape = [this] {
        refreshPage();
        emit closed();
    };
    zoom_ = new QLabel(bar);
    zoom_->setAlignment(Qt::AlignCenter);
    zoom_->setAccessibleName(tr("Zoom"));

    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(measure::kEdge, 0, measure::kInside, 0);
    layout->setSpacing(measure::kUnit);
    layout->addWidget(page);
    layout->addWidget(number_);
    layout->addWidget(count_);
    layout->addStretch(1);
    layout->addWidget(toolButton(actions.zoomOut, false, bar));
    layout->addWidget(zoom_);
    layout->addWidget(toolButton(actions.zoomIn, false, bar));
    layout->addWidget(toolButton(actions.fitWidth, true, bar));
    layout->addWidget(toolButton(actions.find, false, bar));
    const auto resize = [this, bar] {
        bar->setMinimumHeight(app_.theme.px(measure::kBar));
        number_->setFixedWidth(app_.theme.px(48));
        for (QToolButton* button : bar->findChildren<QToolButton*>()) {
            button->setIconSize(QSize(app_.theme.px(16), app_.theme.px(16)));
        }
        zoom_->setMinimumWidth(zoom_->fontMetrics().horizontalAdvance(QStringLiteral("8888 %")));
    };
    resize();
    connect(&app_.theme, &Theme::changed, bar, resize);
    return bar;
}

QWidget* PagePane::makeFindBar() {
    findBar_ = new QWidget(this);
    setRole(findBar_, "bar");
    findText_ = new QLineEdit(findBar_);
    findText_->setPlaceholderText(tr("Find in this document"));
    findText_->setAccessibleName(tr("Find in this document"));
    findText_->setToolTip(tr("Enter goes to the next match, Esc closes"));
    found_ = new QLabel(findBar_);
    setRole(found_, "secondary");
    auto* keys = new EditorKeys(findText_);
    keys->onEnter = [this] {
        search(false, false);
    };
    const auto close = [this] {
        findBar_->hide();
        view_->find(QString());
        emit closed();
    };
    keys->onEscape = close;
    const auto button = [this](const QString& sign, const QString& name) {
        auto* made = new QToolButton(findBar_);
        made->setText(sign);
        made->setAccessibleName(name);
        made->setToolTip(name);
        return made;
    };
    auto* previous = button(QStringLiteral("‹"), tr("Previous match"));
    auto* next = button(QStringLiteral("›"), tr("Next match"));
    auto* end = button(QStringLiteral("×"), tr("Close (Esc)"));
    connect(findText_, &QLineEdit::textChanged, this, [this] { search(true, false); });
    connect(previous, &QToolButton::clicked, this, [this] { search(false, true); });
    connect(next, &QToolButton::clicked, this, [this] { search(false, false); });
    connect(end, &QToolButton::clicked, this, close);
    auto* layout = new QHBoxLayout(findBar_);
    layout->setContentsMargins(measure::kEdge, measure::kInside, measure::kEdge, measure::kInside);
    layout->setSpacing(measure::kUnit);
    layout->addWidget(findText_, 1);
    layout->addWidget(found_);
    layout->addWidget(previous);
    layout->addWidget(next);
    layout->addWidget(end);
    findBar_->hide();
    return findBar_;
}

void PagePane::setDocument(PageViewDocument document) {
    notice_->hide();
    findBar_->hide();
    view_->setDocument(std::move(document));
    refreshPage();
    refreshSelection();
}

void PagePane::clear() {
    notice_->hide();
    findBar_->hide();
    view_->clear();
    refreshPage();
    refreshSelection();
}

void PagePane::setUseText(const QString& text) {
    useText_ = text;
    refreshSelection();
}

void PagePane::refreshPage() {
    const QLocale locale;
    const auto count = static_cast<qlonglong>(view_->pageCount());
    if (!number_->hasFocus()) {
        number_->setText(count == 0
                             ? QString()
                             : locale.toString(static_cast<qlonglong>(view_->currentPage()) + 1));
    }
    number_->setEnabled(count > 0);
    count_->setText(tr("of %1").arg(locale.toString(count)));
    zoom_->setText(tr("%1 %").arg(locale.toString(std::lround(view_->zoom() * 100))));
}

void PagePane::refreshSelection() {
    const bool isUsable = !useText_.isEmpty() && !view_->selection().text.isEmpty();
    use_->setText(useText_);
    use_->setToolTip(tr("%1 (Ctrl+Enter)").arg(useText_));
    use_->setVisible(isUsable);
    placeUse();
    emit selectionUsable(isUsable);
}

void PagePane::placeUse() {
    const QSize size = use_->sizeHint().boundedTo(view_->size());
    use_->setGeometry(view_->x() + (view_->width() - size.width()) / 2,
                      view_->y() + view_->height() - size.height() - app_.theme.px(20),
                      size.width(),
                      size.height());
    use_->raise();
}

void PagePane::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeUse();
}

void PagePane::goToPageByKeyboard() {
    number_->setFocus(Qt::ShortcutFocusReason);
    number_->selectAll();
}

void PagePane::openFind() {
    findBar_->show();
    findText_->setFocus(Qt::ShortcutFocusReason);
    findText_->selectAll();
}

void PagePane::stepPage(int by) {
    const auto current = static_cast<std::ptrdiff_t>(view_->currentPage());
    const auto last = static_cast<std::ptrdiff_t>(view_->pageCount()) - 1;
    if (last >= 0) {
        view_->goToPage(
            static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(current + by, 0, last)));
    }
}

void PagePane::search(bool isNew, bool isBackwards) {
    const QString text = findText_->text();
    if (isNew) {
        const int matches = view_->find(text);
        found_->setText(text.isEmpty() ? QString() : tr("%n matches", nullptr, matches));
    } else if (!text.isEmpty()) {
        view_->findNext(isBackwards);
    }
}

} // namespace attest::gui
