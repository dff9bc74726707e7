#include "base/sha256.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "engine/model.h"
#include "extract/resources.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

namespace attest::cli {

namespace {

namespace fs = std::filesystem;

std::string describe(const engine::ModelInfo& info) {
    const auto line = [](const std::string& label, const std::string& value) {
        constexpr size_t kLabelWidth = 14;
        return label + std::string(kLabelWidth - std::min(kLabelWidth, label.size()), ' ') +
               printable(value) + "\n";
    };
    constexpr double kMillion = 1e6;
    const auto millions = static_cast<long long>(double(info.parameterCount) / kMillion * 10);
    return line("name", info.name) + line("architecture", info.architecture) +
           line("licence", info.licence.empty() ? "not stated" : info.licence) +
           line("parameters",
                std::to_string(millions / 10) + "." + std::to_string(millions % 10) + " million") +
           line("weights", info.weightTypes) + line("file", byteSize(info.fileBytes)) +
           line("context", std::to_string(info.contextLength) + " tokens") +
           line("layers", std::to_string(info.layerCount)) +
           line("width", std::to_string(info.embeddingLength)) +
           line("heads",
                std::to_string(info.headCount) + " (" + std::to_string(info.kvHeadCount) +
                    " for keys and values)") +
           line("vocabulary", std::to_string(info.vocabularySize) + " tokens");
}

ExitCode runList() {
    const auto folder = extract::resourceFolder();
    if (!folder.ok()) {
        complain(folder.error());
        return ExitCode::Model;
    }
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder.value() / "models", error)) {
        if (entry.path().extension() == ".gguf") {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    std::vector<std::vector<std::string>> rows;
    for (const fs::path& file : files) {
        rows.push_back(
            {file.filename().string(), byteSize(fs::file_size(file, error)), file.string()});
    }
    if (rows.empty()) {
        return print("No model is installed; name a GGUF file with --model.\n") ? ExitCode::Done
                                                                                : ExitCode::Output;
    }
    const std::string text = table(
        {{"MODEL", false, 12}, {"SIZE", true, 8}, {"FILE", false, 20}}, rows, terminalWidth());
    return print(text) ? ExitCode::Done : ExitCode::Output;
}

ExitCode runInfo(const std::string& file) {
    fs::path path = file;
    if (path.empty()) {
        auto bundled = extract::bundledModel();
        if (!bundled.ok()) {
            complain(bundled.error());
            return ExitCode::Model;
        }
        path = bundled.value();
    }
    const auto model = engine::Model::load(path);
    if (!model.ok()) {
        complain(model.error());
        return ExitCode::Model;
    }
    const auto hash = sha256OfFile(path);
    std::string text = describe(model.value()->info());
    text += "SHA-256       " + (hash.ok() ? hash.value() : hash.error().message) + "\n";
    return print(text) ? ExitCode::Done : ExitCode::Output;
}

} // namespace

void addModels(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("models", "List models and look into model files");
    command->require_subcommand(1);
    command->footer("Examples:\n"
                    "  attest models list\n"
                    "  attest models info model.gguf");
    command->add_subcommand("list", "The models that came with the program")->callback([&context] {
        context.chosen = runList;
    });
    auto file = std::make_shared<std::string>();
    CLI::App* info = command->add_subcommand("info", "What a model file is, and whether it loads");
    info->add_option("FILE", *file, "GGUF file; without it the bundled model");
    info->callback([file, &context] {
        context.chosen = [file] {
            return runInfo(*file);
        };
    });
}

} // namespace attest::cli
