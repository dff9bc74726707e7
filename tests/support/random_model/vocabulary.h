// A byte-level BPE vocabulary of any size, made up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace attest::test {

struct MadeVocabulary {
    std::vector<std::string> texts;  // in the byte alphabet; the special ones come last
    std::vector<std::int32_t> types; // 1 normal, 3 control
    std::vector<std::string> merges; // "left right"
    std::uint32_t bos = 0;           // <|endoftext|>
    std::uint32_t eos = 0;           // <|im_end|>
};

// 256 bytes, the special tokens of a ChatML conversation, and between them all pairs of letters
// with and without a space before them, then triples, then quadruples, as many as fit. Where more
// merges are asked for than that needs, the other ways to the same tokens follow.
// REQUIRES: size is at least 512 and at most 500 000.
MadeVocabulary makeVocabulary(std::size_t size, std::size_t merges);

} // namespace attest::test
