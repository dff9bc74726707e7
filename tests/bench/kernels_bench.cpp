// Speed of the engine's kernels and of whole passes.
//
//   bench_engine --benchmark_filter=multiply     products with one and with many tokens
//   bench_engine --benchmark_filter=attention.*prefill
//   ATTEST_BENCH_MODEL=model.gguf bench_engine --benchmark_filter=model
//
// Judge by the CPU column on a machine that others use too. bytes_per_second is the weights' rate:
// for one token it compares with the memory's bandwidth. items_per_second: multiplications, or
// tokens of a model.
#include "engine/kernels/choose.h"
#include "engine/kernels/unpack.h"
#include "engine/model.h"
#include "engine/session.h"
#include "engine/thread_pool.h"
#include "engine/transformer/attention.h"
#include "engine/weight_blocks.h"

#include <benchmark/benchmark.h>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <vector>

using namespace attest::engine;

namespace {

constexpr std::size_t kColumns = 2048;

void multiply(benchmark::State& state, Isa isa, TensorType type) {
    const auto tokens = std::size_t(state.range(0));
    // One token: more weights than the caches hold. Many: what a pass works on at a time.
    const std::size_t rows = tokens == 1 ? 65'536 : 512;
    const BlockLayout layout = *blockLayout(type);
    const std::size_t rowBytes = kColumns / layout.elements * layout.bytes;
    std::vector<unsigned char> weights(rows * rowBytes, 17);
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    std::vector<float> x(tokens * kColumns);
    for (float& value : x) {
        value = normal(random);
    }
    const std::size_t blocks = kColumns / kActivationBlock;
    std::vector<ActivationBlock> activations(tokens * blocks);
    kernels(isa).quantize(activations.data(), x.data(), tokens * blocks);
    std::vector<float> y(tokens * rows);
    std::vector<ActivationBlock> scratch(kScratchBytes / sizeof(ActivationBlock));
    for (auto _ : state) {
        // Pieces of the size that a thread takes.
        for (std::size_t row = 0; row < rows; row += 64) {
            kernels(isa).multiply({.type = *quantIndex(type),
                                   .w = weights.data() + row * rowBytes,
                                   .isInPanels = false,
                                   .rowBytes = rowBytes,
                                   .rows = 64,
                                   .blocks = blocks,
                                   .x = activations.data(),
                                   .xStride = blocks,
                                   .tokens = tokens,
                                   .y = y.data() + row,
                                   .yStride = rows,
                                   .outputScale = 1.0F,
                                   .scratch = reinterpret_cast<unsigned char*>(scratch.data())});
        }
        benchmark::DoNotOptimize(y.data());
    }
    state.SetBytesProcessed(std::int64_t(std::size_t(state.iterations()) * weights.size()));
    state.SetItemsProcessed(
        std::int64_t(std::size_t(state.iterations()) * rows * kColumns * tokens));
}

void readMemory(benchmark::State& state) {
    const std::vector<std::uint64_t> values(1U << 25U, 1);
    for (auto _ : state) {
        std::uint64_t sums[8] = {};
        for (std::size_t i = 0; i < values.size(); i += 8) {
            for (std::size_t k = 0; k < 8; ++k) {
                sums[k] += values[i + k];
            }
        }
        benchmark::DoNotOptimize(sums);
    }
    state.SetBytesProcessed(std::int64_t(std::size_t(state.iterations()) * values.size() * 8));
}

// Layers of attention alone, in the shape of a model of 1 B: 32 heads that share 8 key heads of 64.
// Prefill: a prompt in batches of 512 tokens; decode: one token at the end of as many. The rate is
// of the multiplications and additions that the mask leaves, or of the bytes of keys and values.
void attention(benchmark::State& state, Isa isa, KvType type, std::size_t threads, bool isPrefill) {
    const auto length = std::size_t(state.range(0));
    constexpr std::size_t kHeads = 32;
    constexpr std::size_t kKvHeads = 8;
    constexpr std::size_t kHeadSize = 64;
    constexpr std::size_t kBatch = 512;
    // Decoding reads the layers of a model one after the other, so the caches do not help.
    const std::size_t layers = isPrefill ? 1 : 16;
    ThreadPool pool(threads);
    auto cache = KvCache::create(
        {.layers = layers, .kvHeads = kKvHeads, .headSize = kHeadSize}, length, type);
    if (!cache.ok()) {
        state.SkipWithError(cache.error().message.c_str());
        return;
    }
    const std::uint64_t bytes = cache.value().bytes();
    auto created = Attention::create(kernels(isa), pool, std::move(cache).value());
    if (!created.ok()) {
        state.SkipWithError(created.error().message.c_str());
        return;
    }
    Attention attention = std::move(created).value();
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    std::vector<float> q(kBatch * kHeads * kHeadSize);
    for (float& value : q) {
        value = normal(random);
    }
    std::vector<float> heads(q.size());
    AttentionInput input = {.headCount = kHeads,
                            .scale = 0.125F,
                            .q = q.data(),
                            .k = q.data(),
                            .v = q.data(),
                            .heads = heads.data()};
    const auto fill = [&](std::size_t layer) {
        input.layer = layer;
        for (std::size_t at = 0; at < length; at += kBatch) {
            input.position = at;
            input.tokens = std::min(kBatch, length - at);
            attention.run(input);
        }
    };
    for (std::size_t layer = 0; layer < layers; ++layer) {
        fill(layer);
    }
    double products = 0;
    for (auto _ : state) {
        if (isPrefill) {
            fill(0);
            products += double(length * (length + 1) / 2);
        } else {
            input.position = length - 1;
            input.tokens = 1;
            for (input.layer = 0; input.layer < layers; ++input.layer) {
                attention.run(input);
            }
            products += double(length * layers);
        }
        benchmark::DoNotOptimize(heads.data());
    }
    if (isPrefill) {
        state.counters["flop/s"] = benchmark::Counter(products * double(kHeads * kHeadSize * 4),
                                                      benchmark::Counter::kIsRate);
    } else {
        state.SetBytesProcessed(std::int64_t(std::uint64_t(state.iterations()) * bytes));
    }
}

void attentionBenchmarks(Isa isa) {
    for (const auto& [type, typeName] :
         {std::pair(KvType::F32, "f32"), {KvType::F16, "f16"}, {KvType::Q8_0, "q8_0"}}) {
        for (const std::size_t threads : {1U, 2U}) {
            const std::string name = "attention/" + std::string(toString(isa)) + "/" + typeName +
                                     "/threads:" + std::to_string(threads);
            for (const bool isPrefill : {true, false}) {
                benchmark::RegisterBenchmark((name + (isPrefill ? "/prefill" : "/decode")).c_str(),
                                             attention,
                                             isa,
                                             type,
                                             threads,
                                             isPrefill)
                    ->Arg(512)
                    ->Arg(4096)
                    ->UseRealTime()
                    ->Unit(benchmark::kMillisecond);
            }
        }
    }
}

// Whole passes of the model that ATTEST_BENCH_MODEL names.
void model(benchmark::State& state, std::size_t threads, bool isPrefill) {
    const char* path = std::getenv("ATTEST_BENCH_MODEL");
    if (path == nullptr) {
        state.SkipWithError("ATTEST_BENCH_MODEL is not set");
        return;
    }
    auto loaded = Model::load(path);
    if (!loaded.ok()) {
        state.SkipWithError(loaded.error().message.c_str());
        return;
    }
    ThreadPool pool(threads);
    auto created = Session::create(loaded.value(), pool, {});
    if (!created.ok()) {
        state.SkipWithError(created.error().message.c_str());
        return;
    }
    Session session = std::move(created).value();
    const std::size_t length = std::min<std::size_t>(512, session.contextLength() - 1);
    std::vector<TokenId> prompt(length);
    for (std::size_t i = 0; i < length; ++i) {
        prompt[i] = TokenId(i * 7 % loaded.value()->info().vocabularySize);
    }
    const std::size_t kept = isPrefill ? 0 : std::min<std::size_t>(64, length);
    benchmark::DoNotOptimize(
        session.append(std::span(prompt).first(std::max<std::size_t>(kept, 1))).ok());
    for (auto _ : state) {
        session.truncate(kept);
        const std::size_t count = isPrefill ? length : 1;
        benchmark::DoNotOptimize(session.append(std::span(prompt).first(count)).ok());
    }
    state.SetItemsProcessed(
        std::int64_t(std::size_t(state.iterations()) * (isPrefill ? length : 1)));
    if (!isPrefill) {
        state.SetBytesProcessed(
            std::int64_t(std::size_t(state.iterations()) * loaded.value()->info().fileBytes));
    }
}

} // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    for (const Isa isa : availableIsas()) {
        const std::string set(toString(isa));
        for (const TensorType type : attest::test::kQuantTypes) {
            auto* bench = benchmark::RegisterBenchmark(
                ("multiply/" + set + "/" + toString(type)).c_str(), multiply, isa, type);
            bench->Arg(1)->Arg(4)->Arg(8)->Arg(128)->Unit(benchmark::kMillisecond);
        }
        attentionBenchmarks(isa);
    }
    benchmark::RegisterBenchmark("memory", readMemory)->Unit(benchmark::kMillisecond);
    for (const std::size_t threads : {1U, 2U}) {
        const std::string name = "model/threads:" + std::to_string(threads);
        benchmark::RegisterBenchmark((name + "/prefill").c_str(), model, threads, true)
            ->UseRealTime()
            ->Unit(benchmark::kMillisecond);
        benchmark::RegisterBenchmark((name + "/decode").c_str(), model, threads, false)
            ->UseRealTime()
            ->Unit(benchmark::kMillisecond);
    }
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
