#include "cli/command.h"
#include "cli/model_options.h"
#include "cli/profile_export.h"
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
    ProfileOptions profile;
};

// What belongs to the other way of exporting than the one that was chosen.
const char* conflictIn(const Options& options) {
    const bool hasFile = !options.outputs.csv.empty() || !options.outputs.jsonl.empty();
    if (hasFile && !options.profile.profile.empty()) {
        return "--profile writes its own files: leave --csv and --jsonl away, or --profile";
    }
    if (!hasFile && options.profile.profile.empty()) {
        return "export needs --profile NAME, --csv FILE or --jsonl FILE";
    }
    const bool hasProfileOption = !options.profile.out.empty() ||
                                  !options.profile.without.empty() ||
                                  options.profile.isReviewedOnly;
    return hasFile && hasProfileOption
               ? "--out, --without and --reviewed-only go with --profile only"
               : nullptr;
}

ExitCode runExport(Options options) {
    if (const char* conflict = conflictIn(options)) {
        complain(conflict);
        return ExitCode::Usage;
    }
    options.outputs.csvOptions.layout =
        options.layout == "wide" ? extract::CsvLayout::Wide : extract::CsvLayout::Long;
    auto library = openLibrary(options.library, storage::Access::ReadOnly);
    if (!library.ok()) {
        complain(library.error());
        return ExitCode::Library;
    }
    if (!options.profile.profile.empty()) {
        return writeProfile(options.profile, options.templateId, library.value());
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
    ProfileOptions& profile = options->profile;
    command
        ->add_option("--profile",
                     profile.profile,
                     "A report with a manifest: excel-csv, excel-xlsx, analysis, redcap or jsonl")
        ->type_name("NAME");
    command
        ->add_option(
            "--out", profile.out, "Profile: the file, or for analysis and redcap the folder")
        ->type_name("TARGET");
    command
        ->add_option("--separator", profile.separator, "Profile excel-csv: comma, semicolon or tab")
        ->check(CLI::IsMember({"comma", "semicolon", "tab", ",", ";", "\t"}))
        ->capture_default_str();
    command->add_flag(
        "--decimal-comma", profile.hasDecimalComma, "Profile excel-csv: 3,5 instead of 3.5");
    command
        ->add_option("--without",
                     profile.without,
                     "Profile: leave out a field (FIELD, LIST/FIELD) or a list; can be repeated")
        ->type_name("FIELD");
    command->add_flag("--reviewed-only",
                      profile.isReviewedOnly,
                      "Profile: only documents that a person has finished");
    command->add_flag("--no-provenance",
                      profile.hasNoProvenance,
                      "Profile: without source, place, confidence and reviewer");
    addLibraryOption(*command, options->library);
    command->footer("Examples:\n"
                    "  attest export -t medications --profile analysis --out report\n"
                    "  attest export -t medications --profile excel-csv --separator semicolon \\\n"
                    "    --decimal-comma --out medications.csv\n"
                    "  attest export -t discharge_summary --profile redcap --without attending \\\n"
                    "    --reviewed-only --out redcap\n"
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
