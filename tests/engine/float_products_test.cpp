// Products with float weights, of every instruction set, against the reference.
#include "engine/kernel_support.h"
#include "engine/kernels/choose.h"
#include "support/catch.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

using namespace attest::engine;
using namespace attest::test;
using Catch::Matchers::WithinAbs;

TEST_CASE("products with float weights are the same bytes in every set and batch",
          "[engine][kernels]") {
    std::mt19937 random(7);
    std::normal_distribution<float> normal;
    const std::size_t tokens = 21;
    for (const FloatType type : {kFloat32, kFloat16, kBfloat16}) {
        // Blocks of 32 that are full or not, and more columns and rows than are unpacked at a time.
        for (const std::size_t columns : {1U, 31U, 32U, 100U, 600U}) {
            for (const std::size_t rows : {1U, 9U, 16U, 37U, 270U}) {
                const std::size_t rowBytes = columns * (type == kFloat32 ? 4 : 2);
                std::vector<unsigned char> weights(rows * rowBytes);
                for (std::size_t i = 0; i < rows * columns; ++i) {
                    // 16 bits: any sign and mantissa with a small exponent.
                    const float value = normal(random);
                    const auto bits =
                        std::uint16_t((random() & (type == kFloat16 ? 0x83FFU : 0x807FU)) |
                                      (type == kFloat16 ? 0x3800U : 0x3F00U));
                    if (type == kFloat32) {
                        std::memcpy(&weights[4 * i], &value, 4);
                    } else {
                        std::memcpy(&weights[2 * i], &bits, 2);
                    }
                }
                const Misaligned x(tokens * columns, random);
                std::vector<ActivationBlock> scratch(kScratchBytes / sizeof(ActivationBlock));
                const std::size_t stride = rows + 1;
                std::vector<float> expected(tokens * stride, -1);
                FloatMultiply job = {.type = type,
                                     .w = weights.data(),
                                     .rowBytes = rowBytes,
                                     .rows = rows,
                                     .columns = columns,
                                     .x = x.data(),
                                     .xStride = columns,
                                     .tokens = tokens,
                                     .y = expected.data(),
                                     .yStride = stride,
                                     .outputScale = 1.7F,
                                     .scratch = reinterpret_cast<unsigned char*>(scratch.data())};
                kReferenceKernels.multiplyFloat(job);
                for (const Isa isa : availableIsas()) {
                    for (const std::size_t count : {1U, 2U, 3U, 5U, 8U, 9U, 16U, 21U}) {
                        CAPTURE(toString(isa), int(type), columns, rows, count);
                        std::vector<float> y(tokens * stride, -1);
                        const std::size_t first = random() % (tokens - count + 1);
                        job.x = x.data() + first * columns;
                        job.tokens = count;
                        job.y = y.data() + first * stride;
                        kernels(isa).multiplyFloat(job);
                        const auto begin = std::ptrdiff_t(first * stride);
                        const auto end = std::ptrdiff_t((first + count) * stride);
                        CHECK(std::equal(
                            y.begin() + begin, y.begin() + end, expected.begin() + begin));
                        CHECK(std::all_of(
                            y.begin(), y.begin() + begin, [](float v) { return v == -1; }));
                        CHECK(
                            std::all_of(y.begin() + end, y.end(), [](float v) { return v == -1; }));
                    }
                }
            }
        }
    }
}

TEST_CASE("the product with float weights is close to the exact one", "[engine][kernels]") {
    std::mt19937 random(8);
    const std::size_t columns = 4096;
    const Misaligned w(columns, random);
    const Misaligned x(columns, random);
    double exact = 0;
    for (std::size_t i = 0; i < columns; ++i) {
        exact += double(w[i]) * double(x[i]);
    }
    float y = 0;
    kReferenceKernels.multiplyFloat({.type = kFloat32,
                                     .w = reinterpret_cast<const unsigned char*>(w.data()),
                                     .rowBytes = columns * 4,
                                     .rows = 1,
                                     .columns = columns,
                                     .x = x.data(),
                                     .xStride = columns,
                                     .tokens = 1,
                                     .y = &y,
                                     .yStride = 1,
                                     .outputScale = 1,
                                     .scratch = nullptr});
    // 64 terms of size 1: a few ulp of the partial sums, which are up to 200 large.
    CHECK_THAT(double(y), WithinAbs(exact, 1e-4));
}
