// Every kernel of every instruction set against the reference.
#include "engine/kernels/choose.h"
#include "engine/kernels/half.h"
#include "engine/kernels/panel_layout.h"
#include "engine/kernels/unpack.h"
#include "engine/weight_blocks.h"
#include "support/catch.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <random>
#include <vector>

using namespace attest::engine;
using namespace attest::test;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

// 0 … 2 of the widest vectors + 1, and some odd sizes beyond.
std::vector<std::size_t> sizes() {
    std::vector<std::size_t> all;
    for (std::size_t n = 0; n <= 33; ++n) {
        all.push_back(n);
    }
    all.insert(all.end(), {48, 63, 100, 257});
    return all;
}

// Numbers whose first byte is as badly aligned as a float can be.
class Misaligned {
public:
    explicit Misaligned(std::size_t n) : values_(n + 1) {}

    Misaligned(std::size_t n, std::mt19937& random, float size = 1) : Misaligned(n) {
        std::normal_distribution<float> normal(0, size);
        std::generate(values_.begin(), values_.end(), [&] { return normal(random); });
    }

    float* data() { return values_.data() + 1; }

    const float* data() const { return values_.data() + 1; }

    std::size_t size() const { return values_.size() - 1; }

    float operator[](std::size_t i) const { return values_[i + 1]; }

    float before() const { return values_[0]; }

private:
    std::vector<float> values_;
};

bool sameBytes(const Misaligned& a, const Misaligned& b) {
    return a.size() == b.size() &&
           (a.size() == 0 || std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0);
}

bool sameBlock(const ActivationBlock& a, const ActivationBlock& b) {
    return std::memcmp(&a.d, &b.d, sizeof a.d) == 0 &&
           std::memcmp(&a.dSum, &b.dSum, sizeof a.dSum) == 0 && a.biasedSum == b.biasedSum &&
           std::equal(std::begin(a.halfSums), std::end(a.halfSums), b.halfSums) &&
           std::equal(std::begin(a.biasedHalfs), std::end(a.biasedHalfs), b.biasedHalfs) &&
           std::equal(std::begin(a.q), std::end(a.q), b.q);
}

std::vector<unsigned char>
randomWeights(TensorType type, std::size_t rows, std::size_t columns, std::mt19937& random) {
    const RandomBlocks blocks(type);
    std::vector<unsigned char> bytes;
    for (std::size_t i = 0; i < rows * columns / blockLayout(type)->elements; ++i) {
        const std::string block = blocks.wild(random);
        bytes.insert(bytes.end(), block.begin(), block.end());
    }
    return bytes;
}

} // namespace

TEST_CASE("rmsNorm and siluMultiply of every set agree with the reference", "[engine][kernels]") {
    std::mt19937 random(1);
    for (const Isa isa : availableIsas()) {
        const KernelTable& set = kernels(isa);
        for (const std::size_t n : sizes()) {
            CAPTURE(toString(isa), n);
            const Misaligned x(n, random, 3);
            const Misaligned weight(n, random);
            Misaligned expected(n);
            Misaligned out(n);
            if (n > 0) {
                kReferenceKernels.rmsNorm(expected.data(), x.data(), weight.data(), n, 1e-5F);
                set.rmsNorm(out.data(), x.data(), weight.data(), n, 1e-5F);
                for (std::size_t i = 0; i < n; ++i) {
                    // The sum may round differently by an ulp of f64, the scale by one of f32.
                    CHECK_THAT(out[i], WithinRel(expected[i], 3e-7F));
                }
            }
            Misaligned expectedGate = x;
            Misaligned gate = x;
            kReferenceKernels.siluMultiply(expectedGate.data(), weight.data(), n);
            set.siluMultiply(gate.data(), weight.data(), n);
            for (std::size_t i = 0; i < n; ++i) {
                CHECK_THAT(gate[i], WithinRel(expectedGate[i], 5e-7F)); // 4 ulp
            }
            CHECK(gate.before() == x.before());
        }
    }
}

