#include "engine/lora/low_rank.h"

#include "engine/kernels/unpack.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <utility>

namespace attest::engine {

namespace {

// The pair that changes `matrix`, which may be some of the rows of a tensor (fused projections).
const LowRankPair* findPair(const AdapterContents& contents, const Matrix& matrix) {
    const std::less<> before;
    const auto next = std::upper_bound(contents.pairs.begin(),
                                       contents.pairs.end(),
                                       matrix.data,
                                       [&](const std::byte* data, const LowRankPair& pair) {
                                           return before(data, pair.base->data.data());
                                       });
    if (next == contents.pairs.begin()) {
        return nullptr;
    }
    const LowRankPair& pair = *std::prev(next);
    const std::byte* end = pair.base->data.data() + pair.base->data.size();
    return before(matrix.data, end) ? &pair : nullptr;
}

// The rows of B that belong to the rows of `matrix` in the model's tensor.
Matrix rowsFor(const LowRankPair& pair, const Matrix& matrix) {
    const auto first = std::size_t(matrix.data - pair.base->data.data()) / matrix.rowBytes;
    Matrix b = pair.b;
    b.data += first * b.rowBytes;
    b.out = matrix.out;
    return b;
}

} // namespace

Result<LowRank> LowRank::create(const KernelTable& kernels,
                                ThreadPool& pool,
                                std::vector<ScaledAdapter> adapters,
                                std::size_t maxTokens) {
    std::size_t rank = 0;
    std::size_t out = 0;
    for (const ScaledAdapter& scaled : adapters) {
        rank = std::max(rank, scaled.contents->largestRank);
        for (const LowRankPair& pair : scaled.contents->pairs) {
            out = std::max(out, pair.b.out);
        }
        if (scaled.contents->embedding) {
            out = std::max(out, scaled.contents->embedding->b.out);
        }
    }
    ATTEST_TRY_ASSIGN(Linear up, Linear::create(kernels, pool, rank, maxTokens));
    LowRank made(std::move(up), pool, std::move(adapters));
    if (!made.inner_.allocate(maxTokens * rank) || !made.delta_.allocate(maxTokens * out)) {
        return Error{ErrorCode::OutOfResources,
                     "not enough memory for adapters and " + std::to_string(maxTokens) + " tokens"};
    }
    return made;
}

std::size_t LowRank::bytes() const {
    return up_.bytes() + inner_.bytes() + delta_.bytes();
}

void LowRank::add(Linear& linear, std::span<const LinearOutput> outputs, std::size_t tokens) {
    for (const LinearOutput& output : outputs) {
        for (const ScaledAdapter& scaled : adapters_) {
            if (const LowRankPair* pair = findPair(*scaled.contents, *output.matrix)) {
                linear.multiply(std::array{LinearOutput{&pair->a, inner_.data()}}, tokens);
                addProduct(rowsFor(*pair, *output.matrix),
                           scaled.scale * pair->strength,
                           output.y,
                           tokens);
            }
        }
    }
}

void LowRank::addToEmbedding(std::span<const TokenId> tokens, float* x) {
    for (const ScaledAdapter& scaled : adapters_) {
        if (!scaled.contents->embedding) {
            continue;
        }
        const LowRankPair& pair = *scaled.contents->embedding;
        for (std::size_t t = 0; t < tokens.size(); ++t) {
            dequantizeRow(pair.a.type,
                          pair.a.data + std::size_t(tokens[t]) * pair.a.rowBytes,
                          std::span(inner_.data() + t * pair.rank(), pair.rank()));
        }
        addProduct(pair.b, scaled.scale * pair.strength * pair.a.scale, x, tokens.size());
    }
}

// y (tokens, b.out) += factor · B inner_.
void LowRank::addProduct(const Matrix& b, float factor, float* y, std::size_t tokens) {
    for (std::size_t t = 0; t < tokens; ++t) {
        const std::span row(inner_.data() + t * b.in, b.in);
        for (float& value : row) {
            value *= factor;
        }
        up_.setInput(t, row);
    }
    up_.multiply(std::array{LinearOutput{&b, delta_.data()}}, tokens);
    pool_->forEach(tokens, [&](std::size_t t, std::size_t) {
        const float* delta = delta_.data() + t * b.out;
        float* row = y + t * b.out;
        for (std::size_t i = 0; i < b.out; ++i) {
            row[i] += delta[i];
        }
    });
}

} // namespace attest::engine
