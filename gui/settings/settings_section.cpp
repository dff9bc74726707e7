#include "gui/settings/settings_section.h"

#include "gui/theme/style_sheet.h"
#include "gui/theme/tokens.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace attest::gui {

SettingsSection::SettingsSection(const QString& name,
                                 const QString& title,
                                 const QString& intro,
                                 QWidget* parent)
    : QWidget(parent), title_(title), layout_(new QVBoxLayout(this)) {
    setObjectName(name);
    setAccessibleName(title);
    layout_->setContentsMargins(
        2 * measure::kEdge, measure::kBetween, 2 * measure::kEdge, 2 * measure::kEdge);
    layout_->setSpacing(measure::kInside);
    auto* heading = new QLabel(title);
    setRole(heading, "title");
    layout_->addWidget(heading);
    if (!intro.isEmpty()) {
        auto* text = new QLabel(intro);
        setRole(text, "muted");
        text->setWordWrap(true);
        layout_->addWidget(text);
    }
    layout_->addStretch(1);
}

void SettingsSection::beginGroup(const QString& heading) {
    auto* label = new QLabel(heading);
    setRole(label, "heading");
    label->setVisible(!heading.isEmpty());
    card_ = new QFrame;
    setRole(card_, "card");
    auto* rows = new QVBoxLayout(card_);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    const int before = layout_->count() - (restore_ == nullptr ? 1 : 2);
    layout_->insertSpacing(before, measure::kInside);
    layout_->insertWidget(before + 1, label);
    layout_->insertWidget(before + 2, card_);
    groups_.emplace_back(label, card_);
}

void SettingsSection::addRow(const QString& label, const QString& hint, QWidget* control) {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(
        measure::kBetween, measure::kEdge, measure::kBetween, measure::kEdge);
    layout->setSpacing(measure::kBetween);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    auto* name = new QLabel(label);
    name->setBuddy(control);
    texts->addWidget(name);
    if (!hint.isEmpty()) {
        auto* line = new QLabel(hint);
        setRole(line, "secondary");
        line->setWordWrap(true);
        texts->addWidget(line);
        control->setAccessibleDescription(hint);
    }
    if (control->accessibleName().isEmpty()) {
        control->setAccessibleName(label);
    }
    if (control->toolTip().isEmpty()) {
        control->setToolTip(hint.isEmpty() ? label : hint);
    }
    layout->addLayout(texts, 3);
    layout->addWidget(control, 2, Qt::AlignRight | Qt::AlignVCenter);
    addToCard(row, label + QLatin1Char(' ') + hint);
}

void SettingsSection::addWide(QWidget* content, const QString& searchText) {
    auto* row = new QWidget;
    auto* layout = new QVBoxLayout(row);
    layout->setContentsMargins(
        measure::kBetween, measure::kEdge, measure::kBetween, measure::kEdge);
    layout->addWidget(content);
    addToCard(row, searchText);
}

void SettingsSection::addToCard(QWidget* widget, const QString& text) {
    if (card_ == nullptr) {
        beginGroup({});
    }
    QFrame* line = nullptr;
    if (card_->layout()->count() > 0) {
        line = new QFrame;
        setRole(line, "line");
        line->setFixedHeight(1);
        card_->layout()->addWidget(line);
    }
    card_->layout()->addWidget(widget);
    rows_.push_back({widget, text.toCaseFolded(), line, card_});
}

void SettingsSection::setRestore(std::function<void()> restore) {
    restore_ = new QPushButton(tr("Restore defaults"));
    restore_->setToolTip(tr("Sets everything in “%1” back to what it was at first").arg(title_));
    restore_->setAccessibleName(tr("Restore defaults of %1").arg(title_));
    layout_->insertWidget(layout_->count() - 1, restore_, 0, Qt::AlignLeft);
    connect(restore_, &QPushButton::clicked, this, [restore = std::move(restore)] { restore(); });
}

bool SettingsSection::filter(const QString& query) {
    const QStringList words = query.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const QString own = title_.toCaseFolded();
    bool isAnyLeft = false;
    for (auto& [label, card] : groups_) {
        bool isFirst = true;
        for (const Row& row : rows_) {
            if (row.card != card) {
                continue;
            }
            const bool isShown = std::all_of(words.begin(), words.end(), [&](const QString& word) {
                return own.contains(word) || row.text.contains(word) ||
                       label->text().toCaseFolded().contains(word);
            });
            row.widget->setVisible(isShown);
            if (row.line != nullptr) {
                row.line->setVisible(isShown && !isFirst);
            }
            isFirst = isFirst && !isShown;
        }
        card->setVisible(!isFirst);
        label->setVisible(!isFirst && !label->text().isEmpty());
        isAnyLeft = isAnyLeft || !isFirst;
    }
    return isAnyLeft;
}

} // namespace attest::gui
