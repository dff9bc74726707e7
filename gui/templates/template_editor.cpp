#include "gui/templates/template_editor.h"

#include "gui/templates/draft_state.h"
#include "gui/templates/field_form.h"
#include "gui/templates/field_tree.h"
#include "gui/templates/json_view.h"
#include "gui/templates/try_pane.h"
#include "gui/templates/versions_view.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "gui/widgets/key_button.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

#include <utility>

namespace attest::gui {

namespace {

// While it has the focus, its own undo is meant.
bool isTypingJson(const JsonView& json, const QWidget* focus) {
    return focus != nullptr && json.isAncestorOf(focus);
}

} // namespace

TemplateEditor::TemplateEditor(AppContext& app, QWidget* parent)
    : QWidget(parent)
    , app_(app)
    , state_(new DraftState(this))
    , title_(new QLineEdit)
    , description_(new QLineEdit)
    , about_(new QLabel)
    , save_(new KeyButton(tr("Save"), QKeySequence(QKeySequence::Save), app.theme, this))
    , duplicate_(new QPushButton(tr("Duplicate")))
    , remove_(new QPushButton(tr("Delete")))
    , undo_(new KeyButton(tr("Undo"), QKeySequence(QKeySequence::Undo), app.theme, this))
    , redo_(new KeyButton(
          tr("Redo"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), app.theme, this))
    , tabs_(new QTabWidget)
    , fields_(new FieldTree(*state_, app.theme, this))
    , form_(new FieldForm(*state_, app.theme, this))
    , issues_(new QListWidget)
    , json_(new JsonView(*state_, app.theme, this))
    , try_(new TryPane(app, *state_, this))
    , versions_(new VersionsView(app, *state_, this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    tabs_->addTab(makeFields(), tr("Fields"));
    tabs_->addTab(json_, tr("JSON"));
    tabs_->addTab(try_, tr("Try on a document"));
    tabs_->addTab(versions_, tr("Versions"));
    tabs_->setDocumentMode(true);
    tabs_->setAccessibleName(tr("Views of the template"));
    layout->addWidget(tabs_, 1);

    connect(state_, &DraftState::changed, this, [this] {
        refresh();
        if (!isLoading_) {
            emit draftChanged();
        }
    });
    connect(json_, &JsonView::problemChanged, this, &TemplateEditor::refresh);
    connect(title_, &QLineEdit::textEdited, this, [this](const QString& text) {
        state_->change(tr("Change title"), QStringLiteral("title"), [&](auto& draft) {
            draft.title = text.toStdString();
            return state_->selected();
        });
    });
    connect(description_, &QLineEdit::textEdited, this, [this](const QString& text) {
        state_->change(tr("Describe template"), QStringLiteral("about"), [&](auto& draft) {
            draft.description = text.toStdString();
            return state_->selected();
        });
    });
    const auto save = [this] {
        if (json_->apply() && save_->isEnabled()) {
            emit saveRequested();
        }
    };
    connect(save_, &QPushButton::clicked, this, save);
    connect(duplicate_, &QPushButton::clicked, this, &TemplateEditor::duplicateRequested);
    connect(remove_, &QPushButton::clicked, this, &TemplateEditor::removeRequested);
    connect(undo_, &QPushButton::clicked, &state_->undoStack(), &QUndoStack::undo);
    connect(redo_, &QPushButton::clicked, &state_->undoStack(), &QUndoStack::redo);
    const auto shortcut = [this](const QKeySequence& key, auto then) {
        auto* made = new QShortcut(key, this);
        made->setContext(Qt::WidgetWithChildrenShortcut);
        connect(made, &QShortcut::activated, this, then);
    };
    shortcut(QKeySequence::Save, save);
    shortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), [this] { tryNow(); });
    shortcut(QKeySequence::Undo, [this] {
        if (isTypingJson(*json_, focusWidget())) {
            json_->text().undo();
        } else {
            state_->undoStack().undo();
        }
    });
    shortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), [this] {
        if (isTypingJson(*json_, focusWidget())) {
            json_->text().redo();
        } else {
            state_->undoStack().redo();
        }
    });
    connect(issues_, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) {
        state_->select({item->data(Qt::UserRole).toInt(), item->data(Qt::UserRole + 1).toInt()});
        fields_->setFocus();
    });
    connect(issues_, &QListWidget::itemClicked, issues_, &QListWidget::itemActivated);
}

