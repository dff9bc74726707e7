#include "engine/transformer/parameters.h"

#include <cmath>
#include <string>
#include <string_view>

namespace attest::engine {

namespace {

constexpr std::string_view kPrefix = "llama.";

// Larger than any published model by a good margin, small enough that no product of them overflows.
constexpr std::uint64_t kMaxContext = 1U << 24U;
constexpr std::uint64_t kMaxEmbedding = 65'536;
constexpr std::uint64_t kMaxLayers = 1'024;
constexpr std::uint64_t kMaxHeads = 1'024;
constexpr std::uint64_t kMaxHeadSize = 1'024;
constexpr std::uint64_t kMaxFeedForward = 524'288;

Error invalid(const std::string& key, const std::string& what) {
    return Error{ErrorCode::InvalidInput, "key '" + key + "' " + what};
}

// An absent key without a default is the file's fault, not a failed look-up.
template <typename T>
Result<T> required(Result<T> value) {
    if (!value.ok() && value.error().code == ErrorCode::NotFound) {
        return Error{ErrorCode::InvalidInput, value.error().message};
    }
    return value;
}

class Reader {
public:
    explicit Reader(const GgufFile& file) : file_(file) {}

    // 1…maximum.
    Result<std::uint32_t> count(std::string_view name, std::uint64_t maximum) const {
        const std::string key = keyOf(name);
        ATTEST_TRY_ASSIGN(const std::uint64_t value, required(file_.unsignedValue(key)));
        return checked(key, value, maximum);
    }

    Result<std::uint32_t>
    countOr(std::string_view name, std::uint64_t maximum, std::uint64_t fallback) const {
        const std::string key = keyOf(name);
        ATTEST_TRY_ASSIGN(const std::uint64_t value, file_.unsignedOr(key, fallback));
        return checked(key, value, maximum);
    }

    Result<double> number(std::string_view name) const {
        const std::string key = keyOf(name);
        ATTEST_TRY_ASSIGN(const double value, required(file_.floatValue(key)));
        return finite(key, value);
    }

    Result<double> numberOr(std::string_view name, double fallback) const {
        const std::string key = keyOf(name);
        ATTEST_TRY_ASSIGN(const double value, file_.floatOr(key, fallback));
        return finite(key, value);
    }

    Result<std::string_view> stringOr(std::string_view name, std::string_view fallback) const {
        return file_.stringOr(keyOf(name), fallback);
    }

    bool has(std::string_view name) const { return file_.has(keyOf(name)); }

    static std::string keyOf(std::string_view name) {
        return std::string(kPrefix) + std::string(name);
    }

private:
    static Result<std::uint32_t>
    checked(const std::string& key, std::uint64_t value, std::uint64_t maximum) {
        if (value < 1 || value > maximum) {
            return invalid(
                key, "is " + std::to_string(value) + ", outside 1 to " + std::to_string(maximum));
        }
        return std::uint32_t(value);
    }

    static Result<double> finite(const std::string& key, double value) {
        if (!std::isfinite(value)) {
            return invalid(key, "is not a finite number");
        }
        return value;
    }

