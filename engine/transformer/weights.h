// The tensors of a model, found, checked and named. All are views into the mapped file.
#pragma once

#include "base/result.h"
#include "engine/gguf.h"
#include "engine/large_pages.h"
#include "engine/transformer/parameters.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace attest::engine {

// y = scale · W x (+ bias). Shapes: W (out, in), rows of `rowBytes` one after the other at `data`,
// in the file, or laid down in panels.
struct Matrix {
    TensorType type = TensorType::F32;
    const std::byte* data = nullptr; // where there are panels, no longer rows
    std::size_t rowBytes = 0;
    std::size_t in = 0;
    std::size_t out = 0;
    const std::byte* panels = nullptr; // see panels.h; null: row after row
    std::size_t panelRows = 0;
    std::size_t panelRowBytes = 0;
    const float* bias = nullptr; // (out,), may be null
    float scale = 1;             // of all weights
};

// Norms that a family does not have are null.
struct TransformerLayer {
    const float* attentionNorm = nullptr; // (embedding,)
    Matrix q;
    Matrix k;
    Matrix v;
    const float* queryNorm = nullptr;        // (headSize,)
    const float* keyNorm = nullptr;          // (headSize,)
    const float* attentionSubNorm = nullptr; // (headCount · headSize,)
    Matrix attentionOut;
    const float* attentionPostNorm = nullptr; // (embedding,)
    const float* feedForwardNorm = nullptr;   // (embedding,)
    Matrix gate;
    Matrix up;
    const float* feedForwardSubNorm = nullptr; // (feedForward,)
    Matrix down;
    const float* feedForwardPostNorm = nullptr; // (embedding,)
};

// Pointers to the matrices of a layer, in the order in which they are multiplied by.
template <typename Layer>
auto matricesOf(Layer& layer) {
    return std::array{
        &layer.q, &layer.k, &layer.v, &layer.attentionOut, &layer.gate, &layer.up, &layer.down};
}

struct TransformerWeights {
    TransformerParameters parameters;
    std::uint32_t vocabularySize = 0;
    Matrix embedding; // rows are looked up
    std::vector<TransformerLayer> layers;
    const float* outputNorm = nullptr;
    Matrix head; // the embedding where the file has none of its own

    std::size_t panelRows = 0; // of the matrices that lie in panels; 0: none does
    LargeBuffer widePanels;    // those that take more room than in the file

    // Divisors of the global rotation's frequencies, (ropeSize / 2,); empty where the file has
    // none.
    std::span<const float> ropeFactors; // used at every context length
    std::span<const float> ropeFactorsShort;
    std::span<const float> ropeFactorsLong;

    // `contextLength` is the session's: files with two sets of factors have one for contexts up to
    // the original length and one for longer ones.
    std::span<const float> ropeDivisors(std::size_t contextLength) const;

    // Whether a matrix that is multiplied by holds floats.
    bool hasFloatProducts() const;
};

// Allocates no more than the table of layers it returns, so that a file is refused cheaply.
// Errors: InvalidInput (a tensor is missing or has the wrong shape; the message names it),
// Unsupported (a weight type that cannot be computed with, or a tensor that this build would have
// to ignore).
Result<TransformerWeights>
findWeights(const GgufFile& file, TransformerParameters parameters, std::uint32_t vocabularySize);

} // namespace attest::engine
