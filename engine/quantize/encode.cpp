#include "engine/quantize/encode.h"

#include "base/check.h"
#include "engine/kernels/half.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace attest::engine {

namespace {

// Nearest integer, ties to even, for |x| below 2^22: adding 1.5 · 2^23 leaves it in the low bits.
int nearest(float x) {
    constexpr float kMagic = 12582912.0F;
    return int(std::bit_cast<std::uint32_t>(x + kMagic) & 0x7FFFFFU) - 0x400000;
}

int nearest(float x, int least, int most) {
    // Clamped first: nearest() is for small numbers only.
    return nearest(std::clamp(x, float(least), float(most)));
}

void put16(unsigned char* out, std::uint16_t bits) {
    std::memcpy(out, &bits, sizeof bits);
}

// Numbers below this have no f16 scale, and their inverse might not be finite.
constexpr float kNothing = 1e-30F;

// x ≈ scale · q with q from `least` to `most`; −least is at least most.
struct Fit {
    float scale = 0;
    double gain = 0; // how much smaller than Σ x² the squared error is
};

// The integers that 1 / `inverse` gives, and the scale that fits them best.
Fit fitScale(std::span<const float> x, float inverse, int least, int most) {
    float product = 0; // Σ x q
    float square = 0;  // Σ q²
    for (const float value : x) {
        const auto q = float(nearest(value * inverse, least, most));
        product += value * q;
        square += q * q;
    }
    if (square == 0) {
        return {};
    }
    return {product / square, double(product) * double(product) / double(square)};
}

// The best scale for numbers of both signs. It may be negative: the range has one more integer
// below zero than above, which goes to the side of the largest number, or not, as fits better.
float searchScale(std::span<const float> x, int least, int most) {
    constexpr int kSteps = 9;         // to either side
    constexpr float kStepSize = 0.1F; // of one integer
    float largest = 0;
    for (const float value : x) {
        largest = std::fabs(value) > std::fabs(largest) ? value : largest;
    }
    if (std::fabs(largest) < kNothing) {
        return 0;
    }
    Fit best;
    for (int step = -kSteps; step <= kSteps; ++step) {
        const float moved = float(step) * kStepSize;
        for (const float inverse :
             {(float(least) + moved) / largest, (float(most) + moved) / largest}) {
            const Fit fit = fitScale(x, inverse, least, most);
            if (fit.gain > best.gain && std::isfinite(fit.scale)) {
                best = fit;
            }
        }
    }
    return best.scale;
}

// q for a scale that is final.
void roundAll(std::span<const float> x, float scale, int least, int most, int* q) {
    const float inverse = scale == 0 ? 0 : 1 / scale;
    for (std::size_t i = 0; i < x.size(); ++i) {
        q[i] = std::isfinite(inverse) ? nearest(x[i] * inverse, least, most) : 0;
    }
}

// Squared error of x ≈ scale · q − minimum with the best q from `least` to `most`.
float errorOf(std::span<const float> x, float scale, float minimum, int least, int most) {
    const float inverse = scale == 0 ? 0 : 1 / scale;
    float error = 0;
    for (const float value : x) {
        const auto q = float(nearest((value + minimum) * inverse, least, most));
        const float difference = scale * q - minimum - value;
        error += difference * difference;
    }
    return error;
}

constexpr std::size_t kSmallBlock = 32;

void encodeQ8_0(std::span<const float> x, unsigned char* out) {
    const std::uint16_t d = f32ToF16(searchScale(x, -127, 127));
    put16(out, d);
    std::array<int, kSmallBlock> q = {};
    roundAll(x, f16ToF32(d), -128, 127, q.data());
    for (std::size_t i = 0; i < q.size(); ++i) {
        out[2 + i] = static_cast<unsigned char>(q[i]);
    }
}

void encodeQ4_0(std::span<const float> x, unsigned char* out) {
    const std::uint16_t d = f32ToF16(searchScale(x, -8, 7));
    put16(out, d);
    std::array<int, kSmallBlock> q = {};
    roundAll(x, f16ToF32(d), -8, 7, q.data());
    for (std::size_t i = 0; i < 16; ++i) {
        out[2 + i] = static_cast<unsigned char>((q[i] + 8) | (q[16 + i] + 8) << 4);
    }
}

void encodeQ5_0(std::span<const float> x, unsigned char* out) {
    const std::uint16_t d = f32ToF16(searchScale(x, -16, 15));
    put16(out, d);
    std::array<int, kSmallBlock> q = {};
    roundAll(x, f16ToF32(d), -16, 15, q.data());
    std::uint32_t fifth = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        const auto low = unsigned(q[i] + 16);
        const auto high = unsigned(q[16 + i] + 16);
        out[6 + i] = static_cast<unsigned char>((low & 15U) | (high & 15U) << 4U);
        fifth |= (low >> 4U) << i | (high >> 4U) << (16 + i);
    }
    std::memcpy(out + 2, &fifth, sizeof fifth);
}

