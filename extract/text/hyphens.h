// Words that a line break cuts in two.
#pragma once

#include "extract/page_text.h"

#include <span>

namespace attest::extract {

// "infor-\nmation" becomes "information\n" where that word stands elsewhere in the document; other
// hyphens at line ends stay, since "well-\nknown" needs its own. Boxes follow their characters.
void joinHyphenatedWords(std::span<PageText> pages);

} // namespace attest::extract