TEST_CASE("siluMultiply is exact to 4 ulp over the whole range", "[engine][kernels]") {
    for (const Isa isa : availableIsas()) {
        CAPTURE(toString(isa));
        double worst = 0;
        for (float x = -87.0F; x < 90.0F; x += 0.0137F) {
            float value = x;
            const float one = 1;
            kernels(isa).siluMultiply(&value, &one, 1);
            const double exact = double(x) / (1 + std::exp(-double(x)));
            worst = std::max(worst, std::fabs(double(value) - exact) / std::fabs(exact));
        }
        CHECK(worst < 4 * 0x1p-23);
        float extremes[] = {-200, 200, -std::numeric_limits<float>::max(), 0};
        const float ones[] = {1, 1, 1, 1};
        kernels(isa).siluMultiply(extremes, ones, 4);
        CHECK(std::fabs(extremes[0]) < 1e-30F);
        CHECK(extremes[1] == 200);
        CHECK(extremes[2] == 0);
        CHECK(extremes[3] == 0);
    }
}

TEST_CASE("geluMultiply, reluSquaredMultiply and softcap of every set agree with the reference",
          "[engine][kernels]") {
    std::mt19937 random(11);
    for (const Isa isa : availableIsas()) {
        const KernelTable& set = kernels(isa);
        for (const std::size_t n : sizes()) {
            CAPTURE(toString(isa), n);
            const Misaligned x(n, random, 3);
            const Misaligned up(n, random);
            Misaligned expected = x;
            Misaligned out = x;
            kReferenceKernels.geluMultiply(expected.data(), up.data(), n);
            set.geluMultiply(out.data(), up.data(), n);
            for (std::size_t i = 0; i < n; ++i) {
                CHECK_THAT(out[i], WithinAbs(expected[i], 4e-7 * double(std::fabs(x[i] * up[i]))));
            }
            CHECK(out.before() == x.before());

            expected = x;
            out = x;
            kReferenceKernels.reluSquaredMultiply(expected.data(), up.data(), n);
            set.reluSquaredMultiply(out.data(), up.data(), n);
            CHECK(sameBytes(out, expected));
            CHECK(out.before() == x.before());

            expected = x;
            out = x;
            kReferenceKernels.softcap(expected.data(), n, 2.5F);
            set.softcap(out.data(), n, 2.5F);
            for (std::size_t i = 0; i < n; ++i) {
                CHECK_THAT(out[i], WithinAbs(expected[i], 4e-7 * 2.5));
            }
            CHECK(out.before() == x.before());
        }
    }
}

TEST_CASE("geluMultiply and softcap keep their accuracy over the whole range",
          "[engine][kernels]") {
    for (const Isa isa : availableIsas()) {
        CAPTURE(toString(isa));
        double worstGelu = 0;
        double worstCap = 0;
        for (float x = -60.0F; x < 60.0F; x += 0.00713F) {
            float gelu = x;
            const float one = 1;
            kernels(isa).geluMultiply(&gelu, &one, 1);
            const double z = x;
            const double exact =
                z / 2 *
                (1 + std::tanh(std::sqrt(2 / 3.14159265358979) * (z + 0.044715 * z * z * z)));
            worstGelu = std::max(worstGelu, std::fabs(double(gelu) - exact) / std::fabs(z));
            float capped = x;
            kernels(isa).softcap(&capped, 1, 30);
            worstCap = std::max(worstCap, std::fabs(double(capped) - 30 * std::tanh(z / 30)) / 30);
        }
        CHECK(worstGelu < 4e-7);
        CHECK(worstCap < 4e-7);
        const float most = std::numeric_limits<float>::max();
        const float nan = std::numeric_limits<float>::quiet_NaN();
        const float infinity = std::numeric_limits<float>::infinity();
        const float ones[] = {1, 1, 1, 1, 1};
        float gelu[] = {-most, most, 0, nan, infinity};
        kernels(isa).geluMultiply(gelu, ones, 5);
        CHECK(gelu[0] == 0);
        CHECK(gelu[1] == most);
        CHECK(gelu[2] == 0);
        CHECK(std::isnan(gelu[3]));
        CHECK(gelu[4] == infinity);
        float capped[] = {-infinity, infinity, 0, nan, most};
        kernels(isa).softcap(capped, 5, 30);
        CHECK(capped[0] == -30);
        CHECK(capped[1] == 30);
        CHECK(capped[2] == 0);
        CHECK(std::isnan(capped[3]));
        CHECK(capped[4] == 30);
        float relu[] = {-infinity, infinity, -0.0F, nan, -most};
        kernels(isa).reluSquaredMultiply(relu, ones, 5);
        CHECK(relu[0] == 0);
        CHECK(relu[1] == infinity);
        CHECK(relu[2] == 0);
        CHECK(std::isnan(relu[3]));
        CHECK(relu[4] == 0);
    }
}

