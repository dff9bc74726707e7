#include "gui/templates/choices_edit.h"

#include "gui/review/flow_layout.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/tokens.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace attest::gui {

ChoicesEdit::ChoicesEdit(QWidget* parent)
    : QWidget(parent), chips_(new QWidget), flow_(new FlowLayout(chips_)), input_(new QLineEdit) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(chips_);
    layout->addWidget(input_);
    flow_->setContentsMargins(0, 0, 0, 0);
    flow_->setSpacing(measure::kUnit);
    input_->setPlaceholderText(tr("Add a value, then Enter"));
    input_->setAccessibleName(tr("Add a choice"));
    input_->setToolTip(tr("Enter or a comma adds; Backspace takes the last one away"));
    input_->installEventFilter(this);
    connect(input_, &QLineEdit::returnPressed, this, [this] {
        take(input_->text());
        input_->clear();
    });
    connect(input_, &QLineEdit::textEdited, this, [this](const QString& text) {
        if (text.contains(QLatin1Char(','))) {
            take(text);
            input_->clear();
        }
    });
}

void ChoicesEdit::setChoices(const QStringList& choices) {
    if (choices != choices_) {
        choices_ = choices;
        refresh();
    }
}

void ChoicesEdit::setReadOnly(bool isReadOnly) {
    isReadOnly_ = isReadOnly;
    input_->setVisible(!isReadOnly);
    refresh();
}

void ChoicesEdit::take(const QString& text) {
    bool isChanged = false;
    for (const QString& part : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const QString choice = part.simplified();
        if (!choice.isEmpty() && !choices_.contains(choice)) {
            choices_.append(choice);
            isChanged = true;
        }
    }
    if (isChanged) {
        refresh();
        emit edited(choices_);
    }
}

void ChoicesEdit::remove(qsizetype index) {
    if (isReadOnly_ || index < 0 || index >= choices_.size()) {
        return;
    }
    choices_.removeAt(index);
    refresh();
    emit edited(choices_);
}

void ChoicesEdit::refresh() {
    while (QLayoutItem* item = flow_->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // it may be the one being clicked
        delete item;
    }
    for (qsizetype i = 0; i < choices_.size(); ++i) {
        auto* chip = new QPushButton(
            isReadOnly_ ? choices_[i] : choices_[i] + QStringLiteral("  ×"), chips_);
        setRole(chip, "chip");
        chip->setAccessibleName(isReadOnly_ ? choices_[i] : tr("Remove %1").arg(choices_[i]));
        chip->setToolTip(isReadOnly_ ? choices_[i] : tr("Remove “%1”").arg(choices_[i]));
        chip->setEnabled(!isReadOnly_);
        connect(chip, &QPushButton::clicked, this, [this, i] { remove(i); });
        flow_->addWidget(chip);
        chip->show();
    }
    chips_->setVisible(!choices_.isEmpty());
    chips_->updateGeometry();
}

bool ChoicesEdit::eventFilter(QObject* watched, QEvent* event) {
    if (watched == input_ && event->type() == QEvent::KeyPress && input_->text().isEmpty()) {
        const auto* key = dynamic_cast<QKeyEvent*>(event);
        if (key != nullptr && key->key() == Qt::Key_Backspace) {
            remove(choices_.size() - 1);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace attest::gui
