// What is wrong with a template draft, and what could be better, at the field it is about.
#pragma once

#include "gui/templates/draft_edit.h"

#include <QString>

#include <vector>

namespace attest::gui {

struct DraftIssue {
    DraftPath path;
    bool isError = false; // else a hint: the template can be used
    QString text;
};

// Errors first. Without an error Template::parse() accepts the draft.
std::vector<DraftIssue> lintDraft(const extract::TemplateDraft& draft);

} // namespace attest::gui
