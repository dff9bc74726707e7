// The pre-tokenizers' regular expressions, each as a function that gives the end of the piece that
// begins at a position. REQUIRES for all: at < text.size(). The result is larger than `at`.
#pragma once

#include <cstddef>
#include <string_view>

namespace attest::engine {

std::size_t gpt2End(std::string_view text, std::size_t at);

// What differs between llama-bpe, qwen2 and qwen35.
struct WordRule {
    std::size_t mostDigits; // of one piece
    bool marksAreLetters;   // \p{M} counts with \p{L}
};

std::size_t wordEnd(std::string_view text, std::size_t at, const WordRule& rule);

// What differs between tekken and gpt-4o.
struct CasedRule {
    std::size_t mostDigits;
    bool takesContraction; // 's and the like belong to the word before them
};

std::size_t casedEnd(std::string_view text, std::size_t at, const CasedRule& rule);

} // namespace attest::engine
