// Products with float weights: ours against OpenBLAS, in turn, one f32 matrix of a 1B model.
//
//   OPENBLAS_CORETYPE=SkylakeX bench_sgemm
//
// OpenBLAS of Debian 12 takes processors that it does not know for older ones: the core type that
// it chose is printed. ATTEST_ISA chooses our set, ATTEST_THREADS the number of threads of both.
#include "engine/cpu.h"
#include "engine/kernels/choose.h"
#include "engine/thread_pool.h"
#include "engine/transformer/linear.h"

#include <cblas.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>
#include <vector>

using namespace attest::engine;

namespace {

constexpr std::size_t kIn = 2048;
constexpr std::size_t kOut = 8192;
constexpr int kRounds = 9;

double seconds(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> numbers) {
    std::sort(numbers.begin(), numbers.end());
    return numbers[numbers.size() / 2];
}

std::vector<float> randomNumbers(std::size_t count) {
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    std::vector<float> numbers(count);
    std::generate(numbers.begin(), numbers.end(), [&] { return normal(random); });
    return numbers;
}

} // namespace

int main() {
    const Isa isa = chooseIsa().value();
    const char* threads = std::getenv("ATTEST_THREADS");
    ThreadPool pool(threads == nullptr ? 0 : std::size_t(std::atoi(threads)));
    openblas_set_num_threads(int(pool.threadCount()));
    std::printf("ours: %s, OpenBLAS: %s, %zu threads; GFLOP/s, medians of %d\n%6s %8s %9s %6s\n",
                std::string(toString(isa)).c_str(),
                openblas_get_corename(),
                pool.threadCount(),
                kRounds,
                "tokens",
                "ours",
                "OpenBLAS",
                "ratio");
    const std::vector<float> weights = randomNumbers(kIn * kOut);
    const Matrix matrix = {.type = TensorType::F32,
                           .data = reinterpret_cast<const std::byte*>(weights.data()),
                           .rowBytes = kIn * sizeof(float),
                           .in = kIn,
                           .out = kOut};
    for (const std::size_t tokens : {1U, 4U, 16U, 64U, 512U}) {
        Linear linear = Linear::create(kernels(isa), pool, kIn, tokens).value();
        const std::vector<float> x = randomNumbers(kIn * tokens);
        std::vector<float> y(kOut * tokens);
        for (std::size_t t = 0; t < tokens; ++t) {
            linear.setInput(t, std::span(x).subspan(t * kIn, kIn));
        }
        std::vector<double> ours;
        std::vector<double> theirs;
        for (int round = 0; round < kRounds; ++round) {
            ours.push_back(seconds([&] {
                linear.multiply(std::array{LinearOutput{&matrix, y.data()}}, tokens);
            }));
            theirs.push_back(seconds([&] {
                cblas_sgemm(CblasRowMajor,
                            CblasNoTrans,
                            CblasTrans,
                            blasint(tokens),
                            blasint(kOut),
                            blasint(kIn),
                            1.0F,
                            x.data(),
                            blasint(kIn),
                            weights.data(),
                            blasint(kIn),
                            0.0F,
                            y.data(),
                            blasint(kOut));
            }));
        }
        const double work = 2e-9 * double(kIn) * double(kOut) * double(tokens);
        std::printf("%6zu %8.0f %9.0f %6.2f\n",
                    tokens,
                    work / median(ours),
                    work / median(theirs),
                    median(theirs) / median(ours));
    }
    return 0;
}
