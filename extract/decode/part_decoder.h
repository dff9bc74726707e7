// Asks the model for one part of a template over one chunk, under the constraint that the answer is
// the template's JSON and every verbatim value a span of the chunk. Stations 6 to 9 of a document's
// walk.
#pragma once

#include "base/result.h"
#include "base/source_span.h"
#include "extract/chunk.h"
#include "extract/decode/reader_hints.h"
#include "extract/template.h"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace attest::engine {
class ChatFormat;
class Model;
class Session;
} // namespace attest::engine

namespace attest::extract {

// Reference: one token at a time. Fast: forced tokens ride along in one batch. Same bytes.
enum class DecodeMode { Reference, Fast };

struct DecodedValue {
    std::string pointer;             // JSON pointer within the answer: "/medications/0/drug"
    std::optional<std::string> text; // unescaped value; nullopt: null
    FieldKind kind = FieldKind::Verbatim;
    std::optional<SourceSpan> span; // Verbatim, not null: its place in the page text
    bool isAmbiguousPlace = false;  // the same text occurs elsewhere in the chunk
    float logProbability = 0;       // sum over the value's choices, renormalised under the mask
    float minFeasibleMass = 1;      // least share of the model's own probability that the mask left
};

struct DecodedPart {
    std::string json;                 // compact answer, validates against the part
    std::vector<DecodedValue> values; // leaves in the order of the answer, lists' items included
    bool isTruncated = false;         // the output budget ended it; closed legally
    std::size_t promptTokens = 0;
    std::size_t reusedTokens = 0; // prompt tokens still in the KV cache
    std::size_t answerTokens = 0;
    std::size_t forcedTokens = 0; // answer tokens that needed no choice
    double maskSeconds = 0;
    double prefillSeconds = 0;
    double decodeSeconds = 0;
};

struct PartDecoderOptions {
    DecodeMode mode = DecodeMode::Fast;
    std::size_t maxAnswerTokens = 1024; // also bounded by the context
    ReaderHints hints;                  // biases, of models of our own chat format only
};

class VocabularyIndex; // the vocabulary as a byte trie; build once per model

// Not thread-safe; borrows model, format, session and index. A model that can think is told not to.
class PartDecoder {
public:
    PartDecoder(const engine::Model& model,
                const engine::ChatFormat& format,
                engine::Session& session,
                const VocabularyIndex& index);

    // Errors: OutOfResources (prompt does not fit the context), Cancelled, InvalidInput.
    Result<DecodedPart> decode(const TemplatePart& part,
                               const Chunk& chunk,
                               const PartDecoderOptions& options,
                               std::stop_token stop);

    // Tokens of the prompt without the chunk's text, and an upper estimate of the answer per item.
    std::size_t promptOverhead(const TemplatePart& part) const;

private:
    const engine::Model& model_;
    const engine::ChatFormat& format_;
    engine::Session& session_;
    const VocabularyIndex& index_;
};

} // namespace attest::extract
