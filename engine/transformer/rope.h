// Rotation angles of the positions.
#pragma once

#include "engine/transformer/weights.h"

#include <cstddef>
#include <span>
#include <vector>

namespace attest::engine {

// Immutable.
class Rope {
public:
    // `contextLength` is the session's: files with two sets of factors have one for contexts up to
    // the original length and one for longer ones.
    Rope(const TransformerWeights& weights, std::size_t contextLength);

    std::size_t pairs() const { return frequencies_.size(); }

    // cosines, sines: (pairs,), times the magnitude that YaRN and longrope ask for.
    // Accuracy: the angle is computed in f64.
    // Source: Su et al. 2021, eq. 15; Peng et al. 2023 (YaRN), section 3.2; docs of `rope.scaling`
    // keys.
    void angles(std::size_t position, std::span<float> cosines, std::span<float> sines) const;

private:
    std::vector<double> frequencies_; // radians per position
    double magnitude_ = 1;
};

} // namespace attest::engine
