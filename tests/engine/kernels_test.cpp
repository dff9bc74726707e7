// The kernels between the products, of every instruction set, against the reference.
#include "engine/kernel_support.h"
#include "engine/kernels/choose.h"
#include "engine/kernels/half.h"
#include "support/catch.h"

#include <algorithm>
#include <cmath>
#include <cstring>
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

bool sameBlock(const ActivationBlock& a, const ActivationBlock& b) {
    return std::memcmp(&a.d, &b.d, sizeof a.d) == 0 &&
           std::memcmp(&a.dSum, &b.dSum, sizeof a.dSum) == 0 && a.biasedSum == b.biasedSum &&
           std::equal(std::begin(a.halfSums), std::end(a.halfSums), b.halfSums) &&
           std::equal(std::begin(a.biasedHalfs), std::end(a.biasedHalfs), b.biasedHalfs) &&
           std::equal(std::begin(a.q), std::end(a.q), b.q);
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

TEST_CASE("sums are the same bytes in every set", "[engine][kernels]") {
    std::mt19937 random(12);
    for (const Isa isa : availableIsas()) {
        for (const std::size_t n : sizes()) {
            CAPTURE(toString(isa), n);
            const Misaligned x(n, random);
            const Misaligned y(n, random);
            Misaligned expected = x;
            Misaligned out = x;
            kReferenceKernels.add(expected.data(), y.data(), n);
            kernels(isa).add(out.data(), y.data(), n);
            CHECK(sameBytes(out, expected));
            CHECK(out.before() == x.before());
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
