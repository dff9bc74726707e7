#include "cli/batch.h"
#include "cli/command.h"
#include "cli/terminal.h"

#include <CLI/CLI.hpp>

#include <array>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

namespace attest::cli {

namespace {

constexpr size_t kMaxShownRows = 60; // the whole table is in the library and in --csv

struct Options {
    std::string templateName;
    std::string layout = "auto";
    BatchOptions batch;
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
    std::string line = std::to_string(batch.runs->size()) + " of " + counted(inputs, "document") +
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
    ExitCode code = ExitCode::Done;
    std::optional<BatchJob> job = prepareBatch(options.batch, options.templateName, code);
    if (!job) {
        return code;
    }
    const BatchResult batch = runBatch(Task::Extract, *job, options.batch.model, interrupt);
    if (!batch.runs) {
        return batch.code;
    }
    OutputOptions& outputs = options.batch.outputs;
    outputs.csvOptions.layout = layoutFor(options.layout, job->asked);
    const bool isStandardOutputTaken = outputs.csv == "-" || outputs.jsonl == "-";
    if (!isStandardOutputTaken) {
        const auto shown = valueTable(job->library, *batch.runs, terminalWidth(), kMaxShownRows);
        if (!shown.ok()) {
            complain(shown.error());
            return ExitCode::Library;
        }
        print(shown.value());
    }
    const ExitCode written = writeOutputs(outputs, job->library, *batch.runs);
    reportBatch(batch, job->inputs.size(), job->library.folder().string());
    return written != ExitCode::Done && batch.code != ExitCode::Interrupted ? written : batch.code;
}

} // namespace

void addExtract(CLI::App& app, Context& context) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("extract", "Read documents and take values out of them");
    command
        ->add_option("-t,--template",
                     options->templateName,
                     "Built-in template (see: attest templates list) or a template file")
        ->required()
        ->type_name("ID|FILE");
    addBatchOptions(*command, options->batch);
    addQuickOption(*command, options->batch.model);
    command->add_option("--csv", options->batch.outputs.csv, "Write a table; - for standard output")
        ->type_name("FILE");
    command->add_option("--layout", options->layout, "Of the table: wide, long, or as the template")
        ->check(CLI::IsMember({"auto", "long", "wide"}))
        ->capture_default_str();
    command
        ->add_option(
            "--jsonl", options->batch.outputs.jsonl, "Write JSON Lines; - for standard output")
        ->type_name("FILE");
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
