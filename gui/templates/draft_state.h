// The draft being edited, with undo and redo. Every view of it shows what is in here.
#pragma once

#include "gui/templates/draft_edit.h"
#include "gui/templates/draft_lint.h"

#include <QObject>
#include <QString>
#include <QUndoStack>

#include <functional>
#include <vector>

namespace attest::gui {

// Lives on the GUI thread.
class DraftState final : public QObject {
    Q_OBJECT

public:
    explicit DraftState(QObject* parent);

    // Begins anew, without a past. `saved` is what the draft is compared with.
    void reset(extract::TemplateDraft saved, extract::TemplateDraft draft, bool isReadOnly);

    const extract::TemplateDraft& draft() const { return draft_; }

    DraftPath selected() const { return selected_; }

    bool isReadOnly() const { return isReadOnly_; }

    bool isModified() const { return !(draft_ == saved_); }

    bool hasErrors() const;

    const std::vector<DraftIssue>& issues() const { return issues_; }

    QUndoStack& undoStack() { return undo_; }

    // One step to undo. Steps with the same `mergeKey` (not empty) one after another, as typing
    // into one box gives them, are one. `edit` returns what is selected afterwards.
    void change(const QString& what,
                const QString& mergeKey,
                const std::function<DraftPath(extract::TemplateDraft&)>& edit);

    void select(DraftPath path);

signals:
    void changed();
    void selectionChanged();

private:
    friend class DraftCommand;
    void set(const extract::TemplateDraft& draft, DraftPath selected);

    extract::TemplateDraft saved_;
    extract::TemplateDraft draft_;
    DraftPath selected_;
    bool isReadOnly_ = false;
    std::vector<DraftIssue> issues_;
    QUndoStack undo_;
};

} // namespace attest::gui
