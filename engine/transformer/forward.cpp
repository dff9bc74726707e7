#include "engine/transformer/forward.h"

#include "base/check.h"
#include "engine/kernels/unpack.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace attest::engine {

namespace {

// Work on fewer rows than this is done by the caller: waking a thread costs as much.
constexpr std::size_t kFewRows = 4;

std::size_t widest(const TransformerParameters& p) {
    return std::max({std::size_t(p.embeddingLength),
                     std::size_t(p.headCount) * p.headSize,
                     std::size_t(p.feedForwardLength)});
}

} // namespace

Forward::Forward(const TransformerWeights& weights,
                 const KernelTable& kernels,
                 ThreadPool& pool,
                 std::size_t contextLength,
                 Attention attention,
                 Linear linear)
    : weights_(&weights)
    , kernels_(&kernels)
    , pool_(&pool)
    , rope_(weights, contextLength)
    , attention_(std::move(attention))
    , linear_(std::move(linear)) {}

Result<Forward> Forward::create(const TransformerWeights& weights,
                                const KernelTable& kernels,
                                ThreadPool& pool,
                                std::size_t contextLength,
                                std::size_t batchSize,
                                KvType kvType,
                                std::vector<ScaledAdapter> adapters) {
    const TransformerParameters& p = weights.parameters;
    const KvShape shape = {
        .layers = p.layerCount, .kvHeads = p.kvHeadCount, .headSize = p.headSize};
    ATTEST_TRY_ASSIGN(KvCache cache, KvCache::create(shape, contextLength, kvType));
    ATTEST_TRY_ASSIGN(Attention attention, Attention::create(kernels, pool, std::move(cache)));
    ATTEST_TRY_ASSIGN(Linear linear,
                      Linear::create(kernels, pool, widest(weights.parameters), batchSize));
    Forward forward(weights, kernels, pool, contextLength, std::move(attention), std::move(linear));
    if (!adapters.empty()) {
        ATTEST_TRY_ASSIGN(forward.lowRank_,
                          LowRank::create(kernels, pool, std::move(adapters), batchSize));
    }
    if (!forward.allocate(batchSize)) {
        return Error{ErrorCode::OutOfResources,
                     "not enough memory for the activations of " + std::to_string(batchSize) +
                         " tokens"};
    }
    return forward;
}

bool Forward::allocate(std::size_t batchSize) {
    const TransformerParameters& p = weights_->parameters;
    const std::size_t queryWidth = std::size_t(p.headCount) * p.headSize;
    const std::size_t kvWidth = std::size_t(p.kvHeadCount) * p.headSize;
    return x_.allocate(batchSize * p.embeddingLength) &&
           delta_.allocate(batchSize * p.embeddingLength) &&
           normed_.allocate(batchSize * p.embeddingLength) && q_.allocate(batchSize * queryWidth) &&
           k_.allocate(batchSize * kvWidth) && v_.allocate(batchSize * kvWidth) &&
           heads_.allocate(batchSize * queryWidth) &&
           gate_.allocate(batchSize * p.feedForwardLength) &&
           up_.allocate(batchSize * p.feedForwardLength) &&
           cosines_.allocate(batchSize * rope_.pairs()) &&
           sines_.allocate(batchSize * rope_.pairs());
}

std::uint64_t Forward::bytes() const {
    return attention_.bytes() + linear_.bytes() + x_.bytes() + delta_.bytes() + normed_.bytes() +
           q_.bytes() + k_.bytes() + v_.bytes() + heads_.bytes() + gate_.bytes() + up_.bytes() +
           cosines_.bytes() + sines_.bytes() + (lowRank_ ? lowRank_->bytes() : 0);
}

template <typename Work>
void Forward::forEachRow(std::size_t rows, const Work& work) const {
    if (rows < kFewRows) {
        for (std::size_t row = 0; row < rows; ++row) {
            work(row);
        }
        return;
    }
    pool_->forEach(rows, [&work](std::size_t row, std::size_t) { work(row); });
}

Result<void> Forward::run(std::span<const TokenId> tokens,
                          std::size_t position,
                          std::span<float> logits,
                          const std::stop_token& stop) {
    const std::size_t count = tokens.size();
    ATTEST_DCHECK(count > 0 && position + count <= attention_.cache().positions());
    lookUp(tokens, position);
    for (std::size_t i = 0; i < weights_->layers.size(); ++i) {
        if (stop.stop_requested()) {
            return Error{ErrorCode::Cancelled, "the model was stopped"};
        }
        runLayer(i, position, count);
    }
    if (!logits.empty()) {
        writeLogits(count, logits);
    }
    return {};
}

