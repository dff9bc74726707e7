// Recognises a chat format from the text of a Jinja template, which is searched, never executed.
#pragma once

#include "base/result.h"
#include "engine/chat_format.h"

#include <string_view>

namespace attest::engine {

// Errors: Unsupported.
Result<ChatTraits> readChatTraits(std::string_view templateText);

} // namespace attest::engine