TEST_CASE("rotations are the same bytes in every set", "[engine][kernels]") {
    std::mt19937 random(2);
    for (const Isa isa : availableIsas()) {
        for (const std::size_t pairs : sizes()) {
            CAPTURE(toString(isa), pairs);
            const Misaligned cosines(pairs, random);
            const Misaligned sines(pairs, random);
            const Misaligned x(2 * pairs, random);
            Misaligned expected = x;
            Misaligned out = x;
            kReferenceKernels.rotateNeighbours(
                expected.data(), cosines.data(), sines.data(), pairs);
            kernels(isa).rotateNeighbours(out.data(), cosines.data(), sines.data(), pairs);
            CHECK(sameBytes(out, expected));
            kReferenceKernels.rotateHalves(expected.data(), cosines.data(), sines.data(), pairs);
            kernels(isa).rotateHalves(out.data(), cosines.data(), sines.data(), pairs);
            CHECK(sameBytes(out, expected));
        }
    }
}

TEST_CASE("the two rotary layouts turn the pairs they are named for", "[engine][kernels]") {
    const float cosines[] = {0, 1};
    const float sines[] = {1, 0};
    for (const Isa isa : availableIsas()) {
        CAPTURE(toString(isa));
        float neighbours[] = {1, 2, 3, 4};
        kernels(isa).rotateNeighbours(neighbours, cosines, sines, 2);
        CHECK(std::vector<float>(neighbours, neighbours + 4) == std::vector<float>{-2, 1, 3, 4});
        float halves[] = {1, 2, 3, 4};
        kernels(isa).rotateHalves(halves, cosines, sines, 2);
        CHECK(std::vector<float>(halves, halves + 4) == std::vector<float>{-3, 2, 1, 4});
    }
}

TEST_CASE("activations are quantized to the same bytes in every set", "[engine][kernels]") {
    std::mt19937 random(3);
    for (const Isa isa : availableIsas()) {
        for (const std::size_t blocks : {0U, 1U, 2U, 3U, 9U}) {
            for (const float size : {0.0F, 1e-42F, 1e-30F, 1.0F, 1e30F}) {
                CAPTURE(toString(isa), blocks, size);
                const Misaligned x(blocks * 32, random, size);
                std::vector<ActivationBlock> expected(blocks);
                std::vector<ActivationBlock> out(blocks);
                kReferenceKernels.quantize(expected.data(), x.data(), blocks);
                kernels(isa).quantize(out.data(), x.data(), blocks);
                for (std::size_t b = 0; b < blocks; ++b) {
                    CHECK(sameBlock(out[b], expected[b]));
                    for (std::size_t i = 0; i < 32; ++i) {
                        CHECK_THAT(out[b].d * float(out[b].q[i]),
                                   WithinAbs(x[b * 32 + i], 0.51 * double(out[b].d) + 1e-35));
                    }
                }
            }
        }
    }
}

