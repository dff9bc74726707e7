#include "engine/transformer/weights.h"

#include "base/utf8.h"
#include "engine/kernels/unpack.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

namespace attest::engine {

namespace {

Error wrongTensor(std::string_view name, const std::string& what) {
    return Error{ErrorCode::InvalidInput, "tensor '" + std::string(name) + "' " + what};
}

std::string shapeText(std::span<const std::uint64_t> shape) {
    std::string text;
    for (const std::uint64_t size : shape) {
        text += (text.empty() ? "" : " x ") + std::to_string(size);
    }
    return text;
}

// Remembers what was taken, so that a tensor nobody asked for is noticed.
class Finder {
public:
    explicit Finder(const GgufFile& file) : file_(file), taken_(file.tensors().size()) {}

    Result<Matrix> matrix(const std::string& name, std::uint64_t in, std::uint64_t out) {
        ATTEST_TRY_ASSIGN(const TensorInfo* tensor, take(name, {in, out}));
        const std::optional<BlockLayout> layout = blockLayout(tensor->type);
        if (!layout) {
            return Error{ErrorCode::Unsupported,
                         "tensor '" + name + "' has type " + toString(tensor->type) +
                             ", which this build cannot compute with"};
        }
        if (in % layout->elements != 0) {
            return wrongTensor(name,
                               "has rows that are not whole blocks of " + toString(tensor->type));
        }
        const std::uint64_t rowBytes = in / layout->elements * layout->bytes;
        if (tensor->data.size() != rowBytes * out + layout->tailBytes) {
            return wrongTensor(name, "has " + std::to_string(tensor->data.size()) + " bytes");
        }
        ATTEST_TRY(checkAlignment(*tensor));
        const float scale = tensorScale(*tensor);
        if (!std::isfinite(scale)) {
            return wrongTensor(name, "has a scale that is not a finite number");
        }
        return Matrix{.type = tensor->type,
                      .data = tensor->data.data(),
                      .rowBytes = std::size_t(rowBytes),
                      .in = std::size_t(in),
                      .out = std::size_t(out),
                      .scale = scale};
    }

    // As matrix(), with the bias and the scale of the same name if there are any.
    Result<Matrix> layerMatrix(const std::string& stem, std::uint64_t in, std::uint64_t out) {
        ATTEST_TRY_ASSIGN(Matrix found, matrix(stem + ".weight", in, out));
        if (has(stem + ".bias")) {
            ATTEST_TRY_ASSIGN(const auto bias, vector(stem + ".bias", out));
            found.bias = bias.data();
        }
        if (has(stem + ".scale")) {
            ATTEST_TRY_ASSIGN(const auto scale, vector(stem + ".scale", 1));
            found.scale *= scale.front();
            if (!std::isfinite(found.scale)) {
                return wrongTensor(stem + ".scale", "is not a finite number");
            }
        }
        return found;
    }

    Result<const float*> norm(const std::string& name, std::uint64_t size) {
        ATTEST_TRY_ASSIGN(const auto weights, vector(name, size));
        return weights.data();
    }

    Result<std::span<const float>> vector(const std::string& name, std::uint64_t size) {
        ATTEST_TRY_ASSIGN(const TensorInfo* tensor, take(name, {size}));
        if (tensor->type != TensorType::F32) {
            return Error{ErrorCode::Unsupported,
                         "tensor '" + name + "' has type " + toString(tensor->type) +
                             "; vectors must be F32"};
        }
        if (tensor->data.size() != size * sizeof(float)) {
            return wrongTensor(name, "has " + std::to_string(tensor->data.size()) + " bytes");
        }
        ATTEST_TRY(checkAlignment(*tensor));
        return std::span(reinterpret_cast<const float*>(tensor->data.data()), std::size_t(size));
    }

    // Divisors: positive and finite. Empty when the tensor is not there.
    Result<std::span<const float>> ropeFactors(const std::string& name, std::uint64_t size) {
        if (!has(name)) {
            return std::span<const float>();
        }
        ATTEST_TRY_ASSIGN(const auto factors, vector(name, size));
        for (const float factor : factors) {
            if (!std::isfinite(factor) || factor <= 0) {
                return wrongTensor(name, "holds a factor that is not a positive number");
            }
        }
        return factors;
    }

    bool has(const std::string& name) const { return file_.findTensor(name) != nullptr; }

