#include "cli/bench/speed.h"

#include "cli/bench/first_token.h"
#include "cli/bench/process_memory.h"
#include "cli/bench/weight_facts.h"
#include "engine/cpu.h"
#include "engine/model.h"
#include "engine/session.h"
#include "engine/thread_pool.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <span>
#include <utility>

namespace attest::cli {

namespace {

using Clock = std::chrono::steady_clock;
using engine::TokenId;

constexpr std::array<std::uint32_t, 3> kPrompts = {128, 512, 4096};
constexpr std::array<std::uint32_t, 5> kBatches = {1, 2, 4, 8, 16};
constexpr std::uint32_t kStarts = 5;       // loads, and starts of the program
constexpr std::uint32_t kBatchRepeats = 5; // per round
constexpr std::uint32_t kWarmUp = 16;      // tokens that bring the weights into memory
constexpr std::uint32_t kLeastContext = 8;
constexpr double kKvBytes = 4; // f32

double secondsSince(Clock::time_point begin) {
    return std::max(std::chrono::duration<double>(Clock::now() - begin).count(), 1e-9);
}

// Every run of every quantity, in seconds.
class Samples {
public:
    void add(const std::string& id, double seconds) { seconds_[id].push_back(seconds); }

    bool has(const std::string& id) const { return seconds_.contains(id); }

    double median(const std::string& id) const {
        std::vector<double> numbers = seconds_.at(id);
        std::sort(numbers.begin(), numbers.end());
        return numbers[numbers.size() / 2];
    }

private:
    std::map<std::string, std::vector<double>> seconds_;
};

// Tokens of no meaning: the time does not depend on them.
std::vector<TokenId> someTokens(std::size_t count, std::uint32_t vocabulary) {
    std::vector<TokenId> tokens(count);
    for (std::size_t i = 0; i < count; ++i) {
        tokens[i] = TokenId((i * std::uint64_t(7919) + 13) % vocabulary);
    }
    return tokens;
}

// Bytes of one number in the cache.
double kvBytes(engine::KvType type) {
    switch (type) {
    case engine::KvType::F32:
        return 4;
    case engine::KvType::F16:
        return 2;
    case engine::KvType::Q8_0:
        return 1 + 4.0 / 32;
    }
    return 4;
}

std::string idOf(const std::string& what, std::uint32_t number) {
    return what + "_" + std::to_string(number);
}

// Measures one session.
class SessionClock {
public:
    SessionClock(engine::Session& session, std::uint32_t vocabulary, const std::stop_token& stop)
        : session_(session)
        , tokens_(someTokens(session.contextLength(), vocabulary))
        , stop_(stop) {}

    bool fits(std::uint32_t count) const { return count <= tokens_.size(); }

    Result<double> prefill(std::uint32_t count) {
        session_.truncate(0);
        const auto begin = Clock::now();
        ATTEST_TRY(session_.append(std::span(tokens_).first(count), stop_));
        return secondsSince(begin);
    }

    // One token after the other behind the first `depth`, which are there already. Per token.
    Result<double> decode(std::uint32_t depth, std::uint32_t count) {
        session_.truncate(depth);
        const auto begin = Clock::now();
        for (std::uint32_t i = 0; i < count; ++i) {
            ATTEST_TRY(session_.append(std::span(tokens_).subspan(i, 1), stop_));
        }
        return secondsSince(begin) / count;
    }

    // So many tokens in one pass, with the logits of each, behind the first.
    Result<double> batch(std::uint32_t count) {
        session_.truncate(1);
        const auto begin = Clock::now();
        ATTEST_TRY(session_.appendRows(std::span(tokens_).first(count), count, stop_));
        return secondsSince(begin);
    }

private:
    engine::Session& session_;
    std::vector<TokenId> tokens_;
    const std::stop_token& stop_;
};

// How long parts of a round will take, from a short trial.
struct Pace {
    double promptToken = 0;
    double answerToken = 0;
};

class Bench {
public:
    Bench(const SpeedOptions& options, BenchProgress& progress, std::stop_token stop)
        : options_(options), progress_(progress), stop_(std::move(stop)) {
        if (options.isQuick) {
            options_.rounds = 1;
        }
    }

