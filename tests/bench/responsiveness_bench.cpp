// What a user who goes on working notices of a model that reads documents in the background.
//
//   bench_responsiveness MODEL [SECONDS]
//
// The user's work is a thread that has 4 ms of arithmetic to do every 16.7 ms, as a window that is
// being scrolled. Printed for each way the model shares the machine with it, the second of which is
// how the program's queue does: how long after it was due the work was done, in ms (median, 99 of
// 100, worst), and the tokens/s that the model reads on all cores meanwhile.
#include "engine/model.h"
#include "engine/session.h"
#include "engine/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

using namespace attest::engine;

namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr Milliseconds kFrame(1000.0 / 60);
constexpr Milliseconds kWork(4);
constexpr std::size_t kPrompt = 64;

// Something that takes time and no memory.
double work(std::size_t rounds) {
    double x = 1;
    for (std::size_t i = 0; i < rounds; ++i) {
        x = std::sqrt(x + 1);
    }
    return x;
}

volatile double sink = 0;

// Rounds that take kWork on an idle core: the fastest of many, as others only ever slow one down.
std::size_t roundsOfWork() {
    constexpr std::size_t kRounds = 100'000;
    Milliseconds least = std::chrono::hours(1);
    for (int i = 0; i < 200; ++i) {
        const auto begin = Clock::now();
        sink = work(kRounds);
        least = std::min<Milliseconds>(least, Clock::now() - begin);
    }
    return std::size_t(double(kRounds) * (kWork / least));
}

std::vector<double> workAsUser(std::size_t rounds, double seconds) {
    std::vector<double> late;
    auto due = Clock::now();
    const auto end = due + std::chrono::duration<double>(seconds);
    while (due < end) {
        due += std::chrono::duration_cast<Clock::duration>(kFrame);
        std::this_thread::sleep_until(due);
        sink = work(rounds);
        late.push_back(Milliseconds(Clock::now() - due).count());
    }
    std::sort(late.begin(), late.end());
    return late;
}

// Reads the same prompt again and again on a thread of its own.
class Reader {
public:
    Reader(std::shared_ptr<const Model> model, ThreadPriority priority)
        : thread_([this, model, priority](const std::stop_token& stop) {
            if (priority == ThreadPriority::Background) {
                giveWayOnThisThread();
            }
            ThreadPool pool(ThreadPoolOptions{.priority = priority});
            auto created = Session::create(model, pool, {.contextLength = 2 * kPrompt});
            if (!created.ok()) {
                std::fprintf(stderr, "%s\n", created.error().message.c_str());
                std::exit(1);
            }
            Session session = std::move(created).value();
            const std::vector<TokenId> tokens(kPrompt, 1);
            while (!stop.stop_requested()) {
                if (session.append(tokens, stop).ok()) {
                    tokens_ += kPrompt;
                }
                session.truncate(0);
            }
        }) {}

    std::size_t tokens() const { return tokens_; }

private:
    std::atomic<std::size_t> tokens_ = 0;
    std::jthread thread_; // last, as it uses the others
};

void measure(const char* what,
             const std::shared_ptr<const Model>& model,
             std::optional<ThreadPriority> priority,
             std::size_t rounds,
             double seconds) {
    std::optional<Reader> reader;
    if (priority) {
        reader.emplace(model, *priority);
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
    }
    const std::size_t before = reader ? reader->tokens() : 0;
    const auto begin = Clock::now();
    const std::vector<double> late = workAsUser(rounds, seconds);
    const double took = std::chrono::duration<double>(Clock::now() - begin).count();
    std::printf("%-24s %8.1f %8.1f %8.1f %10.0f\n",
                what,
                late[late.size() / 2],
                late[late.size() * 99 / 100],
                late.back(),
                reader ? double(reader->tokens() - before) / took : 0.0);
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: bench_responsiveness MODEL [SECONDS]\n");
        return 2;
    }
    const double seconds = argc > 2 ? std::max(1.0, std::atof(argv[2])) : 10;
    const auto model = Model::load(argv[1]);
    if (!model.ok()) {
        std::fprintf(stderr, "%s\n", model.error().message.c_str());
        return 1;
    }
    const std::size_t rounds = roundsOfWork();
    std::printf("%-24s %8s %8s %8s %10s\n", "", "median", "99 %", "worst", "tokens/s");
    measure("alone", model.value(), std::nullopt, rounds, seconds);
    measure("model in the background", model.value(), ThreadPriority::Background, rounds, seconds);
    measure("model at normal priority", model.value(), ThreadPriority::Normal, rounds, seconds);
    return 0;
}
