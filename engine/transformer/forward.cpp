#include "engine/transformer/forward.h"

#include "base/check.h"
#include "engine/kernels/unpack.h"
#include "engine/transformer/panels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

namespace attest::engine {

namespace {

// Work on fewer rows than this is done by the caller: waking a thread costs as much.
constexpr std::size_t kFewRows = 4;

// Logits that a thread caps at once: some µs.
constexpr std::size_t kCapChunk = 16'384;

std::size_t widest(const TransformerParameters& p) {
    return std::max({std::size_t(p.embeddingLength),
                     std::size_t(p.headCount) * p.headSize,
                     std::size_t(p.feedForwardLength)});
}

void scaleBy(float factor, std::span<float> x) {
    if (factor != 1) {
        std::for_each(x.begin(), x.end(), [factor](float& value) { value *= factor; });
    }
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
    , attention_(std::move(attention))
    , linear_(std::move(linear)) {
    const TransformerParameters& p = weights.parameters;
    rotations_.push_back(Rotation{.rope = Rope({.parameters = p.globalRope,
                                                .size = p.ropeSize,
                                                .originalContextLength = p.originalContextLength,
                                                .divisors = weights.ropeDivisors(contextLength)}),
                                  .cosines = {},
                                  .sines = {}});
    const bool hasLocal =
        std::any_of(p.layers.begin(), p.layers.end(), [](const LayerParameters& layer) {
            return layer.rope == LayerRope::Local;
        });
    if (hasLocal) {
        rotations_.push_back(
            Rotation{.rope = Rope({.parameters = p.localRope,
                                   .size = p.ropeSize,
                                   .originalContextLength = p.originalContextLength,
                                   .divisors = {}}),
                     .cosines = {},
                     .sines = {}});
    }
}

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
                      Linear::create(kernels,
                                     pool,
                                     widest(weights.parameters),
                                     batchSize,
                                     weights.hasFloatProducts() || !adapters.empty()));
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
    bool ok = x_.allocate(batchSize * p.embeddingLength) &&
              delta_.allocate(batchSize * p.embeddingLength) &&
              normed_.allocate(batchSize * p.embeddingLength) &&
              q_.allocate(batchSize * queryWidth) && k_.allocate(batchSize * kvWidth) &&
              v_.allocate(batchSize * kvWidth) && heads_.allocate(batchSize * queryWidth) &&
              gate_.allocate(batchSize * p.feedForwardLength) &&
              up_.allocate(batchSize * p.feedForwardLength);
    for (Rotation& rotation : rotations_) {
        const std::size_t size = batchSize * rotation.rope.pairs();
        ok = ok && rotation.cosines.allocate(size) && rotation.sines.allocate(size);
    }
    return ok;
}

std::uint64_t Forward::bytes() const {
    std::uint64_t sum = attention_.bytes() + linear_.bytes() + x_.bytes() + delta_.bytes() +
                        normed_.bytes() + q_.bytes() + k_.bytes() + v_.bytes() + heads_.bytes() +
                        gate_.bytes() + up_.bytes() + (lowRank_ ? lowRank_->bytes() : 0);
    for (const Rotation& rotation : rotations_) {
        sum += rotation.cosines.bytes() + rotation.sines.bytes();
    }
    return sum;
}

template <typename Work>
void Forward::forEachRow(std::size_t rows, const Work& work) const {
    if (rows < kFewRows) {
        for (std::size_t row = 0; row < rows; ++row) {
            work(row);
        }
        return;
    }
    pool_->forEachInParts(rows, [&work](std::size_t row, std::size_t) { work(row); });
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
        // A row of weights is never longer than the same row as f32.
        const std::span room(reinterpret_cast<std::byte*>(delta_.data() + row * embedding.in),
                             embedding.in * sizeof(float));
        readRow(embedding, std::size_t(tokens[row]), room, x);
        scaleBy(embedding.scale, x);
        for (Rotation& rotation : rotations_) {
            const std::size_t pairs = rotation.rope.pairs();
            rotation.rope.angles(position + row,
                                 std::span(rotation.cosines.data() + row * pairs, pairs),
                                 std::span(rotation.sines.data() + row * pairs, pairs));
        }
    });
    if (lowRank_) {
        lowRank_->addToEmbedding(tokens, x_.data());
    }
    // After the adapters: the family scales what it looks up, whatever that is made of.
    scaleBy(weights_->parameters.embeddingScale,
            std::span(x_.data(), tokens.size() * embedding.in));
}

