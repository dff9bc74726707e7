// From the bytes of a note to UTF-8.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace attest::extract {

// Looks for a byte order mark, then for UTF-8, then for UTF-16 and UTF-32 by where their zero bytes
// stand, then guesses among the older encodings; text with too few signs for a guess is taken as
// Windows-1252. Broken sequences become U+FFFD. Stray zero bytes and other controls stay for the
// folding to remove.
// Errors: Unsupported (binary data: many control characters).
Result<std::string> noteToUtf8(std::string_view bytes);

} // namespace attest::extract