// 16 groups of 16 elements with a signed scale of 8 bits each.
void encodeQ6_K(std::span<const float> x, unsigned char* out) {
    constexpr std::size_t kGroup = 16;
    std::array<float, 16> scales = {};
    float largest = 0;
    for (std::size_t g = 0; g < scales.size(); ++g) {
        scales[g] = searchScale(x.subspan(g * kGroup, kGroup), -32, 31);
        largest = std::fabs(scales[g]) > std::fabs(largest) ? scales[g] : largest;
    }
    const std::uint16_t d = f32ToF16(largest / -128);
    const float step = f16ToF32(d);
    std::array<int, 256> q = {};
    for (std::size_t g = 0; g < scales.size(); ++g) {
        const auto group = x.subspan(g * kGroup, kGroup);
        const int middle = step == 0 ? 0 : nearest(scales[g] / step, -128, 127);
        int best = middle;
        float bestError = errorOf(group, step * float(middle), 0, -32, 31);
        for (const int scale : {middle - 1, middle + 1}) {
            const float error = errorOf(group, step * float(scale), 0, -32, 31);
            if (scale >= -128 && scale <= 127 && error < bestError) {
                best = scale;
                bestError = error;
            }
        }
        out[192 + g] = static_cast<unsigned char>(best);
        roundAll(group, step * float(best), -32, 31, q.data() + g * kGroup);
    }
    // Each half of 128 elements is four runs of 32, see unpackQ6_K().
    for (std::size_t half = 0; half < 2; ++half) {
        for (std::size_t i = 0; i < 32; ++i) {
            const auto code = [&](std::size_t run) {
                return unsigned(q[half * 128 + run * 32 + i] + 32);
            };
            out[half * 64 + i] =
                static_cast<unsigned char>((code(0) & 15U) | (code(2) & 15U) << 4U);
            out[half * 64 + 32 + i] =
                static_cast<unsigned char>((code(1) & 15U) | (code(3) & 15U) << 4U);
            out[128 + half * 32 + i] = static_cast<unsigned char>(
                code(0) >> 4U | code(1) >> 4U << 2U | code(2) >> 4U << 4U | code(3) >> 4U << 6U);
        }
    }
    put16(out + 208, d);
}

struct ScaleAndMinimum {
    float scale = 0;
    float minimum = 0; // not negative
};

// x ≈ scale · q − minimum with q from 0 to 15.
ScaleAndMinimum searchScaleAndMinimum(std::span<const float> x) {
    constexpr int kSteps = 12;
    constexpr float kStepSize = 0.15F;
    const auto [lowest, highest] = std::minmax_element(x.begin(), x.end());
    const float least = std::min(*lowest, 0.0F);
    const float range = *highest - least;
    if (range < kNothing) {
        return {0, -least};
    }
    ScaleAndMinimum best{range / 15, -least};
    float bestError = errorOf(x, best.scale, best.minimum, 0, 15);
    for (int step = -kSteps; step <= kSteps; ++step) {
        const float inverse = (15 + float(step) * kStepSize) / range;
        // Least squares for scale and minimum, given the integers.
        float sumQ = 0;
        float sumQq = 0;
        float sumX = 0;
        float sumXq = 0;
        for (const float value : x) {
            const auto q = float(nearest((value - least) * inverse, 0, 15));
            sumQ += q;
            sumQq += q * q;
            sumX += value;
            sumXq += value * q;
        }
        const auto n = float(x.size());
        const float determinant = n * sumQq - sumQ * sumQ;
        if (determinant <= 0) {
            continue;
        }
        ScaleAndMinimum fit{(n * sumXq - sumX * sumQ) / determinant,
                            (sumQ * sumXq - sumQq * sumX) / determinant};
        if (fit.minimum < 0) {
            fit = {sumXq / sumQq, 0};
        }
        const float error = errorOf(x, fit.scale, fit.minimum, 0, 15);
        if (fit.scale > 0 && error < bestError) {
            best = fit;
            bestError = error;
        }
    }
    return best;
}

