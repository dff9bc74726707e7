// Matrix products of a pass, spread over the thread pool.
#pragma once

#include "base/result.h"
#include "engine/aligned_buffer.h"
#include "engine/kernels/kernels.h"
#include "engine/thread_pool.h"
#include "engine/transformer/weights.h"

#include <cstddef>
#include <span>
#include <vector>

namespace attest::engine {

struct LinearOutput {
    const Matrix* matrix;
    float* y; // (tokens, matrix->out)
};

// Row invariance: row t of y depends on row t of x only, and is the same bytes for any number of
// tokens and threads, see QuantMultiply and FloatMultiply.
//
// Not thread-safe, except setInput() for different rows.
class Linear {
public:
    // maxIn: the longest row of weights; maxTokens: the most tokens at once; hasFloats: whether any
    // weights are floats, for which the rows of x are kept as they are, too.
    // Errors: OutOfResources.
    static Result<Linear> create(const KernelTable& kernels,
                                 ThreadPool& pool,
                                 std::size_t maxIn,
                                 std::size_t maxTokens,
                                 bool hasFloats = true);

    // Prepares x (in,) as row `row` of the next product.
    void setInput(std::size_t row, std::span<const float> x);

    // REQUIRES: rows 0…tokens−1 are set, with the matrices' `in`; hasFloats where weights are
    // floats.
    void multiply(std::span<const LinearOutput> outputs, std::size_t tokens);

    std::size_t bytes() const;

private:
    // Rows of an output that one thread takes.
    struct Piece {
        const LinearOutput* output;
        std::size_t firstRow;
        std::size_t rows;
    };

    Linear(const KernelTable& kernels, ThreadPool& pool) : kernels_(&kernels), pool_(&pool) {}

    void multiplyRows(const LinearOutput& output,
                      std::size_t firstRow,
                      std::size_t rows,
                      std::size_t tokens,
                      unsigned char* scratch) const;

    const KernelTable* kernels_;
    ThreadPool* pool_;
    AlignedBuffer<float> x_; // (tokens, in made an odd number of lines); empty without floats
    AlignedBuffer<ActivationBlock> blocks_;             // (tokens, in / 32 made odd)
    std::vector<AlignedBuffer<unsigned char>> scratch_; // one per thread
    std::vector<Piece> pieces_;                         // of multiply()
};

} // namespace attest::engine
