// Rotation angles of the positions.
#pragma once

#include "engine/transformer/parameters.h"

#include <cstddef>
#include <span>
#include <vector>

namespace attest::engine {

// What a rotation of `size` components is made from.
struct RopeInput {
    RopeParameters parameters;
    std::size_t size = 0; // even
    std::size_t originalContextLength = 0;
    std::span<const float> divisors; // of the frequencies, (size / 2,), or empty
};

// Immutable.
class Rope {
public:
    // Pair p turns by position · base^(−2p / size) / divisor[p]. Scaling changes that frequency f:
    //   linear: s · f, with s = 1 / factor
    //   YaRN: mix · f + (1 − mix) · s · f, the mix falling from 1 to 0 between the pairs that turn
    //   betaFast and betaSlow times over the original context
    // and YaRN stretches cosines and sines by m(1), or m(1) / m(logMultiplier) where there is one,
    // with m(a) = 1 + 0.1 · a · ln(factor).
    // Source: Su et al. 2021, eq. 15; Peng et al. 2023 (YaRN), section 3.2; the `rope.scaling` keys
    // of the GGUF specification.
    explicit Rope(const RopeInput& input);

    std::size_t pairs() const { return frequencies_.size(); }

    // cosines, sines: (pairs,), stretched.
    // Accuracy: the angle is computed in f64.
    void angles(std::size_t position, std::span<float> cosines, std::span<float> sines) const;

private:
    std::vector<double> frequencies_; // radians per position
    double magnitude_ = 1;
};

} // namespace attest::engine
