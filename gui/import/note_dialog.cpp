#include "gui/import/note_dialog.h"

#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "gui/widgets/key_button.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace attest::gui {

namespace {

constexpr qsizetype kMostClipboard = 4 << 20; // characters; more is a file, not a note

} // namespace

NoteDialog::NoteDialog(const Theme& theme, QWidget* parent)
    : QDialog(parent)
    , name_(new QLineEdit)
    , text_(new QPlainTextEdit)
    , add_(new KeyButton(tr("Add note"), QKeySequence(Qt::CTRL | Qt::Key_Return), theme, this))
    , cancel_(new QPushButton(tr("Cancel"))) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Paste note"));
    resize(theme.px(640), theme.px(480));
    setRole(add_, "primary");
    name_->setPlaceholderText(tr("Name (optional)"));
    name_->setAccessibleName(tr("Name of the note"));
    name_->setMaxLength(200);
    text_->setPlaceholderText(tr("Paste or type the text of a note."));
    text_->setAccessibleName(tr("Text of the note"));
    text_->setTabChangesFocus(true);
    const QMimeData* clipboard = QApplication::clipboard()->mimeData();
    if (clipboard != nullptr && clipboard->hasText() && !clipboard->hasUrls()) {
        const QString pasted = clipboard->text();
        if (pasted.size() <= kMostClipboard) {
            text_->setPlainText(pasted);
        }
    }
    auto* lead =
        new QLabel(tr("The text is kept in your library and read like any other document."));
    setRole(lead, "muted");
    lead->setWordWrap(true);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel_);
    buttons->addWidget(add_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(
        measure::kBetween, measure::kBetween, measure::kBetween, measure::kBetween);
    layout->setSpacing(measure::kEdge);
    layout->addWidget(lead);
    layout->addWidget(name_);
    layout->addWidget(text_, 1);
    layout->addLayout(buttons);
    const auto refresh = [this] {
        add_->setEnabled(!text_->toPlainText().trimmed().isEmpty());
    };
    refresh();
    connect(text_, &QPlainTextEdit::textChanged, this, [this, refresh] {
        refresh();
        isDiscardAsked_ = false;
        cancel_->setText(tr("Cancel"));
    });
    connect(add_, &QPushButton::clicked, this, &NoteDialog::add);
    connect(cancel_, &QPushButton::clicked, this, &NoteDialog::reject);
    for (const auto key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | key), this);
        connect(shortcut, &QShortcut::activated, this, &NoteDialog::add);
    }
    text_->setFocus();
}

void NoteDialog::reject() {
    const bool isTyped =
        text_->document()->isModified() && !text_->toPlainText().trimmed().isEmpty();
    if (isTyped && !isDiscardAsked_) {
        isDiscardAsked_ = true;
        cancel_->setText(tr("Throw the text away"));
        cancel_->setFocus();
        return;
    }
    QDialog::reject();
}

void NoteDialog::add() {
    if (add_->isEnabled()) {
        emit noteReady(text_->toPlainText(), name_->text());
        accept();
    }
}

} // namespace attest::gui
