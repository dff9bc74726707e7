// What a model file is and whether it works here, for people who choose one. Reads the file's
// metadata; loading and measuring are separate because they take longer.
#pragma once

#include "base/progress.h"
#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>

namespace attest::extract {

enum class MemoryFit { Fits, Tight, TooBig }; // below 60 %, below 90 % of what is free, or above

struct ModelCard {
    std::filesystem::path path;
    std::string name;         // general.name, else the file name
    std::string architecture; // "llama"
    std::string weightType;   // of most weights: "Q4_K"
    std::uint64_t fileBytes = 0;
    std::uint64_t parameterCount = 0;
    std::uint64_t contextLength = 0; // trained with
    std::string chatFormat;          // "ChatML"; empty: not recognised
    std::string formatProblem;       // why not, one sentence; empty: it is, or the file is refused
    std::string chosenFormat;        // by a person, see extract/model_choice.h; empty: none
    std::string licence;             // general.license, else empty
    std::string licenceText;         // when the file carries it, else empty
    std::uint64_t memoryBytes = 0;   // weights, KV cache and buffers at min(context, 4096)
    std::string refusal;             // why it cannot be used, one sentence; empty: it can
};

// Errors: NotFound, Io, InvalidInput (not a GGUF or damaged; says where). A sound file of a kind
// that cannot be run is a card with a refusal. One whose chat format is not known has no refusal
// but a formatProblem: it runs with a chosen one.
Result<ModelCard> inspectModel(const std::filesystem::path& path);

// A card as a library keeps it (storage::UserModel::cardJson), and back. Unreadable text gives a
// card without a name.
std::string cardToJson(const ModelCard& card);
ModelCard cardFromJson(std::string_view json);

// Free memory is MemAvailable of the system now.
MemoryFit memoryFit(const ModelCard& card);
std::uint64_t availableMemoryBytes();

struct ModelSpeed {
    double promptTokensPerSecond = 0;
    double answerTokensPerSecond = 0;
};

// Loads the model, reads 256 tokens and writes 32, about ten seconds for 1 billion parameters.
// Errors: those of loading; Cancelled.
Result<ModelSpeed>
measureModel(const std::filesystem::path& path, std::size_t threads, std::stop_token stop);

// SHA-256 of a file, reporting bytes. Errors: NotFound, Io, Cancelled.
Result<std::string>
hashFile(const std::filesystem::path& path, const ProgressFn& onProgress, std::stop_token stop);

} // namespace attest::extract
