// Cuts text into the pieces inside which byte-level BPE merges, as each model family does it.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <string_view>

namespace attest::engine {

// The splitting rules, named after the family they come from (tokenizer.ggml.pre).
enum class PreTokenizer : std::uint8_t {
    Gpt2,
    LlamaBpe,
    Qwen2,
    Qwen35,
    SmolLm,
    Tekken,
    Gpt4o,
    Default,
};

// What else tokenizer.ggml.pre decides in a byte-level BPE vocabulary.
struct PreTokenizerTraits {
    PreTokenizer rule = PreTokenizer::Default;
    bool wholePiecesFirst = false; // a piece that is a token is taken as it is, merges or not
    bool addBos = false;           // where the file does not say
    bool cleanSpaces = true;       // decoding drops spaces before punctuation
};

// Errors: Unsupported; the message names the pre-tokenizer and the supported ones.
Result<PreTokenizerTraits> preTokenizerTraits(std::string_view name);

// Calls `piece` with every piece in order; together they are the text. Malformed UTF-8 counts as
// characters that are neither letter, number nor space.
void forEachPiece(PreTokenizer rule,
                  std::string_view text,
                  const std::function<void(std::string_view)>& piece);

} // namespace attest::engine
