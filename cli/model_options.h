// Options that commands with a model share, and what becomes of them.
#pragma once

#include "cli/adapter_option.h"
#include "extract/pipeline.h"
#include "storage/library.h"

#include <CLI/App.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace attest::cli {

// What stands for the path of the model that came with the program.
inline constexpr const char* kBundledName = "bundled";

// Options that every command with a model has.
struct ModelOptions {
    std::string modelPath;  // empty: the one the library says, see extract/model_choice.h
    std::string chatFormat; // empty: as the model's file says
    std::size_t threads = 0;
    std::uint32_t context = 0;
    std::string decode = "fast";
    bool isQuick = false;
    std::vector<extract::AdapterChoice> adapters = {};
};

void addModelOptions(CLI::App& command, ModelOptions& options);
void addQuickOption(CLI::App& command, ModelOptions& options); // of commands that extract
void addLibraryOption(CLI::App& command, std::string& folder);

// Empty: the default place. Errors: those of storage::Library::open().
Result<storage::Library> openLibrary(const std::string& folder, storage::Access access);

// Where the options name no model, the bundled one. Errors: those of Extractor::create() and
// bundledModel().
Result<extract::Extractor> loadModel(const ModelOptions& options);

// With the path of the model that is to be used: as the options say, else as the library does if
// there is one, else the bundled one. A model that the library chooses is spoken to in the format
// that was chosen for it there, unless the options name another. Errors: NotFound.
Result<ModelOptions> withModel(const ModelOptions& options,
                               const std::string& libraryFolder,
                               const std::string& templateId);
Result<ModelOptions>
withModel(const ModelOptions& options, storage::Database& db, const std::string& templateId);
extract::ExtractorOptions extractorOptions(const ModelOptions& options,
                                           const std::filesystem::path& model);

} // namespace attest::cli
