// Recognises a chat format from the text of a Jinja template, which is searched, never executed.
#pragma once

#include "base/result.h"
#include "engine/chat/recipe.h"

#include <string_view>

namespace attest::engine {

// An empty template is plain text. Errors: Unsupported; the message says what the template writes
// and which formats are known by name.
Result<ChatRecipe> readChatRecipe(std::string_view templateText);

} // namespace attest::engine
