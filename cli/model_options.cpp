#include "cli/model_options.h"

#include "extract/chat_formats.h"
#include "extract/model_choice.h"
#include "extract/resources.h"

#include <CLI/CLI.hpp>

#include <utility>

namespace attest::cli {

namespace fs = std::filesystem;

void addModelOptions(CLI::App& command, ModelOptions& options) {
    command
        .add_option(
            "--model",
            options.modelPath,
            "GGUF file; without it the library's default, which is the bundled one unless changed")
        ->type_name("FILE");
    command
        .add_option("--chat-format",
                    options.chatFormat,
                    "How the model is spoken to; without it as its file says")
        ->type_name("NAME")
        ->check(CLI::IsMember(extract::chatFormatNames()));
    command.add_option("--threads", options.threads, "Threads; without it one per core")
        ->check(CLI::Range(0, 1024));
    command.add_option("--ctx", options.context, "Context length in tokens; 0: as the model has")
        ->check(CLI::Range(0, 1 << 20));
    command.add_option("--decode", options.decode, "Decoding; both give the same answers")
        ->check(CLI::IsMember({"fast", "reference"}))
        ->capture_default_str();
    addAdapterOption(command, options.adapters);
}

void addQuickOption(CLI::App& command, ModelOptions& options) {
    command.add_flag("--quick",
                     options.isQuick,
                     "Look at every document once: twice as fast, and a little less is found "
                     "(models that look twice, as the bundled one)");
}

void addLibraryOption(CLI::App& command, std::string& folder) {
    command
        .add_option("--library",
                    folder,
                    "Folder of the library; without it $XDG_DATA_HOME/attest or "
                    "~/.local/share/attest")
        ->type_name("DIR");
}

Result<storage::Library> openLibrary(const std::string& folder, storage::Access access) {
    if (!folder.empty()) {
        return storage::Library::open(folder, access);
    }
    ATTEST_TRY_ASSIGN(const fs::path standard, storage::defaultLibraryFolder());
    return storage::Library::open(standard, access);
}

extract::ExtractorOptions extractorOptions(const ModelOptions& options, const fs::path& model) {
    extract::ExtractorOptions chosen;
    chosen.modelPath = model;
    chosen.chatFormat = options.chatFormat;
    chosen.threads = options.threads;
    chosen.adapters = options.adapters;
    chosen.contextLength = options.context;
    chosen.isQuick = options.isQuick;
    chosen.decodeMode =
        options.decode == "reference" ? extract::DecodeMode::Reference : extract::DecodeMode::Fast;
    return chosen;
}

Result<extract::Extractor> loadModel(const ModelOptions& options) {
    fs::path model = options.modelPath;
    if (model.empty()) {
        ATTEST_TRY_ASSIGN(model, extract::bundledModel());
    }
    return extract::Extractor::create(extractorOptions(options, model));
}

Result<ModelOptions> withModel(const ModelOptions& options,
                               const std::string& libraryFolder,
                               const std::string& templateId) {
    if (!options.modelPath.empty()) {
        return options;
    }
    if (auto library = openLibrary(libraryFolder, storage::Access::ReadOnly); library.ok()) {
        return withModel(options, library.value().database(), templateId);
    }
    ModelOptions chosen = options;
    ATTEST_TRY_ASSIGN(chosen.modelPath, extract::bundledModel());
    return chosen;
}

Result<ModelOptions>
withModel(const ModelOptions& options, storage::Database& db, const std::string& templateId) {
    ModelOptions chosen = options;
    if (options.modelPath.empty()) {
        ATTEST_TRY_ASSIGN(chosen.modelPath, extract::chosenModel(db, templateId));
        if (options.chatFormat.empty()) {
            ATTEST_TRY_ASSIGN(chosen.chatFormat, extract::chosenChatFormat(db, chosen.modelPath));
        }
    }
    return chosen;
}

} // namespace attest::cli
