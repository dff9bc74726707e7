// Searching the text of a Jinja template, which is never executed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace attest::engine {

bool mentions(std::string_view text, std::string_view part);

// True where some message's content is trimmed: content'] | trim, content"]|trim, .content | trim,
// content.strip() and the like.
bool trimsContent(std::string_view text);

// The rest of a string literal up to `end`; nullopt where the literal ends or an expression begins
// before that.
std::optional<std::string> literalUpTo(std::string_view text, std::string_view end);

// The text that `text` begins with as an expression: string literals, the variable `today` and
// calls of strftime_now(), joined by + or ~. Dates are the fixed one. nullopt: anything else.
std::optional<std::string> textExpression(std::string_view text);

// The first text expression behind `mark` in `text`.
std::optional<std::string> textBehind(std::string_view text, std::string_view mark);

// The day that stands for today, in the way of strftime: 26 July 2024, which is what Llama 3's
// templates fall back to. So the same input gives the same tokens on every day.
std::string fixedDate(std::string_view format);

// What an unknown template writes, for an error message: its first special token, or else its
// begin; quoted, printable and short.
std::string describeTemplate(std::string_view text);

} // namespace attest::engine
