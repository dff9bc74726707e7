#include "cli/command.h"
#include "cli/model_options.h"
#include "cli/results.h"
#include "cli/terminal.h"
#include "storage/document_store.h"

#include <CLI/CLI.hpp>

#include <limits>
#include <memory>

namespace attest::cli {

namespace {

struct Options {
    std::string document;
    std::string library;
    std::string templateId;
    bool withText = false;
};

std::string headOf(const storage::DocumentRow& document) {
    std::string head = printable(document.fileName) + "\n";
    head += "  document " + std::to_string(document.id) + ", " + document.kind + ", " +
            counted(size_t(document.pageCount), "page") + ", " +
            byteSize(std::uint64_t(document.byteSize)) + ", " + document.status + "\n";
    if (!document.statusMessage.empty()) {
        head += "  " + printable(document.statusMessage) + "\n";
    }
    head += "  " + printable(document.path) + "\n";
    head += "  SHA-256 " + document.sha256 + "\n";
    head += "  added " + localTime(document.addedAt) + "\n";
    return head;
}

Result<std::string> pageTexts(storage::Library& library, std::int64_t readingId) {
    ATTEST_TRY_ASSIGN(const auto pages, storage::pagesOf(library.database(), readingId));
    std::string text;
    for (size_t i = 0; i < pages.size(); ++i) {
        text += "\n--- page " + std::to_string(i + 1) + " ---\n" + printable(pages[i].text) + "\n";
    }
    return text;
}

Result<std::string> shownDocument(storage::Library& library,
                                  const storage::DocumentRow& document,
                                  const Options& options) {
    std::string text = headOf(document);
    ATTEST_TRY_ASSIGN(
        const auto runs,
        storage::latestRuns(library.database(), {"", options.templateId, document.id}));
    for (const storage::StoredRun& run : runs) {
        text += "\n" + run.templateId + " (version " + std::to_string(run.templateVersion) +
                "), model " + printable(run.modelName) + ", " + localTime(run.run.finishedAt) +
                ", " + run.run.status + ", " + std::to_string(run.foundCount) + " of " +
                std::to_string(run.valueCount) + " found\n";
        if (run.run.kind == storage::kRunSummary) {
            ATTEST_TRY_ASSIGN(const std::string summary,
                              summaryText(library, run, terminalWidth()));
            text += summary;
        } else {
            ATTEST_TRY_ASSIGN(
                const std::string values,
                valueTable(library, {run}, terminalWidth(), std::numeric_limits<size_t>::max()));
            text += values;
        }
    }
    if (options.withText && !runs.empty()) {
        ATTEST_TRY_ASSIGN(const std::string pages, pageTexts(library, runs.back().readingId));
        text += pages;
    }
    return text;
}

ExitCode runShow(const Options& options) {
    auto library = openLibrary(options.library, storage::Access::ReadOnly);
    if (!library.ok()) {
        complain(library.error());
        return ExitCode::Library;
    }
    const auto found = storage::findDocuments(library.value().database(), options.document);
    if (!found.ok()) {
        complain(found.error());
        return ExitCode::Library;
    }
    if (found.value().empty()) {
        complain("no document '" + options.document + "' in this library; see: attest list");
        return ExitCode::Usage;
    }
    for (const storage::DocumentRow& document : found.value()) {
        const auto text = shownDocument(library.value(), document, options);
        if (!text.ok()) {
            complain(text.error());
            return ExitCode::Library;
        }
        if (!print(text.value())) {
            return ExitCode::Output;
        }
    }
    return ExitCode::Done;
}

} // namespace

void addShow(CLI::App& app, Context& context) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("show", "Show a document and what was found in it");
    command
        ->add_option(
            "DOC", options->document, "Id, file name, note id, or the begin of the SHA-256")
        ->required();
    command->add_option("-t,--template", options->templateId, "Only results of this template")
        ->type_name("ID");
    command->add_flag("--text", options->withText, "Also the text of its pages");
    addLibraryOption(*command, options->library);
    command->footer("Examples:\n"
                    "  attest show 12\n"
                    "  attest show letter.pdf --template medications --text");
    command->callback([options, &context] {
        context.chosen = [options] {
            return runShow(*options);
        };
    });
}

} // namespace attest::cli
