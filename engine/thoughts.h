// The reasoning that some models write in front of an answer, between <think> and </think> or
// [THINK] and [/THINK]. It is not part of the answer.
#pragma once

#include <string>
#include <string_view>

namespace attest::engine {

// `text` without thoughts: every marked stretch, what stands in front of a closing mark without an
// opening one (the prompt may have ended with it), and what follows an opening mark that is never
// closed. Line breaks between a thought and the text behind it are dropped; a text without marks
// comes back as it is.
std::string withoutThoughts(std::string_view text);

} // namespace attest::engine