// Products, with what adapters add to them.
void Forward::multiply(std::span<const LinearOutput> outputs, std::size_t tokens) {
    linear_.multiply(outputs, tokens);
    if (lowRank_) {
        lowRank_->add(linear_, outputs, tokens);
    }
}

void Forward::addDelta(std::size_t row, const float* postNorm) {
    const TransformerParameters& p = weights_->parameters;
    const std::size_t width = p.embeddingLength;
    float* x = x_.data() + row * width;
    float* delta = delta_.data() + row * width;
    if (postNorm != nullptr) {
        kernels_->rmsNorm(delta, delta, postNorm, width, p.normEpsilon);
    }
    kernels_->add(x, delta, width);
}

// The norm of x[row] becomes row `inputRow` of the next product.
void Forward::normalise(std::size_t row, std::size_t inputRow, const float* norm) {
    const TransformerParameters& p = weights_->parameters;
    const std::size_t width = p.embeddingLength;
    float* normed = normed_.data() + row * width;
    kernels_->rmsNorm(normed, x_.data() + row * width, norm, width, p.normEpsilon);
    linear_.setInput(inputRow, std::span(normed, width));
}

void Forward::runLayer(std::size_t index, std::size_t position, std::size_t tokens) {
    const TransformerLayer& layer = weights_->layers[index];

    // What the layer before added is still in delta_.
    const float* normBefore =
        index == 0 ? nullptr : weights_->layers[index - 1].feedForwardPostNorm;
    forEachRow(tokens, [&](std::size_t row) {
        if (index != 0) {
            addDelta(row, normBefore);
        }
        normalise(row, row, layer.attentionNorm);
    });
    runAttention(index, position, tokens);
    forEachRow(tokens, [&](std::size_t row) {
        addDelta(row, layer.attentionPostNorm);
        normalise(row, row, layer.feedForwardNorm);
    });
    runFeedForward(index, tokens);
}

void Forward::runAttention(std::size_t index, std::size_t position, std::size_t tokens) {
    const TransformerParameters& p = weights_->parameters;
    const TransformerLayer& layer = weights_->layers[index];
    const std::array projections = {LinearOutput{&layer.q, q_.data()},
                                    LinearOutput{&layer.k, k_.data()},
                                    LinearOutput{&layer.v, v_.data()}};
    multiply(projections, tokens);
    prepareHeads(index, position, tokens);
    attention_.run({.layer = index,
                    .position = position,
                    .tokens = tokens,
                    .headCount = p.headCount,
                    .scale = p.attentionScale,
                    .window = p.layers[index].window,
                    .softcap = p.attentionSoftcap,
                    .q = q_.data(),
                    .k = k_.data(),
                    .v = v_.data(),
                    .heads = heads_.data()});
    const std::size_t width = std::size_t(p.headCount) * p.headSize;
    forEachRow(tokens, [&](std::size_t row) {
        float* heads = heads_.data() + row * width;
        if (layer.attentionSubNorm != nullptr) {
            kernels_->rmsNorm(heads, heads, layer.attentionSubNorm, width, p.normEpsilon);
        }
        linear_.setInput(row, std::span(heads, width));
    });
    multiply(std::array{LinearOutput{&layer.attentionOut, delta_.data()}}, tokens);
}

void Forward::runFeedForward(std::size_t index, std::size_t tokens) {
    const TransformerParameters& p = weights_->parameters;
    const TransformerLayer& layer = weights_->layers[index];
    const std::array gates = {LinearOutput{&layer.gate, gate_.data()},
                              LinearOutput{&layer.up, up_.data()}};
    multiply(gates, tokens);
    const std::size_t hidden = p.feedForwardLength;
    forEachRow(tokens, [&](std::size_t row) {
        float* gate = gate_.data() + row * hidden;
        activate(gate, up_.data() + row * hidden);
        if (layer.feedForwardSubNorm != nullptr) {
            kernels_->rmsNorm(gate, gate, layer.feedForwardSubNorm, hidden, p.normEpsilon);
        }
        linear_.setInput(row, std::span(gate, hidden));
    });
    multiply(std::array{LinearOutput{&layer.down, delta_.data()}}, tokens);
}