    Result<SpeedReport> run() {
        ATTEST_TRY_ASSIGN(facts_, readWeightFacts(options_.model));
        ATTEST_TRY_ASSIGN(const engine::Isa isa, engine::chooseIsa());
        report_.kvType = toString(options_.kvType);
        report_.kernels = engine::toString(isa);
        engine::ThreadPool pool(options_.threads);
        progress_.begin("measuring what this computer can do", 0);
        ATTEST_TRY_ASSIGN(report_.limits, engine::measureLimits(pool, stop_));
        ATTEST_TRY(measureStart());
        resetPeakMemory();
        ATTEST_TRY(measureLoad());
        ATTEST_TRY(measureSession(pool));
        if (pool.threadCount() > 1 && !options_.isQuick) {
            ATTEST_TRY(measureOneThread());
        }
        fillRows();
        return std::move(report_);
    }

private:
    // Tokens of an answer that is long enough to measure.
    std::uint32_t answerTokens() const { return options_.isQuick ? 8 : 32; }

    std::uint32_t longestPrompt() const { return options_.isQuick ? kPrompts[1] : kPrompts.back(); }

    Result<void> checkCancelled() const {
        if (stop_.stop_requested()) {
            return Error{ErrorCode::Cancelled, "measuring was cancelled"};
        }
        return {};
    }

    Result<void> measureStart() {
        for (std::uint32_t i = 0; i < (options_.isQuick ? 1 : kStarts); ++i) {
            ATTEST_TRY(checkCancelled());
            progress_.begin("starting the program", 0);
            ATTEST_TRY_ASSIGN(const double seconds,
                              timeFirstToken(options_.model, options_.threads));
            samples_.add("start", seconds);
        }
        return {};
    }

    Result<void> measureLoad() {
        for (std::uint32_t i = 0; i < (options_.isQuick ? 1 : kStarts); ++i) {
            ATTEST_TRY(checkCancelled());
            progress_.begin("loading the model", 0);
            model_.reset();
            const auto begin = Clock::now();
            ATTEST_TRY_ASSIGN(model_, engine::Model::load(options_.model, options_.weights));
            samples_.add("load", secondsSince(begin));
        }
        return {};
    }

    std::uint32_t contextLength() const {
        return std::min(longestPrompt() + answerTokens(), model_->info().contextLength);
    }

    Result<void> measureSession(engine::ThreadPool& pool) {
        context_ = contextLength();
        if (context_ < kLeastContext) {
            return Error{ErrorCode::Unsupported,
                         "a context of " + std::to_string(context_) + " tokens has no speed"};
        }
        ATTEST_TRY_ASSIGN(
            engine::Session session,
            engine::Session::create(
                model_, pool, {.contextLength = context_, .kvType = options_.kvType}));
        SessionClock clock(session, model_->info().vocabularySize, stop_);
        progress_.begin("bringing the weights into memory", 0);
        ATTEST_TRY_ASSIGN(const Pace pace, tryOut(clock));
        progress_.expect(double(options_.rounds) * roundSeconds(clock, pace) +
                         oneThreadSeconds(pace, pool.threadCount()));
        for (std::uint32_t round = 0; round < options_.rounds; ++round) {
            ATTEST_TRY(measureRound(clock, pace, round));
        }
        memory_ = processMemory();
        return {};
    }

    Result<Pace> tryOut(SessionClock& clock) {
        const std::uint32_t count = std::min(kWarmUp, context_ / 2);
        ATTEST_TRY(clock.prefill(count));
        ATTEST_TRY_ASSIGN(const double prompt, clock.prefill(count));
        ATTEST_TRY_ASSIGN(const double answer, clock.decode(1, std::min(2U, context_ - 1)));
        return Pace{prompt / count, answer};
    }

    double roundSeconds(const SessionClock& clock, const Pace& pace) const {
        double seconds = 0;
        for (const std::uint32_t prompt : kPrompts) {
            seconds += prompts(clock, prompt) ? prompt * pace.promptToken : 0;
            seconds += decodes(clock, prompt) ? answerTokens() * pace.answerToken : 0;
        }
        return seconds + (answerTokens() + kBatchRepeats * kBatches.size() * 2) * pace.answerToken;
    }

    double oneThreadSeconds(const Pace& pace, std::size_t threads) const {
        return options_.isQuick || threads < 2
                   ? 0
                   : double(threads) *
                         (kPrompts[1] * pace.promptToken + answerTokens() * pace.answerToken);
    }

