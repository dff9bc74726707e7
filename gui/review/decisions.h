// What each command of the reviewer changes. Pure functions of the model: the session makes them
// happen, saves them and can take them back.
#pragma once

#include "base/source_span.h"
#include "gui/review/review_model.h"
#include "storage/review_store.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace attest::gui {

using Changes = std::vector<storage::ReviewChange>;

// A text and where it stands; an empty place: typed.
struct NewValue {
    std::string text;
    std::optional<SourceSpan> span;
    std::vector<PageBox> boxes;
};

// An empty answer means that the command changes nothing here. Notes and flags stay.
Changes acceptField(const ReviewModel& model, std::size_t field);
Changes rejectField(const ReviewModel& model, std::size_t field);
// REQUIRES: `reason` is one of storage::kReasonCodes.
Changes markNotStated(const ReviewModel& model, std::size_t field, std::string_view reason);
// Runs of white space become one space; the normal form follows the field's rule. Of judged fields
// only the place is taken when the text is not one of the choices.
Changes correctField(const ReviewModel& model, std::size_t field, NewValue value);
// Back to what the machine said, undecided.
Changes clearDecision(const ReviewModel& model, std::size_t field);
Changes flagField(const ReviewModel& model, std::size_t field, bool isFlagged, std::string note);

// Undecided machine values among `fields` with a confidence of at least `threshold`.
std::vector<std::size_t>
acceptable(const ReviewModel& model, const std::vector<std::size_t>& fields, double threshold);
Changes acceptFields(const ReviewModel& model, const std::vector<std::size_t>& fields);

Changes addRow(const ReviewModel& model, const std::string& group);
// An added row goes with all that was written into it; an item of the machine is marked.
Changes deleteRow(const ReviewModel& model, std::size_t record);
Changes restoreRow(const ReviewModel& model, std::size_t record);

} // namespace attest::gui