TEST_CASE("an activation that is not finite makes every product with its row NaN",
          "[engine][kernels]") {
    std::mt19937 random(4);
    const std::size_t columns = 256;
    for (const Isa isa : availableIsas()) {
        for (const float bad : {std::numeric_limits<float>::quiet_NaN(),
                                std::numeric_limits<float>::infinity(),
                                -std::numeric_limits<float>::infinity()}) {
            for (const TensorType type : kQuantTypes) {
                CAPTURE(toString(isa), bad, toString(type));
                const auto weights = randomWeights(type, 16, columns, random);
                Misaligned x(columns, random);
                x.data()[37] = bad;
                std::vector<ActivationBlock> blocks(columns / 32);
                kernels(isa).quantize(blocks.data(), x.data(), blocks.size());
                std::vector<float> y(16);
                std::vector<ActivationBlock> scratch(kScratchBytes / sizeof(ActivationBlock));
                kernels(isa).multiply(
                    {.type = *quantIndex(type),
                     .w = weights.data(),
                     .isInPanels = false,
                     .rowBytes = weights.size() / 16,
                     .rows = 16,
                     .blocks = blocks.size(),
                     .x = blocks.data(),
                     .xStride = blocks.size(),
                     .tokens = 1,
                     .y = y.data(),
                     .yStride = 16,
                     .outputScale = 1,
                     .scratch = reinterpret_cast<unsigned char*>(scratch.data())});
                CHECK(std::all_of(y.begin(), y.end(), [](float v) { return std::isnan(v); }));
            }
        }
    }
}

namespace {

// The product of `rows` random rows with `tokens` random tokens, and what the reference makes of
// it.
struct Product {
    Product(TensorType type,
            std::size_t rows,
            std::size_t columns,
            std::size_t tokens,
            std::mt19937& random)
        : xStride(columns / 32 + 1)
        , yStride(rows + 3)
        , weights(randomWeights(type, rows, columns, random))
        , activations(tokens * xStride)
        , scratch(kScratchBytes / sizeof(ActivationBlock))
        , expected(tokens * yStride, -1) {
        const std::size_t rowBytes = weights.size() / rows;
        weights.insert(weights.begin(), 0); // one byte off any alignment
        for (std::size_t t = 0; t < tokens; ++t) {
            const Misaligned x(columns, random);
            kReferenceKernels.quantize(activations.data() + t * xStride, x.data(), columns / 32);
        }
        job = {.type = *quantIndex(type),
               .w = weights.data() + 1,
               .isInPanels = false,
               .rowBytes = rowBytes,
               .rows = rows,
               .blocks = columns / 32,
               .x = activations.data(),
               .xStride = xStride,
               .tokens = tokens,
               .y = expected.data(),
               .yStride = yStride,
               .outputScale = 0.7F,
               .scratch = reinterpret_cast<unsigned char*>(scratch.data())};
        kReferenceKernels.multiply(job);
    }

    // Of tokens first…first+count−1; the rest of y stays −1.
    std::vector<float> multiply(Isa isa, std::size_t first, std::size_t count) const {
        return multiply(isa, job, first, count);
    }

    // The same with the weights in panels; nothing where the set or the type has none.
    std::optional<std::vector<float>>
    multiplyPanels(Isa isa, std::size_t first, std::size_t count) const {
        const std::size_t panelRows = kernels(isa).panelRows;
        if (panelRows == 0 || kPanelLayouts[job.type].blockBytes == 0) {
            return std::nullopt;
        }
        REQUIRE(job.rows % panelRows == 0);
        std::vector<unsigned char> panels(weights.size());
        QuantMultiply part = job;
        part.w = panels.data() + 1;
        part.isInPanels = true;
        for (std::size_t row = 0; row < job.rows; row += panelRows) {
            arrangePanel(job.type,
                         panelRows,
                         job.rowBytes,
                         job.w + row * job.rowBytes,
                         panels.data() + 1 + row * job.rowBytes);
        }
        return multiply(isa, part, first, count);
    }

    std::vector<float>
    multiply(Isa isa, QuantMultiply part, std::size_t first, std::size_t count) const {
        std::vector<float> y(expected.size(), -1);
        part.x = activations.data() + first * xStride;
        part.tokens = count;
        part.y = y.data() + first * yStride;
        kernels(isa).multiply(part);
        return y;
    }

    std::vector<float> expectedOf(std::size_t first, std::size_t count) const {
        std::vector<float> y(expected.size(), -1);
        std::copy_n(expected.begin() + std::ptrdiff_t(first * yStride),
                    count * yStride,
                    y.begin() + std::ptrdiff_t(first * yStride));
        return y;
    }

