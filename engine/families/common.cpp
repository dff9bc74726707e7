#include "engine/families/common.h"

#include <cmath>

namespace attest::engine {

namespace {

using Limits = ParameterLimits;

Result<void> readHeads(const KeyReader& keys, TransformerParameters& p) {
    ATTEST_TRY_ASSIGN(p.headCount, keys.count("attention.head_count", Limits::kHeads));
    ATTEST_TRY_ASSIGN(p.kvHeadCount,
                      keys.countOr("attention.head_count_kv", p.headCount, p.headCount));
    if (p.headCount % p.kvHeadCount != 0) {
        return keys.invalid("attention.head_count_kv",
                            "is " + std::to_string(p.kvHeadCount) + ", which does not divide " +
                                std::to_string(p.headCount) + " heads");
    }
    const bool divides = p.embeddingLength % p.headCount == 0;
    if (!keys.has("attention.key_length") && !divides) {
        return keys.invalid("attention.head_count",
                            "is " + std::to_string(p.headCount) +
                                ", which does not divide the embedding length " +
                                std::to_string(p.embeddingLength));
    }
    const std::uint32_t usual = p.embeddingLength / p.headCount;
    ATTEST_TRY_ASSIGN(p.headSize, keys.countOr("attention.key_length", Limits::kHeadSize, usual));
    ATTEST_TRY_ASSIGN(
        const std::uint32_t valueSize,
        keys.countOr("attention.value_length", Limits::kHeadSize, divides ? usual : p.headSize));
    if (valueSize != p.headSize) {
        return Error{ErrorCode::Unsupported,
                     "key '" + keys.keyOf("attention.value_length") +
                         "' differs from the key length; this build needs them equal"};
    }
    if (p.headSize % 2 != 0) {
        return keys.invalid("attention.key_length", "is odd; rotary embedding needs pairs");
    }
    ATTEST_TRY_ASSIGN(const double scale, keys.numberOrOff("attention.scale", {1e-6, 1e6}, 0));
    p.attentionScale = scale == 0 ? 1.0F / std::sqrt(float(p.headSize)) : float(scale);
    return {};
}

Result<RopeScaling> readScalingType(const KeyReader& keys) {
    ATTEST_TRY_ASSIGN(const std::string_view type, keys.stringOr("rope.scaling.type", "linear"));
    if (type == "none") {
        return RopeScaling::None;
    }
    if (type == "linear") {
        return RopeScaling::Linear;
    }
    if (type == "yarn") {
        return RopeScaling::Yarn;
    }
    if (type == "longrope") {
        return RopeScaling::LongRope;
    }
    return Error{ErrorCode::Unsupported,
                 "key '" + keys.keyOf("rope.scaling.type") +
                     "' has an unknown value; none, linear, yarn and longrope are supported"};
}

Result<void> readRope(const KeyReader& keys, TransformerParameters& p) {
    ATTEST_TRY_ASSIGN(p.ropeSize, keys.countOr("rope.dimension_count", p.headSize, p.headSize));
    if (p.ropeSize % 2 != 0) {
        return keys.invalid("rope.dimension_count", "is odd; rotary embedding needs pairs");
    }
    RopeParameters& rope = p.globalRope;
    ATTEST_TRY_ASSIGN(rope.base, keys.numberOr("rope.freq_base", kRopeBases, rope.base));
    ATTEST_TRY_ASSIGN(rope.scaling, readScalingType(keys));
    const char* factorKey =
        keys.has("rope.scaling.factor") ? "rope.scaling.factor" : "rope.scale_linear";
    // Some converters write 0 where nothing is scaled.
    ATTEST_TRY_ASSIGN(const double given, keys.numberOrOff(factorKey, {1e-3, 1e6}, 0));
    const double factor = given == 0 ? 1 : given;
    ATTEST_TRY_ASSIGN(
        p.originalContextLength,
        keys.countOr("rope.scaling.original_context_length", Limits::kContext, p.contextLength));
    ATTEST_TRY_ASSIGN(rope.attentionFactor,
                      keys.numberOr("rope.scaling.attn_factor", {1e-3, 1e3}, 1));
    const bool scales = rope.scaling == RopeScaling::Linear || rope.scaling == RopeScaling::Yarn;
    rope.frequencyScale = scales ? 1 / factor : 1;
    return {};
}

} // namespace

Result<TransformerParameters> readCommon(const KeyReader& keys) {
    TransformerParameters p;
    p.architecture = keys.architecture();
    ATTEST_TRY_ASSIGN(p.contextLength, keys.count("context_length", Limits::kContext));
    ATTEST_TRY_ASSIGN(p.embeddingLength, keys.count("embedding_length", Limits::kEmbedding));
    ATTEST_TRY_ASSIGN(p.layerCount, keys.count("block_count", Limits::kLayers));
    ATTEST_TRY_ASSIGN(p.feedForwardLength, keys.count("feed_forward_length", Limits::kFeedForward));
    ATTEST_TRY_ASSIGN(const double epsilon,
                      keys.number("attention.layer_norm_rms_epsilon", {1e-30, 1}));
    p.normEpsilon = float(epsilon);
    ATTEST_TRY_ASSIGN(const std::uint32_t experts, keys.sizeOr("expert_count", 1U << 20U, 0));
    if (experts != 0) {
        return Error{ErrorCode::Unsupported,
                     "key '" + keys.keyOf("expert_count") +
                         "': mixtures of experts are not supported"};
    }
    ATTEST_TRY(readHeads(keys, p));
    ATTEST_TRY(readRope(keys, p));
    p.layers.resize(p.layerCount);
    return p;
}

} // namespace attest::engine