QWidget* TemplateEditor::makeHead() {
    auto* head = new QWidget;
    setRole(head, "surface");
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(
        measure::kBetween, measure::kInside, measure::kEdge, measure::kInside);
    column->setSpacing(measure::kUnit);
    auto* row = new QHBoxLayout;
    row->setSpacing(measure::kInside);
    title_->setAccessibleName(tr("Title of the template"));
    title_->setToolTip(tr("Title; the model is told it too"));
    title_->setMaxLength(120);
    title_->setFont(app_.theme.font(TextStyle::Heading));
    auto* exportButton = new QPushButton(tr("Export…"));
    exportButton->setToolTip(tr("Saves the template as a JSON file"));
    duplicate_->setToolTip(tr("Makes a copy that can be changed"));
    remove_->setToolTip(tr("Takes the template off the list; results keep their version"));
    setRole(save_, "primary");
    row->addWidget(title_, 1);
    for (QPushButton* button : {static_cast<QPushButton*>(undo_),
                                static_cast<QPushButton*>(redo_),
                                exportButton,
                                duplicate_,
                                remove_,
                                static_cast<QPushButton*>(save_)}) {
        row->addWidget(button);
    }
    connect(exportButton, &QPushButton::clicked, this, &TemplateEditor::exportRequested);
    column->addLayout(row);
    description_->setAccessibleName(tr("What the template is for"));
    description_->setToolTip(tr("What the template is for"));
    description_->setPlaceholderText(tr("What the template is for"));
    column->addWidget(description_);
    setRole(about_, "secondary");
    about_->setWordWrap(true);
    column->addWidget(about_);
    return head;
}

QWidget* TemplateEditor::makeFields() {
    auto* left = new QWidget;
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(fields_, 1);
    issues_->setAccessibleName(tr("What to mend or improve"));
    issues_->setToolTip(tr("Enter or a click goes to the field"));
    issues_->setWordWrap(true);
    issues_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(issues_);
    auto* bar = new QWidget;
    setRole(bar, "footer");
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(measure::kEdge, measure::kInside, measure::kEdge, measure::kInside);
    auto* add = new QPushButton(tr("Add field"));
    add->setToolTip(tr("Adds a field of that type below the selected one (Insert: text)"));
    add->setObjectName(QStringLiteral("addField"));
    auto* types = new QMenu(add);
    for (const FieldType type : {FieldType::Text,
                                 FieldType::Number,
                                 FieldType::Quantity,
                                 FieldType::Date,
                                 FieldType::Choice,
                                 FieldType::TextList,
                                 FieldType::Group}) {
        QAction* action = types->addAction(typeName(type));
        connect(action, &QAction::triggered, this, [this, type] {
            fields_->addField(type);
            form_->focusName();
        });
    }
    add->setMenu(types);
    auto* up = new QPushButton(QStringLiteral("↑"));
    up->setAccessibleName(tr("Move up"));
    up->setToolTip(tr("Move up (Alt+↑)"));
    auto* down = new QPushButton(QStringLiteral("↓"));
    down->setAccessibleName(tr("Move down"));
    down->setToolTip(tr("Move down (Alt+↓)"));
    auto* remove = new QPushButton(tr("Remove field"));
    remove->setToolTip(tr("Removes the selected field (Delete)"));
    connect(up, &QPushButton::clicked, this, [this] { fields_->moveSelected(-1); });
    connect(down, &QPushButton::clicked, this, [this] { fields_->moveSelected(1); });
    connect(remove, &QPushButton::clicked, fields_, &FieldTree::removeSelected);
    connect(
        state_, &DraftState::changed, bar, [this, bar] { bar->setEnabled(!state_->isReadOnly()); });
    row->addWidget(add);
    row->addWidget(up);
    row->addWidget(down);
    row->addStretch(1);
    row->addWidget(remove);
    column->addWidget(bar);

    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(form_);
    auto* split = new QSplitter(Qt::Horizontal);
    split->addWidget(left);
    split->addWidget(scroll);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setSizes({600, 360});
    split->setChildrenCollapsible(false);
    return split;
}

