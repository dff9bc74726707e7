#include "cli/batch.h"
#include "cli/command.h"
#include "cli/results.h"
#include "cli/terminal.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

namespace attest::cli {

namespace {

struct Options {
    std::string library;
    std::string templateId;
    std::string layout = "long";
    OutputOptions outputs;
};

ExitCode runExport(Options options) {
    if (options.outputs.csv.empty() && options.outputs.jsonl.empty()) {
        complain("export needs --csv FILE or --jsonl FILE");
        return ExitCode::Usage;
    }
    options.outputs.csvOptions.layout =
        options.layout == "wide" ? extract::CsvLayout::Wide : extract::CsvLayout::Long;
    auto library = openLibrary(options.library, storage::Access::ReadOnly);
    if (!library.ok()) {
        complain(library.error());
        return ExitCode::Library;
    }
    // Summaries have no values: they are in JSON Lines only.
    const std::string kind =
        options.outputs.csv.empty() ? "" : std::string(storage::kRunExtraction);
    const auto runs =
        storage::latestRuns(library.value().database(), {kind, options.templateId, 0});
    if (!runs.ok()) {
        complain(runs.error());
        return ExitCode::Library;
    }
    if (runs.value().empty()) {
        complain(options.templateId.empty()
                     ? "the library has no results yet"
                     : "the library has no results of template '" + options.templateId + "'");
        return ExitCode::Usage;
    }
    return writeOutputs(options.outputs, library.value(), runs.value());
}

} // namespace

void addExport(CLI::App& app, Context& context) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("export", "Write the newest results of a library to a file");
    command->add_option("--csv", options->outputs.csv, "Write a table; - for standard output")
        ->type_name("FILE");
    command
        ->add_option("--jsonl", options->outputs.jsonl, "Write JSON Lines; - for standard output")
        ->type_name("FILE");
    command
        ->add_option(
            "--layout",
            options->layout,
            "long: a row per value; wide: a column per field and a row per document or item")
        ->check(CLI::IsMember({"long", "wide"}))
        ->capture_default_str();
    command
        ->add_option(
            "--group", options->outputs.csvOptions.group, "Wide: the list whose items are the rows")
        ->type_name("NAME");
    command->add_option("-t,--template", options->templateId, "Only results of this template")
        ->type_name("ID");
    addLibraryOption(*command, options->library);
    command->footer("Examples:\n"
                    "  attest export --csv everything.csv\n"
                    "  attest export -t medications --layout wide --csv medications.csv\n"
                    "  attest export -t discharge_summary --layout wide --group follow_up --csv -\n"
                    "  attest export --jsonl results.jsonl");
    command->callback([options, &context] {
        context.chosen = [options] {
            return runExport(*options);
        };
    });
}

} // namespace attest::cli
