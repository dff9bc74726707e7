#include "cli/batch.h"
#include "cli/command.h"
#include "cli/results.h"
#include "cli/terminal.h"
#include "extract/resources.h"

#include <CLI/CLI.hpp>

#include <array>
#include <cstdio>
#include <memory>
#include <utility>

namespace attest::cli {

namespace {

constexpr size_t kMaxShownRows = 60; // the whole table is in the library and in --csv

struct Options {
    std::vector<std::string> paths;
    std::string templateName;
    std::string library;
    std::string layout = "auto";
    std::string textField = "text";
    bool isRecursive = false;
    ModelOptions model;
    OutputOptions outputs;
};

// Lists are tables of their items by themselves; everything else is one row per value.
extract::CsvLayout layoutFor(const std::string& layout, const extract::Template& asked) {
    if (layout == "auto") {
        return asked.layout() == "rows" ? extract::CsvLayout::Wide : extract::CsvLayout::Long;
    }
    return layout == "wide" ? extract::CsvLayout::Wide : extract::CsvLayout::Long;
}

void reportBatch(const BatchResult& batch, size_t inputs, const std::string& library) {
    std::array<char, 32> seconds = {};
    std::snprintf(seconds.data(), seconds.size(), "%.1f", batch.seconds);
    std::string line = std::to_string(batch.runIds.size()) + " of " + counted(inputs, "document") +
                       " done in " + seconds.data() + " s";
    if (batch.alreadyKnown > 0) {
        line += ", " + std::to_string(batch.alreadyKnown) + " of them known before";
    }
    complain(line + "; library: " + library);
    for (const std::string& failure : batch.failures) {
        complain("not read: " + failure);
    }
}

ExitCode runExtract(Options options) {
    const Interrupt interrupt;
    auto templateJson = extract::templateText(options.templateName);
    auto asked = extract::findTemplate(options.templateName);
    if (!asked.ok() || !templateJson.ok()) {
        complain(asked.ok() ? templateJson.error() : asked.error());
        return ExitCode::Model;
    }
    options.outputs.csvOptions.layout = layoutFor(options.layout, asked.value());
    const auto inputs = gatherInputs(
        options.paths, options.isRecursive ? Depth::Recursive : Depth::TopOnly, options.textField);
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

    const BatchResult batch = runBatch(Task::Extract,
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
    const bool isStandardOutputTaken = options.outputs.csv == "-" || options.outputs.jsonl == "-";
    if (!isStandardOutputTaken) {
        const auto shown =
            valueTable(library.value(), runs.value(), terminalWidth(), kMaxShownRows);
        if (!shown.ok()) {
            complain(shown.error());
            return ExitCode::Library;
        }
        print(shown.value());
    }
    const ExitCode written = writeOutputs(options.outputs, library.value(), runs.value());
    reportBatch(batch, inputs.value().size(), library.value().folder().string());
    return written != ExitCode::Done && batch.code != ExitCode::Interrupted ? written : batch.code;
}

} // namespace

void addExtract(CLI::App& app, Context& context) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("extract", "Read documents and take values out of them");
    command->add_option("PATH", options->paths, "Files, folders, or .jsonl files of notes")
        ->required();
    command
        ->add_option("-t,--template",
                     options->templateName,
                     "Built-in template (see: attest templates list) or a template file")
        ->required()
        ->type_name("ID|FILE");
    addModelOptions(*command, options->model);
    addQuickOption(*command, options->model);
    addLibraryOption(*command, options->library);
    command->add_option("--csv", options->outputs.csv, "Write a table; - for standard output")
        ->type_name("FILE");
    command->add_option("--layout", options->layout, "Of the table: wide, long, or as the template")
        ->check(CLI::IsMember({"auto", "long", "wide"}))
        ->capture_default_str();
    command
        ->add_option("--jsonl", options->outputs.jsonl, "Write JSON Lines; - for standard output")
        ->type_name("FILE");
    command->add_flag("-r,--recursive", options->isRecursive, "Also look into folders of folders");
    command
        ->add_option(
            "--text-field", options->textField, "Of .jsonl files: where the note's text is")
        ->type_name("NAME")
        ->capture_default_str();
    command->footer("Examples:\n"
                    "  attest extract letter.pdf --template medications\n"
                    "  attest extract reports/ -r -t laboratory_results --csv labs.csv\n"
                    "  attest extract notes.jsonl --text-field note -t problems --jsonl -\n"
                    "  attest extract scan.pdf -t ./my_template.json --model model.gguf");
    command->callback([options, &context] {
        context.chosen = [options] {
            return runExtract(*options);
        };
    });
}

} // namespace attest::cli