    bool prompts(const SessionClock& clock, std::uint32_t prompt) const {
        return prompt <= longestPrompt() && clock.fits(prompt);
    }

    bool decodes(const SessionClock& clock, std::uint32_t depth) const {
        return depth != kPrompts[0] && depth <= longestPrompt() &&
               clock.fits(depth + answerTokens());
    }

    Result<void> measureRound(SessionClock& clock, const Pace& pace, std::uint32_t round) {
        const std::string ofRounds =
            ", round " + std::to_string(round + 1) + " of " + std::to_string(options_.rounds);
        for (const std::uint32_t prompt : kPrompts) {
            if (!prompts(clock, prompt)) {
                continue;
            }
            progress_.begin("reading " + std::to_string(prompt) + " tokens" + ofRounds,
                            prompt * pace.promptToken);
            ATTEST_TRY_ASSIGN(const double seconds, clock.prefill(prompt));
            samples_.add(idOf("prefill", prompt), seconds);
            if (decodes(clock, prompt)) {
                progress_.begin("writing after " + std::to_string(prompt) + " tokens" + ofRounds,
                                answerTokens() * pace.answerToken);
                ATTEST_TRY_ASSIGN(const double perToken, clock.decode(prompt, answerTokens()));
                samples_.add(idOf("decode", prompt), perToken);
            }
        }
        if (clock.fits(1 + answerTokens())) {
            progress_.begin("writing" + ofRounds, answerTokens() * pace.answerToken);
            ATTEST_TRY_ASSIGN(const double perToken, clock.decode(1, answerTokens()));
            samples_.add(idOf("decode", 0), perToken);
        }
        return measureBatches(clock, pace, ofRounds);
    }

    Result<void>
    measureBatches(SessionClock& clock, const Pace& pace, const std::string& ofRounds) {
        for (std::uint32_t repeat = 0; repeat < kBatchRepeats; ++repeat) {
            for (const std::uint32_t count : kBatches) {
                if (!clock.fits(1 + count)) {
                    continue;
                }
                progress_.begin("batches of tokens" + ofRounds, 2 * pace.answerToken);
                ATTEST_TRY_ASSIGN(const double seconds, clock.batch(count));
                samples_.add(idOf("batch", count), seconds);
            }
        }
        return {};
    }

    Result<void> measureOneThread() {
        engine::ThreadPool pool(1);
        ATTEST_TRY_ASSIGN(
            engine::Session session,
            engine::Session::create(
                model_, pool, {.contextLength = context_, .kvType = options_.kvType}));
        SessionClock clock(session, model_->info().vocabularySize, stop_);
        progress_.begin("the same with one thread", 0);
        if (prompts(clock, kPrompts[1])) {
            ATTEST_TRY_ASSIGN(const double seconds, clock.prefill(kPrompts[1]));
            samples_.add("one_prefill", seconds);
        }
        if (clock.fits(1 + answerTokens())) {
            ATTEST_TRY(clock.decode(1, 1));
            ATTEST_TRY_ASSIGN(const double seconds, clock.decode(1, answerTokens()));
            samples_.add("one_decode", seconds);
        }
        return {};
    }

    double weightSeconds() const {
        return double(facts_.bytesPerToken) / report_.limits.readBytesPerSecond;
    }

    void addTime(const std::string& id, const std::string& what, std::optional<double> limit) {
        const double seconds = samples_.median(id);
        SpeedRow row{id, what, seconds, SpeedUnit::Seconds, limit, std::nullopt, std::nullopt};
        if (limit) {
            row.share = *limit / seconds;
        }
        report_.rows.push_back(std::move(row));
    }

    void addPrefill(std::uint32_t prompt) {
        const std::string id = idOf("prefill", prompt);
        if (!samples_.has(id)) {
            return;
        }
        const double operations = 2 * double(facts_.blockParameters);
        SpeedRow row{id,
                     "prefill, " + std::to_string(prompt) + " tokens",
                     prompt / samples_.median(id),
                     SpeedUnit::TokensPerSecond,
                     std::nullopt,
                     std::nullopt,
                     std::nullopt};
        if (report_.limits.int8PerSecond > 0) {
            row.limit = report_.limits.int8PerSecond / operations;
            row.share = row.value / *row.limit;
        }
        if (report_.limits.tileInt8PerSecond > 0) {
            row.tileShare = row.value * operations / report_.limits.tileInt8PerSecond;
        }
        report_.rows.push_back(std::move(row));
    }

