// What to write instead of a JSON Schema keyword that templates do not have.
#pragma once

#include <string>
#include <string_view>

namespace attest::extract {

// "keyword 'pattern' is not supported; copy the text as …". Any keyword, known or not.
std::string unsupportedKeyword(std::string_view keyword);

} // namespace attest::extract