    const GgufFile& file_;
};

Result<void> readHeads(const Reader& reader, TransformerParameters& p) {
    ATTEST_TRY_ASSIGN(p.headCount, reader.count("attention.head_count", kMaxHeads));
    ATTEST_TRY_ASSIGN(p.kvHeadCount,
                      reader.countOr("attention.head_count_kv", p.headCount, p.headCount));
    if (p.headCount % p.kvHeadCount != 0) {
        return invalid(Reader::keyOf("attention.head_count_kv"),
                       "is " + std::to_string(p.kvHeadCount) + ", which does not divide " +
                           std::to_string(p.headCount) + " heads");
    }
    if (!reader.has("attention.key_length") && p.embeddingLength % p.headCount != 0) {
        return invalid(Reader::keyOf("attention.head_count"),
                       "is " + std::to_string(p.headCount) +
                           ", which does not divide the embedding length " +
                           std::to_string(p.embeddingLength));
    }
    ATTEST_TRY_ASSIGN(
        p.headSize,
        reader.countOr("attention.key_length", kMaxHeadSize, p.embeddingLength / p.headCount));
    ATTEST_TRY_ASSIGN(const std::uint32_t valueSize,
                      reader.countOr("attention.value_length",
                                     kMaxHeadSize,
                                     p.embeddingLength % p.headCount == 0
                                         ? p.embeddingLength / p.headCount
                                         : p.headSize));
    if (valueSize != p.headSize) {
        return Error{ErrorCode::Unsupported,
                     "key '" + Reader::keyOf("attention.value_length") +
                         "' differs from the key length; this build needs them equal"};
    }
    if (p.headSize % 2 != 0) {
        return invalid(Reader::keyOf("attention.key_length"),
                       "is odd; rotary embedding needs pairs");
    }
    ATTEST_TRY_ASSIGN(const double scale, reader.numberOr("attention.scale", 0));
    p.attentionScale = scale == 0 ? 1.0F / std::sqrt(float(p.headSize)) : float(scale);
    if (!std::isfinite(p.attentionScale)) {
        return invalid(Reader::keyOf("attention.scale"), "is out of range");
    }
    return {};
}

Result<void> readRope(const Reader& reader, TransformerParameters& p) {
    ATTEST_TRY_ASSIGN(const std::uint32_t rotated,
                      reader.countOr("rope.dimension_count", kMaxHeadSize, p.headSize));
    if (rotated != p.headSize) {
        return invalid(Reader::keyOf("rope.dimension_count"),
                       "is " + std::to_string(rotated) + "; llama rotates whole heads of " +
                           std::to_string(p.headSize));
    }
    ATTEST_TRY_ASSIGN(p.ropeBase, reader.numberOr("rope.freq_base", 10'000));
    if (p.ropeBase <= 1 || p.ropeBase > 1e12) {
        return invalid(Reader::keyOf("rope.freq_base"), "is outside 1 to 1e12");
    }
    ATTEST_TRY_ASSIGN(const std::string_view type, reader.stringOr("rope.scaling.type", "linear"));
    const std::string factorKey =
        reader.has("rope.scaling.factor") ? "rope.scaling.factor" : "rope.scale_linear";
    ATTEST_TRY_ASSIGN(double factor, reader.numberOr(factorKey, 0));
    if (factor == 0) {
        factor = 1;
    }
    if (factor < 1e-3 || factor > 1e6) {
        return invalid(Reader::keyOf(factorKey), "is outside 0.001 to 1000000");
    }
    ATTEST_TRY_ASSIGN(
        p.originalContextLength,
        reader.countOr("rope.scaling.original_context_length", kMaxContext, p.contextLength));
    ATTEST_TRY_ASSIGN(p.ropeAttentionFactor, reader.numberOr("rope.scaling.attn_factor", 1));
    if (p.ropeAttentionFactor <= 0 || p.ropeAttentionFactor > 1e3) {
        return invalid(Reader::keyOf("rope.scaling.attn_factor"), "is outside 0 to 1000");
    }
    if (type == "none") {
        p.ropeScaling = RopeScaling::None;
    } else if (type == "linear") {
        p.ropeScaling = RopeScaling::Linear;
    } else if (type == "yarn") {
        p.ropeScaling = RopeScaling::Yarn;
    } else if (type == "longrope") {
        p.ropeScaling = RopeScaling::LongRope;
    } else {
        return Error{ErrorCode::Unsupported,
                     "key '" + Reader::keyOf("rope.scaling.type") +
                         "' has an unknown value; none, linear, yarn and longrope are supported"};
    }
    const bool scales = p.ropeScaling == RopeScaling::Linear || p.ropeScaling == RopeScaling::Yarn;
    p.ropeFrequencyScale = scales ? 1 / factor : 1;
    return {};
}

} // namespace

Result<TransformerParameters> readParameters(const GgufFile& file) {
    ATTEST_TRY_ASSIGN(const std::string_view architecture,
                      required(file.stringValue("general.architecture")));
    if (architecture != "llama") {
        return Error{ErrorCode::Unsupported,
                     "architecture '" + std::string(architecture.substr(0, 40)) +
                         "' is not supported; this build runs 'llama'"};
    }
    const Reader reader(file);
    TransformerParameters p;
    ATTEST_TRY_ASSIGN(p.contextLength, reader.count("context_length", kMaxContext));
    ATTEST_TRY_ASSIGN(p.embeddingLength, reader.count("embedding_length", kMaxEmbedding));
    ATTEST_TRY_ASSIGN(p.layerCount, reader.count("block_count", kMaxLayers));
    ATTEST_TRY_ASSIGN(p.feedForwardLength, reader.count("feed_forward_length", kMaxFeedForward));
    ATTEST_TRY_ASSIGN(const double epsilon, reader.number("attention.layer_norm_rms_epsilon"));
    p.normEpsilon = float(epsilon);
    if (!(p.normEpsilon > 0) || p.normEpsilon > 1) {
        return invalid(Reader::keyOf("attention.layer_norm_rms_epsilon"), "is outside 0 to 1");
    }
    if (file.has("llama.expert_count")) {
        ATTEST_TRY_ASSIGN(const std::uint64_t experts, file.unsignedValue("llama.expert_count"));
        if (experts != 0) {
            return Error{ErrorCode::Unsupported,
                         "key 'llama.expert_count': mixtures of experts are not supported"};
        }
    }
    ATTEST_TRY(readHeads(reader, p));
    ATTEST_TRY(readRope(reader, p));
    return p;
}

} // namespace attest::engine
