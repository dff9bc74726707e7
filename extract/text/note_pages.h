// From a note's UTF-8 text to page texts.
#pragma once

#include "extract/page_text.h"

#include <string_view>
#include <vector>

namespace attest::extract {

// Folds a note. A form feed ends a page. A note without form feeds is cut into pages too, so that
// they stay of a size one can look at: at the first empty line after 12,000 bytes, or the first
// line break after 24,000. Runs of blanks: tabs and two or more spaces are a column gap, except
// that two behind the end of a sentence are one (typewriter spacing). Pages without text are left
// out.
std::vector<PageText> notePages(std::string_view text);

} // namespace attest::extract
