#include "engine/transformer/rope.h"

#include "base/check.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace attest::engine {

namespace {

// YaRN's defaults; the llama architecture has no keys for them.
constexpr double kBetaFast = 32;
constexpr double kBetaSlow = 1;

// The pair that turns `rotations` times over the original context.
double correctionPair(const TransformerParameters& p, double rotations) {
    return p.headSize * std::log(p.originalContextLength / (2 * std::numbers::pi * rotations)) /
           (2 * std::log(p.ropeBase));
}

// 1: the pair keeps its frequency; 0: it is interpolated.
double extrapolatedShare(const TransformerParameters& p, std::size_t pair) {
    const double low = std::max(0.0, std::floor(correctionPair(p, kBetaFast)));
    const double high = std::min(p.headSize - 1.0, std::ceil(correctionPair(p, kBetaSlow)));
    return 1 - std::clamp((double(pair) - low) / std::max(0.001, high - low), 0.0, 1.0);
}

std::span<const float> factors(const TransformerWeights& weights, std::size_t contextLength) {
    if (!weights.ropeFactors.empty()) {
        return weights.ropeFactors;
    }
    return contextLength > weights.parameters.originalContextLength ? weights.ropeFactorsLong
                                                                    : weights.ropeFactorsShort;
}

} // namespace

Rope::Rope(const TransformerWeights& weights, std::size_t contextLength) {
    const TransformerParameters& p = weights.parameters;
    const std::span<const float> divisors = factors(weights, contextLength);
    frequencies_.resize(p.headSize / 2);
    for (std::size_t i = 0; i < frequencies_.size(); ++i) {
        double frequency = std::pow(p.ropeBase, -2.0 * double(i) / p.headSize);
        if (!divisors.empty()) {
            frequency /= double(divisors[i]);
        }
        const double share = p.ropeScaling == RopeScaling::Yarn ? extrapolatedShare(p, i) : 0.0;
        frequencies_[i] = frequency * p.ropeFrequencyScale * (1 - share) + frequency * share;
    }
    magnitude_ = p.ropeAttentionFactor;
    if (p.ropeScaling == RopeScaling::Yarn && p.ropeFrequencyScale < 1) {
        magnitude_ *= 1 + 0.1 * std::log(1 / p.ropeFrequencyScale);
    }
}

void Rope::angles(std::size_t position, std::span<float> cosines, std::span<float> sines) const {
    ATTEST_DCHECK(cosines.size() == pairs() && sines.size() == pairs());
    for (std::size_t i = 0; i < pairs(); ++i) {
        const double angle = double(position) * frequencies_[i];
        cosines[i] = float(std::cos(angle) * magnitude_);
        sines[i] = float(std::sin(angle) * magnitude_);
    }
}

} // namespace attest::engine
