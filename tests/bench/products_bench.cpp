// Speed of the products of a pass against what the machine allows, in the shapes of a 1B model
// (width 2048, feed-forward 8192, sixteen layers, vocabulary 128 256) with random weights.
//
//   bench_products [TYPE…|all] [rows]        for example: bench_products Q4_0 Q8_0
//
// Weights lie in panels where the set has them, with `rows` as in a file. ATTEST_ISA chooses the
// set, ATTEST_THREADS the number of threads. Columns: tokens at once;
// ms per pass; GB/s of weights and its share of the memory's; Gop/s (a product and a sum are two)
// and its share of the limit for 8-bit products (engine/limits.h); cost against one token. Passes
// of more than 16 tokens use two layers only, as they do not wait for the memory.
#include "engine/cpu.h"
#include "engine/kernels/choose.h"
#include "engine/kernels/panels/layout.h"
#include "engine/kernels/unpack.h"
#include "engine/limits.h"
#include "engine/thread_pool.h"
#include "engine/transformer/linear.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iterator>
#include <random>
#include <string>
#include <vector>

using namespace attest::engine;

namespace {

// What files of floats and of 8, 6 and 4-bit weights consist of most; then the others, which are
// measured when they are named.
constexpr TensorType kTypes[] = {
    TensorType::Q8_0,  TensorType::Q4_0,  TensorType::Q4_K,  TensorType::Q6_K,   TensorType::F32,
    TensorType::F16,   TensorType::BF16,  TensorType::Q4_1,  TensorType::Q5_0,   TensorType::Q5_1,
    TensorType::Q2_K,  TensorType::Q3_K,  TensorType::Q5_K,  TensorType::IQ4_NL, TensorType::IQ4_XS,
    TensorType::IQ3_S, TensorType::TQ1_0, TensorType::TQ2_0, TensorType::I2_S,   TensorType::MXFP4};
constexpr std::size_t kUsualTypes = 7;

double seconds(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// The fastest of several runs: others on the machine only ever slow a run down.
double best(int runs, const std::function<void()>& work) {
    double least = 1e9;
    for (int i = 0; i < runs; ++i) {
        least = std::min(least, seconds(work));
    }
    return least;
}

struct Pass {
    std::vector<std::vector<Matrix>> steps; // products with the same input
    std::size_t bytes = 0;                  // of a file
    std::size_t place = 0;                  // behind the last matrix
    std::size_t weights = 0;
};

Pass makePass(TensorType type,
              std::size_t panelRows,
              std::size_t layers,
              bool hasHead,
              const std::vector<unsigned char>& data) {
    const BlockLayout layout = *blockLayout(type);
    Pass pass;
    const auto matrix = [&](std::size_t in, std::size_t out) {
        Matrix m = {};
        m.type = type;
        m.in = in;
        m.out = out;
        m.rowBytes = in / layout.elements * layout.bytes;
        const bool isInPanels = quantIndex(type) && panelRows != 0;
        const std::size_t rowBytes =
            isInPanels ? panelRowBytes(*quantIndex(type), m.rowBytes) : m.rowBytes;
        if (pass.place + rowBytes * out > data.size()) {
            std::fprintf(stderr, "the weights do not fit\n");
            std::exit(1);
        }
        m.data = reinterpret_cast<const std::byte*>(data.data() + pass.place);
        if (isInPanels) { // random bytes are random panels, too
            m.panels = m.data;
            m.panelRows = panelRows;
            m.panelRowBytes = rowBytes;
        }
        pass.place += rowBytes * out;
        pass.bytes += m.rowBytes * out;
        pass.weights += in * out;
        return m;
    };
    for (std::size_t i = 0; i < layers; ++i) {
        pass.steps.push_back({matrix(2048, 2048), matrix(2048, 512), matrix(2048, 512)});
        pass.steps.push_back({matrix(2048, 2048)});
        pass.steps.push_back({matrix(2048, 8192), matrix(2048, 8192)});
        pass.steps.push_back({matrix(8192, 2048)});
    }
    if (hasHead) {
        pass.steps.push_back({matrix(2048, 128'256)});
    }
    return pass;
}

double passTime(Linear& linear, const Pass& pass, std::size_t tokens, std::vector<float>& y) {
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    std::vector<float> x(8192);
    std::generate(x.begin(), x.end(), [&] { return normal(random); });
    return best(tokens > 16 ? 3 : 4, [&] {
        for (const std::vector<Matrix>& step : pass.steps) {
            for (std::size_t t = 0; t < tokens; ++t) {
                linear.setInput(t, std::span(x).first(step[0].in));
            }
            std::vector<LinearOutput> outputs;
            for (const Matrix& matrix : step) {
                outputs.push_back({&matrix, y.data()});
            }
            linear.multiply(outputs, tokens);
        }
    });
}

} // namespace

int main(int argc, char** argv) {
    std::vector<std::string> wanted(argv + 1, argv + argc);
    const Isa isa = chooseIsa().value();
    const auto inRows = std::find(wanted.begin(), wanted.end(), "rows");
    const std::size_t panelRows = inRows == wanted.end() ? kernels(isa).panelRows : 0;
    if (inRows != wanted.end()) {
        wanted.erase(inRows);
    }
    if (const bool isAll = wanted == std::vector<std::string>{"all"}; isAll || wanted.empty()) {
        wanted.clear();
        for (std::size_t i = 0; i < (isAll ? std::size(kTypes) : kUsualTypes); ++i) {
            wanted.emplace_back(toString(kTypes[i]));
        }
    }
    const char* threads = std::getenv("ATTEST_THREADS");
    ThreadPool pool(threads == nullptr ? 0 : std::size_t(std::atoi(threads)));
    std::vector<unsigned char> data(1'400'000'000);
    std::mt19937_64 random(1);
    for (std::size_t i = 0; i + 8 <= data.size(); i += 8) {
        // Bytes below 32, so that 16-bit scales are finite wherever they lie.
        const std::uint64_t bytes = random() & 0x1F1F1F1F1F1F1F1FULL;
        std::copy_n(reinterpret_cast<const unsigned char*>(&bytes), 8, data.data() + i);
    }
    const MachineLimits limits = measureLimits(pool, {}).value();
    const double memory = limits.readBytesPerSecond;
    const double peak = limits.int8PerSecond;
    std::printf("%s, %zu threads: memory %.1f GB/s, 8-bit products %.0f Gop/s\n",
                std::string(toString(isa)).c_str(),
                pool.threadCount(),
                memory / 1e9,
                peak / 1e9);
    std::vector<float> y(std::max<std::size_t>(16 * 128'256, 512 * 8192));
    Linear linear = Linear::create(kernels(isa), pool, 8192, 512).value();
    std::printf("%-8s %6s %9s %7s %6s %8s %6s %6s\n",
                "type",
                "tokens",
                "ms",
                "GB/s",
                "share",
                "Gop/s",
                "share",
                "cost");
    for (const TensorType type : kTypes) {
        const std::string name(toString(type));
        if (std::find(wanted.begin(), wanted.end(), name) == wanted.end()) {
            continue;
        }
        double one = 0;
        for (const std::size_t tokens : {1U, 2U, 4U, 8U, 16U, 32U, 128U, 512U}) {
            const bool isLarge = tokens > 16;
            // Floats: fewer layers, the head alone is more than the caches hold.
            const bool isWide = blockLayout(type)->elements == 1;
            const Pass pass = makePass(type,
                                       panelRows,
                                       isLarge  ? 2
                                       : isWide ? 1
                                                : 16,
                                       !isLarge,
                                       data);
            const double time = passTime(linear, pass, tokens, y);
            if (tokens == 1) {
                one = time;
            }
            const double rate = double(pass.bytes) / time;
            const double products = 2.0 * double(pass.weights) * double(tokens) / time;
            std::printf("%-8s %6zu %9.2f %7.1f %6.2f %8.0f %6.2f %6.2f\n",
                        name.c_str(),
                        tokens,
                        time * 1e3,
                        rate / 1e9,
                        rate / memory,
                        products / 1e9,
                        products / peak,
                        isLarge ? 0.0 : time / one);
            std::fflush(stdout);
        }
    }
    return 0;
}
