// How long constraints take, without a model: for `attest bench` and for comparing vocabularies.
#pragma once

#include "base/result.h"
#include "engine/tokenizer.h"
#include "extract/chunk.h"
#include "extract/template.h"

#include <cstddef>
#include <cstdint>

namespace attest::extract {

struct MaskTimes {
    std::size_t vocabularySize = 0;
    std::size_t trieNodes = 0;
    std::uint64_t trieBytes = 0;
    double trieSeconds = 0;    // once per model
    double compileSeconds = 0; // span index and byte machine; once per part and chunk
    std::size_t steps = 0;     // calls of the step function, forced ones included
    double meanMicroseconds = 0;
    double medianMicroseconds = 0;
    double p99Microseconds = 0;
    double maxMicroseconds = 0;
};

// Takes random walks through the masks, always the same ones, until `steps` steps are timed.
// Errors: as PartDecoder::decode() without a model.
Result<MaskTimes> measureMasks(const engine::Tokenizer& tokenizer,
                               bool hasAlignedAnswers,
                               const TemplatePart& part,
                               const Chunk& chunk,
                               std::size_t steps);

} // namespace attest::extract
