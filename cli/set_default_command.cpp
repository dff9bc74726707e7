// `attest models set-default`: which model a library uses, and the gate in front of it.
#include "cli/ask_gold.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "extract/chat_formats.h"
#include "extract/model_choice.h"
#include "extract/model_gate.h"
#include "extract/resources.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace attest::cli {

namespace {

namespace fs = std::filesystem;

struct Options {
    std::string model;
    std::string gate;
    std::string templateName;
    std::string library;
    std::string chatFormat;
    std::size_t threads = 0;
    bool isForced = false;
};

ExitCode fail(ExitCode code, const Error& error) {
    complain(error);
    return code;
}

Result<extract::ModelCard> cardOf(const std::string& name) {
    fs::path path;
    if (name == kBundledName) {
        ATTEST_TRY_ASSIGN(path, extract::bundledModel());
    } else {
        std::error_code error;
        path = fs::weakly_canonical(name, error);
        if (error) {
            path = fs::absolute(name);
        }
    }
    ATTEST_TRY_ASSIGN(auto card, extract::inspectModel(path));
    if (!card.refusal.empty()) {
        return Error{ErrorCode::Unsupported, "'" + path.string() + "': " + card.refusal};
    }
    return card;
}

// Both models on the same documents.
struct Trial {
    const Options& options;
    const extract::Template& asked;
    const extract::GoldSet& gold;
    const std::vector<extract::GoldDocument>& documents;
    const Interrupt& interrupt;

    Result<extract::Evaluation> of(const fs::path& model, const std::string& chatFormat) const {
        ModelOptions asking;
        asking.chatFormat = chatFormat;
        asking.threads = options.threads;
        ATTEST_TRY_ASSIGN(const auto run,
                          askGold(asking, model, asked, gold, documents, interrupt));
        for (const std::string& failure : run.failures) {
            complain("not read: " + failure);
        }
        return extract::evaluate(asked, gold.documents, run.results, gold.comparators);
    }
};

// A model and how it is spoken to; an empty format is the file's own.
struct Candidate {
    fs::path model;
    std::string chatFormat;
};

// Done: through the gate, or forced. Says what it found either way.
ExitCode passGate(const Options& options, const Candidate& before, const Candidate& after) {
    const auto asked = extract::findTemplate(options.templateName);
    if (!asked.ok()) {
        return fail(ExitCode::Model, asked.error());
    }
    const auto file = extract::findGoldFile(options.gate, asked.value());
    if (!file.ok()) {
        return fail(ExitCode::Usage, file.error());
    }
    const auto gold = extract::readGold(file.value(), {&asked.value()});
    if (!gold.ok()) {
        return fail(ExitCode::Usage, gold.error());
    }
    const auto documents = extract::goldDocuments(gold.value());
    if (!documents.ok()) {
        return fail(ExitCode::Usage, documents.error());
    }
    const Interrupt interrupt;
    const Trial trial{options, asked.value(), gold.value(), documents.value(), interrupt};
    const auto old = trial.of(before.model, before.chatFormat);
    const auto candidate = old.ok() ? trial.of(after.model, after.chatFormat) : old;
    if (!candidate.ok()) {
        return candidate.error().code == ErrorCode::Cancelled
                   ? ExitCode::Interrupted
                   : fail(ExitCode::Model, candidate.error());
    }
    const auto comparison = extract::compareEvaluations(old.value(), candidate.value());
    if (!comparison.ok()) {
        return fail(ExitCode::Usage, comparison.error());
    }
    const extract::GateVerdict verdict = extract::judgeModel(comparison.value());
    const std::string found = verdict.reason + ", " +
                              counted(gold.value().documents.size(), "document") + ", template " +
                              asked.value().id();
    if (!verdict.isWorse) {
        print("The gate lets it through. " + found + ".\n");
        return ExitCode::Done;
    }
    if (options.isForced) {
        complain("worse, but --force: " + found);
        return ExitCode::Done;
    }
    complain("not made the default, because it is worse. " + found +
             ". --force makes it the default all the same");
    return ExitCode::Worse;
}

ExitCode run(const Options& options) {
    if (!options.gate.empty() && options.templateName.empty()) {
        complain("--gate needs --template: the gold is of one template");
        return ExitCode::Usage;
    }
    auto card = cardOf(options.model);
    if (!card.ok()) {
        return fail(ExitCode::Model, card.error());
    }
    auto library = openLibrary(options.library, storage::Access::ReadWrite);
    if (!library.ok()) {
        return fail(ExitCode::Library, library.error());
    }
    storage::Database& db = library.value().database();
    const auto before = extract::defaultModel(db);
    if (!before.ok()) {
        return fail(ExitCode::Model, before.error());
    }
    const fs::path& path = card.value().path;
    const auto bundled = extract::bundledModel();
    if (!options.chatFormat.empty() && bundled.ok() && bundled.value() == path) {
        complain("--chat-format is for other models: the bundled one has a format of its own");
        return ExitCode::Usage;
    }
    const auto formatBefore = extract::chosenChatFormat(db, before.value());
    const auto formatThere = extract::chosenChatFormat(db, path);
    if (!formatBefore.ok() || !formatThere.ok()) {
        return fail(ExitCode::Library,
                    formatBefore.ok() ? formatThere.error() : formatBefore.error());
    }
    std::string& format = card.value().chosenFormat;
    format = options.chatFormat.empty() ? formatThere.value() : options.chatFormat;
    if (format.empty() && !card.value().formatProblem.empty()) {
        return fail(ExitCode::Model,
                    {ErrorCode::Unsupported,
                     "'" + path.string() + "': " + card.value().formatProblem +
                         " Choose one with --chat-format NAME"});
    }
    if (before.value() == path && format == formatThere.value()) {
        return print(printable(path.string()) + " is the default already.\n") ? ExitCode::Done
                                                                              : ExitCode::Output;
    }
    if (!options.gate.empty()) {
        const ExitCode code =
            passGate(options, {before.value(), formatBefore.value()}, {path, format});
        if (code != ExitCode::Done) {
            return code;
        }
    }
    const auto sha256 = extract::hashFile(path, {}, {});
    if (!sha256.ok()) {
        return fail(ExitCode::Model, sha256.error());
    }
    const auto saved = extract::setDefaultModel(db, card.value(), sha256.value());
    if (!saved.ok()) {
        return fail(ExitCode::Library, saved.error());
    }
    return print("The default is now " + printable(path.string()) + "; it was " +
                 printable(before.value().string()) + ".\n")
               ? ExitCode::Done
               : ExitCode::Output;
}

} // namespace

