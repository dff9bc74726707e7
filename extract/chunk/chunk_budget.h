// How much of the context a chunk may take, so that prompt, chunk and answer fit together.
#pragma once

#include "extract/chunk.h"
#include "extract/template.h"

#include <cstddef>

namespace attest::extract {

// Tokens for Chunk::text. `promptOverhead`: tokens of the prompt without the chunk.
//
// A list's answer grows with the chunk: we count on one item for every line of some twelve tokens,
// which is what medication lists and tables have; prose gives far fewer. When a dense chunk does
// not fit all the same, its answer is truncated and the pipeline asks again in halves. A record's
// answer does not grow: its fields' keys and some tokens for each value are reserved.
std::size_t chunkBudget(const TemplatePart& part,
                        std::size_t contextLength,
                        std::size_t promptOverhead,
                        const CountTokensFn& countTokens);

} // namespace attest::extract
