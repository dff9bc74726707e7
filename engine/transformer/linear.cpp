#include "engine/transformer/linear.h"

#include "base/check.h"
#include "engine/kernels/panels/layout.h"
#include "engine/kernels/unpack.h"

#include <algorithm>
#include <string>

namespace attest::engine {

namespace {

// Rows of weights that a thread takes at once. Few tokens: a good part of what is left, so that it
// reads one long stretch of memory, and less and less of it, so that all end at the same time. Many
// tokens: as many as the kernels unpack together, or fewer where that gives too few pieces for the
// threads.
constexpr std::size_t kLeastRows = 32;
constexpr std::size_t kMostRows = 256;
constexpr std::size_t kFewTokens = 16;
constexpr std::size_t kPiecesPerThread = 4;

// Below this many multiplications the hand-over to other threads costs more than it saves. 30 notes
// with the bundled model, seconds in the model at 2^20, 2^18, 2^17 and 2^16, medians of three turns
// on two threads of a Zen 5: 2.31, 2.18, 2.15, 2.12; where threads share no cache a hand-over takes
// longer, so not the least.
constexpr std::size_t kSmallProduct = 1U << 17U;

std::size_t wholePanels(std::size_t rows) {
    return (rows + 15) / 16 * 16; // of the widest set
}

// left: the rows of all outputs that no piece has yet.
std::size_t
pieceRows(std::size_t allRows, std::size_t left, std::size_t tokens, std::size_t threads) {
    if (tokens <= kFewTokens) {
        return wholePanels(std::max(kLeastRows, left / (2 * threads)));
    }
    std::size_t rows = kMostRows;
    while (rows > kLeastRows && allRows < kPiecesPerThread * threads * rows) {
        rows /= 2;
    }
    return wholePanels(rows);
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
                              std::size_t maxTokens,
                              bool hasFloats) {
    Linear linear(kernels, pool);
    bool ok = (!hasFloats || linear.x_.allocate(maxTokens * inputStride(maxIn))) &&
              linear.blocks_.allocate(maxTokens * blockStride(maxIn));
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
    if (x_.size() > 0) {
        ATTEST_DCHECK((row + 1) * inputStride(x.size()) <= x_.size());
        std::copy(x.begin(), x.end(), x_.data() + row * inputStride(x.size()));
    }
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
    pieces_.clear();
    std::size_t left = allRows;
    for (const LinearOutput& output : outputs) {
        for (std::size_t first = 0; first < output.matrix->out;) {
            const std::size_t rows = std::min(
                output.matrix->out - first, pieceRows(allRows, left, tokens, pool_->threadCount()));
            pieces_.push_back({&output, first, rows});
            first += rows;
            left -= rows;
        }
    }
    const auto work = [&](std::size_t index, std::size_t thread) {
        const Piece& piece = pieces_[index];
        multiplyRows(*piece.output, piece.firstRow, piece.rows, tokens, scratch_[thread].data());
    };
    if (products < kSmallProduct) {
        for (std::size_t index = 0; index < pieces_.size(); ++index) {
            work(index, 0);
        }
        return;
    }
    pool_->forEach(pieces_.size(), work);
}

void Linear::multiplyRows(const LinearOutput& output,
                          std::size_t firstRow,
                          std::size_t rows,
                          std::size_t tokens,
                          unsigned char* scratch) const {
    const Matrix& matrix = *output.matrix;
    const bool isInPanels = matrix.panels != nullptr;
    const std::size_t rowBytes = isInPanels ? matrix.panelRowBytes : matrix.rowBytes;
    const auto* data =
        reinterpret_cast<const unsigned char*>(isInPanels ? matrix.panels : matrix.data) +
        firstRow * rowBytes;
    if (const std::optional<QuantIndex> type = quantIndex(matrix.type)) {
        ATTEST_DCHECK(!isInPanels || matrix.panelRows == kernels_->panelRows);
        kernels_->multiply({.type = isInPanels ? kPanelForms[*type] : *type,
                            .w = data,
                            .isInPanels = isInPanels,
                            .rowBytes = rowBytes,
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
        ATTEST_DCHECK(x_.size() > 0);
        kernels_->multiplyFloat({.type = floatType(matrix.type),
                                 .w = data,
                                 .rowBytes = rowBytes,
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
        kernels_->add(output.y + t * matrix.out + firstRow, matrix.bias + firstRow, rows);
    }
}

} // namespace attest::engine
