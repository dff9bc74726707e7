// What a model file of our own chat format says about how it wants to be asked.
//
//   attest.chunk_tokens          tokens of a document shown at once when a list is asked for
//                                (default 80, 16 to 8192)
//   attest.record_chunk_tokens   the same for single fields (80)
//   attest.summary_chunk_tokens  the same when sentences are weighed against each other (200)
//   attest.second_chunk_tokens   a list is asked again in chunks of so many tokens (0: is not)
//   attest.second_record_chunk_tokens   the same for single fields (0)
//   attest.list_agreement        of what is asked twice: how probable an item's anchor must be on
//                                average, 0 to 1 (0.45)
//   attest.field_agreement       the same of a single field's value (0.25)
//   attest.list_end_bias         added to the logit of `]` where a list may go on or end (0)
//   attest.null_bias             added to the logit of `n` where a value may be null (0)
//
// The biases are decision thresholds, chosen on tuning documents when the model is exported: a
// model trained on what people leave out too often is told so. -20 to 20; docs/prompt_format.md.
#pragma once

#include "base/result.h"

#include <cstddef>

namespace attest::engine {
class GgufFile;
} // namespace attest::engine

namespace attest::extract {

struct ReaderHints {
    std::size_t chunkTokens = 80;
    std::size_t recordChunkTokens = 80;
    std::size_t summaryChunkTokens = 200;
    std::size_t secondChunkTokens = 0;
    std::size_t secondRecordChunkTokens = 0;
    double listAgreement = 0.45;
    double fieldAgreement = 0.25;
    float listEndBias = 0;
    float nullBias = 0;
};

// Errors: InvalidInput naming the key (of another type, or out of range).
Result<ReaderHints> readerHints(const engine::GgufFile& file);

} // namespace attest::extract
