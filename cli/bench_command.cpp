#include "cli/batch.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "engine/model.h"
#include "engine/session.h"
#include "engine/thread_pool.h"
#include "extract/chunk.h"
#include "extract/mask_bench.h"
#include "extract/model_speed.h"
#include "extract/pipeline.h"
#include "extract/resources.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <memory>
#include <sys/resource.h>

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

Result<Rates> measure(engine::Session& session, const Options& options, std::uint32_t vocabulary) {
    Rates rates;
    for (std::uint32_t round = 0; round < options.rounds; ++round) {
        ATTEST_TRY_ASSIGN(
            const extract::TokenRates one,
            extract::measureRates(
                session, {options.promptTokens, options.answerTokens, vocabulary}, {}));
        rates.prompt.push_back(one.promptTokensPerSecond);
        rates.answer.push_back(one.answerTokensPerSecond);
    }
    return rates;
}

// The sample documents of one page; the long record would say more about itself than about speed.
Result<std::vector<std::filesystem::path>> shortSamples() {
    ATTEST_TRY_ASSIGN(const std::filesystem::path folder, extract::resourceFolder());
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "samples", error)) {
        const auto type = entry.path().extension();
        const bool isDocument = type == ".pdf" || type == ".txt" || type == ".md";
        if (isDocument && entry.path().stem() != "patient_record") {
            files.push_back(entry.path());
        }
    }
    if (files.empty()) {
        return Error{ErrorCode::NotFound, "no sample documents in '" + folder.string() + "'"};
    }
    std::sort(files.begin(), files.end());
    return files;
}

Result<std::string> masksLine(const engine::Model& model,
                              const std::string& chatFormat,
                              const extract::Template& asked) {
    constexpr std::size_t kChunkTokens = 300;
    constexpr std::size_t kSteps = 3000;
    ATTEST_TRY_ASSIGN(const engine::ChatFormat format, extract::chosenFormat(model, chatFormat));
    ATTEST_TRY_ASSIGN(const auto files, shortSamples());
    ATTEST_TRY_ASSIGN(const std::filesystem::path reader, extract::findReaderProgram());
    extract::ReaderOptions reading;
    reading.readerProgram = reader;
    ATTEST_TRY_ASSIGN(const auto document,
                      extract::readDocument(files.front(), reading, [](Progress) {}, {}));
    const auto countTokens = [&model](std::string_view text) {
        return model.tokenizer().encode(text, engine::SpecialText::Plain).size();
    };
    const auto chunks = extract::makeChunks(document.pages, countTokens, {kChunkTokens, 0});
    if (chunks.empty()) {
        return Error{ErrorCode::InvalidInput, files.front().string() + ": no text"};
    }
    ATTEST_TRY_ASSIGN(const extract::MaskTimes times,
                      extract::measureMasks(model.tokenizer(),
                                            format.hasAlignedAnswers(),
                                            asked.parts().front(),
                                            chunks.front(),
                                            kSteps));
    std::array<char, 160> text = {};
    std::snprintf(text.data(),
                  text.size(),
                  "masks      mean %.1f, median %.1f, 99 %% below %.1f microseconds\n",
                  times.meanMicroseconds,
                  times.medianMicroseconds,
                  times.p99Microseconds);
    return std::string(text.data());
}

// The whole walk over the short sample documents, without storage.
Result<std::string> documentsLine(const Options& options,
                                  const std::filesystem::path& model,
                                  const extract::Template& asked) {
    extract::ExtractorOptions extractorOptions;
    extractorOptions.modelPath = model;
    extractorOptions.chatFormat = options.model.chatFormat;
    extractorOptions.threads = options.model.threads;
    ATTEST_TRY_ASSIGN(auto extractor, extract::Extractor::create(extractorOptions));
    ATTEST_TRY_ASSIGN(const auto files, shortSamples());
    const auto begin = Clock::now();
    for (const std::filesystem::path& file : files) {
        ATTEST_TRY(extractor.extract(
            file, asked, [](extract::Stage, Progress) {}, std::stop_token()));
    }
    std::array<char, 160> text = {};
    std::snprintf(text.data(),
                  text.size(),
                  "documents  %10.1f a minute (%zu samples of one page, template %s)\n",
                  double(files.size()) * 60.0 / secondsSince(begin),
                  files.size(),
                  asked.id().c_str());
    return std::string(text.data());
}

// A model whose context is too small for the samples still has its speed shown.
std::string orReason(const std::string& what, const Result<std::string>& line) {
    return line.ok() ? line.value()
                     : what + ": not measured: " + printable(line.error().message) + "\n";
}

std::string peakMemoryLine() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024U;
    return "memory     " + byteSize(bytes) + " at most, weights included\n";
}

Result<std::string> bench(const Options& options) {
    std::filesystem::path path = options.model.modelPath;
    if (path.empty()) {
        ATTEST_TRY_ASSIGN(path, extract::bundledModel());
    }
    ATTEST_TRY_ASSIGN(const extract::Template asked, extract::findTemplate("medications"));
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
           rate(median(rates.answer), "writing") +
           orReason("masks", masksLine(*model, options.model.chatFormat, asked)) +
           orReason("documents", documentsLine(options, path, asked)) + peakMemoryLine();
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
