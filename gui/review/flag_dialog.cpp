#include "gui/review/flag_dialog.h"

#include "gui/theme/style_sheet.h"
#include "gui/theme/tokens.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace attest::gui {

namespace {

constexpr int kMostCharacters = 2000;

} // namespace

FlagDialog::FlagDialog(const QString& field, const QString& note, bool isFlagged, QWidget* parent)
    : QDialog(parent), note_(new QLineEdit(note, this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Flag %1").arg(field));
    auto* label = new QLabel(tr("&Note for whoever looks at this value next:"), this);
    label->setBuddy(note_);
    note_->setAccessibleName(tr("Note"));
    note_->setMaxLength(kMostCharacters);
    note_->setMinimumWidth(360);
    auto* set = new QPushButton(isFlagged ? tr("Keep flag") : tr("Flag"), this);
    setRole(set, "primary");
    set->setDefault(true);
    set->setToolTip(tr("Flag the value with this note (Enter)"));
    auto* remove = new QPushButton(tr("Remove flag"), this);
    remove->setToolTip(tr("Take flag and note away"));
    remove->setVisible(isFlagged);
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setToolTip(tr("Change nothing (Esc)"));
    connect(set, &QPushButton::clicked, this, [this] { decide(true); });
    connect(remove, &QPushButton::clicked, this, [this] {
        note_->clear();
        decide(false);
    });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(remove);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(set);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(
        measure::kBetween, measure::kBetween, measure::kBetween, measure::kBetween);
    rows->setSpacing(measure::kInside);
    rows->addWidget(label);
    rows->addWidget(note_);
    rows->addSpacing(measure::kInside);
    rows->addLayout(buttons);
}

void FlagDialog::decide(bool isFlagged) {
    emit decided(isFlagged, note_->text().trimmed());
    accept();
}

} // namespace attest::gui
