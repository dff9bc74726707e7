#include "cli/batch.h"
#include "cli/command.h"
#include "cli/results.h"
#include "cli/terminal.h"
#include "extract/evaluate.h"
#include "extract/resources.h"

#include <CLI/CLI.hpp>

#include <array>
#include <cstdio>
#include <memory>

namespace attest::cli {

namespace {

struct Options {
    std::vector<std::string> paths;
    std::string templateName;
    std::string gold;
    std::string results;
    std::string library;
    std::string textField = "text";
    bool isRecursive = false;
    ModelOptions model;
};

std::string fixed(double number) {
    std::array<char, 32> text = {};
    std::snprintf(text.data(), text.size(), "%.3f", number);
    return text.data();
}

std::vector<std::string> rowOf(const extract::FieldScore& score) {
    const extract::Counts& exact = score.exact;
    return {score.field,
            std::to_string(exact.found + exact.missed),
            std::to_string(exact.found + exact.wrong),
            fixed(exact.precision()),
            fixed(exact.recall()),
            fixed(exact.f1()),
            fixed(score.lenient.f1())};
}

std::string report(const extract::Evaluation& evaluation) {
    std::vector<std::vector<std::string>> rows;
    for (const extract::FieldScore& score : evaluation.fields) {
        rows.push_back(rowOf(score));
    }
    rows.push_back(rowOf(evaluation.overall));
    std::string text = table({{"FIELD", false, 12},
                              {"GOLD", true, 4},
                              {"FOUND", true, 5},
                              {"PRECISION", true, 9},
                              {"RECALL", true, 6},
                              {"F1", true, 5},
                              {"LENIENT F1", true, 10}},
                             rows,
                             terminalWidth());
    text += counted(evaluation.documents, "document");
    if (evaluation.withoutResult > 0) {
        text += ", " + std::to_string(evaluation.withoutResult) + " without a result";
    }
    return text + "; F1 " + fixed(evaluation.overall.exact.f1()) + ", 95 % interval " +
           fixed(evaluation.f1Low) + " to " + fixed(evaluation.f1High) +
           " (bootstrap over documents)\n";
}

extract::Labelled labelled(const storage::StoredRun& run) {
    return {run.run.sourceId.empty() ? run.run.fileName : run.run.sourceId,
            run.run.fileName,
            run.run.valuesJson};
}

// Results from the library, after asking the model about the paths, if there are any.
ExitCode fromLibrary(const Options& options,
                     const extract::Template& asked,
                     std::vector<extract::Labelled>& results) {
    const Interrupt interrupt;
    const bool isRunning = !options.paths.empty();
    const auto inputs = gatherInputs(
        options.paths, options.isRecursive ? Depth::Recursive : Depth::TopOnly, options.textField);
    if (!inputs.ok()) {
        complain(inputs.error());
        return ExitCode::Usage;
    }
    auto library = openLibrary(options.library,
                               isRunning ? storage::Access::ReadWrite : storage::Access::ReadOnly);
    if (!library.ok()) {
        complain(library.error());
        return ExitCode::Library;
    }
    BatchResult batch;
    if (isRunning) {
        const auto templateJson = extract::templateText(options.templateName);
        if (!templateJson.ok()) {
            complain(templateJson.error());
            return ExitCode::Model;
        }
        batch = runBatch(Task::Extract,
                         inputs.value(),
                         asked,
                         templateJson.value(),
                         options.model,
                         library.value(),
                         interrupt);
        for (const std::string& failure : batch.failures) {
            complain("not read: " + failure);
        }
        if (batch.code != ExitCode::Done && batch.code != ExitCode::SomeFailed) {
            return batch.code;
        }
    }
    const auto runs =
        isRunning ? storage::runsById(library.value().database(), batch.runIds)
                  : storage::latestRuns(library.value().database(),
                                        {std::string(storage::kRunExtraction), asked.id(), 0});
    if (!runs.ok()) {
        complain(runs.error());
        return ExitCode::Library;
    }
    for (const storage::StoredRun& run : runs.value()) {
        results.push_back(labelled(run));
    }
    return batch.code;
}

ExitCode runEvaluate(const Options& options) {
    const auto asked = extract::findTemplate(options.templateName);
    if (!asked.ok()) {
        complain(asked.error());
        return ExitCode::Model;
    }
    const auto gold = extract::readLabelled(options.gold);
    if (!gold.ok()) {
        complain(gold.error());
        return ExitCode::Usage;
    }
    std::vector<extract::Labelled> results;
    ExitCode code = ExitCode::Done;
    if (!options.results.empty()) {
        auto read = extract::readLabelled(options.results);
        if (!read.ok()) {
            complain(read.error());
            return ExitCode::Usage;
        }
        results = std::move(read).value();
    } else {
        code = fromLibrary(options, asked.value(), results);
        if (code != ExitCode::Done && code != ExitCode::SomeFailed) {
            return code;
        }
    }
    const auto evaluation = extract::evaluate(asked.value(), gold.value(), results);
    if (!evaluation.ok()) {
        complain(evaluation.error());
        return ExitCode::Usage;
    }
    return print(report(evaluation.value())) ? code : ExitCode::Output;
}

} // namespace

void addEvaluate(CLI::App& app, Context& context) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("evaluate", "Measure results against a gold standard");
    command
        ->add_option("-t,--template", options->templateName, "Built-in template or template file")
        ->required()
        ->type_name("ID|FILE");
    command
        ->add_option("--gold",
                     options->gold,
                     R"(Lines {"file" or "id": …, "values": {…}} with the right answers)")
        ->required()
        ->type_name("FILE.jsonl");
    CLI::Option* results =
        command
            ->add_option("--results",
                         options->results,
                         "Lines as extract --jsonl writes them, instead of the library")
            ->type_name("FILE.jsonl");
    command
        ->add_option("PATH",
                     options->paths,
                     "Documents to ask the model about first; without them what the library has")
        ->excludes(results);
    command->add_flag("-r,--recursive", options->isRecursive, "Also look into folders of folders");
    command
        ->add_option(
            "--text-field", options->textField, "Of .jsonl files: where the note's text is")
        ->type_name("NAME")
        ->capture_default_str();
    addModelOptions(*command, options->model);
    addLibraryOption(*command, options->library);
    command->footer("Examples:\n"
                    "  attest evaluate -t medications --gold gold.jsonl notes.jsonl\n"
                    "  attest evaluate -t medications --gold gold.jsonl --results results.jsonl");
    command->callback([options, &context] {
        context.chosen = [options] {
            return runEvaluate(*options);
        };
    });
}

} // namespace attest::cli
