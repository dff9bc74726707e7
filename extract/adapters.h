// Adapters that a model is used with, and what a run remembers of them.
#pragma once

#include "base/result.h"
#include "engine/lora_adapter.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace attest::extract {

struct AdapterChoice {
    std::filesystem::path path;
    float scale = 1;
};

// With the model's hash this says what computed a run.
struct AdapterRecord {
    std::string fileName;
    std::string sha256;
    float scale = 1;
};

struct LoadedAdapters {
    std::vector<engine::AppliedAdapter> applied;
    std::vector<AdapterRecord> records; // in the same order
};

// Errors: those of LoraAdapter::load() and hashFile().
Result<LoadedAdapters> loadAdapters(const std::vector<AdapterChoice>& choices,
                                    const std::shared_ptr<const engine::Model>& model);

} // namespace attest::extract
