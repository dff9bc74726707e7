// The editor of one template: title, fields and JSON in step, a try on a document, versions.
#pragma once

#include "gui/app/context.h"
#include "gui/templates/template_library.h"

#include <QWidget>

class QFrame;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QTabWidget;

namespace attest::gui {

class DraftState;
class FieldForm;
class FieldTree;
class JsonView;
class KeyButton;
class TryPane;
class VersionsView;

class TemplateEditor final : public QWidget {
    Q_OBJECT

public:
    TemplateEditor(AppContext& app, QWidget* parent);

    // Shows the entry, with what was edited and not saved.
    void setEntry(const GalleryEntry& entry);

    // What stands in the library is this now; undo goes on.
    DraftState& state() { return *state_; }

    FieldTree& fields() { return *fields_; }

    JsonView& json() { return *json_; }

    TryPane& tryPane() { return *try_; }

    VersionsView& versions() { return *versions_; }

    void tryNow();

signals:
    void saveRequested();
    void duplicateRequested();
    void exportRequested();
    void removeRequested();
    void draftChanged(); // a person changed something

private:
    QWidget* makeHead();
    QWidget* makeFields();
    void refresh();
    void showIssues();

    AppContext& app_;
    GalleryEntry entry_;
    DraftState* state_;
    bool isLoading_ = false;
    QLineEdit* title_;
    QLineEdit* description_;
    QLabel* about_;
    KeyButton* save_;
    QPushButton* duplicate_;
    QPushButton* remove_;
    KeyButton* undo_;
    KeyButton* redo_;
    QTabWidget* tabs_;
    FieldTree* fields_;
    FieldForm* form_;
    QListWidget* issues_;
    JsonView* json_;
    TryPane* try_;
    VersionsView* versions_;
};

} // namespace attest::gui
