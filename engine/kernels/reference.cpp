// The kernels in plain C++: what every other set must compute.
#include "engine/kernels/half.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/reference_attention.h"
#include "engine/kernels/rmsnorm.h"
#include "engine/kernels/unpack.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <span>

namespace attest::engine {

namespace {

void rmsNormReference(float* out, const float* x, const float* weight, std::size_t n, float eps) {
    rmsNorm(std::span(out, n), std::span(x, n), std::span(weight, n), eps);
}

void quantize(ActivationBlock* out, const float* x, std::size_t blocks) {
    for (std::size_t b = 0; b < blocks; ++b) {
        const float* values = x + b * kActivationBlock;
        float largest = 0;
        bool isFinite = true;
        for (std::size_t i = 0; i < kActivationBlock; ++i) {
            largest = std::max(largest, std::fabs(values[i]));
            isFinite = isFinite && std::isfinite(values[i]);
        }
        ActivationBlock block = {};
        if (!isFinite) {
            block.d = std::numeric_limits<float>::quiet_NaN();
            block.dSum = block.d;
            out[b] = block;
            continue;
        }
        block.d = largest / 127.0F;
        // Below the smallest normal number 1 / d overflows; such a block counts as zero.
        const bool isZero = block.d < std::numeric_limits<float>::min();
        const float inverse = isZero ? 0.0F : 127.0F / largest;
        for (std::size_t i = 0; i < kActivationBlock; ++i) {
            const auto q = std::int8_t(std::lrint(values[i] * inverse));
            block.q[i] = q;
            block.halfSums[i / 16] += q;
        }
        for (std::size_t i = 0; i < 2; ++i) {
            block.biasedHalfs[i] = -128 * block.halfSums[i];
        }
        block.biasedSum = block.biasedHalfs[0] + block.biasedHalfs[1];
        block.dSum = block.d * float(block.halfSums[0] + block.halfSums[1]);
        out[b] = block;
    }
}

void siluMultiply(float* gate, const float* up, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
        gate[i] = gate[i] / (1.0F + std::exp(-gate[i])) * up[i];
    }
}

void geluMultiply(float* gate, const float* up, std::size_t n) {
    constexpr double kRootOfTwoOverPi = 0.79788456080286535588;
    for (std::size_t i = 0; i < n; ++i) {
        const auto z = double(gate[i]);
        const double gelu =
            0.5 * z * (1 + std::tanh(kRootOfTwoOverPi * (z + 0.044715 * z * z * z)));
        gate[i] = float(gelu) * up[i];
    }
}

void reluSquaredMultiply(float* gate, const float* up, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
        const float z = gate[i] <= 0 ? 0.0F : gate[i];
        gate[i] = z * z * up[i];
    }
}

void softcap(float* x, std::size_t n, float cap) {
    for (std::size_t i = 0; i < n; ++i) {
        x[i] = float(double(cap) * std::tanh(double(x[i]) / double(cap)));
    }
}

void rotate(float& a, float& b, float cosine, float sine) {
    const float first = a * cosine - b * sine;
    b = a * sine + b * cosine;
    a = first;
}

void rotateNeighbours(float* x, const float* cosines, const float* sines, std::size_t pairs) {
    for (std::size_t p = 0; p < pairs; ++p) {
        rotate(x[2 * p], x[2 * p + 1], cosines[p], sines[p]);
    }
}

void rotateHalves(float* x, const float* cosines, const float* sines, std::size_t pairs) {
    for (std::size_t p = 0; p < pairs; ++p) {
        rotate(x[p], x[p + pairs], cosines[p], sines[p]);
    }
}

void add(float* x, const float* y, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
        x[i] += y[i];
    }
}

int dot16(const std::int8_t* a, const std::int8_t* b) {
    int sum = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        sum += int(a[i]) * int(b[i]);
    }
    return sum;
}

// Adds a block of 32 products to `acc`: the meaning of the forms.
float addBlock(QuantForm form, const WeightBlock& w, const ActivationBlock& x, float acc) {
    const int dots[2] = {dot16(w.q.data(), x.q), dot16(w.q.data() + 16, x.q + 16)};
    if (!form.hasHalves) {
        acc = std::fma(w.scales[0] * x.d, float(dots[0] + dots[1]), acc);
        return form.hasMinima ? std::fma(-w.minima[0], x.dSum, acc) : acc;
    }
    for (std::size_t i = 0; i < 2; ++i) {
        acc = std::fma(w.scales[i] * x.d, float(dots[i]), acc);
        if (form.hasMinima) {
            acc = std::fma(-w.minima[i], x.d * float(x.halfSums[i]), acc);
        }
    }
    return acc;
}

void multiply(const QuantMultiply& job) {
    for (std::size_t r = 0; r < job.rows; ++r) {
        for (std::size_t t = 0; t < job.tokens; ++t) {
            job.y[t * job.yStride + r] = 0;
        }
        for (std::size_t b = 0; b < job.blocks; ++b) {
            const WeightBlock w = unpackBlock(job.type, job.w + r * job.rowBytes, b);
            for (std::size_t t = 0; t < job.tokens; ++t) {
                float& acc = job.y[t * job.yStride + r];
                acc = addBlock(kQuantForms[job.type], w, job.x[t * job.xStride + b], acc);
            }
        }
        for (std::size_t t = 0; t < job.tokens; ++t) {
            job.y[t * job.yStride + r] *= job.outputScale;
        }
    }
}

float floatWeight(FloatType type, const unsigned char* row, std::size_t column) {
    if (type == kFloat32) {
        float value = 0;
        std::memcpy(&value, row + 4 * column, 4);
        return value;
    }
    const unsigned char* bytes = row + 2 * column;
    const auto bits = std::uint16_t(bytes[0] | (bytes[1] << 8));
    return type == kFloat16 ? f16ToF32(bits) : bf16ToF32(bits);
}

void multiplyFloat(const FloatMultiply& job) {
    for (std::size_t r = 0; r < job.rows; ++r) {
        const unsigned char* row = job.w + r * job.rowBytes;
        for (std::size_t t = 0; t < job.tokens; ++t) {
            const float* x = job.x + t * job.xStride;
            float acc = 0;
            for (std::size_t first = 0; first < job.columns; first += kActivationBlock) {
                const std::size_t end = std::min(first + kActivationBlock, job.columns);
                float part = 0;
                for (std::size_t i = first; i < end; ++i) {
                    part = std::fma(floatWeight(job.type, row, i), x[i], part);
                }
                acc += part;
            }
            job.y[t * job.yStride + r] = job.outputScale * acc;
        }
    }
}

template <float (*toF32)(std::uint16_t)>
void widen(float* out, const unsigned char* in, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
        out[i] = toF32(std::uint16_t(in[2 * i] | (in[2 * i + 1] << 8)));
    }
}

} // namespace

constinit const KernelTable kReferenceKernels = {
    .panelRows = 0,
    .rmsNorm = rmsNormReference,
    .quantize = quantize,
    .siluMultiply = siluMultiply,
    .geluMultiply = geluMultiply,
    .reluSquaredMultiply = reluSquaredMultiply,
    .softcap = softcap,
    .rotateNeighbours = rotateNeighbours,
    .rotateHalves = rotateHalves,
    .add = add,
    .storeKeyValues = reference::storeKeyValues,
    .attend = reference::attend,
    .mergeAttention = reference::mergeAttention,
    .finishAttention = reference::finishAttention,
    .multiply = multiply,
    .multiplyFloat = multiplyFloat,
    .widenF16 = widen<f16ToF32>,
    .widenBf16 = widen<bf16ToF32>,
};

} // namespace attest::engine