    // A tensor that the computation would ignore means that the result would be wrong.
    Result<void> checkAllTaken(std::string_view architecture) const {
        const std::span<const TensorInfo> tensors = file_.tensors();
        for (std::size_t i = 0; i < tensors.size(); ++i) {
            // Old files store the rotation frequencies of each layer; they follow from the keys.
            const std::string_view name = tensors[i].name;
            if (!taken_[i] && !name.ends_with(".attn_rot_embd.weight")) {
                return Error{ErrorCode::Unsupported,
                             "tensor '" + std::string(truncateUtf8(name, 80)) +
                                 "' is not part of the " + std::string(architecture) +
                                 " architecture as this build knows it"};
            }
        }
        return {};
    }

private:
    Result<const TensorInfo*> take(const std::string& name, std::vector<std::uint64_t> shape) {
        const TensorInfo* tensor = file_.findTensor(name);
        if (tensor == nullptr) {
            return wrongTensor(name, "is missing");
        }
        // Trailing dimensions of 1 mean nothing.
        std::vector<std::uint64_t> found = tensor->shape;
        while (found.size() > shape.size() && found.back() == 1) {
            found.pop_back();
        }
        if (found != shape) {
            return wrongTensor(
                name, "has shape " + shapeText(tensor->shape) + ", expected " + shapeText(shape));
        }
        taken_[std::size_t(tensor - file_.tensors().data())] = true;
        return tensor;
    }

    static Result<void> checkAlignment(const TensorInfo& tensor) {
        const std::size_t needed = tensor.type == TensorType::F32 ? alignof(float) : 1;
        if (reinterpret_cast<std::uintptr_t>(tensor.data.data()) % needed != 0) {
            return wrongTensor(tensor.name, "does not start at a multiple of 4 bytes");
        }
        return {};
    }

