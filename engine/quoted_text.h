// Text of a file in messages.
#pragma once

#include <string>
#include <string_view>

namespace attest::engine {

// In single quotes: valid UTF-8 on one line, cut at 40 bytes. The file's writer chose the text, and
// messages are shown in terminals and windows and kept in libraries.
std::string quoted(std::string_view text);

} // namespace attest::engine
