#include "engine/transformer/linear.h"

#include "base/check.h"
#include "engine/kernels/unpack.h"

#include <algorithm>
#include <string>

namespace attest::engine {

namespace {

// Rows of weights that a thread takes at once. Few tokens: enough that reading ahead pays, some
// 10 µs of memory. Many tokens: as many as the kernels unpack together. Fewer where that gives too
// few pieces for the threads.
constexpr std::size_t kBytesFewTokens = 256 * 1024;
constexpr std::size_t kLeastRows = 32;
constexpr std::size_t kMostRows = 256;
constexpr std::size_t kFewTokens = 16;
constexpr std::size_t kPiecesPerThread = 4;

// Below this many multiplications the hand-over to other threads costs more than it saves.
constexpr std::size_t kSmallProduct = 1U << 18U;

std::size_t
pieceRows(const Matrix& matrix, std::size_t allRows, std::size_t tokens, std::size_t threads) {
    std::size_t rows = kMostRows;
    if (tokens <= kFewTokens) {
        rows = std::clamp(kBytesFewTokens / matrix.rowBytes, kLeastRows, kMostRows);
    }
    while (rows > kLeastRows && allRows < kPiecesPerThread * threads * rows) {
        rows /= 2;
    }
    return (rows + 15) / 16 * 16; // whole panels of the widest set
}

FloatType floatType(TensorType type) {
    switch (type) {
    case TensorType::F16:
        return kFloat16;
    case TensorType::BF16:
        return kBfloat16;
    default:
        ATTEST_DCHECK(type == TensorType::F32);
        return kFloat32;
    }
}

// Blocks from one token to the next: odd, see QuantMultiply::xStride.
std::size_t blockStride(std::size_t in) {
    return in / kActivationBlock | 1U;
}

// Numbers from one token to the next: an odd number of cache lines, for the same reason.
std::size_t inputStride(std::size_t in) {
    return ((in + 15) / 16 | 1U) * 16;
}

} // namespace

Result<Linear> Linear::create(const KernelTable& kernels,
                              ThreadPool& pool,
                              std::size_t maxIn,
                              std::size_t maxTokens) {
    Linear linear(kernels, pool);
    const std::size_t blocks = blockStride(maxIn);
    bool ok = linear.x_.allocate(maxTokens * inputStride(maxIn)) &&
              linear.blocks_.allocate(maxTokens * blocks);
    linear.scratch_.resize(pool.threadCount());
    for (AlignedBuffer<unsigned char>& scratch : linear.scratch_) {
        ok = ok && scratch.allocate(kScratchBytes);
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
    for (const AlignedBuffer<unsigned char>& scratch : scratch_) {
        sum += scratch.bytes();
    }
    return sum;
}

void Linear::setInput(std::size_t row, std::span<const float> x) {
    ATTEST_DCHECK((row + 1) * inputStride(x.size()) <= x_.size());
    std::copy(x.begin(), x.end(), x_.data() + row * inputStride(x.size()));
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
    const auto unitRows = [&](const LinearOutput& output) {
        return pieceRows(*output.matrix, allRows, tokens, pool_->threadCount());
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
                multiplyRows(output, first, rows, tokens, scratch_[thread].data());
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
                          unsigned char* scratch) const {
    const Matrix& matrix = *output.matrix;
    const auto* data =
        reinterpret_cast<const unsigned char*>(matrix.data) + firstRow * matrix.rowBytes;
    if (const std::optional<QuantIndex> type = quantIndex(matrix.type)) {
        kernels_->multiply({.type = *type,
                            .w = data,
                            .rowBytes = matrix.rowBytes,
                            .rows = rows,
                            .blocks = matrix.in / kActivationBlock,
                            .x = blocks_.data(),
                            .xStride = blockStride(matrix.in),
                            .tokens = tokens,
                            .y = output.y + firstRow,
                            .yStride = matrix.out,
                            .outputScale = matrix.scale,
                            .scratch = scratch});
    } else {
        kernels_->multiplyFloat({.type = floatType(matrix.type),
                                 .w = data,
                                 .rowBytes = matrix.rowBytes,
                                 .rows = rows,
                                 .columns = matrix.in,
                                 .x = x_.data(),
                                 .xStride = inputStride(matrix.in),
                                 .tokens = tokens,
                                 .y = output.y + firstRow,
                                 .yStride = matrix.out,
                                 .outputScale = matrix.scale,
                                 .scratch = scratch});
    }
    for (std::size_t t = 0; t < tokens && matrix.bias != nullptr; ++t) {
        float* y = output.y + t * matrix.out + firstRow;
        for (std::size_t r = 0; r < rows; ++r) {
            y[r] += matrix.bias[firstRow + r];
        }
    }
}

} // namespace attest::engine
