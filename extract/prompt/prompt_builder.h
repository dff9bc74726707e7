// The messages that ask the model for one part of a template over one chunk.
#pragma once

#include "engine/chat_format.h"
#include "extract/template.h"

#include <string>
#include <string_view>
#include <vector>

namespace attest::extract {

// docs/prompt_format.md, "Task text".
std::string taskText(const TemplatePart& part);

// The answer's shape with descriptions in place of values, for models that were not trained on the
// task text: {"medications":[{"drug":"…","status":"active"}]}
std::string exampleAnswer(const TemplatePart& part);

// System message, then the document as user message. The bundled model's format takes the task text
// and the document as they are; other models are told in words what to do, and the document stands
// between two lines that do not occur in it.
std::vector<engine::ChatMessage>
promptMessages(const TemplatePart& part, std::string_view document, engine::ChatFormatId format);

} // namespace attest::extract
