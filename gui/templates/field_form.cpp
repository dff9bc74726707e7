#include "gui/templates/field_form.h"

#include "gui/templates/choices_edit.h"
#include "gui/templates/draft_state.h"
#include "gui/templates/field_tree.h"
#include "gui/templates/value_forms.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QStyledItemDelegate>

#include <utility>

namespace attest::gui {

namespace {

using extract::DraftField;
using extract::FieldKind;

QStringList fromStrings(const std::vector<std::string>& strings) {
    QStringList list;
    for (const std::string& string : strings) {
        list.append(QString::fromStdString(string));
    }
    return list;
}

} // namespace

FieldForm::FieldForm(DraftState& state, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , state_(state)
    , theme_(theme)
    , form_(new QFormLayout(this))
    , name_(new QLineEdit)
    , type_(new QComboBox)
    , kind_(new QLabel)
    , required_(new QCheckBox(tr("Required ★: never “not stated”")))
    , description_(new QPlainTextEdit)
    , choices_(new ChoicesEdit(this))
    , extent_(new QComboBox)
    , pattern_(new QComboBox)
    , anchor_(new QCheckBox(tr("Anchor: names the record")))
    , identifier_(new QCheckBox(tr("Identifier: points to a person")))
    , issues_(new QLabel) {
    form_->setContentsMargins(measure::kBetween, measure::kEdge, measure::kBetween, measure::kEdge);
    form_->setVerticalSpacing(measure::kInside);
    form_->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const FieldType type : {FieldType::Text,
                                 FieldType::Number,
                                 FieldType::Quantity,
                                 FieldType::Date,
                                 FieldType::Choice,
                                 FieldType::TextList,
                                 FieldType::Group,
                                 FieldType::Other}) {
        type_->addItem(typeName(type), static_cast<int>(type));
    }
    for (const auto& [text, boundary] :
         {std::pair{tr("Words"), extract::Boundary::Word},
          std::pair{tr("Whole lines"), extract::Boundary::Line},
          std::pair{tr("Whole sentences"), extract::Boundary::Sentence}}) {
        extent_->addItem(text, static_cast<int>(boundary));
    }
    for (const ValueForm& form : valueForms()) {
        pattern_->addItem(form.name, form.pattern);
    }
    pattern_->setEditable(true);
    // The rows of the style sheet, not the small ones of an editable box.
    pattern_->setItemDelegate(new QStyledItemDelegate(pattern_));
    pattern_->setInsertPolicy(QComboBox::NoInsert);
    pattern_->setCompleter(nullptr);
    pattern_->lineEdit()->setPlaceholderText(pattern_->itemText(0));
    description_->setTabChangesFocus(true);
    description_->setPlaceholderText(tr("What to look for, as you would tell a colleague"));
    setRole(kind_, "secondary");
    kind_->setWordWrap(true);
    issues_->setWordWrap(true);
    form_->addRow(issues_);
    form_->addRow(tr("Name"), name_);
    form_->addRow(tr("Type"), type_);
    form_->addRow(kind_);
    form_->addRow(tr("Choices"), choices_);
    form_->addRow(tr("Description"), description_);
    form_->addRow(tr("Takes"), extent_);
    form_->addRow(tr("Form"), pattern_);
    form_->addRow(required_);
    form_->addRow(anchor_);
    form_->addRow(identifier_);
    const std::pair<QWidget*, QString> tips[] = {
        {name_, tr("Name of the field, and of its column in exports")},
        {type_, tr("What the value is")},
        {description_, tr("Is told to the model with the name")},
        {extent_, tr("Where a value may begin and end")},
        {pattern_,
         tr("Only what has this form is read. Choose one, or write a regular expression: "
            "^[A-Z]{2}-[0-9]+$")},
        {required_, tr("The model must always give a value")},
        {anchor_, tr("Each record of the group begins with its anchor; exactly one field is it")},
        {identifier_, tr("Exports name these columns before they write them")}};
    for (const auto& [widget, tip] : tips) {
        widget->setToolTip(tip);
        if (QLabel* label = qobject_cast<QLabel*>(form_->labelForField(widget)); label != nullptr) {
            widget->setAccessibleName(label->text());
        }
        widget->setAccessibleDescription(tip);
    }
    // What is written into stands inside the box and is spoken of on its own.
    pattern_->lineEdit()->setAccessibleName(pattern_->accessibleName());
    pattern_->lineEdit()->setAccessibleDescription(pattern_->accessibleDescription());

    connect(&state_, &DraftState::changed, this, &FieldForm::refresh);
    connect(&state_, &DraftState::selectionChanged, this, &FieldForm::refresh);
    connect(&theme, &Theme::changed, this, &FieldForm::refresh);
    connect(name_, &QLineEdit::textEdited, this, [this](const QString& text) {
        edit(tr("Rename field"), QStringLiteral("name"), [&](DraftField& field) {
            field.name = text.toStdString();
        });
    });
    connect(type_, &QComboBox::activated, this, [this] {
        const auto type = static_cast<FieldType>(type_->currentData().toInt());
        edit(tr("Change type"), {}, [&](DraftField& field) { setType(field, type); });
    });
    connect(description_, &QPlainTextEdit::textChanged, this, [this] {
        edit(tr("Describe field"), QStringLiteral("description"), [&](DraftField& field) {
            field.description = description_->toPlainText().toStdString();
        });
    });
    connect(choices_, &ChoicesEdit::edited, this, [this](const QStringList& choices) {
        edit(tr("Change choices"), {}, [&](DraftField& field) {
            field.choices.clear();
            for (const QString& choice : choices) {
                field.choices.push_back(choice.toStdString());
            }
        });
    });
    connect(extent_, &QComboBox::activated, this, [this] {
        edit(tr("Change extent"), {}, [&](DraftField& field) {
            field.boundary = static_cast<extract::Boundary>(extent_->currentData().toInt());
        });
    });
    const auto setPattern = [this](const QString& pattern, const QString& mergeKey) {
        edit(tr("Change form"), mergeKey, [&](DraftField& field) {
            field.pattern = pattern.toStdString();
        });
    };
    connect(pattern_, &QComboBox::activated, this, [this, setPattern](int index) {
        setPattern(pattern_->itemData(index).toString(), {});
    });
    connect(pattern_->lineEdit(), &QLineEdit::textEdited, this, [setPattern](const QString& text) {
        setPattern(text, QStringLiteral("pattern"));
    });
    connect(required_, &QCheckBox::toggled, this, [this](bool isOn) {
        edit(tr("Change required"), {}, [&](DraftField& field) { field.isNullable = !isOn; });
    });
    connect(identifier_, &QCheckBox::toggled, this, [this](bool isOn) {
        edit(tr("Change identifier"), {}, [&](DraftField& field) { field.isIdentifier = isOn; });
    });
    connect(anchor_, &QCheckBox::toggled, this, &FieldForm::setAnchor);
    refresh();
}

void FieldForm::focusName() {
    name_->setFocus();
    name_->selectAll();
}

void FieldForm::edit(const QString& what,
                     const QString& key,
                     const std::function<void(DraftField&)>& change) {
    if (isShowing_) {
        return;
    }
    const DraftPath path = state_.selected();
    const QString mergeKey =
        key.isEmpty() ? QString()
                      : QStringLiteral("%1 %2 %3").arg(key).arg(path.field).arg(path.inner);
    state_.change(what, mergeKey, [&](extract::TemplateDraft& draft) {
        if (DraftField* field = fieldAt(draft, path); field != nullptr) {
            change(*field);
        }
        return path;
    });
}

// A group has one anchor: the one before steps back.
void FieldForm::setAnchor(bool isAnchor) {
    if (isShowing_) {
        return;
    }
    const DraftPath path = state_.selected();
    state_.change(tr("Change anchor"), {}, [&](extract::TemplateDraft& draft) {
        if (DraftField* group = fieldAt(draft, {path.field, -1}); group != nullptr) {
            for (DraftField& field : group->fields) {
                field.isAnchor = false;
            }
        }
        if (DraftField* field = fieldAt(draft, path); field != nullptr) {
            field->isAnchor = isAnchor;
            field->isNullable = field->isNullable && !isAnchor;
        }
        return path;
    });
}

// By its name where it has one. What is being written stays as it is written.
void FieldForm::showPattern(const QString& pattern) {
    if (pattern_->lineEdit()->isModified() && pattern_->currentText() == pattern) {
        return;
    }
    const int known = pattern_->findData(pattern);
    pattern_->setCurrentIndex(known);
    pattern_->setEditText(known < 0 ? pattern : pattern_->itemText(known));
    pattern_->lineEdit()->setCursorPosition(0);
}

void FieldForm::refresh() {
    const bool wasShowing = std::exchange(isShowing_, true);
    const DraftField* field = fieldAt(state_.draft(), state_.selected());
    setEnabled(field != nullptr);
    const DraftField shown = field == nullptr ? DraftField() : *field;
    const FieldType type = typeOf(shown);
    const bool isEditable = !state_.isReadOnly();
    const bool isRead = shown.kind == FieldKind::Verbatim;
    const bool isList = type == FieldType::Group || type == FieldType::TextList;
    const QString name = QString::fromStdString(shown.name);
    if (name_->text() != name) {
        name_->setText(name);
    }
    const QString description = QString::fromStdString(shown.description);
    if (description_->toPlainText() != description) {
        description_->setPlainText(description);
    }
    type_->setCurrentIndex(type_->findData(static_cast<int>(type)));
    kind_->setText(type == FieldType::Choice ? tr("Judged: chosen by the model, with the place of "
                                                  "its record as evidence.")
                   : type == FieldType::Group
                       ? tr("One record for each time it is mentioned, in the order of the "
                            "document.")
                   : type == FieldType::Other
                       ? tr("Can be changed in the JSON view only.")
                       : tr("Read: copied from the document, word for word."));
    choices_->setChoices(fromStrings(shown.choices));
    choices_->setReadOnly(!isEditable);
    extent_->setCurrentIndex(extent_->findData(static_cast<int>(shown.boundary)));
    showPattern(QString::fromStdString(shown.pattern));
    required_->setChecked(!shown.isNullable);
    anchor_->setChecked(shown.isAnchor);
    identifier_->setChecked(shown.isIdentifier);
    const auto showRow = [this](QWidget* widget, bool isShown) {
        widget->setVisible(isShown);
        if (QWidget* label = form_->labelForField(widget); label != nullptr) {
            label->setVisible(isShown);
        }
    };
    showRow(choices_, type == FieldType::Choice);
    showRow(extent_, type == FieldType::Text);
    showRow(pattern_, isRead);
    showRow(required_, !isList && type != FieldType::Other);
    showRow(anchor_, isRead && state_.selected().inner >= 0);
    showRow(identifier_, isRead || type == FieldType::Choice);
    required_->setEnabled(isEditable && !shown.isAnchor);
    for (QWidget* widget : {static_cast<QWidget*>(type_),
                            static_cast<QWidget*>(extent_),
                            static_cast<QWidget*>(pattern_),
                            static_cast<QWidget*>(anchor_),
                            static_cast<QWidget*>(identifier_)}) {
        widget->setEnabled(isEditable);
    }
    name_->setReadOnly(!isEditable);
    description_->setReadOnly(!isEditable);
    description_->setFixedHeight(theme_.px(84));
    showIssues();
    isShowing_ = wasShowing;
}

void FieldForm::showIssues() {
    QStringList lines;
    bool isBad = false;
    for (const DraftIssue& issue : state_.issues()) {
        if (issue.path == state_.selected()) {
            lines.append((issue.isError ? QStringLiteral("! ") : QStringLiteral("? ")) +
                         issue.text);
            isBad = isBad || issue.isError;
        }
    }
    issues_->setText(lines.join(QLatin1Char('\n')));
    issues_->setVisible(!lines.isEmpty());
    setRole(issues_, isBad ? "bad" : "warn");
}

} // namespace attest::gui
