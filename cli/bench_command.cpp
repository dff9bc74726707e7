#include "cli/batch.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "engine/model.h"
#include "engine/session.h"
#include "engine/thread_pool.h"
#include "extract/resources.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <memory>

namespace attest::cli {

namespace {

struct Options {
    ModelOptions model;
    std::uint32_t promptTokens = 512;
    std::uint32_t answerTokens = 64;
    std::uint32_t rounds = 3;
};

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

double median(std::vector<double> numbers) {
    std::sort(numbers.begin(), numbers.end());
    return numbers[numbers.size() / 2];
}

std::string rate(double perSecond, const char* what) {
    std::array<char, 64> text = {};
    std::snprintf(text.data(), text.size(), "%-10s %10.1f tokens/s\n", what, perSecond);
    return text.data();
}

struct Rates {
    std::vector<double> prompt;
    std::vector<double> answer;
};

// The tokens are of no meaning: the time does not depend on them.
Result<Rates> measure(engine::Session& session, const Options& options, std::uint32_t vocabulary) {
    std::vector<engine::TokenId> prompt;
    for (std::uint32_t i = 0; i < options.promptTokens; ++i) {
        prompt.push_back(static_cast<engine::TokenId>((i * 7919U + 13U) % vocabulary));
    }
    Rates rates;
    for (std::uint32_t round = 0; round < options.rounds; ++round) {
        session.truncate(0);
        auto begin = Clock::now();
        ATTEST_TRY(session.append(prompt));
        rates.prompt.push_back(double(prompt.size()) / secondsSince(begin));
        begin = Clock::now();
        for (std::uint32_t i = 0; i < options.answerTokens; ++i) {
            const std::array token = {prompt[i % prompt.size()]};
            ATTEST_TRY(session.append(token));
        }
        rates.answer.push_back(double(options.answerTokens) / secondsSince(begin));
    }
    return rates;
}

Result<std::string> bench(const Options& options) {
    std::filesystem::path path = options.model.modelPath;
    if (path.empty()) {
        ATTEST_TRY_ASSIGN(path, extract::bundledModel());
    }
    const auto loadBegin = Clock::now();
    ATTEST_TRY_ASSIGN(const auto model, engine::Model::load(path));
    const double loadSeconds = secondsSince(loadBegin);
    engine::ThreadPool pool(options.model.threads);
    engine::SessionOptions sessionOptions;
    sessionOptions.contextLength = options.promptTokens + options.answerTokens;
    ATTEST_TRY_ASSIGN(engine::Session session,
                      engine::Session::create(model, pool, sessionOptions));
    ATTEST_TRY_ASSIGN(const Rates rates, measure(session, options, model->info().vocabularySize));

    std::array<char, 160> head = {};
    std::snprintf(head.data(),
                  head.size(),
                  "%s, %s, loaded in %.2f s, %s, memory %s beside the weights\n",
                  model->info().name.substr(0, 60).c_str(),
                  model->info().weightTypes.substr(0, 40).c_str(),
                  loadSeconds,
                  counted(pool.threadCount(), "thread").c_str(),
                  byteSize(session.memoryBytes()).c_str());
    return printable(head.data()) + rate(median(rates.prompt), "reading") +
           rate(median(rates.answer), "writing");
}

ExitCode runBench(const Options& options) {
    const auto text = bench(options);
    if (!text.ok()) {
        complain(text.error());
        return ExitCode::Model;
    }
    return print(text.value()) ? ExitCode::Done : ExitCode::Output;
}

} // namespace

void addBench(CLI::App& app, Context& context) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("bench", "Measure how fast a model reads and writes on this computer");
    addModelOptions(*command, options->model);
    command->add_option("--prompt", options->promptTokens, "Tokens to read")
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    command->add_option("--answer", options->answerTokens, "Tokens to write")
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    command->add_option("--rounds", options->rounds, "The median of so many rounds is shown")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    command->footer("Examples:\n"
                    "  attest bench\n"
                    "  attest bench --model model.gguf --threads 4 --prompt 2048");
    command->callback([options, &context] {
        context.chosen = [options] {
            return runBench(*options);
        };
    });
}

} // namespace attest::cli
