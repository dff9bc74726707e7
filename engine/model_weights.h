// What a Session needs to see of a Model.
#pragma once

#include "engine/transformer/weights.h"
#include "engine/model.h"

namespace attest::engine {

struct Model::Weights {
    LlamaWeights llama;
};

} // namespace attest::engine
