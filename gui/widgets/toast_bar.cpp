#include "gui/widgets/toast_bar.h"

#include "gui/theme/style_sheet.h"
#include "gui/theme/tokens.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>
#include <chrono>

namespace attest::gui {

namespace {

using namespace std::chrono_literals;

constexpr auto kShown = 8s;

} // namespace

ToastBar::ToastBar(QWidget* parent)
    : QFrame(parent), text_(new QLabel(this)), action_(new QPushButton(this)) {
    setRole(this, "card");
    text_->setWordWrap(true);
    auto* close = new QPushButton(tr("Dismiss"), this);
    setRole(close, "quiet");
    setRole(action_, "quiet");
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(
        measure::kBetween, measure::kInside, measure::kInside, measure::kInside);
    layout->addWidget(text_, 1);
    layout->addWidget(action_);
    layout->addWidget(close);
    hide();
    parent->installEventFilter(this);
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &QWidget::hide);
    connect(close, &QPushButton::clicked, this, &QWidget::hide);
    connect(action_, &QPushButton::clicked, this, [this] {
        hide();
        if (toast_.action) {
            toast_.action();
        }
    });
}

void ToastBar::showToast(const Toast& toast) {
    toast_ = toast;
    text_->setText(toast.text);
    action_->setText(toast.actionText);
    action_->setVisible(!toast.actionText.isEmpty());
    setAccessibleName(toast.text);
    place();
    show();
    raise();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    timer_.start(kShown);
}

bool ToastBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) {
        place();
    }
    return QFrame::eventFilter(watched, event);
}

void ToastBar::enterEvent(QEnterEvent*) {
    timer_.stop();
}

void ToastBar::leaveEvent(QEvent*) {
    timer_.start(kShown);
}

void ToastBar::place() {
    const QRect area = parentWidget()->rect();
    const int widest = area.width() - 4 * measure::kBetween;
    const int width = std::clamp(sizeHint().width(), std::min(360, widest), widest);
    const int height = std::max(heightForWidth(width), sizeHint().height());
    setGeometry((area.width() - width) / 2,
                area.height() - height - measure::kStatusBar - measure::kBetween,
                width,
                height);
}

} // namespace attest::gui