    void addDecode(std::uint32_t depth) {
        const std::string id = idOf("decode", depth);
        if (!samples_.has(id)) {
            return;
        }
        const double cached = depth * double(facts_.kvNumbersPerToken) * kvBytes(options_.kvType);
        const double limit =
            report_.limits.readBytesPerSecond / (double(facts_.bytesPerToken) + cached);
        const double value = 1 / samples_.median(id);
        report_.rows.push_back({id,
                                "decode, depth " + std::to_string(depth),
                                value,
                                SpeedUnit::TokensPerSecond,
                                limit,
                                value / limit,
                                std::nullopt});
    }

    void addBatch(std::uint32_t count) {
        const std::string id = idOf("batch", count);
        if (!samples_.has(id)) {
            return;
        }
        const double value = samples_.median(id) / samples_.median(idOf("batch", 1));
        SpeedRow row{id,
                     "batch of " + std::to_string(count) + ", cost in single tokens",
                     value,
                     SpeedUnit::Times,
                     std::nullopt,
                     std::nullopt,
                     std::nullopt};
        const double int8 =
            std::max(report_.limits.int8PerSecond, report_.limits.tileInt8PerSecond);
        if (int8 > 0) {
            const double operations =
                2 * count * double(facts_.blockParameters + facts_.headParameters);
            row.limit = std::max(operations / int8 / weightSeconds(), 1.0);
            row.share = *row.limit / value;
        }
        report_.rows.push_back(std::move(row));
    }

    void addMemory() {
        const double file = double(facts_.fileBytes);
        const double kv =
            double(context_) * double(facts_.kvNumbersPerToken) * kvBytes(options_.kvType);
        const auto add = [this](const char* id, const char* what, double value, double limit) {
            report_.rows.push_back(
                {id, what, value, SpeedUnit::Bytes, limit, value / limit, std::nullopt});
        };
        add("memory_peak", "peak memory, against file and KV", double(memory_.peak), file + kv);
        const double copy = model_->weightPlace() == engine::WeightPlace::Memory ? file : 0;
        add("memory_own",
            "memory beside file and KV",
            std::max(double(memory_.own) - kv - copy, 0.0),
            file);
    }

    void addScaling(const std::string& id, const std::string& one, const std::string& many) {
        if (samples_.has(one) && samples_.has(many)) {
            const double value = samples_.median(one) / samples_.median(many);
            const auto threads = double(report_.limits.threads);
            report_.rows.push_back({id,
                                    (id == "scaling_prefill" ? "prefill" : "decode") +
                                        std::string(", all threads against one"),
                                    value,
                                    SpeedUnit::Times,
                                    threads,
                                    value / threads,
                                    std::nullopt});
        }
    }

    void fillRows() {
        const engine::ModelInfo& info = model_->info();
        report_.model = info.name;
        report_.weightTypes = info.weightTypes;
        report_.fileBytes = info.fileBytes;
        report_.parameterCount = info.parameterCount;
        addTime("load", "load", std::nullopt);
        addTime("start", "start of the program to the first token", weightSeconds());
        for (const std::uint32_t prompt : kPrompts) {
            addPrefill(prompt);
        }
        for (const std::uint32_t depth : {0U, kPrompts[1], kPrompts[2]}) {
            addDecode(depth);
        }
        for (const std::uint32_t count : kBatches) {
            addBatch(count);
        }
        addMemory();
        addScaling("scaling_prefill", "one_prefill", idOf("prefill", kPrompts[1]));
        addScaling("scaling_decode", "one_decode", idOf("decode", 0));
    }

    SpeedOptions options_;
    BenchProgress& progress_;
    std::stop_token stop_;
    WeightFacts facts_;
    std::shared_ptr<const engine::Model> model_;
    std::uint32_t context_ = 0;
    Samples samples_;
    ProcessMemory memory_;
    SpeedReport report_;
};

} // namespace

Result<SpeedReport>
measureSpeed(const SpeedOptions& options, BenchProgress& progress, const std::stop_token& stop) {
    return Bench(options, progress, stop).run();
}

} // namespace attest::cli