    std::size_t xStride;
    std::size_t yStride;
    std::vector<unsigned char> weights;
    std::vector<ActivationBlock> activations;
    std::vector<ActivationBlock> scratch;
    std::vector<float> expected;
    QuantMultiply job = {};
};

} // namespace

TEST_CASE("products with quantized weights are the same bytes in every set and shape",
          "[engine][kernels]") {
    std::mt19937 random(5);
    for (const TensorType type : kQuantTypes) {
        const std::size_t step = blockLayout(type)->elements;
        // Up to more columns and rows than are unpacked at a time.
        for (const std::size_t columns : {step, 2 * step, 3 * step, 5 * std::size_t(256) + step}) {
            for (const std::size_t rows : {1U, 7U, 8U, 16U, 17U, 33U, 100U, 270U}) {
                const std::size_t tokens = 1 + random() % 35;
                const Product product(type, rows, columns, tokens, random);
                for (const Isa isa : availableIsas()) {
                    CAPTURE(toString(isa), toString(type), columns, rows, tokens);
                    CHECK(product.multiply(isa, 0, tokens) == product.expected);
                }
            }
        }
    }
}

// Sets add products in 16 bits as long as they fit.
TEST_CASE("products of the largest integers do not overflow", "[engine][kernels]") {
    struct Case {
        TensorType type;
        std::size_t begin; // of the bytes that hold the integers of a block
        std::size_t end;
    };

    std::mt19937 random(23);
    constexpr std::size_t kRows = 16;
    for (const Case& c : {Case{TensorType::Q8_0, 2, 34},
                          Case{TensorType::Q4_0, 2, 18},
                          Case{TensorType::Q5_0, 2, 22},
                          Case{TensorType::Q4_K, 16, 144},
                          Case{TensorType::Q5_K, 16, 176},
                          Case{TensorType::Q6_K, 0, 192},
                          Case{TensorType::IQ4_NL, 2, 18}}) {
        const BlockLayout layout = *blockLayout(c.type);
        for (const int byte : {0x00, 0x7F, 0x80, 0x88, 0xFF}) {
            for (const float sign : {1.0F, -1.0F}) {
                for (const std::size_t tokens : {1U, 2U, 4U, 8U, 20U}) {
                    Product product(c.type, kRows, 512, tokens, random);
                    for (std::size_t at = 1; at < product.weights.size(); at += layout.bytes) {
                        std::fill(product.weights.begin() + std::ptrdiff_t(at + c.begin),
                                  product.weights.begin() + std::ptrdiff_t(at + c.end),
                                  static_cast<unsigned char>(byte));
                    }
                    const std::vector<float> x(512, sign);
                    for (std::size_t t = 0; t < tokens; ++t) {
                        kReferenceKernels.quantize(
                            product.activations.data() + t * product.xStride, x.data(), 16);
                    }
                    REQUIRE(product.activations[0].q[0] == 127 * int(sign));
                    kReferenceKernels.multiply(product.job);
                    for (const Isa isa : availableIsas()) {
                        CAPTURE(toString(isa), toString(c.type), byte, sign, tokens);
                        CHECK(product.multiply(isa, 0, tokens) == product.expected);
                        const auto inPanels = product.multiplyPanels(isa, 0, tokens);
                        CHECK((!inPanels || *inPanels == product.expected));
                    }
                }
            }
        }
    }
}

