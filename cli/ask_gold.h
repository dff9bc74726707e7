// A model asked about a gold standard, with progress on the terminal. Stores nothing.
#pragma once

#include "cli/inputs.h"
#include "cli/interrupt.h"
#include "cli/model_options.h"
#include "extract/gold_run.h"

#include <filesystem>
#include <string>
#include <vector>

namespace attest::cli {

// Errors: those of Extractor::create() and runGold().
Result<extract::GoldRun> askGold(const ModelOptions& options,
                                 const std::filesystem::path& model,
                                 const extract::Template& asked,
                                 const extract::GoldSet& gold,
                                 const std::vector<extract::GoldDocument>& documents,
                                 const Interrupt& interrupt);

// What of the gold is among the inputs, by id or file name.
std::vector<extract::GoldDocument> amongInputs(const extract::GoldSet& gold,
                                               const std::vector<Input>& inputs);

} // namespace attest::cli
