#include "cli/command.h"
#include "cli/model_options.h"
#include "cli/terminal.h"
#include "storage/document_store.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace attest::cli {

namespace {

struct Options {
    std::string library;
};

ExitCode runList(const Options& options) {
    auto library = openLibrary(options.library, storage::Access::ReadOnly);
    if (!library.ok()) {
        complain(library.error());
        return ExitCode::Library;
    }
    const auto documents = storage::listDocuments(library.value().database());
    if (!documents.ok()) {
        complain(documents.error());
        return ExitCode::Library;
    }
    std::vector<std::vector<std::string>> rows;
    for (const storage::DocumentRow& document : documents.value()) {
        const bool hasRun = document.lastRunId != 0;
        rows.push_back({std::to_string(document.id),
                        document.fileName,
                        std::to_string(document.pageCount),
                        document.status,
                        hasRun ? document.lastTemplateId : "",
                        hasRun ? std::to_string(document.lastFoundCount) + "/" +
                                     std::to_string(document.lastValueCount)
                               : "",
                        hasRun ? localTime(document.lastFinishedAt) : ""});
    }
    if (rows.empty()) {
        return print("The library is empty.\n") ? ExitCode::Done : ExitCode::Output;
    }
    const std::string text = table({{"ID", true, 2},
                                    {"FILE", false, 12},
                                    {"PAGES", true, 5},
                                    {"STATUS", false, 8},
                                    {"LAST TEMPLATE", false, 8},
                                    {"FOUND", true, 5},
                                    {"WHEN", false, 16}},
                                   rows,
                                   terminalWidth());
    return print(text) ? ExitCode::Done : ExitCode::Output;
}

} // namespace

void addList(CLI::App& app, Context& context) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("list", "List the documents of a library");
    addLibraryOption(*command, options->library);
    command->footer("Examples:\n"
                    "  attest list\n"
                    "  attest list --library study/");
    command->callback([options, &context] {
        context.chosen = [options] {
            return runList(*options);
        };
    });
}

} // namespace attest::cli