    const GgufFile& file_;
    std::vector<bool> taken_; // as file_.tensors()
};

// Rows of a matrix as one of their own.
Matrix rowsOf(const Matrix& all, std::size_t begin, std::size_t count) {
    Matrix part = all;
    part.data += begin * all.rowBytes;
    part.out = count;
    part.bias = all.bias == nullptr ? nullptr : all.bias + begin;
    return part;
}

// The three projections may be one tensor whose rows are all of q, then k, then v.
Result<void> findProjections(Finder& find,
                             const std::string& block,
                             const TransformerParameters& p,
                             TransformerLayer& layer) {
    const std::size_t width = p.embeddingLength;
    const std::size_t queryRows = std::size_t(p.headCount) * p.headSize;
    const std::size_t kvRows = std::size_t(p.kvHeadCount) * p.headSize;
    if (find.has(block + "attn_qkv.weight")) {
        ATTEST_TRY_ASSIGN(const Matrix all,
                          find.layerMatrix(block + "attn_qkv", width, queryRows + 2 * kvRows));
        layer.q = rowsOf(all, 0, queryRows);
        layer.k = rowsOf(all, queryRows, kvRows);
        layer.v = rowsOf(all, queryRows + kvRows, kvRows);
    } else {
        ATTEST_TRY_ASSIGN(layer.q, find.layerMatrix(block + "attn_q", width, queryRows));
        ATTEST_TRY_ASSIGN(layer.k, find.layerMatrix(block + "attn_k", width, kvRows));
        ATTEST_TRY_ASSIGN(layer.v, find.layerMatrix(block + "attn_v", width, kvRows));
    }
    if (p.tensors.projectionBiases) {
        for (const auto& [matrix, name] : {std::pair(&layer.q, "attn_q.bias"),
                                           std::pair(&layer.k, "attn_k.bias"),
                                           std::pair(&layer.v, "attn_v.bias")}) {
            if (matrix->bias == nullptr) {
                return wrongTensor(block + name, "is missing");
            }
        }
    }
    if (p.tensors.queryKeyNorms) {
        ATTEST_TRY_ASSIGN(layer.queryNorm, find.norm(block + "attn_q_norm.weight", p.headSize));
        ATTEST_TRY_ASSIGN(layer.keyNorm, find.norm(block + "attn_k_norm.weight", p.headSize));
    }
    return {};
}

Result<void> findFeedForward(Finder& find,
                             const std::string& block,
                             const TransformerParameters& p,
                             TransformerLayer& layer) {
    const std::size_t width = p.embeddingLength;
    const std::size_t hidden = p.feedForwardLength;
    ATTEST_TRY_ASSIGN(layer.feedForwardNorm, find.norm(block + "ffn_norm.weight", width));
    if (p.tensors.gateInUp) {
        ATTEST_TRY_ASSIGN(const Matrix both, find.layerMatrix(block + "ffn_up", width, 2 * hidden));
        layer.gate = rowsOf(both, 0, hidden);
        layer.up = rowsOf(both, hidden, hidden);
    } else {
        ATTEST_TRY_ASSIGN(layer.gate, find.layerMatrix(block + "ffn_gate", width, hidden));
        ATTEST_TRY_ASSIGN(layer.up, find.layerMatrix(block + "ffn_up", width, hidden));
    }
    if (p.tensors.subNorms) {
        ATTEST_TRY_ASSIGN(layer.feedForwardSubNorm,
                          find.norm(block + "ffn_sub_norm.weight", hidden));
    }
    ATTEST_TRY_ASSIGN(layer.down, find.layerMatrix(block + "ffn_down", hidden, width));
    if (p.tensors.postNorms) {
        ATTEST_TRY_ASSIGN(layer.feedForwardPostNorm,
                          find.norm(block + "post_ffw_norm.weight", width));
    }
    return {};
}

Result<TransformerLayer>
findLayer(Finder& find, std::uint32_t index, const TransformerParameters& p) {
    const std::string block = "blk." + std::to_string(index) + ".";
    const std::size_t width = p.embeddingLength;
    const std::size_t queryRows = std::size_t(p.headCount) * p.headSize;
    TransformerLayer layer;
    ATTEST_TRY_ASSIGN(layer.attentionNorm, find.norm(block + "attn_norm.weight", width));
    ATTEST_TRY(findProjections(find, block, p, layer));
    if (p.tensors.subNorms) {
        ATTEST_TRY_ASSIGN(layer.attentionSubNorm,
                          find.norm(block + "attn_sub_norm.weight", queryRows));
    }
    ATTEST_TRY_ASSIGN(layer.attentionOut,
                      find.layerMatrix(block + "attn_output", queryRows, width));
    if (p.tensors.postNorms) {
        ATTEST_TRY_ASSIGN(layer.attentionPostNorm,
                          find.norm(block + "post_attention_norm.weight", width));
    }
    ATTEST_TRY(findFeedForward(find, block, p, layer));
    return layer;
}

Result<void> findRopeFactors(Finder& find, TransformerWeights& weights) {
    const std::uint64_t pairs = weights.parameters.ropeSize / 2;
    const std::string shortName = "rope_factors_short.weight";
    const std::string longName = "rope_factors_long.weight";
    ATTEST_TRY_ASSIGN(weights.ropeFactors, find.ropeFactors("rope_freqs.weight", pairs));
    ATTEST_TRY_ASSIGN(weights.ropeFactorsShort, find.ropeFactors(shortName, pairs));
    ATTEST_TRY_ASSIGN(weights.ropeFactorsLong, find.ropeFactors(longName, pairs));
    if (weights.ropeFactorsShort.empty() != weights.ropeFactorsLong.empty()) {
        return wrongTensor(weights.ropeFactorsShort.empty() ? shortName : longName, "is missing");
    }
    return {};
}

} // namespace

bool TransformerWeights::hasFloatProducts() const {
    const auto isFloat = [](const Matrix* matrix) {
        return !quantIndex(matrix->type);
    };
    return isFloat(&head) ||
           std::any_of(layers.begin(), layers.end(), [&](const TransformerLayer& layer) {
               const auto matrices = matricesOf(layer);
               return std::any_of(matrices.begin(), matrices.end(), isFloat);
           });
}

std::span<const float> TransformerWeights::ropeDivisors(std::size_t contextLength) const {
    if (!ropeFactors.empty()) {
        return ropeFactors;
    }
    return contextLength > parameters.originalContextLength ? ropeFactorsLong : ropeFactorsShort;
}

Result<TransformerWeights>
findWeights(const GgufFile& file, TransformerParameters parameters, std::uint32_t vocabularySize) {
    TransformerWeights weights;
    weights.vocabularySize = vocabularySize;
    weights.parameters = std::move(parameters);
    const TransformerParameters& p = weights.parameters;
    const std::uint64_t width = p.embeddingLength;
    Finder find(file);
    ATTEST_TRY_ASSIGN(weights.embedding, find.matrix("token_embd.weight", width, vocabularySize));
    weights.head = weights.embedding;
    if (find.has("output.weight")) {
        ATTEST_TRY_ASSIGN(weights.head, find.layerMatrix("output", width, vocabularySize));
    } else if (find.has("output.bias")) {
        ATTEST_TRY_ASSIGN(const auto bias, find.vector("output.bias", vocabularySize));
        weights.head.bias = bias.data();
    }
    ATTEST_TRY_ASSIGN(weights.outputNorm, find.norm("output_norm.weight", width));
    for (std::uint32_t i = 0; i < p.layerCount; ++i) {
        ATTEST_TRY_ASSIGN(const TransformerLayer layer, findLayer(find, i, p));
        weights.layers.push_back(layer);
    }
    ATTEST_TRY(findRopeFactors(find, weights));
    ATTEST_TRY(find.checkAllTaken(p.architecture));
    return weights;
}

} // namespace attest::engine
