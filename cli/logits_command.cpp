#include "cli/logits_command.h"

#include "cli/adapter_option.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "cli/token_list.h"
#include "engine/model.h"
#include "engine/session.h"
#include "engine/thread_pool.h"
#include "extract/output_file.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <bit>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attest::cli {

namespace {

// Logits of this many positions are in memory at a time; how tokens are grouped does not change
// them.
constexpr std::size_t kRowsAtOnce = 64;

static_assert(std::endian::native == std::endian::little, "the file is little endian");

const std::map<std::string, engine::KvType> kKvTypes = {
    {"f32", engine::KvType::F32}, {"f16", engine::KvType::F16}, {"q8_0", engine::KvType::Q8_0}};

struct Options {
    std::string model;
    std::string tokens;
    std::string out;
    std::uint32_t context = 0;
    std::size_t threads = 0;
    engine::KvType kvType = engine::KvType::F32; // exact, as comparisons want it
    std::vector<extract::AdapterChoice> adapters = {};
};

engine::SessionOptions sessionOptions(const Options& options) {
    engine::SessionOptions session;
    session.contextLength = options.context;
    session.kvType = options.kvType;
    return session;
}

Result<void> writeLogits(engine::Session& session,
                         const std::vector<engine::TokenId>& tokens,
                         extract::OutputFile& file,
                         const std::stop_token& stop) {
    for (std::size_t begin = 0; begin < tokens.size(); begin += kRowsAtOnce) {
        const auto part =
            std::span(tokens).subspan(begin, std::min(kRowsAtOnce, tokens.size() - begin));
        ATTEST_TRY_ASSIGN(const std::span<const float> logits,
                          session.appendRows(part, part.size(), stop));
        ATTEST_TRY(file.write(
            {reinterpret_cast<const char*>(logits.data()), logits.size() * sizeof(float)}));
    }
    return {};
}

ExitCode failed(const Error& error, ExitCode code) {
    complain(error);
    return error.code == ErrorCode::Cancelled ? ExitCode::Interrupted : code;
}

ExitCode runLogits(const Options& options) {
    const auto tokens = readTokenList(options.tokens);
    if (!tokens.ok()) {
        return failed(tokens.error(), ExitCode::Usage);
    }
    const auto model = engine::Model::load(options.model);
    if (!model.ok()) {
        return failed(model.error(), ExitCode::Model);
    }
    const Interrupt interrupt;
    engine::ThreadPool pool(options.threads);
    auto adapters = extract::loadAdapters(options.adapters, model.value());
    if (!adapters.ok()) {
        return failed(adapters.error(), ExitCode::Model);
    }
    engine::SessionOptions chosen = sessionOptions(options);
    chosen.adapters = std::move(adapters.value().applied);
    auto session = engine::Session::create(model.value(), pool, chosen);
    if (!session.ok()) {
        return failed(session.error(), ExitCode::Model);
    }
    auto file = extract::OutputFile::create(options.out);
    if (!file.ok()) {
        return failed(file.error(), ExitCode::Output);
    }
    const auto written =
        writeLogits(session.value(), tokens.value(), file.value(), interrupt.token());
    if (!written.ok()) {
        const bool isModel = written.error().code != ErrorCode::Io;
        return failed(written.error(), isModel ? ExitCode::Model : ExitCode::Output);
    }
    if (const auto committed = file.value().commit(); !committed.ok()) {
        return failed(committed.error(), ExitCode::Output);
    }
    return ExitCode::Done;
}

} // namespace

void addLogits(CLI::App& models, Context& context) {
    auto options = std::make_shared<Options>();
    CLI::App* command = models.add_subcommand(
        "logits", "Write the logits of every position of a list of tokens, as raw 32-bit floats");
    command->footer("Examples:\n"
                    "  attest models logits model.gguf --tokens tokens.json --out logits.f32");
    command->add_option("MODEL", options->model, "GGUF file")->required();
    command
        ->add_option("--tokens", options->tokens, "File with a JSON array of token ids: [1, 5, 7]")
        ->required();
    command
        ->add_option("--out",
                     options->out,
                     "File for positions x vocabulary little-endian 32-bit floats, row by row")
        ->required();
    command->add_option("--ctx",
                        options->context,
                        "Context length of the session; without it the model's own. Some models "
                        "rotate otherwise in a long one");
    command->add_option("--kv", options->kvType, "How keys and values are kept: f32, f16 or q8_0")
        ->transform(CLI::CheckedTransformer(kKvTypes, CLI::ignore_case))
        ->option_text("f32|f16|q8_0");
    addAdapterOption(*command, options->adapters);
    command->add_option("--threads", options->threads, "Threads; without it one per core");
    command->callback([options, &context] {
        context.chosen = [options] {
            return runLogits(*options);
        };
    });
}

} // namespace attest::cli
