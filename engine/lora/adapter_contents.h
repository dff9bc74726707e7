// What a Session needs to see of a LoraAdapter.
#pragma once

#include "engine/lora/read_adapter.h"
#include "engine/lora_adapter.h"

namespace attest::engine {

struct LoraAdapter::Contents {
    AdapterContents adapter;
};

} // namespace attest::engine
