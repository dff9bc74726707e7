#include "engine/transformer/rope.h"

#include "base/check.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace attest::engine {

namespace {

// The pair that turns `rotations` times over the original context.
double correctionPair(const RopeInput& input, double rotations) {
    const double length = double(input.originalContextLength);
    return double(input.size) * std::log(length / (2 * std::numbers::pi * rotations)) /
           (2 * std::log(input.parameters.base));
}

// 1: the pair keeps its frequency; 0: it is interpolated.
double extrapolatedShare(const RopeInput& input, std::size_t pair) {
    const RopeParameters& p = input.parameters;
    const double low = std::max(0.0, std::floor(correctionPair(input, p.betaFast)));
    const double high =
        std::min(double(input.size) - 1, std::ceil(correctionPair(input, p.betaSlow)));
    return 1 - std::clamp((double(pair) - low) / std::max(0.001, high - low), 0.0, 1.0);
}

double yarnMagnitude(const RopeParameters& p) {
    if (p.scaling != RopeScaling::Yarn || p.frequencyScale >= 1) {
        return 1;
    }
    const double tenth = 0.1 * std::log(1 / p.frequencyScale);
    return (1 + tenth) / (1 + p.logMultiplier * tenth);
}

} // namespace

Rope::Rope(const RopeInput& input) {
    const RopeParameters& p = input.parameters;
    frequencies_.resize(input.size / 2);
    ATTEST_DCHECK(input.divisors.empty() || input.divisors.size() == frequencies_.size());
    for (std::size_t i = 0; i < frequencies_.size(); ++i) {
        double frequency = std::pow(p.base, -2.0 * double(i) / double(input.size));
        if (!input.divisors.empty()) {
            frequency /= double(input.divisors[i]);
        }
        const double share = p.scaling == RopeScaling::Yarn ? extrapolatedShare(input, i) : 0.0;
        frequencies_[i] = frequency * p.frequencyScale * (1 - share) + frequency * share;
    }
    magnitude_ = p.attentionFactor * yarnMagnitude(p);
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
