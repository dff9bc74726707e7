#include "engine/transformer/weights.h"

#include "engine/kernels/unpack.h"

#include <cmath>
#include <set>
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
    explicit Finder(const GgufFile& file) : file_(file) {}

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
        return Matrix{.type = tensor->type,
                      .data = tensor->data.data(),
                      .rowBytes = std::size_t(rowBytes),
                      .in = std::size_t(in),
                      .out = std::size_t(out),
                      .scale = tensorScale(*tensor)};
    }

    // As matrix(), with the bias of the same name if there is one.
    Result<Matrix> layerMatrix(const std::string& stem, std::uint64_t in, std::uint64_t out) {
        ATTEST_TRY_ASSIGN(Matrix found, matrix(stem + ".weight", in, out));
        if (has(stem + ".bias")) {
            ATTEST_TRY_ASSIGN(const auto bias, vector(stem + ".bias", out));
            found.bias = bias.data();
        }
        return found;
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
    Result<void> checkAllTaken() const {
        for (const TensorInfo& tensor : file_.tensors()) {
            // Old files store the rotation frequencies of each layer; they follow from the keys.
            if (!taken_.contains(tensor.name) &&
                !std::string_view(tensor.name).ends_with(".attn_rot_embd.weight")) {
                return Error{ErrorCode::Unsupported,
                             "tensor '" + tensor.name.substr(0, 80) +
                                 "' is not part of the llama architecture as this build knows it"};
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
        taken_.insert(name);
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
    std::set<std::string, std::less<>> taken_;
};

// The three projections may be one tensor whose rows are all of q, then k, then v.
Result<void> findFused(Finder& find,
                       const std::string& block,
                       const TransformerParameters& p,
                       TransformerLayer& layer) {
    const std::size_t queryRows = std::size_t(p.headCount) * p.headSize;
    const std::size_t kvRows = std::size_t(p.kvHeadCount) * p.headSize;
    ATTEST_TRY_ASSIGN(
        const Matrix all,
        find.layerMatrix(block + "attn_qkv", p.embeddingLength, queryRows + 2 * kvRows));
    const auto rows = [&all](std::size_t begin, std::size_t count) {
        Matrix part = all;
        part.data += begin * all.rowBytes;
        part.out = count;
        part.bias = all.bias == nullptr ? nullptr : all.bias + begin;
        return part;
    };
    layer.q = rows(0, queryRows);
    layer.k = rows(queryRows, kvRows);
    layer.v = rows(queryRows + kvRows, kvRows);
    return {};
}

Result<TransformerLayer>
findLayer(Finder& find, std::uint32_t index, const TransformerParameters& p) {
    const std::string block = "blk." + std::to_string(index) + ".";
    const std::uint64_t width = p.embeddingLength;
    const std::uint64_t hidden = p.feedForwardLength;
    const std::uint64_t queryRows = std::uint64_t(p.headCount) * p.headSize;
    const std::uint64_t kvRows = std::uint64_t(p.kvHeadCount) * p.headSize;
    TransformerLayer layer;
    ATTEST_TRY_ASSIGN(const auto attentionNorm, find.vector(block + "attn_norm.weight", width));
    layer.attentionNorm = attentionNorm.data();
    if (find.has(block + "attn_qkv.weight")) {
        ATTEST_TRY(findFused(find, block, p, layer));
    } else {
        ATTEST_TRY_ASSIGN(layer.q, find.layerMatrix(block + "attn_q", width, queryRows));
        ATTEST_TRY_ASSIGN(layer.k, find.layerMatrix(block + "attn_k", width, kvRows));
        ATTEST_TRY_ASSIGN(layer.v, find.layerMatrix(block + "attn_v", width, kvRows));
    }
    ATTEST_TRY_ASSIGN(layer.attentionOut,
                      find.layerMatrix(block + "attn_output", queryRows, width));
    ATTEST_TRY_ASSIGN(const auto feedForwardNorm, find.vector(block + "ffn_norm.weight", width));
    layer.feedForwardNorm = feedForwardNorm.data();
    ATTEST_TRY_ASSIGN(layer.gate, find.layerMatrix(block + "ffn_gate", width, hidden));
    ATTEST_TRY_ASSIGN(layer.up, find.layerMatrix(block + "ffn_up", width, hidden));
    ATTEST_TRY_ASSIGN(layer.down, find.layerMatrix(block + "ffn_down", hidden, width));
    return layer;
}

} // namespace

Result<TransformerWeights> findWeights(const GgufFile& file, std::uint32_t vocabularySize) {
    TransformerWeights weights;
    ATTEST_TRY_ASSIGN(weights.parameters, readParameters(file));
    const TransformerParameters& p = weights.parameters;
    weights.vocabularySize = vocabularySize;
    Finder find(file);
    const std::uint64_t width = p.embeddingLength;
    ATTEST_TRY_ASSIGN(weights.embedding, find.matrix("token_embd.weight", width, vocabularySize));
    weights.head = weights.embedding;
    if (find.has("output.weight")) {
        ATTEST_TRY_ASSIGN(weights.head, find.layerMatrix("output", width, vocabularySize));
    }
    ATTEST_TRY_ASSIGN(const auto norm, find.vector("output_norm.weight", width));
    weights.outputNorm = norm.data();
    for (std::uint32_t i = 0; i < p.layerCount; ++i) {
        ATTEST_TRY_ASSIGN(TransformerLayer layer, findLayer(find, i, p));
        weights.layers.push_back(layer);
    }
    const std::uint64_t pairs = p.headSize / 2;
    ATTEST_TRY_ASSIGN(weights.ropeFactors, find.ropeFactors("rope_freqs.weight", pairs));
    ATTEST_TRY_ASSIGN(weights.ropeFactorsShort,
                      find.ropeFactors("rope_factors_short.weight", pairs));
    ATTEST_TRY_ASSIGN(weights.ropeFactorsLong, find.ropeFactors("rope_factors_long.weight", pairs));
    if (weights.ropeFactorsShort.empty() != weights.ropeFactorsLong.empty()) {
        return wrongTensor(weights.ropeFactorsShort.empty() ? "rope_factors_short.weight"
                                                            : "rope_factors_long.weight",
                           "is missing");
    }
    ATTEST_TRY(find.checkAllTaken());
    return weights;
}

} // namespace attest::engine
