#include "gui/review/key_sheet.h"

#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"

#include <QApplication>
#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace attest::gui {

KeySheet::KeySheet(const std::vector<KeySection>& sections, const Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), card_(new QFrame(this)) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Keys of the review"));
    setRole(card_, "card");
    auto* content = new QWidget;
    setRole(content, "surface");
    auto* columns = new QHBoxLayout(content);
    columns->setSpacing(2 * measure::kBetween);
    QVBoxLayout* column = nullptr;
    for (std::size_t i = 0; i < sections.size(); ++i) {
        if (i % 2 == 0) {
            column = new QVBoxLayout;
            column->setSpacing(measure::kBetween);
            columns->addLayout(column, 1);
        }
        auto* grid = new QGridLayout;
        grid->setHorizontalSpacing(measure::kEdge);
        grid->setVerticalSpacing(measure::kUnit + 2);
        grid->setColumnStretch(1, 1);
        auto* title = new QLabel(sections[i].title, content);
        setRole(title, "heading");
        grid->addWidget(title, 0, 0, 1, 2);
        int row = 1;
        for (const KeyLine& line : sections[i].lines) {
            auto* keys = new QLabel(line.keys, content);
            setRole(keys, "keycap");
            auto* text = new QLabel(line.text, content);
            text->setWordWrap(true);
            grid->addWidget(keys, row, 0, Qt::AlignLeft | Qt::AlignTop);
            grid->addWidget(text, row, 1, Qt::AlignTop);
            ++row;
        }
        column->addLayout(grid);
        if (i % 2 == 1 || i + 1 == sections.size()) {
            column->addStretch(1);
        }
    }
    auto* scroll = new QScrollArea(card_);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* heading = new QLabel(tr("Keys"), card_);
    setRole(heading, "title");
    auto* close = new QPushButton(tr("Close"), card_);
    close->setToolTip(tr("Close (Esc)"));
    connect(close, &QPushButton::clicked, this, &KeySheet::close);
    auto* top = new QHBoxLayout;
    top->addWidget(heading, 1);
    top->addWidget(close);
    auto* rows = new QVBoxLayout(card_);
    rows->setContentsMargins(measure::kBetween, measure::kEdge, measure::kBetween, measure::kEdge);
    rows->addLayout(top);
    rows->addWidget(scroll, 1);
    parent->installEventFilter(this);
    hide();
}

void KeySheet::open() {
    focusBefore_ = QApplication::focusWidget();
    setGeometry(parentWidget()->rect());
    const int margin = theme_.px(24);
    const QSize room = size() - QSize(2 * margin, 2 * margin);
    const QSize wanted(theme_.px(1080), theme_.px(620));
    QRect area(QPoint(0, 0), wanted.boundedTo(room));
    area.moveCenter(rect().center());
    card_->setGeometry(area);
    show();
    raise();
    setFocus(Qt::PopupFocusReason);
}

void KeySheet::close() {
    hide();
    if (focusBefore_ != nullptr && parentWidget()->isAncestorOf(focusBefore_)) {
        focusBefore_->setFocus();
    } else {
        parentWidget()->setFocus();
    }
}

bool KeySheet::event(QEvent* event) {
    switch (event->type()) {
    case QEvent::ShortcutOverride:
        event->accept(); // no command works behind the sheet
        return true;
    case QEvent::KeyPress: {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const bool isModifier = key == Qt::Key_Shift || key == Qt::Key_Control ||
                                key == Qt::Key_Alt || key == Qt::Key_Meta;
        if (key == Qt::Key_Tab || key == Qt::Key_Backtab) {
            break;
        }
        if (!isModifier) {
            close();
        }
        return true;
    }
    case QEvent::MouseButtonPress:
        if (!card_->geometry().contains(static_cast<QMouseEvent*>(event)->pos())) {
            close();
        }
        return true;
    default:
        break;
    }
    return QWidget::event(event);
}

bool KeySheet::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) {
        QWidget* before = focusBefore_;
        open();
        focusBefore_ = before;
    }
    return QWidget::eventFilter(watched, event);
}

void KeySheet::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    QColor veil = theme_.color(Token::Background);
    veil.setAlphaF(0.8F);
    painter.fillRect(rect(), veil);
}

} // namespace attest::gui
