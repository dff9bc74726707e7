// A correction made in the table: stored like any other review, undone like any other.
#pragma once

#include "gui/app/context.h"
#include "storage/review_store.h"

#include <QObject>
#include <QUndoCommand>

#include <cstdint>
#include <optional>
#include <string>

namespace attest::gui {

// The review that makes `text` the value; an empty text is "rejected: there is none". The normal
// form follows the field's rule in the template.
storage::Review correctionOf(const storage::FinalValue& value,
                             const std::string& text,
                             const std::string& templateJson);

class CellEdit final : public QUndoCommand {
public:
    // `context` must outlive the command; an error is shown as a note.
    CellEdit(AppContext& app,
             QObject* context,
             std::int64_t runId,
             std::optional<storage::Review> before,
             storage::Review after);

    void redo() override;
    void undo() override;

private:
    void save(const std::optional<storage::Review>& review);

    AppContext& app_;
    QObject* context_;
    std::int64_t runId_;
    std::string pointer_;
    std::optional<storage::Review> before_;
    storage::Review after_;
};

} // namespace attest::gui
