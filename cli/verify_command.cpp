#include "cli/command.h"
#include "cli/model_options.h"
#include "cli/terminal.h"
#include "extract/export_profile.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

namespace attest::cli {

namespace {

namespace fs = std::filesystem;

struct Options {
    std::string manifest;
    std::string library;
};

// People name what they have: the folder, the file or the manifest itself.
fs::path manifestFor(const fs::path& named) {
    std::error_code error;
    if (fs::is_directory(named, error)) {
        return named / "manifest.json";
    }
    const fs::path beside = named.string() + ".manifest.json";
    return fs::exists(beside, error) ? beside : named;
}

ExitCode runVerify(const Options& options) {
    std::optional<storage::Library> library;
    if (!options.library.empty()) {
        auto opened = openLibrary(options.library, storage::Access::ReadOnly);
        if (!opened.ok()) {
            complain(opened.error());
            return ExitCode::Library;
        }
        library = std::move(opened).value();
    }
    const auto differences = extract::verifyManifest(manifestFor(options.manifest),
                                                     library ? &library->database() : nullptr);
    if (!differences.ok()) {
        complain(differences.error());
        return differences.error().code == ErrorCode::Storage ? ExitCode::Library : ExitCode::Usage;
    }
    std::string text;
    for (const extract::ManifestDifference& difference : differences.value()) {
        text += printable(difference.subject) + ": " + printable(difference.what) + "\n";
    }
    if (differences.value().empty()) {
        text = library ? "All files, documents, templates and values are as they were.\n"
                       : "All files and documents are as they were.\n";
    }
    if (!print(text)) {
        return ExitCode::Output;
    }
    return differences.value().empty() ? ExitCode::Done : ExitCode::Different;
}

} // namespace

void addVerify(CLI::App& app, Context& context) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("verify", "Compare a report and its sources with its manifest");
    command
        ->add_option(
            "manifest", options->manifest, "The manifest, or the file or folder it belongs to")
        ->required()
        ->type_name("MANIFEST");
    command
        ->add_option("--library",
                     options->library,
                     "Also compare values, decisions, templates and models with this library")
        ->type_name("DIR");
    command->footer("Examples:\n"
                    "  attest verify report/manifest.json\n"
                    "  attest verify medications.xlsx --library ~/.local/share/attest\n\n"
                    "Exit codes: 0 all as it was; 7 something differs; 2 not a manifest.");
    command->callback([options, &context] {
        context.chosen = [options] {
            return runVerify(*options);
        };
    });
}

} // namespace attest::cli
