#include "extract/decode/part_decoder.h"

#include "base/utf8.h"
#include "engine/chat_format.h"
#include "engine/model.h"
#include "engine/session.h"
#include "extract/decode/answer_values.h"
#include "extract/decode/answer_walk.h"
#include "extract/decode/byte_program.h"
#include "extract/decode/span_index.h"
#include "extract/decode/vocabulary_index.h"
#include "extract/prompt/prompt_builder.h"

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

namespace attest::extract {

namespace {

using engine::TokenId;
using Clock = std::chrono::steady_clock;

// A value's tokens beyond those of its place holder in the example answer, for promptOverhead().
constexpr std::size_t kTokensPerValue = 8;

class Stopwatch {
public:
    explicit Stopwatch(double& seconds) : seconds_(seconds) {}

    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;

    ~Stopwatch() { seconds_ += std::chrono::duration<double>(Clock::now() - begin_).count(); }

private:
    double& seconds_;
    Clock::time_point begin_ = Clock::now();
};

std::size_t valueCount(const std::vector<Field>& fields) {
    std::size_t count = 0;
    for (const Field& field : fields) {
        count += field.fields.empty() ? 1 : valueCount(field.fields);
    }
    return count;
}

} // namespace

PartDecoder::PartDecoder(const engine::Model& model,
                         const engine::ChatFormat& format,
                         engine::Session& session,
                         const VocabularyIndex& index)
    : model_(model), format_(format), session_(session), index_(index) {}

std::size_t PartDecoder::promptOverhead(const TemplatePart& part) const {
    const std::vector<TokenId> prompt = format_.encode(
        model_.tokenizer(), promptMessages(part, "", format_.id()), engine::ChatThinking::Off);
    return prompt.size() + index_.spell(exampleAnswer(part)).size() +
           kTokensPerValue * valueCount(part.fields);
}

Result<DecodedPart> PartDecoder::decode(const TemplatePart& part,
                                        const Chunk& chunk,
                                        const PartDecoderOptions& options,
                                        std::stop_token stop) {
    if (!isValidUtf8(chunk.text)) {
        return Error{ErrorCode::InvalidInput, "the chunk's text is not UTF-8"};
    }
    DecodedPart result;
    const SpanIndex spans(chunk);
    ATTEST_TRY_ASSIGN(const ByteProgram program, ByteProgram::compile(part, spans));
    AnswerWalk walk(program, index_, format_.hasAlignedAnswers(), options.hints);

    const std::vector<TokenId> prompt =
        format_.encode(model_.tokenizer(),
                       promptMessages(part, chunk.text, format_.id()),
                       engine::ChatThinking::Off);
    const std::size_t context = session_.contextLength();
    if (prompt.empty() || prompt.size() >= context) {
        return Error{ErrorCode::OutOfResources,
                     "the prompt has " + std::to_string(prompt.size()) +
                         " tokens, the model's context " + std::to_string(context)};
    }
    // The last token is computed again in any case: its logits are what the answer begins with.
    const std::span<const TokenId> known = session_.tokens();
    const auto difference =
        std::mismatch(prompt.begin(), prompt.end() - 1, known.begin(), known.end());
    result.promptTokens = prompt.size();
    result.reusedTokens = std::size_t(difference.first - prompt.begin());
    session_.truncate(result.reusedTokens);

    std::span<const float> logits;
    {
        const Stopwatch watch(result.prefillSeconds);
        ATTEST_TRY_ASSIGN(
            logits,
            session_.append(std::span<const TokenId>(prompt).subspan(result.reusedTokens), stop));
    }
    const std::size_t budget = std::min(options.maxAnswerTokens, context - prompt.size());
    std::vector<TokenId> ahead; // chosen or forced, not yet seen by the model
    const auto catchUp = [&]() -> Result<void> {
        if (!ahead.empty()) {
            const Stopwatch watch(result.decodeSeconds);
            ATTEST_TRY_ASSIGN(logits, session_.append(ahead, stop));
            ahead.clear();
        }
        return {};
    };
    while (!walk.isComplete() && result.answerTokens < budget) {
        if (stop.stop_requested()) {
            return Error{ErrorCode::Cancelled, "decoding was cancelled"};
        }
        AnswerWalk::Step step;
        {
            const Stopwatch watch(result.maskSeconds);
            ATTEST_TRY_ASSIGN(step, walk.next());
        }
        if (step.forced) {
            walk.take(*step.forced);
            ahead.push_back(*step.forced);
            ++result.forcedTokens;
        } else {
            ATTEST_TRY(catchUp());
            const TokenChoice choice = chooseToken(logits, *step.mask, step.bias);
            walk.take(choice);
            ahead.push_back(choice.token);
        }
        ++result.answerTokens;
        if (options.mode == DecodeMode::Reference) {
            ATTEST_TRY(catchUp());
        }
    }
    if (!walk.isComplete()) {
        walk.close();
        result.isTruncated = true;
    }
    result.json = walk.bytes();
    result.values = answerValues(program, spans, result.json, walk.traces());
    return result;
}

} // namespace attest::extract
