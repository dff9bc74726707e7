#include "cli/batch.h"
#include "cli/command.h"
#include "cli/terminal.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>

namespace attest::cli {

namespace {

constexpr const char* kTemplate = "summary";

struct Options {
    std::string mode = "strict";
    BatchOptions batch;
};

ExitCode runSummarize(const Options& options) {
    const Interrupt interrupt;
    ExitCode code = ExitCode::Done;
    std::optional<BatchJob> job = prepareBatch(options.batch, kTemplate, code);
    if (!job) {
        return code;
    }
    const Task task = options.mode == "free" ? Task::SummarizeFreely : Task::SummarizeStrictly;
    const BatchResult batch = runBatch(task, *job, options.batch.model, interrupt);
    if (!batch.runs) {
        return batch.code;
    }
    for (const storage::StoredRun& run : *batch.runs) {
        const auto text = summaryText(job->library, run, terminalWidth());
        if (!text.ok()) {
            complain(text.error());
            return ExitCode::Library;
        }
        if (options.batch.outputs.jsonl != "-") {
            print(text.value());
        }
    }
    const ExitCode written = writeOutputs(options.batch.outputs, job->library, *batch.runs);
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
    command
        ->add_option("--mode",
                     options->mode,
                     "strict: sentences of the document; free: own words, checked against it")
        ->check(CLI::IsMember({"strict", "free"}))
        ->capture_default_str();
    addBatchOptions(*command, options->batch);
    command
        ->add_option(
            "--jsonl", options->batch.outputs.jsonl, "Write JSON Lines; - for standard output")
        ->type_name("FILE");
    command->footer("Examples:\n"
                    "  attest summarize letter.pdf\n"
                    "  attest summarize reports/ --jsonl summaries.jsonl\n"
                    "  attest summarize notes.jsonl --text-field note");
    command->callback([options, &context] {
        context.chosen = [options] {
            return runSummarize(*options);
        };
    });
}

} // namespace attest::cli
