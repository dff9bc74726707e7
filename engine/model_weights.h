// What a Session needs to see of a Model.
#pragma once

#include "engine/model.h"
#include "engine/transformer/weights.h"

namespace attest::engine {

struct Model::Weights {
    TransformerWeights transformer;
};

} // namespace attest::engine