void TemplateEditor::setEntry(const GalleryEntry& entry) {
    const bool isOther = entry_.record.id != entry.record.id;
    entry_ = entry;
    const QString name = QString::fromStdString(entry.record.title);
    auto saved = extract::parseDraft(entry.record.json, entry.record.title);
    extract::TemplateDraft base =
        saved.ok() && !entry.isNew ? saved.value() : extract::TemplateDraft();
    extract::TemplateDraft draft = saved.ok() ? saved.value() : extract::TemplateDraft();
    std::optional<std::string> unread;
    if (entry.draftJson) {
        auto kept = extract::parseDraft(*entry.draftJson, entry.record.title);
        if (kept.ok()) {
            draft = std::move(kept).value();
        } else {
            unread = entry.draftJson; // unfinished: it goes into the JSON view as it stands
        }
    }
    base.id = entry.record.id;
    draft.id = entry.record.id;
    const bool wasLoading = std::exchange(isLoading_, true);
    state_->reset(std::move(base), std::move(draft), entry.isBuiltIn);
    if (unread) {
        json_->text().setPlainText(QString::fromStdString(*unread));
        json_->apply();
    }
    isLoading_ = wasLoading;
    versions_->setTemplate(entry.record.id);
    if (isOther) {
        try_->clear();
    }
    refresh();
}

void TemplateEditor::tryNow() {
    if (json_->apply()) {
        tabs_->setCurrentWidget(try_);
        try_->start();
    }
}

void TemplateEditor::refresh() {
    const extract::TemplateDraft& draft = state_->draft();
    const bool isReadOnly = state_->isReadOnly();
    const auto put = [](QLineEdit* edit, const std::string& text) {
        if (edit->text().toStdString() != text) {
            edit->setText(QString::fromStdString(text));
            edit->setCursorPosition(0);
        }
    };
    put(title_, draft.title);
    put(description_, draft.description);
    title_->setReadOnly(isReadOnly);
    description_->setReadOnly(isReadOnly);
    QStringList about;
    about << (isReadOnly     ? tr("Built in: duplicate it to change it")
              : entry_.isNew ? tr("Not saved yet")
                             : tr("Version %1").arg(entry_.record.version));
    if (entry_.runCount > 0) {
        about << (entry_.runCount == 1
                      ? tr("1 result came from it and keeps its version")
                      : tr("%1 results came from it and keep their version").arg(entry_.runCount));
    }
    if (state_->isModified() && !isReadOnly) {
        about << tr("● changed, kept as a draft until you save");
    }
    about_->setText(about.join(QStringLiteral(" · ")));
    undo_->setVisible(!isReadOnly);
    redo_->setVisible(!isReadOnly);
    save_->setVisible(!isReadOnly);
    remove_->setVisible(!isReadOnly);
    undo_->setEnabled(state_->undoStack().canUndo());
    redo_->setEnabled(state_->undoStack().canRedo());
    save_->setEnabled(!state_->hasErrors() && !json_->hasProblem() &&
                      (state_->isModified() || entry_.isNew));
    duplicate_->setText(isReadOnly ? tr("Duplicate to edit") : tr("Duplicate"));
    setRole(duplicate_, isReadOnly ? "primary" : "");
    showIssues();
}

void TemplateEditor::showIssues() {
    issues_->clear();
    for (const DraftIssue& issue : state_->issues()) {
        const extract::DraftField* field = fieldAt(state_->draft(), issue.path);
        const QString where = field == nullptr
                                  ? QString()
                                  : QString::fromStdString(field->name) + QStringLiteral(": ");
        auto* item = new QListWidgetItem(
            (issue.isError ? QStringLiteral("! ") : QStringLiteral("? ")) + where + issue.text,
            issues_);
        item->setForeground(app_.theme.color(issue.isError ? Token::Bad : Token::Warn));
        item->setData(Qt::UserRole, issue.path.field);
        item->setData(Qt::UserRole + 1, issue.path.inner);
    }
    const bool isShown = !state_->isReadOnly() && issues_->count() > 0;
    issues_->setVisible(isShown);
    issues_->setFixedHeight(std::min(issues_->count(), 4) * app_.theme.px(measure::kRowOneLine) +
                            4);
}

} // namespace attest::gui
