#include "extract/chunk/chunk_budget.h"

#include <algorithm>

namespace attest::extract {

namespace {

constexpr std::size_t kTokensPerLine = 16;   // of a dense list in the model's own vocabulary
constexpr std::size_t kTokensPerValue = 5;   // with its quotes; nulls are shorter
constexpr std::size_t kTokensPerScalar = 24; // a record's value may be a whole sentence
constexpr std::size_t kReserve = 16;         // frame of the answer
constexpr std::size_t kSmallestChunk = 64;   // below this nothing sensible can be asked
constexpr std::size_t kLargestChunk = 1500;  // long chunks make small models lose their place

std::size_t answerOf(const std::vector<Field>& fields,
                     std::size_t tokensPerValue,
                     const CountTokensFn& countTokens) {
    std::size_t tokens = 2;
    for (const Field& field : fields) {
        tokens += countTokens(",\"" + field.name + "\":") + tokensPerValue;
    }
    return tokens;
}

} // namespace

std::size_t chunkBudget(const TemplatePart& part,
                        std::size_t contextLength,
                        std::size_t promptOverhead,
                        const CountTokensFn& countTokens) {
    std::size_t room = contextLength - std::min(contextLength, promptOverhead + kReserve);
    std::size_t answerPerLine = 0;
    for (const Field& field : part.fields) {
        if (field.kind == FieldKind::Group) {
            answerPerLine += answerOf(field.fields, kTokensPerValue, countTokens);
        } else if (field.kind == FieldKind::List) {
            // Strings of a list are copied whole, a fraction of the text.
            answerPerLine += kTokensPerLine / 2;
        } else {
            const std::size_t fixed = answerOf({field}, kTokensPerScalar, countTokens);
            room -= std::min(room, fixed);
        }
    }
    const std::size_t budget = room * kTokensPerLine / (kTokensPerLine + answerPerLine);
    return std::clamp(budget, kSmallestChunk, kLargestChunk);
}

} // namespace attest::extract
