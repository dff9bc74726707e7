// Products with quantized weights, of every instruction set, against the reference.
#include "engine/kernel_support.h"
#include "engine/kernels/choose.h"
#include "engine/kernels/panels/layout.h"
#include "engine/kernels/unpack.h"
#include "support/catch.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <random>
#include <vector>

using namespace attest::engine;
using namespace attest::test;
using Catch::Matchers::WithinAbs;

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

    // The same with the weights in panels; nothing where the set has none.
    std::optional<std::vector<float>>
    multiplyPanels(Isa isa, std::size_t first, std::size_t count) const {
        const std::size_t panelRows = kernels(isa).panelRows;
        if (panelRows == 0) {
            return std::nullopt;
        }
        REQUIRE(job.rows % panelRows == 0);
        QuantMultiply part = job;
        part.type = kPanelForms[job.type];
        part.rowBytes = panelRowBytes(job.type, job.rowBytes);
        std::vector<unsigned char> panels(job.rows * part.rowBytes + 1);
        part.w = panels.data() + 1;
        part.isInPanels = true;
        for (std::size_t row = 0; row < job.rows; row += panelRows) {
            arrangePanel(job.type,
                         panelRows,
                         job.rowBytes,
                         job.w + row * job.rowBytes,
                         panels.data() + 1 + row * part.rowBytes);
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

TEST_CASE("a row of a panel has the scales and integers of the row that went in",
          "[engine][kernels]") {
    std::mt19937 random(18);
    for (const TensorType type : kQuantTypes) {
        const QuantIndex index = *quantIndex(type);
        const QuantIndex form = kPanelForms[index];
        CHECK((kPanelLayouts[index].blockBytes == blockLayout(type)->bytes) == (form == index));
        const std::size_t columns = std::max<std::size_t>(96, 3 * blockLayout(type)->elements);
        for (const std::size_t panelRows : {std::size_t(8), std::size_t(16)}) {
            CAPTURE(toString(type), panelRows);
            const auto rows = randomWeights(type, panelRows, columns, random);
            const std::size_t rowBytes = rows.size() / panelRows;
            const std::size_t wideBytes = panelRowBytes(index, rowBytes);
            std::vector<unsigned char> panel(panelRows * wideBytes);
            arrangePanel(index, panelRows, rowBytes, rows.data(), panel.data());
            std::vector<unsigned char> back(panel.size());
            for (std::size_t row = 0; row < panelRows; ++row) {
                copyPanelRow(
                    form, panelRows, wideBytes, panel.data(), row, back.data() + row * wideBytes);
                for (std::size_t b = 0; b < columns / 32; ++b) {
                    const WeightBlock before = unpackBlock(index, rows.data() + row * rowBytes, b);
                    const WeightBlock after = unpackBlock(form, back.data() + row * wideBytes, b);
                    CHECK(after.q == before.q);
                    CHECK(after.scales == before.scales);
                    CHECK(after.minima == before.minima);
                }
            }
            CHECK(panel != back);
            CHECK((back == rows) == (form == index));
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
