// Speed of attention to what lies in the cache, against how fast the machine reads memory.
//
//   bench_attention [DEPTH]        4096 positions, unless told
//
// ATTEST_ISA chooses the set, ATTEST_THREADS the number of threads. Columns: tokens that follow at
// once; ms for all layers; GB/s of keys and values, each counted once, and its share of the
// memory's; cost against one token.
#include "engine/cpu.h"
#include "engine/kernels/choose.h"
#include "engine/limits.h"
#include "engine/thread_pool.h"
#include "engine/transformer/attention.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace attest::engine;

namespace {

struct Shape {
    const char* name;
    std::size_t heads;
    KvShape kv;
};

constexpr Shape kShapes[] = {
    {"135M", 9, {.layers = 30, .kvHeads = 3, .headSize = 64}},
    {"1B", 32, {.layers = 16, .kvHeads = 8, .headSize = 64}},
    {"3B", 24, {.layers = 28, .kvHeads = 8, .headSize = 128}},
};

std::vector<float> normalNumbers(std::size_t count) {
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    std::vector<float> numbers(count);
    std::generate(numbers.begin(), numbers.end(), [&] { return normal(random); });
    return numbers;
}

// As if `depth` positions had been read.
KvCache
filledCache(const KernelTable& kernels, const KvShape& shape, KvType type, std::size_t depth) {
    KvCache cache = KvCache::create(shape, depth + 16, type).value();
    const std::vector<float> numbers = normalNumbers(2 * kKeyGroup * shape.headSize);
    for (std::size_t layer = 0; layer < shape.layers; ++layer) {
        for (std::size_t head = 0; head < shape.kvHeads; ++head) {
            for (std::size_t position = 0; position < depth; position += kKeyGroup) {
                KeyValueStore job = cache.place(layer, head, position);
                job.count = std::min(kKeyGroup, depth - position);
                job.k = numbers.data();
                job.v = numbers.data() + kKeyGroup * shape.headSize;
                job.stride = shape.headSize;
                kernels.storeKeyValues(job);
            }
        }
    }
    return cache;
}

// The fastest of several runs: others on the machine only ever slow a run down.
double passTime(Attention& attention, const Shape& shape, std::size_t depth, std::size_t tokens) {
    const std::size_t width = shape.kv.headSize;
    const std::vector<float> q = normalNumbers(tokens * shape.heads * width);
    const std::vector<float> kv = normalNumbers(tokens * shape.kv.kvHeads * width);
    std::vector<float> heads(q.size());
    double least = 1e9;
    for (int run = 0; run < 10; ++run) {
        const auto start = std::chrono::steady_clock::now();
        for (std::size_t layer = 0; layer < shape.kv.layers; ++layer) {
            attention.run({.layer = layer,
                           .position = depth,
                           .tokens = tokens,
                           .headCount = shape.heads,
                           .scale = 0.125F,
                           .q = q.data(),
                           .k = kv.data(),
                           .v = kv.data(),
                           .heads = heads.data()});
        }
        const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
        least = std::min(least, time.count());
    }
    return least;
}

} // namespace

int main(int argc, char** argv) {
    const std::size_t depth = argc > 1 ? std::size_t(std::atoi(argv[1])) : 4096;
    const Isa isa = chooseIsa().value();
    const char* threads = std::getenv("ATTEST_THREADS");
    ThreadPool pool(threads == nullptr ? 0 : std::size_t(std::atoi(threads)));
    const double memory = measureLimits(pool, {}).value().readBytesPerSecond;
    std::printf("%s, %zu threads: memory %.1f GB/s; behind %zu positions\n",
                std::string(toString(isa)).c_str(),
                pool.threadCount(),
                memory / 1e9,
                depth);
    std::printf(
        "%-5s %-5s %6s %9s %7s %6s %6s\n", "shape", "kv", "tokens", "ms", "GB/s", "share", "cost");
    for (const Shape& shape : kShapes) {
        for (const auto& [type, name] : {std::pair{KvType::F16, "f16"}, {KvType::Q8_0, "q8_0"}}) {
            KvCache cache = filledCache(kernels(isa), shape.kv, type, depth);
            const double bytes = double(cache.bytes()) * double(depth) / double(cache.positions());
            Attention attention = Attention::create(kernels(isa), pool, std::move(cache)).value();
            double one = 0;
            for (const std::size_t tokens : {1U, 2U, 4U, 8U, 16U}) {
                const double time = passTime(attention, shape, depth, tokens);
                one = tokens == 1 ? time : one;
                std::printf("%-5s %-5s %6zu %9.2f %7.1f %6.2f %6.2f\n",
                            shape.name,
                            name,
                            tokens,
                            time * 1e3,
                            bytes / time / 1e9,
                            bytes / time / memory,
                            time / one);
                std::fflush(stdout);
            }
        }
    }
    return 0;
}
