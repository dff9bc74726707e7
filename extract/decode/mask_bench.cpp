#include "extract/mask_bench.h"

#include "extract/decode/answer_walk.h"
#include "extract/decode/byte_program.h"
#include "extract/decode/span_index.h"
#include "extract/decode/vocabulary_index.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <random>
#include <vector>

namespace attest::extract {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

// A random token, long ones more often: a walk of single bytes would see few kinds of states.
engine::TokenId
pickToken(const engine::TokenMask& mask, const VocabularyIndex& index, std::minstd_rand& random) {
    std::vector<engine::TokenId> allowed;
    mask.forEach([&](engine::TokenId token) { allowed.push_back(token); });
    engine::TokenId best = -1;
    for (int tries = 0; tries < 3; ++tries) {
        const engine::TokenId token = allowed[random() % allowed.size()];
        if (best < 0 || index.tokenBytes(token).size() > index.tokenBytes(best).size()) {
            best = token;
        }
    }
    return best;
}

} // namespace

Result<MaskTimes> measureMasks(const engine::Tokenizer& tokenizer,
                               bool hasAlignedAnswers,
                               const TemplatePart& part,
                               const Chunk& chunk,
                               std::size_t steps) {
    MaskTimes times;
    Clock::time_point begin = Clock::now();
    const VocabularyIndex index(tokenizer);
    times.trieSeconds = secondsSince(begin);
    times.vocabularySize = tokenizer.vocabularySize();
    times.trieNodes = index.trie().nodes().size();
    times.trieBytes = index.trie().memoryBytes();

    begin = Clock::now();
    const SpanIndex spans(chunk);
    ATTEST_TRY_ASSIGN(const ByteProgram program, ByteProgram::compile(part, spans));
    times.compileSeconds = secondsSince(begin);

    std::minstd_rand random(1);
    std::vector<double> microseconds;
    while (microseconds.size() < steps) {
        AnswerWalk walk(program, index, hasAlignedAnswers);
        while (!walk.isComplete() && microseconds.size() < steps) {
            begin = Clock::now();
            ATTEST_TRY_ASSIGN(const AnswerWalk::Step step, walk.next());
            microseconds.push_back(secondsSince(begin) * 1e6);
            walk.take(step.forced ? *step.forced : pickToken(*step.mask, index, random));
        }
    }
    std::sort(microseconds.begin(), microseconds.end());
    if (!microseconds.empty()) {
        const double sum = std::accumulate(microseconds.begin(), microseconds.end(), 0.0);
        times.steps = microseconds.size();
        times.meanMicroseconds = sum / double(microseconds.size());
        times.medianMicroseconds = microseconds[microseconds.size() / 2];
        times.p99Microseconds = microseconds[microseconds.size() * 99 / 100];
        times.maxMicroseconds = microseconds.back();
    }
    return times;
}

} // namespace attest::extract
