// The keys that every family has.
#pragma once

#include "engine/families/key_reader.h"
#include "engine/transformer/parameters.h"

namespace attest::engine {

// What a rope base may be.
constexpr KeyReader::Range kRopeBases = {1.001, 1e12};

// What a softcap may be where there is one.
constexpr KeyReader::Range kSoftcaps = {1e-3, 1e6};

// The plain block: SiLU, no softcaps, every layer sees all positions and is rotated alike. Sizes
// computed from the result do not overflow.
// Source: the keys of the GGUF specification and their defaults in llama.cpp.
// Errors: InvalidInput, Unsupported (a value that this build cannot compute; the message names the
// key).
Result<TransformerParameters> readCommon(const KeyReader& keys);

} // namespace attest::engine
