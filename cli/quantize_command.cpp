#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "engine/quantize.h"

#include <CLI/CLI.hpp>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace attest::cli {

namespace {

struct Options {
    std::string from;
    std::string to;
    std::string target;
    bool mayReplace = false;
};

// One line on a terminal: how far it is, and how long it will take.
class Line {
public:
    void show(Progress progress) {
        const auto now = Clock::now();
        if (!isShown_ || now - last_ < std::chrono::milliseconds(100) || progress.total <= 0) {
            return;
        }
        last_ = now;
        const double done = double(progress.done) / double(progress.total);
        std::string text = "\r" + byteSize(std::uint64_t(progress.done)) + " of " +
                           byteSize(std::uint64_t(progress.total));
        constexpr double kLeastShare = 0.02; // before this much is done an estimate is a guess
        if (done > kLeastShare) {
            const double elapsed = std::chrono::duration<double>(now - begin_).count();
            const auto left = static_cast<long>(std::ceil(elapsed * (1 - done) / done));
            text += ", about " + std::to_string(left) + " s left";
        }
        std::fputs((text + "\033[K").c_str(), stderr);
        std::fflush(stderr);
    }

    ~Line() {
        if (isShown_) {
            std::fputs("\r\033[K", stderr);
        }
    }

    Line() = default;
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

private:
    using Clock = std::chrono::steady_clock;

    bool isShown_ = isTerminal(STDERR_FILENO);
    Clock::time_point begin_ = Clock::now();
    Clock::time_point last_;
};

std::string percent(double share) {
    std::array<char, 32> text = {};
    std::snprintf(text.data(), text.size(), "%.3f %%", share * 100);
    return text.data();
}

std::string number(double value) {
    std::array<char, 32> text = {};
    std::snprintf(text.data(), text.size(), "%.2e", value);
    return text.data();
}

std::string describe(const engine::QuantizeReport& report) {
    std::vector<std::vector<std::string>> rows;
    std::size_t copied = 0;
    for (const engine::QuantizedTensor& tensor : report.tensors) {
        if (tensor.from == tensor.to) {
            ++copied;
            continue;
        }
        rows.push_back({printable(tensor.name),
                        engine::toString(tensor.from),
                        engine::toString(tensor.to),
                        percent(tensor.error.relative()),
                        number(tensor.error.largest)});
    }
    rows.push_back(
        {"all of these", "", "", percent(report.total.relative()), number(report.total.largest)});
    return table({{"TENSOR", false, 12},
                  {"FROM", false, 4},
                  {"TO", false, 4},
                  {"ERROR", true, 8},
                  {"LARGEST", true, 8}},
                 rows,
                 terminalWidth()) +
           counted(copied, "tensor") + " copied as they are. " + byteSize(report.bytesBefore) +
           " became " + byteSize(report.bytesAfter) +
           ".\nERROR is the root of the mean squared error by that of the weights; LARGEST is "
           "absolute.\n";
}

ExitCode exitCode(ErrorCode code) {
    switch (code) {
    case ErrorCode::Cancelled:
        return ExitCode::Interrupted;
    case ErrorCode::Io:
    case ErrorCode::OutOfResources:
        return ExitCode::Output;
    default:
        return ExitCode::Model;
    }
}

ExitCode run(const Options& options) {
    const auto target = engine::quantizeTarget(options.target);
    if (!target) {
        complain("no type '" + printable(options.target) +
                 "'; there are Q8_0, Q6_K, Q4_K_M, Q4_K and Q4_0");
        return ExitCode::Usage;
    }
    std::error_code error;
    if (!options.mayReplace && std::filesystem::exists(options.to, error)) {
        complain("'" + printable(options.to) + "' is already there; --force replaces it");
        return ExitCode::Output;
    }
    const Interrupt interrupt;
    engine::ThreadPool pool(0);
    auto report = [&] {
        Line line;
        return engine::quantizeModel(
            options.from,
            options.to,
            {.target = *target, .mayReplace = options.mayReplace},
            pool,
            [&line](Progress progress) { line.show(progress); },
            interrupt.token());
    }();
    if (!report.ok()) {
        complain(report.error());
        return exitCode(report.error().code);
    }
    return print(describe(report.value())) ? ExitCode::Done : ExitCode::Output;
}

} // namespace

void addQuantize(CLI::App& models, Context& context) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        models.add_subcommand("quantize", "Write a model again with smaller weights");
    command->add_option("IN", options->from, "GGUF file with F32, F16, BF16 or Q8_0 weights")
        ->required();
    command->add_option("OUT", options->to, "GGUF file to write")->required();
    command
        ->add_option("TYPE",
                     options->target,
                     "Q8_0, Q6_K, Q4_K_M (the usual mix of Q4_K and Q6_K), Q4_K or Q4_0")
        ->required();
    command->add_flag("--force", options->mayReplace, "Replace OUT if it is there");
    command->footer("Example:\n"
                    "  attest models quantize model-f16.gguf model-q4_k_m.gguf Q4_K_M\n"
                    "\n"
                    "Prints for each tensor what rounding did to it. OUT is complete or not there "
                    "at all; Ctrl-C leaves nothing behind.");
    command->callback([options, &context] {
        context.chosen = [options] {
            return run(*options);
        };
    });
}

} // namespace attest::cli