void Forward::activate(float* gate, const float* up) const {
    const TransformerParameters& p = weights_->parameters;
    switch (p.activation) {
    case Activation::Silu:
        return kernels_->siluMultiply(gate, up, p.feedForwardLength);
    case Activation::Gelu:
        return kernels_->geluMultiply(gate, up, p.feedForwardLength);
    case Activation::ReluSquared:
        return kernels_->reluSquaredMultiply(gate, up, p.feedForwardLength);
    }
}

// Null: the layer is not rotated.
const Forward::Rotation* Forward::rotationOf(std::size_t layer) const {
    switch (weights_->parameters.layers[layer].rope) {
    case LayerRope::Global:
        return rotations_.data();
    case LayerRope::Local:
        return &rotations_.back();
    case LayerRope::None:
        break;
    }
    return nullptr;
}

// Norms, rotation and scale of q and k, as far as the layer has them.
void Forward::prepareHeads(std::size_t layer, std::size_t position, std::size_t tokens) {
    const TransformerParameters& p = weights_->parameters;
    const TransformerLayer& weights = weights_->layers[layer];
    const std::size_t size = p.headSize;
    const Rotation* rotation = rotationOf(layer);
    const auto turn =
        p.ropeForm == RopeForm::Halves ? kernels_->rotateHalves : kernels_->rotateNeighbours;
    const auto prepare = [&](float* heads, std::size_t count, const float* norm, std::size_t row) {
        for (std::size_t i = 0; i < count; ++i) {
            float* head = heads + i * size;
            if (norm != nullptr) {
                kernels_->rmsNorm(head, head, norm, size, p.normEpsilon);
            }
            if (rotation != nullptr) {
                const std::size_t pairs = rotation->rope.pairs();
                turn(head,
                     rotation->cosines.data() + row * pairs,
                     rotation->sines.data() + row * pairs,
                     pairs);
            }
        }
    };
    forEachRow(tokens, [&](std::size_t row) {
        const std::size_t queryWidth = p.headCount * size;
        float* q = q_.data() + row * queryWidth;
        float* k = k_.data() + row * p.kvHeadCount * size;
        prepare(q, p.headCount, weights.queryNorm, row);
        prepare(k, p.kvHeadCount, weights.keyNorm, row);
        if (p.queryTemperature != 0) {
            const std::size_t stretch = (position + row) / p.originalContextLength;
            const auto factor =
                float(1 + double(p.queryTemperature) * std::log(1 + double(stretch)));
            scaleBy(factor, std::span(q, queryWidth));
        }
    });
}

void Forward::writeLogits(std::size_t tokens, std::span<float> logits) {
    const std::size_t rows = logits.size() / weights_->vocabularySize;
    ATTEST_DCHECK(rows <= tokens && rows * weights_->vocabularySize == logits.size());
    forEachRow(rows, [&](std::size_t row) {
        const std::size_t from = tokens - rows + row;
        addDelta(from, weights_->layers.back().feedForwardPostNorm);
        normalise(from, row, weights_->outputNorm);
    });
    multiply(std::array{LinearOutput{&weights_->head, logits.data()}}, rows);
    capLogits(logits);
}

void Forward::capLogits(std::span<float> logits) const {
    const float cap = weights_->parameters.logitSoftcap;
    if (cap == 0) {
        return;
    }
    const std::size_t chunks = (logits.size() + kCapChunk - 1) / kCapChunk;
    pool_->forEach(chunks, [&](std::size_t chunk, std::size_t) {
        const std::size_t first = chunk * kCapChunk;
        kernels_->softcap(logits.data() + first, std::min(kCapChunk, logits.size() - first), cap);
    });
}

} // namespace attest::engine
