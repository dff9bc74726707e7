#include "gui/review/row_controls.h"

#include "extract/normalise.h"
#include "gui/review/editor_keys.h"
#include "gui/review/flow_layout.h"
#include "gui/review/review_actions.h"
#include "gui/review/review_words.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "gui/widgets/key_button.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <optional>

namespace attest::gui {

namespace {

bool hasVerdict(const ReviewField& field, storage::Verdict verdict) {
    return field.review && field.review->verdict == verdict;
}

QToolButton* stepButton(QAction* action, const QString& sign, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setText(sign);
    button->setAccessibleName(action->text());
    button->setToolTip(
        QStringLiteral("%1 (%2)").arg(action->toolTip(), keyCapText(action->shortcut())));
    QObject::connect(button, &QToolButton::clicked, action, &QAction::trigger);
    return button;
}

} // namespace

RowControls::RowControls(const ReviewActions& actions, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , actions_(actions)
    , theme_(theme)
    , buttons_(new QWidget(this))
    , editor_(new QWidget(this))
    , flow_(new FlowLayout(buttons_)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buttons_);
    layout->addWidget(editor_);
    makeButtons();
    makeEditor();
    editor_->hide();
}

void RowControls::makeButtons() {
    flow_->setContentsMargins(0, 0, 0, 0);
    flow_->setSpacing(measure::kInside - 2);
    accept_ = new KeyButton(actions_.accept, theme_, buttons_);
    setRole(accept_, "primary");
    edit_ = new KeyButton(actions_.edit, theme_, buttons_);
    reject_ = new KeyButton(actions_.reject, theme_, buttons_);
    notStated_ = new KeyButton(actions_.notStated, theme_, buttons_);
    clear_ = new KeyButton(actions_.clear, theme_, buttons_);
    deleteRow_ = new KeyButton(actions_.deleteRow, theme_, buttons_);
    toggle_ = new QPushButton(buttons_);
    connect(toggle_, &QPushButton::clicked, this, &RowControls::toggleRequested);
    previous_ = stepButton(actions_.previousPlace, QStringLiteral("‹"), buttons_);
    next_ = stepButton(actions_.nextPlace, QStringLiteral("›"), buttons_);
    usePlace_ = new KeyButton(actions_.usePlace, theme_, buttons_);
    for (QWidget* widget : std::initializer_list<QWidget*>{accept_,
                                                           edit_,
                                                           reject_,
                                                           notStated_,
                                                           clear_,
                                                           deleteRow_,
                                                           toggle_,
                                                           previous_,
                                                           next_,
                                                           usePlace_}) {
        flow_->addWidget(widget);
    }
}

void RowControls::makeEditor() {
    line_ = new QLineEdit(editor_);
    choices_ = new QComboBox(editor_);
    normal_ = new QLabel(editor_);
    setRole(normal_, "secondary");
    normal_->setWordWrap(true);
    auto* save = new KeyButton(tr("Save"), QKeySequence(Qt::Key_Return), theme_, editor_);
    setRole(save, "primary");
    auto* cancel = new KeyButton(tr("Cancel"), QKeySequence(Qt::Key_Escape), theme_, editor_);

    auto* inputs = new QHBoxLayout;
    inputs->setSpacing(measure::kInside - 2);
    inputs->addWidget(line_, 1);
    inputs->addWidget(choices_, 1);
    inputs->addWidget(save);
    inputs->addWidget(cancel);
    auto* layout = new QVBoxLayout(editor_);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(measure::kUnit);
    layout->addLayout(inputs);
    layout->addWidget(normal_);

    for (QWidget* widget : {static_cast<QWidget*>(line_), static_cast<QWidget*>(choices_)}) {
        auto* keys = new EditorKeys(widget);
        keys->onEnter = [this] {
            submit();
        };
        keys->onEscape = [this] {
            stopEditing();
        };
    }
    connect(line_, &QLineEdit::textChanged, this, &RowControls::refreshNormal);
    connect(save, &QPushButton::clicked, this, &RowControls::submit);
    connect(cancel, &QPushButton::clicked, this, &RowControls::stopEditing);
}

void RowControls::showValue(const ReviewModel& model, std::size_t index) {
    const ReviewField& field = model.fields()[index];
    const bool isDeleted = model.records()[field.record].isDeleted;
    const bool isCorrected = hasVerdict(field, storage::Verdict::Corrected);
    const bool isAccepted = hasVerdict(field, storage::Verdict::Accepted);
    accept_->setVisible(field.machine && !isDeleted && !isAccepted);
    accept_->setText(isCorrected ? tr("Use machine value") : actions_.accept->text());
    setRole(accept_, isCorrected ? "" : "primary");
    edit_->setVisible(!isDeleted);
    edit_->setText(field.machine || isCorrected ? actions_.edit->text() : tr("Fill in"));
    setRole(edit_, field.machine || isCorrected ? "" : "primary");
    reject_->setVisible(field.machine && !isDeleted &&
                        !hasVerdict(field, storage::Verdict::Rejected));
    notStated_->setVisible(!isDeleted);
    clear_->setVisible(model.isDecided(index) && !isDeleted);
    deleteRow_->setVisible(isDeleted);
    deleteRow_->setText(tr("Restore row"));
    toggle_->hide();
    emit heightChanged();
}

void RowControls::showRecord(const ReviewModel& model, std::size_t index, bool isExpanded) {
    const ReviewRecord& record = model.records()[index];
    int undecided = 0;
    for (const std::size_t field : record.fields) {
        undecided += model.fields()[field].machine && !model.isDecided(field) ? 1 : 0;
    }
    accept_->setVisible(undecided > 0 && !record.isDeleted);
    accept_->setText(tr("Accept all %n", nullptr, undecided));
    setRole(accept_, "");
    edit_->hide();
    reject_->hide();
    notStated_->hide();
    clear_->hide();
    deleteRow_->setVisible(!record.group.empty());
    deleteRow_->setText(record.isDeleted ? tr("Restore row") : tr("Delete row"));
    toggle_->show();
    toggle_->setText(isExpanded ? tr("Close") : tr("Open"));
    toggle_->setToolTip(isExpanded ? tr("Close the record (←)") : tr("Open the record (→)"));
    setPlaces(0, false);
}

void RowControls::setPlaces(int count, bool isElsewhere) {
    const bool hasSteps = count > 1 || isElsewhere;
    previous_->setVisible(hasSteps);
    next_->setVisible(hasSteps);
    usePlace_->setVisible(isElsewhere);
    emit heightChanged();
}

void RowControls::startEditing(const ReviewModel& model, std::size_t index) {
    const ReviewField& field = model.fields()[index];
    const AskedField& asked = model.askedOf(field);
    const QString text = fromUtf8(model.finalValue(index).text.value_or(""));
    const QString title = fieldTitle(asked.name);
    normalise_ = asked.normalise;
    const bool isChoice = !asked.choices.empty();
    line_->setVisible(!isChoice);
    choices_->setVisible(isChoice);
    line_->setAccessibleName(title);
    choices_->setAccessibleName(title);
    if (isChoice) {
        choices_->clear();
        for (const std::string& choice : asked.choices) {
            choices_->addItem(fromUtf8(choice));
        }
        choices_->setCurrentIndex(std::max(choices_->findText(text), 0));
    } else {
        line_->setText(text);
        line_->selectAll();
        line_->setPlaceholderText(asked.normalise == extract::Normalise::Date
                                      ? tr("a date as it is written, or 2024-03-05")
                                      : tr("the text as it stands in the document"));
        line_->setToolTip(fromUtf8(asked.description));
    }
    refreshNormal();
    isEditing_ = true;
    buttons_->hide();
    editor_->show();
    emit heightChanged();
    (isChoice ? static_cast<QWidget*>(choices_) : line_)->setFocus(Qt::ShortcutFocusReason);
}

void RowControls::stopEditing() {
    if (!isEditing_) {
        return;
    }
    isEditing_ = false;
    editor_->hide();
    buttons_->show();
    emit heightChanged();
    emit editingEnded();
}

QString RowControls::editorText() const {
    return choices_->isVisibleTo(editor_) ? choices_->currentText() : line_->text();
}

void RowControls::submit() {
    const QString text = editorText().simplified();
    if (text.isEmpty()) {
        normal_->setVisible(true);
        normal_->setText(tr("Write a text, or choose “Not stated” or “Reject” instead."));
        emit heightChanged();
        return;
    }
    emit submitted(text);
    stopEditing();
}

void RowControls::refreshNormal() {
    const bool hasRule = normalise_ != extract::Normalise::None && line_->isVisibleTo(editor_);
    const bool wasVisible = normal_->isVisibleTo(editor_);
    normal_->setVisible(hasRule && !line_->text().isEmpty());
    if (hasRule) {
        const QByteArray text = line_->text().toUtf8();
        const auto normal = extract::normalise(
            normalise_, std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
        QString words = tr("No normal form: it is kept as written");
        if (normal) {
            words = fromUtf8(normal->comparator) +
                    (normal->comparator.empty() ? QString() : QStringLiteral(" ")) +
                    fromUtf8(normal->text);
            if (!normal->unit.empty()) {
                words += QStringLiteral(" · ") + fromUtf8(normal->unit);
            }
            words = normal->isAmbiguous ? tr("Read as %1; another reading is possible").arg(words)
                                        : tr("Read as %1").arg(words);
        }
        normal_->setText(words);
    }
    if (wasVisible != normal_->isVisibleTo(editor_)) {
        emit heightChanged();
    }
}

int RowControls::heightFor(int width) const {
    if (!isEditing_) {
        return flow_->heightForWidth(width);
    }
    const QLayout* layout = editor_->layout();
    return layout->hasHeightForWidth() ? layout->totalHeightForWidth(width)
                                       : editor_->sizeHint().height();
}

QWidget* RowControls::notStatedButton() const {
    return notStated_;
}

} // namespace attest::gui
