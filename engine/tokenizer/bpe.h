// Byte-level BPE: inside each piece of the pre-tokenizer, bytes are joined by merge rank.
#pragma once

#include "base/result.h"
#include "engine/tokenizer/merge.h"
#include "engine/tokenizer/pre_tokenizer.h"
#include "engine/tokenizer/vocabulary.h"

#include <string_view>
#include <vector>

namespace attest::engine {

// Immutable after load(). The vocabulary is handed to each call, so that both can be moved
// together.
class BpeEncoder {
public:
    // Errors: NotFound (no merges), InvalidInput (a merge that names no token), OutOfResources.
    static Result<BpeEncoder>
    load(const GgufFile& file, const Vocabulary& vocabulary, const PreTokenizerTraits& traits);

    // Appends the tokens of `text`, in which nothing is special. A byte without a token is left out
    // unless the vocabulary has an unknown token.
    // Source: Sennrich et al. 2016, "Neural Machine Translation of Rare Words with Subword Units".
    void
    encode(const Vocabulary& vocabulary, std::string_view text, std::vector<TokenId>& tokens) const;

private:
    explicit BpeEncoder(const PreTokenizerTraits& traits) : traits_(traits) {}

    void encodePiece(const Vocabulary& vocabulary,
                     std::string_view piece,
                     Merger& merger,
                     std::vector<TokenId>& tokens) const;

    PreTokenizerTraits traits_;
    KeyedTable<std::uint64_t, Merge> merges_; // by pairKey(left, right)
};

} // namespace attest::engine