void Forward::lookUp(std::span<const TokenId> tokens, std::size_t position) {
    const Matrix& embedding = weights_->embedding;
    forEachRow(tokens.size(), [&](std::size_t row) {
        const std::span x(x_.data() + row * embedding.in, embedding.in);
        dequantizeRow(
            embedding.type, embedding.data + std::size_t(tokens[row]) * embedding.rowBytes, x);
        if (embedding.scale != 1) {
            std::for_each(x.begin(), x.end(), [&](float& value) { value *= embedding.scale; });
        }
        rope_.angles(position + row,
                     std::span(cosines_.data() + row * rope_.pairs(), rope_.pairs()),
                     std::span(sines_.data() + row * rope_.pairs(), rope_.pairs()));
    });
    if (lowRank_) {
        lowRank_->addToEmbedding(tokens, x_.data());
    }
}

// Products, with what adapters add to them.
void Forward::multiply(std::span<const LinearOutput> outputs, std::size_t tokens) {
    linear_.multiply(outputs, tokens);
    if (lowRank_) {
        lowRank_->add(linear_, outputs, tokens);
    }
}

// x += addend, and its norm becomes the input of the next product.
void Forward::addAndNormalise(const float* addend, const float* norm, std::size_t tokens) {
    const std::size_t width = weights_->parameters.embeddingLength;
    forEachRow(tokens, [&](std::size_t row) {
        float* x = x_.data() + row * width;
        if (addend != nullptr) {
            for (std::size_t i = 0; i < width; ++i) {
                x[i] += addend[row * width + i];
            }
        }
        float* normed = normed_.data() + row * width;
        kernels_->rmsNorm(normed, x, norm, width, weights_->parameters.normEpsilon);
        linear_.setInput(row, std::span(normed, width));
    });
}

void Forward::runLayer(std::size_t index, std::size_t position, std::size_t tokens) {
    const TransformerParameters& p = weights_->parameters;
    const TransformerLayer& layer = weights_->layers[index];

    // What the layer before added is still in delta_.
    addAndNormalise(index == 0 ? nullptr : delta_.data(), layer.attentionNorm, tokens);
    const std::array projections = {LinearOutput{&layer.q, q_.data()},
                                    LinearOutput{&layer.k, k_.data()},
                                    LinearOutput{&layer.v, v_.data()}};
    multiply(projections, tokens);
    rotate(tokens);
    attention_.run({.layer = index,
                    .position = position,
                    .tokens = tokens,
                    .headCount = p.headCount,
                    .scale = p.attentionScale,
                    .q = q_.data(),
                    .k = k_.data(),
                    .v = v_.data(),
                    .heads = heads_.data()});
    const std::size_t queryWidth = std::size_t(p.headCount) * p.headSize;
    forEachRow(tokens, [&](std::size_t row) {
        linear_.setInput(row, std::span(heads_.data() + row * queryWidth, queryWidth));
    });
    multiply(std::array{LinearOutput{&layer.attentionOut, delta_.data()}}, tokens);

    addAndNormalise(delta_.data(), layer.feedForwardNorm, tokens);
    const std::array gates = {LinearOutput{&layer.gate, gate_.data()},
                              LinearOutput{&layer.up, up_.data()}};
    multiply(gates, tokens);
    const std::size_t hidden = p.feedForwardLength;
    forEachRow(tokens, [&](std::size_t row) {
        float* gate = gate_.data() + row * hidden;
        kernels_->siluMultiply(gate, up_.data() + row * hidden, hidden);
        linear_.setInput(row, std::span(gate, hidden));
    });
    multiply(std::array{LinearOutput{&layer.down, delta_.data()}}, tokens);
}

void Forward::rotate(std::size_t tokens) {
    const TransformerParameters& p = weights_->parameters;
    const std::size_t size = p.headSize;
    forEachRow(tokens, [&](std::size_t row) {
        const float* cosines = cosines_.data() + row * rope_.pairs();
        const float* sines = sines_.data() + row * rope_.pairs();
        float* q = q_.data() + row * p.headCount * size;
        float* k = k_.data() + row * p.kvHeadCount * size;
        for (std::size_t head = 0; head < p.headCount; ++head) {
            kernels_->rotateNeighbours(q + head * size, cosines, sines, rope_.pairs());
        }
        for (std::size_t head = 0; head < p.kvHeadCount; ++head) {
            kernels_->rotateNeighbours(k + head * size, cosines, sines, rope_.pairs());
        }
    });
}

void Forward::writeLogits(std::size_t tokens, std::span<float> logits) {
    const std::size_t width = weights_->parameters.embeddingLength;
    const std::size_t rows = logits.size() / weights_->vocabularySize;
    ATTEST_DCHECK(rows <= tokens && rows * weights_->vocabularySize == logits.size());
    forEachRow(rows, [&](std::size_t row) {
        const std::size_t from = (tokens - rows + row) * width;
        float* x = x_.data() + from;
        for (std::size_t i = 0; i < width; ++i) {
            x[i] += delta_.data()[from + i];
        }
        float* normed = normed_.data() + from;
        kernels_->rmsNorm(normed, x, weights_->outputNorm, width, weights_->parameters.normEpsilon);
        linear_.setInput(row, std::span(normed, width));
    });
    multiply(std::array{LinearOutput{&weights_->head, logits.data()}}, rows);
}

} // namespace attest::engine
