#include "cli/bench/documents.h"
#include "cli/bench/first_token.h"
#include "cli/bench/progress.h"
#include "cli/bench/speed.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "extract/chat_formats.h"
#include "extract/pipeline.h"
#include "extract/resources.h"

#include <CLI/CLI.hpp>

#include <map>
#include <memory>
#include <string>

namespace attest::cli {

namespace {

struct Options {
    SpeedOptions speed;
    std::string model;      // empty: the bundled one
    std::string chatFormat; // of documents; empty: the model's own
    bool asksDocuments = false;
    bool asksJson = false;
    bool isFirstToken = false;
};

ExitCode report(const Error& error) {
    if (error.code == ErrorCode::Cancelled) {
        return ExitCode::Interrupted;
    }
    complain(error);
    return ExitCode::Model;
}

ExitCode printOr(const Result<std::string>& text) {
    if (!text.ok()) {
        return report(text.error());
    }
    return print(text.value()) ? ExitCode::Done : ExitCode::Output;
}

Result<std::string> speed(const Options& options, const std::stop_token& stop) {
    BenchProgress progress;
    ATTEST_TRY_ASSIGN(const SpeedReport report, measureSpeed(options.speed, progress, stop));
    return options.asksJson ? speedJson(report) : speedTable(report);
}

// The answer is one byte, for the process that waits for it.
ExitCode runFirstToken(const SpeedOptions& options) {
    const auto done = computeFirstToken(options.model, options.threads, [] { print("."); });
    return done.ok() ? ExitCode::Done : report(done.error());
}

ExitCode runBench(Options options) {
    options.speed.model = options.model;
    if (options.model.empty()) {
        auto bundled = extract::bundledModel();
        if (!bundled.ok()) {
            return report(bundled.error());
        }
        options.speed.model = std::move(bundled).value();
    }
    if (options.isFirstToken) {
        return runFirstToken(options.speed);
    }
    const Interrupt interrupt;
    if (options.asksDocuments) {
        return printOr(measureDocuments(
            options.speed.model, {options.speed.threads, options.chatFormat}, interrupt.token()));
    }
    return printOr(speed(options, interrupt.token()));
}

} // namespace

void addBench(CLI::App& app, Context& context) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("bench", "Measure how fast a model reads and writes on this computer");
    command->add_option("model,--model", options->model, "GGUF file; without it the bundled model")
        ->type_name("FILE");
    command->add_option("--threads", options->speed.threads, "Threads; without it one per core")
        ->check(CLI::Range(0, 1024));
    const std::map<std::string, engine::KvType> kvTypes = {
        {"f32", engine::KvType::F32}, {"f16", engine::KvType::F16}, {"q8_0", engine::KvType::Q8_0}};
    command
        ->add_option("--kv", options->speed.kvType, "How keys and values are kept: f32, f16, q8_0")
        ->transform(CLI::CheckedTransformer(kvTypes))
        ->option_text("TYPE");
    const std::map<std::string, engine::WeightPlace> places = {
        {"auto", engine::WeightPlace::Automatic},
        {"map", engine::WeightPlace::Mapping},
        {"copy", engine::WeightPlace::Memory}};
    command
        ->add_option("--weights",
                     options->speed.weights,
                     "Where the weights lie: auto, map (the file's pages), copy (own memory)")
        ->transform(CLI::CheckedTransformer(places))
        ->option_text("PLACE");
    command->add_option("--rounds", options->speed.rounds, "The median of so many rounds is shown")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    command->add_flag("--quick", options->speed.isQuick, "One round, and no long prompts");
    command->add_flag("--json", options->asksJson, "Print JSON instead of a table");
    command->add_flag(
        "--documents", options->asksDocuments, "Measure whole sample documents instead");
    command
        ->add_option(
            "--chat-format", options->chatFormat, "With --documents: how the model is spoken to")
        ->type_name("NAME")
        ->check(CLI::IsMember(extract::chatFormatNames()));
    // For the row about the start of the program; group "" keeps it out of the help.
    command->add_flag("--first-token", options->isFirstToken)->group("");
    command->footer("Examples:\n"
                    "  attest bench\n"
                    "  attest bench model.gguf --threads 4 --json\n"
                    "  attest bench --documents");
    command->callback([options, &context] {
        context.chosen = [options] {
            return runBench(*options);
        };
    });
}

} // namespace attest::cli
