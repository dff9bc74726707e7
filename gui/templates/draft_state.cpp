#include "gui/templates/draft_state.h"

#include <algorithm>
#include <utility>

namespace attest::gui {

class DraftCommand final : public QUndoCommand {
public:
    struct Moment {
        extract::TemplateDraft draft;
        DraftPath selected;
    };

    DraftCommand(
        DraftState& state, const QString& what, QString mergeKey, Moment before, Moment after)
        : QUndoCommand(what)
        , state_(state)
        , mergeKey_(std::move(mergeKey))
        , before_(std::move(before))
        , after_(std::move(after)) {}

    void undo() override { state_.set(before_.draft, before_.selected); }

    void redo() override { state_.set(after_.draft, after_.selected); }

    int id() const override { return mergeKey_.isEmpty() ? -1 : 1; }

    bool mergeWith(const QUndoCommand* other) override {
        const auto* next = dynamic_cast<const DraftCommand*>(other);
        if (next == nullptr || next->mergeKey_ != mergeKey_) {
            return false;
        }
        after_ = next->after_;
        return true;
    }

private:
    DraftState& state_;
    QString mergeKey_;
    Moment before_;
    Moment after_;
};

DraftState::DraftState(QObject* parent) : QObject(parent) {}

void DraftState::reset(extract::TemplateDraft saved,
                       extract::TemplateDraft draft,
                       bool isReadOnly) {
    undo_.clear();
    saved_ = std::move(saved);
    isReadOnly_ = isReadOnly;
    set(draft, draft.fields.empty() ? DraftPath{} : DraftPath{0, -1});
}

bool DraftState::hasErrors() const {
    return std::any_of(
        issues_.begin(), issues_.end(), [](const DraftIssue& issue) { return issue.isError; });
}

void DraftState::change(const QString& what,
                        const QString& mergeKey,
                        const std::function<DraftPath(extract::TemplateDraft&)>& edit) {
    if (isReadOnly_) {
        return;
    }
    DraftCommand::Moment after{draft_, selected_};
    after.selected = edit(after.draft);
    if (after.draft == draft_) {
        return;
    }
    undo_.push(new DraftCommand(*this, what, mergeKey, {draft_, selected_}, std::move(after)));
}

void DraftState::select(DraftPath path) {
    if (path == selected_) {
        return;
    }
    selected_ = path;
    emit selectionChanged();
}

void DraftState::set(const extract::TemplateDraft& draft, DraftPath selected) {
    draft_ = draft;
    selected_ = fieldAt(draft_, selected) == nullptr ? DraftPath{} : selected;
    issues_ = lintDraft(draft_);
    emit changed();
}

} // namespace attest::gui
