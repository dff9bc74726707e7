// The model families that the engine runs, one file each; see docs/families.md for adding one.
#pragma once

#include "base/result.h"
#include "engine/families/key_reader.h"
#include "engine/transformer/parameters.h"

#include <string_view>

namespace attest::engine {

// Each takes what readCommon() found, reads the family's own keys and sets where its layers differ
// from the plain block. Errors: as readCommon().
using FamilyReader = Result<void>(const KeyReader& keys, TransformerParameters& parameters);

FamilyReader readBitnet;
FamilyReader readBitnet158;
FamilyReader readGemma;
FamilyReader readGemma2;
FamilyReader readGemma3;
FamilyReader readLlama;
FamilyReader readMistral3;
FamilyReader readPhi3;
FamilyReader readQwen2;
FamilyReader readQwen3;
FamilyReader readSmolLm3;

struct Family {
    std::string_view architecture; // as in general.architecture
    FamilyReader* read;
};

inline constexpr Family kFamilies[] = {
    {"bitnet", readBitnet},
    {"bitnet-25", readBitnet158},
    {"bitnet-b1.58", readBitnet158},
    {"gemma", readGemma},
    {"gemma2", readGemma2},
    {"gemma3", readGemma3},
    {"llama", readLlama},
    {"mistral3", readMistral3},
    {"phi3", readPhi3},
    {"qwen2", readQwen2},
    {"qwen3", readQwen3},
    {"smollm3", readSmolLm3},
};

// Reads and checks the keys of the file's family. Errors: InvalidInput (a key is missing, has the
// wrong type or an impossible value; the message names it), Unsupported (the architecture, or a
// value this build cannot compute).
Result<TransformerParameters> readParameters(const GgufFile& file);

} // namespace attest::engine
