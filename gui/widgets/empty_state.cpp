#include "gui/widgets/empty_state.h"

#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"

#include <QLabel>
#include <QLayoutItem>
#include <QPushButton>
#include <QVBoxLayout>

namespace attest::gui {

EmptyState::EmptyState(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , theme_(theme)
    , icon_(new QLabel(this))
    , title_(new QLabel(this))
    , text_(new QLabel(this))
    , buttons_(new QVBoxLayout) {
    setRole(title_, "title");
    setRole(text_, "muted");
    title_->setAlignment(Qt::AlignCenter);
    title_->setWordWrap(true);
    text_->setAlignment(Qt::AlignCenter);
    text_->setWordWrap(true);
    icon_->setAlignment(Qt::AlignCenter);
    buttons_->setSpacing(measure::kInside);
    buttons_->setAlignment(Qt::AlignHCenter);

    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(measure::kEdge);
    layout->setContentsMargins(
        2 * measure::kBetween, measure::kBetween, 2 * measure::kBetween, measure::kBetween);
    layout->addStretch(2);
    layout->addWidget(icon_);
    layout->addWidget(title_);
    layout->addWidget(text_);
    layout->addSpacing(measure::kInside);
    layout->addLayout(buttons_);
    layout->addStretch(3);
    connect(&theme, &Theme::changed, this, &EmptyState::refreshIcon);
}

void EmptyState::setContent(const QString& iconName, const QString& title, const QString& text) {
    iconName_ = iconName;
    title_->setText(title);
    text_->setText(text);
    setAccessibleName(title);
    setAccessibleDescription(text);
    while (QLayoutItem* item = buttons_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    refreshIcon();
}

QPushButton* EmptyState::addButton(const QString& text) {
    auto* button = new QPushButton(text, this);
    if (buttons_->count() == 0) {
        setRole(button, "primary");
    }
    buttons_->addWidget(button, 0, Qt::AlignHCenter);
    return button;
}

void EmptyState::refreshIcon() {
    const int size = theme_.px(40);
    icon_->setPixmap(
        theme_.icon(iconName_, Token::Muted).pixmap(QSize(size, size), devicePixelRatioF()));
}

} // namespace attest::gui