TEST_CASE("products with one token are the same bytes in every set and shape",
          "[engine][kernels]") {
    std::mt19937 random(15);
    for (const TensorType type : kQuantTypes) {
        const std::size_t step = blockLayout(type)->elements;
        std::vector<std::size_t> widths = {576, 896, 8192};
        for (std::size_t blocks = 1; blocks <= 18; ++blocks) {
            widths.push_back(blocks * step);
        }
        widths.push_back(100'000 / step * step); // more than sets may have room for
        for (const std::size_t columns : widths) {
            if (columns % step != 0) {
                continue;
            }
            for (const std::size_t rows : {1U, 16U, 21U, 39U}) {
                const Product product(type, rows, columns, 1, random);
                for (const Isa isa : availableIsas()) {
                    CAPTURE(toString(isa), toString(type), columns, rows);
                    CHECK(product.multiply(isa, 0, 1) == product.expected);
                }
            }
        }
    }
}

TEST_CASE("products with few tokens are the same bytes in every set and shape",
          "[engine][kernels]") {
    std::mt19937 random(16);
    for (const TensorType type : kQuantTypes) {
        const std::size_t step = blockLayout(type)->elements;
        std::vector<std::size_t> widths = {576, 896, 8192, 40'000 / step * step};
        for (std::size_t blocks = 1; blocks <= 18; ++blocks) {
            widths.push_back(blocks * step);
        }
        for (const std::size_t columns : widths) {
            if (columns % step != 0) {
                continue;
            }
            for (const std::size_t rows : {15U, 16U, 39U, 80U}) {
                const std::size_t tokens = 2 + random() % 15;
                const Product product(type, rows, columns, tokens, random);
                for (const Isa isa : availableIsas()) {
                    CAPTURE(toString(isa), toString(type), columns, rows, tokens);
                    CHECK(product.multiply(isa, 0, tokens) == product.expected);
                }
            }
        }
    }
}

TEST_CASE("a token's products are the same bytes in batches of every size", "[engine][kernels]") {
    std::mt19937 random(6);
    const std::size_t tokens = 40;
    for (const TensorType type : kQuantTypes) {
        const Product product(type, 37, 1536, tokens, random);
        for (const Isa isa : availableIsas()) {
            for (std::size_t count = 1; count <= tokens; ++count) {
                CAPTURE(toString(isa), toString(type), count);
                const std::size_t first = random() % (tokens - count + 1);
                CHECK(product.multiply(isa, first, count) == product.expectedOf(first, count));
            }
        }
    }
}

TEST_CASE("products with weights in panels are the same bytes in every batch",
          "[engine][kernels]") {
    std::mt19937 random(17);
    std::size_t compared = 0;
    for (const TensorType type : kQuantTypes) {
        const std::size_t step = blockLayout(type)->elements;
        for (const std::size_t columns : {step, 3 * step, 5 * std::size_t(256) + step}) {
            for (const std::size_t rows : {16U, 48U, 272U}) {
                const std::size_t tokens = 18 + random() % 17;
                const Product product(type, rows, columns, tokens, random);
                for (const Isa isa : availableIsas()) {
                    for (const std::size_t count : {std::size_t(1),
                                                    std::size_t(2),
                                                    std::size_t(3 + random() % 13),
                                                    std::size_t(16),
                                                    tokens}) {
                        CAPTURE(toString(isa), toString(type), columns, rows, count);
                        const std::size_t first = random() % (tokens - count + 1);
                        if (const auto y = product.multiplyPanels(isa, first, count)) {
                            CHECK(*y == product.expectedOf(first, count));
                            ++compared;
                        }
                    }
                }
            }
        }
    }
    const auto sets = availableIsas();
    const bool hasPanels =
        std::any_of(sets.begin(), sets.end(), [](Isa isa) { return kernels(isa).panelRows != 0; });
    CHECK((compared > 0) == hasPanels);
}

TEST_CASE("a row of a panel is the row that went in", "[engine][kernels]") {
    std::mt19937 random(18);
    for (const TensorType type : kQuantTypes) {
        const QuantIndex index = *quantIndex(type);
        if (kPanelLayouts[index].blockBytes == 0) {
            continue;
        }
        CHECK(kPanelLayouts[index].blockBytes == blockLayout(type)->bytes);
        for (const std::size_t panelRows : {std::size_t(8), std::size_t(16)}) {
            CAPTURE(toString(type), panelRows);
            const auto rows =
                randomWeights(type, panelRows, 3 * blockLayout(type)->elements, random);
            const std::size_t rowBytes = rows.size() / panelRows;
            std::vector<unsigned char> panel(rows.size());
            arrangePanel(index, panelRows, rowBytes, rows.data(), panel.data());
            CHECK(panel != rows);
            std::vector<unsigned char> back(rows.size());
            for (std::size_t row = 0; row < panelRows; ++row) {
                copyPanelRow(
                    index, panelRows, rowBytes, panel.data(), row, back.data() + row * rowBytes);
            }
            CHECK(back == rows);
        }
    }
}

TEST_CASE("the quantized product is close to the product of the expanded weights",
          "[engine][kernels]") {
    std::mt19937 random(6);
    const std::size_t columns = 512;
    for (const TensorType type : kQuantTypes) {
        CAPTURE(toString(type));
        const auto weights = randomWeights(type, 1, columns, random);
        const Misaligned x(columns, random);
        std::vector<float> row(columns);
        dequantizeRow(type, reinterpret_cast<const std::byte*>(weights.data()), row);
        double exact = 0;
        double size = 0;
        for (std::size_t i = 0; i < columns; ++i) {
            exact += double(row[i]) * double(x[i]);
            size += std::pow(double(row[i]) * double(x[i]), 2);
        }
        std::vector<ActivationBlock> blocks(columns / 32);
        kReferenceKernels.quantize(blocks.data(), x.data(), blocks.size());
        float y = 0;
        kReferenceKernels.multiply({.type = *quantIndex(type),
                                    .w = weights.data(),
                                    .isInPanels = false,
                                    .rowBytes = weights.size(),
                                    .rows = 1,
                                    .blocks = blocks.size(),
                                    .x = blocks.data(),
                                    .xStride = blocks.size(),
                                    .tokens = 1,
                                    .y = &y,
                                    .yStride = 1,
                                    .outputScale = 1,
                                    .scratch = nullptr});
        // Rounding to 8 bits moves each term by 1 % at most and their sum by far less.
        CHECK_THAT(double(y), WithinAbs(exact, 0.03 * std::sqrt(size)));
    }
}

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

TEST_CASE("16-bit floats widen exactly in every set", "[engine][kernels]") {
    std::vector<unsigned char> bytes(2 * 65'536 + 1);
    for (std::size_t i = 0; i < 65'536; ++i) {
        bytes[2 * i + 1] = static_cast<unsigned char>(i & 255U);
        bytes[2 * i + 2] = static_cast<unsigned char>(i >> 8U);
    }
    const unsigned char* all = bytes.data() + 1; // misaligned
    for (const Isa isa : availableIsas()) {
        CAPTURE(toString(isa));
        std::vector<float> f16(65'536);
        std::vector<float> bf16(65'536);
        kernels(isa).widenF16(f16.data(), all, f16.size());
        kernels(isa).widenBf16(bf16.data(), all, bf16.size());
        for (std::size_t i = 0; i < 65'536; ++i) {
            const float a = f16ToF32(std::uint16_t(i));
            const float b = bf16ToF32(std::uint16_t(i));
            if (std::memcmp(&a, &f16[i], 4) != 0 || std::memcmp(&b, &bf16[i], 4) != 0) {
                CAPTURE(i);
                CHECK(false);
            }
        }
        for (const std::size_t n : sizes()) {
            std::vector<float> some(n + 1, -1);
            kernels(isa).widenF16(some.data(), all + 2 * 0x3C00, n);
            CHECK(std::memcmp(some.data(), f16.data() + 0x3C00, n * sizeof(float)) == 0);
            CHECK(some[n] == -1);
            kernels(isa).widenBf16(some.data(), all + 2 * 0x3C00, n);
            CHECK(std::memcmp(some.data(), bf16.data() + 0x3C00, n * sizeof(float)) == 0);
            CHECK(some[n] == -1);
        }
    }
    CHECK(f16ToF32(0x3C00) == 1);
    CHECK(f16ToF32(0xC000) == -2);
    CHECK(f16ToF32(0x0001) == 0x1p-24F);
    CHECK(f16ToF32(0x7BFF) == 65504);
    CHECK(std::isinf(f16ToF32(0xFC00)));
    CHECK(std::isnan(f16ToF32(0x7E00)));
    CHECK(bf16ToF32(0x3F80) == 1);
}