// 8 groups of 32 elements with a scale and a minimum of 6 bits each.
void encodeQ4_K(std::span<const float> x, unsigned char* out) {
    constexpr std::size_t kGroups = 8;
    constexpr std::size_t kGroup = 32;
    std::array<ScaleAndMinimum, kGroups> fits = {};
    float largestScale = 0;
    float largestMinimum = 0;
    for (std::size_t g = 0; g < kGroups; ++g) {
        fits[g] = searchScaleAndMinimum(x.subspan(g * kGroup, kGroup));
        largestScale = std::max(largestScale, fits[g].scale);
        largestMinimum = std::max(largestMinimum, fits[g].minimum);
    }
    const std::uint16_t d = f32ToF16(largestScale / 63);
    const std::uint16_t dMin = f32ToF16(largestMinimum / 63);
    const float step = f16ToF32(d);
    const float minimumStep = f16ToF32(dMin);
    std::array<unsigned, kGroups> scales = {};
    std::array<unsigned, kGroups> minima = {};
    std::array<unsigned char, kGroups* kGroup> q = {};
    for (std::size_t g = 0; g < kGroups; ++g) {
        const auto group = x.subspan(g * kGroup, kGroup);
        const int scale = step == 0 ? 0 : nearest(fits[g].scale / step, 0, 63);
        const int minimum = minimumStep == 0 ? 0 : nearest(fits[g].minimum / minimumStep, 0, 63);
        float bestError = -1;
        // The neighbours too: rounding the one is best made up for by the other.
        for (int s = std::max(scale - 1, 0); s <= std::min(scale + 1, 63); ++s) {
            for (int m = std::max(minimum - 2, 0); m <= std::min(minimum + 2, 63); ++m) {
                const float error = errorOf(group, step * float(s), minimumStep * float(m), 0, 15);
                if (bestError < 0 || error < bestError) {
                    bestError = error;
                    scales[g] = unsigned(s);
                    minima[g] = unsigned(m);
                }
            }
        }
        const float groupScale = step * float(scales[g]);
        const float inverse = groupScale == 0 ? 0 : 1 / groupScale;
        for (std::size_t i = 0; i < kGroup; ++i) {
            const float shifted = group[i] + minimumStep * float(minima[g]);
            q[g * kGroup + i] = static_cast<unsigned char>(nearest(shifted * inverse, 0, 15));
        }
    }
    put16(out, d);
    put16(out + 2, dMin);
    for (std::size_t g = 0; g < 4; ++g) { // see sixBits() in k_types.cpp
        out[4 + g] = static_cast<unsigned char>(scales[g] | scales[g + 4] >> 4U << 6U);
        out[8 + g] = static_cast<unsigned char>(minima[g] | minima[g + 4] >> 4U << 6U);
        out[12 + g] =
            static_cast<unsigned char>((scales[g + 4] & 15U) | (minima[g + 4] & 15U) << 4U);
    }
    for (std::size_t pair = 0; pair < 4; ++pair) {
        for (std::size_t i = 0; i < kGroup; ++i) {
            out[16 + pair * 32 + i] = static_cast<unsigned char>(
                q[pair * 64 + i] | unsigned(q[pair * 64 + 32 + i]) << 4U);
        }
    }
}

void encodeF16(std::span<const float> x, unsigned char* out) {
    put16(out, f32ToF16(x[0]));
}

using Encoder = void (*)(std::span<const float>, unsigned char*);

Encoder encoder(TensorType type) {
    switch (type) {
    case TensorType::F16:
        return encodeF16;
    case TensorType::Q8_0:
        return encodeQ8_0;
    case TensorType::Q4_0:
        return encodeQ4_0;
    case TensorType::Q5_0:
        return encodeQ5_0;
    case TensorType::Q4_K:
        return encodeQ4_K;
    case TensorType::Q6_K:
        return encodeQ6_K;
    default:
        return nullptr;
    }
}

} // namespace

bool canEncode(TensorType type) {
    return encoder(type) != nullptr;
}

bool encodeRow(TensorType type, std::span<const float> x, std::byte* out) {
    // Scales are f16; a sixteenth of its range keeps every one of them finite.
    constexpr float kLargest = 4096;
    for (const float value : x) {
        if (!(std::fabs(value) <= kLargest)) {
            return false;
        }
    }
    const Encoder encode = encoder(type);
    ATTEST_CHECK(encode != nullptr);
    const BlockLayout layout = *blockLayout(type);
    ATTEST_DCHECK(x.size() % layout.elements == 0);
    auto* bytes = reinterpret_cast<unsigned char*>(out);
    for (std::size_t block = 0; block * layout.elements < x.size(); ++block) {
        encode(x.subspan(block * layout.elements, layout.elements), bytes + block * layout.bytes);
    }
    return true;
}

} // namespace attest::engine
