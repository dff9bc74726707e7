#include "cli/command.h"
#include "cli/logits_command.h"
#include "cli/terminal.h"
#include "engine/model.h"
#include "extract/model_card.h"
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

std::string line(const std::string& label, const std::string& value) {
    constexpr size_t kLabelWidth = 14;
    return label + std::string(kLabelWidth - std::min(kLabelWidth, label.size()), ' ') +
           printable(value) + "\n";
}

std::string describe(const extract::ModelCard& card) {
    constexpr double kMillion = 1e6;
    const auto tenths = static_cast<long long>(double(card.parameterCount) / kMillion * 10);
    const char* fit = "";
    switch (extract::memoryFit(card)) {
    case extract::MemoryFit::Fits:
        fit = "fits";
        break;
    case extract::MemoryFit::Tight:
        fit = "tight";
        break;
    case extract::MemoryFit::TooBig:
        fit = "too big for what is free now";
        break;
    }
    return line("name", card.name) + line("architecture", card.architecture) +
           line("licence", card.licence.empty() ? "not stated" : card.licence) +
           line("parameters",
                std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " million") +
           line("weights", card.weightType) + line("file", byteSize(card.fileBytes)) +
           line("context", std::to_string(card.contextLength) + " tokens") +
           line("chat format", card.chatFormat.empty() ? "not known" : card.chatFormat) +
           line("memory", byteSize(card.memoryBytes) + ", " + fit);
}

// What only a model that loads can tell.
std::string describe(const engine::ModelInfo& info) {
    return line("layers", std::to_string(info.layerCount)) +
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
    const auto card = extract::inspectModel(path);
    if (!card.ok()) {
        complain(card.error());
        return ExitCode::Model;
    }
    std::string text = describe(card.value());
    if (const auto model = engine::Model::load(path, engine::WeightPlace::Mapping); model.ok()) {
        text += describe(model.value()->info());
    }
    const auto hash = extract::hashFile(path, {}, {});
    text += line("SHA-256", hash.ok() ? hash.value() : hash.error().message);
    if (!print(text)) {
        return ExitCode::Output;
    }
    if (!card.value().refusal.empty()) {
        complain({ErrorCode::Unsupported, path.string() + ": " + card.value().refusal});
        return ExitCode::Model;
    }
    if (!card.value().formatProblem.empty()) {
        complain({ErrorCode::Unsupported,
                  path.string() + ": " + card.value().formatProblem +
                      " Choose one with --chat-format NAME"});
        return ExitCode::Model;
    }
    return ExitCode::Done;
}

} // namespace

void addModels(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("models", "List models and look into model files");
    command->require_subcommand(1);
    command->footer("Examples:\n"
                    "  attest models list\n"
                    "  attest models info model.gguf\n"
                    "  attest models logits model.gguf --tokens tokens.json --out logits.f32\n"
                    "  attest models quantize model-f16.gguf model-q4_k_m.gguf Q4_K_M\n"
                    "  attest models set-default model.gguf --gate gold/ -t medications");
    command->add_subcommand("list", "The models that came with the program")->callback([&context] {
        context.chosen = runList;
    });
    addQuantize(*command, context);
    addSetDefault(*command, context);
    auto file = std::make_shared<std::string>();
    CLI::App* info = command->add_subcommand("info", "What a model file is, and whether it loads");
    info->add_option("FILE", *file, "GGUF file; without it the bundled model");
    info->callback([file, &context] {
        context.chosen = [file] {
            return runInfo(*file);
        };
    });
    addLogits(*command, context);
}

} // namespace attest::cli
