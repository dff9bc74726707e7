#include "cli/batch.h"
#include "cli/command.h"
#include "cli/results.h"
#include "cli/terminal.h"
#include "extract/resources.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace attest::cli {

namespace {

constexpr const char* kTemplate = "summary";

struct Options {
    std::vector<std::string> paths;
    std::string mode = "strict";
    std::string library;
    bool isRecursive = false;
    ModelOptions model;
    OutputOptions outputs;
};

ExitCode runSummarize(const Options& options) {
    const Interrupt interrupt;
    const auto templateJson = extract::templateText(kTemplate);
    const auto asked = extract::findTemplate(kTemplate);
    if (!asked.ok() || !templateJson.ok()) {
        complain(asked.ok() ? templateJson.error() : asked.error());
        return ExitCode::Model;
    }
    const auto inputs = gatherInputs(
        options.paths, options.isRecursive ? Depth::Recursive : Depth::TopOnly, "text");
    if (!inputs.ok()) {
        complain(inputs.error());
        return ExitCode::Usage;
    }
    if (inputs.value().empty()) {
        complain("no documents there (.pdf, .txt, .md or .text; --recursive looks into folders)");
        return ExitCode::Usage;
    }
    if (const auto outputs = checkOutputs(options.outputs); !outputs.ok()) {
        complain(outputs.error());
        return ExitCode::Output;
    }
    auto library = openLibrary(options.library, storage::Access::ReadWrite);
    if (!library.ok()) {
        complain(library.error());
        return ExitCode::Library;
    }
    const BatchResult batch =
        runBatch(options.mode == "free" ? Task::SummarizeFreely : Task::SummarizeStrictly,
                 inputs.value(),
                 asked.value(),
                 templateJson.value(),
                 options.model,
                 library.value(),
                 interrupt);
    if (batch.code == ExitCode::Model) {
        return batch.code;
    }
    const auto runs = storage::runsById(library.value().database(), batch.runIds);
    if (!runs.ok()) {
        complain(runs.error());
        return ExitCode::Library;
    }
    for (const storage::StoredRun& run : runs.value()) {
        const auto text = summaryText(library.value(), run, terminalWidth());
        if (!text.ok()) {
            complain(text.error());
            return ExitCode::Library;
        }
        if (options.outputs.jsonl != "-") {
            print(text.value());
        }
    }
    const ExitCode written = writeOutputs(options.outputs, library.value(), runs.value());
    for (const std::string& failure : batch.failures) {
        complain("not read: " + failure);
    }
    return written != ExitCode::Done && batch.code != ExitCode::Interrupted ? written : batch.code;
}

} // namespace

void addSummarize(CLI::App& app, Context& context) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("summarize", "Summarize documents in sentences that cite their place");
    command->add_option("PATH", options->paths, "Files or folders")->required();
    command
        ->add_option("--mode",
                     options->mode,
                     "strict: sentences of the document; free: own words, checked against it")
        ->check(CLI::IsMember({"strict", "free"}))
        ->capture_default_str();
    addModelOptions(*command, options->model);
    addLibraryOption(*command, options->library);
    command
        ->add_option("--jsonl", options->outputs.jsonl, "Write JSON Lines; - for standard output")
        ->type_name("FILE");
    command->add_flag("-r,--recursive", options->isRecursive, "Also look into folders of folders");
    command->footer("Examples:\n"
                    "  attest summarize letter.pdf\n"
                    "  attest summarize reports/ --jsonl summaries.jsonl");
    command->callback([options, &context] {
        context.chosen = [options] {
            return runSummarize(*options);
        };
    });
}

} // namespace attest::cli
