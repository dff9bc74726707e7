// The clean-up of decoded text that some model families ask for.
#pragma once

#include <string>
#include <string_view>

namespace attest::engine {

// Removes the space before . , ! ? and before 'm 's 've 're, and both spaces of " ' ".
// Source: clean_up_tokenization of the published tokenizers, as llama.cpp applies it.
std::string cleanSpaces(std::string_view text);

} // namespace attest::engine
