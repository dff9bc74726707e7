#include "engine/transformer/linear.h"

#include "base/check.h"
#include "engine/kernels/unpack.h"

#if ATTEST_USE_OPENBLAS
#include <cblas.h>
#endif

#include <algorithm>
#include <cstring>
#include <string>

namespace attest::engine {

namespace {

constexpr std::size_t kTileTokens = 16;
constexpr std::size_t kTileRows = 64;

// Rows of weights that a thread takes at once. Few tokens: about 70 KB of an 8-bit model, a few µs.
// Many tokens: as many as the kernels unpack together, unless that gives too few pieces.
constexpr std::size_t kRowsFewTokens = 32;
constexpr std::size_t kRowsManyTokens[] = {256, 128, 64};
constexpr std::size_t kFewTokens = 16;

// Below this many multiplications the hand-over to other threads costs more than it saves.
constexpr std::size_t kSmallProduct = 1U << 18U;

std::size_t roundUp(std::size_t value, std::size_t multiple) {
    return (value + multiple - 1) / multiple * multiple;
}

// Blocks from one token to the next: odd, see QuantMultiply::xStride.
std::size_t blockStride(std::size_t in) {
    return in / kActivationBlock | 1U;
}

} // namespace

Result<Linear> Linear::create(const KernelTable& kernels,
                              ThreadPool& pool,
                              std::size_t maxIn,
                              std::size_t maxTokens) {
    Linear linear(kernels, pool);
    const std::size_t blocks = blockStride(maxIn);
    bool ok = linear.x_.allocate(roundUp(maxTokens, kTileTokens) * maxIn) &&
              linear.blocks_.allocate(maxTokens * blocks);
    linear.scratch_.resize(pool.threadCount());
    for (Scratch& scratch : linear.scratch_) {
        ok = ok && scratch.panels.allocate(kScratchBytes) &&
             scratch.weights.allocate(kTileRows * maxIn) &&
             scratch.tile.allocate(kTileTokens * kTileRows);
    }
    if (!ok) {
        return Error{ErrorCode::OutOfResources,
                     "not enough memory for the activations of " + std::to_string(maxTokens) +
                         " tokens"};
    }
    return linear;
}

std::size_t Linear::bytes() const {
    std::size_t sum = x_.bytes() + blocks_.bytes();
    for (const Scratch& scratch : scratch_) {
        sum += scratch.panels.bytes() + scratch.weights.bytes() + scratch.tile.bytes();
    }
    return sum;
}

void Linear::setInput(std::size_t row, std::span<const float> x) {
    ATTEST_DCHECK((row + 1) * x.size() <= x_.size());
    std::copy(x.begin(), x.end(), x_.data() + row * x.size());
    if (x.size() % kActivationBlock == 0) { // otherwise no quantized matrix has this width
        const std::size_t blocks = x.size() / kActivationBlock;
        kernels_->quantize(blocks_.data() + row * blockStride(x.size()), x.data(), blocks);
    }
}

void Linear::multiply(std::span<const LinearOutput> outputs, std::size_t tokens) {
    std::size_t products = 0;
    std::size_t allRows = 0;
    for (const LinearOutput& output : outputs) {
        allRows += output.matrix->out;
        products += output.matrix->out * output.matrix->in * tokens;
    }
    std::size_t quantRows = kRowsFewTokens;
    if (tokens > kFewTokens) {
        for (const std::size_t rows : kRowsManyTokens) {
            if (allRows >= 4 * pool_->threadCount() * rows) {
                quantRows = rows;
                break;
            }
        }
    }
    const auto unitRows = [quantRows](const LinearOutput& output) {
        return quantIndex(output.matrix->type) ? quantRows : kTileRows;
    };
    std::size_t units = 0;
    for (const LinearOutput& output : outputs) {
        units += (output.matrix->out + unitRows(output) - 1) / unitRows(output);
    }
    const auto work = [&](std::size_t unit, std::size_t thread) {
        for (const LinearOutput& output : outputs) {
            const std::size_t size = unitRows(output);
            const std::size_t count = (output.matrix->out + size - 1) / size;
            if (unit < count) {
                const std::size_t first = unit * size;
                const std::size_t rows = std::min(size, output.matrix->out - first);
                multiplyRows(output, first, rows, tokens, scratch_[thread]);
                return;
            }
            unit -= count;
        }
    };
    if (products < kSmallProduct) {
        for (std::size_t unit = 0; unit < units; ++unit) {
            work(unit, 0);
        }
        return;
    }
    pool_->forEach(units, work);
}

void Linear::multiplyRows(const LinearOutput& output,
                          std::size_t firstRow,
                          std::size_t rows,
                          std::size_t tokens,
                          Scratch& scratch) const {
    const Matrix& matrix = *output.matrix;
    const std::optional<QuantIndex> type = quantIndex(matrix.type);
    if (type) {
        const auto* data = reinterpret_cast<const unsigned char*>(matrix.data);
        kernels_->multiply({.type = *type,
                            .w = data + firstRow * matrix.rowBytes,
                            .rowBytes = matrix.rowBytes,
                            .rows = rows,
                            .blocks = matrix.in / kActivationBlock,
                            .x = blocks_.data(),
                            .xStride = blockStride(matrix.in),
                            .tokens = tokens,
                            .y = output.y + firstRow,
                            .yStride = matrix.out,
                            .outputScale = matrix.scale,
                            .scratch = scratch.panels.data()});
    } else if (kernels_->usesBlas) {
        multiplyTiles(output, firstRow, rows, tokens, scratch);
    } else {
        multiplyPlain(output, firstRow, rows, tokens, scratch);
    }
    for (std::size_t t = 0; t < tokens && !type && matrix.scale != 1; ++t) {
        float* y = output.y + t * matrix.out + firstRow;
        for (std::size_t r = 0; r < rows; ++r) {
            y[r] *= matrix.scale;
        }
    }
    for (std::size_t t = 0; t < tokens && matrix.bias != nullptr; ++t) {
        float* y = output.y + t * matrix.out + firstRow;
        for (std::size_t r = 0; r < rows; ++r) {
            y[r] += matrix.bias[firstRow + r];
        }
    }
}

// Rows of weights as f32, (rows, in): in place, or converted into `out`.
const float*
Linear::widen(const Matrix& matrix, std::size_t row, std::size_t rows, float* out) const {
    const auto* data = reinterpret_cast<const unsigned char*>(matrix.data) + row * matrix.rowBytes;
    switch (matrix.type) {
    case TensorType::F16:
        kernels_->widenF16(out, data, rows * matrix.in);
        return out;
    case TensorType::BF16:
        kernels_->widenBf16(out, data, rows * matrix.in);
        return out;
    default:
        ATTEST_DCHECK(matrix.type == TensorType::F32);
        return reinterpret_cast<const float*>(data);
    }
}

void Linear::multiplyTiles(const LinearOutput& output,
                           std::size_t firstRow,
                           std::size_t rows,
                           std::size_t tokens,
                           Scratch& scratch) const {
    const Matrix& matrix = *output.matrix;
    const float* weights = widen(matrix, firstRow, rows, scratch.weights.data());
    if (rows < kTileRows) {
        if (weights != scratch.weights.data()) {
            std::copy(weights, weights + rows * matrix.in, scratch.weights.data());
            weights = scratch.weights.data();
        }
        std::fill(scratch.weights.data() + rows * matrix.in,
                  scratch.weights.data() + kTileRows * matrix.in,
                  0.0F);
    }
    for (std::size_t t = 0; t < tokens; t += kTileTokens) {
#if ATTEST_USE_OPENBLAS
        // The tokens are the dimension that OpenBLAS keeps in vector lanes (rows, in its
        // column-major order): all sixteen are treated alike, which it does not promise for the
        // other one.
        cblas_sgemm(CblasRowMajor,
                    CblasNoTrans,
                    CblasTrans,
                    blasint(kTileRows),
                    blasint(kTileTokens),
                    blasint(matrix.in),
                    1.0F,
                    weights,
                    blasint(matrix.in),
                    x_.data() + t * matrix.in,
                    blasint(matrix.in),
                    0.0F,
                    scratch.tile.data(),
                    blasint(kTileTokens));
#else
        ATTEST_CHECK(false); // no kernel set of this build has usesBlas
#endif
        for (std::size_t i = 0; i < std::min(kTileTokens, tokens - t); ++i) {
            float* y = output.y + (t + i) * matrix.out + firstRow;
            for (std::size_t r = 0; r < rows; ++r) {
                y[r] = scratch.tile.data()[r * kTileTokens + i];
            }
        }
    }
}

void Linear::multiplyPlain(const LinearOutput& output,
                           std::size_t firstRow,
                           std::size_t rows,
                           std::size_t tokens,
                           Scratch& scratch) const {
    const Matrix& matrix = *output.matrix;
    const float* weights = widen(matrix, firstRow, rows, scratch.weights.data());
    for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t t = 0; t < tokens; ++t) {
            double sum = 0;
            for (std::size_t i = 0; i < matrix.in; ++i) {
                sum += double(weights[r * matrix.in + i]) * double(x_.data()[t * matrix.in + i]);
            }
            output.y[t * matrix.out + firstRow + r] = float(sum);
        }
    }
}

} // namespace attest::engine