void addSetDefault(CLI::App& models, Context& context) {
    auto options = std::make_shared<Options>();
    CLI::App* command = models.add_subcommand(
        "set-default", "The model that is used where no other is named, behind a gate if wanted");
    command
        ->add_option(
            "MODEL", options->model, "GGUF file, or \"bundled\" for the one of the program")
        ->required();
    command
        ->add_option("--gate",
                     options->gate,
                     "Refuse a model that finds less in this gold standard (folder or file, as "
                     "evaluate --gold) than the present default")
        ->type_name("FOLDER");
    command->add_option("-t,--template", options->templateName, "Of the gold standard")
        ->type_name("ID|FILE");
    command
        ->add_option("--chat-format",
                     options->chatFormat,
                     "How the model is spoken to from now on; without it as before, or as its "
                     "file says")
        ->type_name("NAME")
        ->check(CLI::IsMember(extract::chatFormatNames()));
    command->add_flag("--force", options->isForced, "Take it even if the gate finds it worse");
    command->add_option("--threads", options->threads, "Threads; without it one per core")
        ->check(CLI::Range(0, 1024));
    addLibraryOption(*command, options->library);
    command->footer("Example:\n"
                    "  attest models set-default new.gguf --gate resources/samples -t medications\n"
                    "\n"
                    "Worse is an F1 that is lower by more than 0.01, or a difference whose whole\n"
                    "95 % interval (paired bootstrap over documents) lies below zero.");
    command->callback([options, &context] {
        context.chosen = [options] {
            return run(*options);
        };
    });
}

} // namespace attest::cli
