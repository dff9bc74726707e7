// JSON pointers (RFC 6901) and strings, as answers and messages hold them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace attest::extract {

// `pointer` with one more step: '~' becomes "~0", '/' becomes "~1".
std::string pointerTo(std::string_view pointer, std::string_view key);

// The steps of a pointer, the other way round. REQUIRES: it is empty or begins with '/'.
std::vector<std::string> pointerTokens(std::string_view pointer);

// The pointer with these steps.
std::string pointerOf(const std::vector<std::string>& tokens);

// The bytes between the quotes: only `"`, `\` and characters below U+0020 are escaped.
std::string escapeJson(std::string_view text);

// The other way round, for answers: knows \" \\ \/ \b \f \n \r \t and \u00XX.
std::string unescapeJson(std::string_view escaped);

} // namespace attest::extract
