// Matrices whose rows lie side by side in memory, see kernels/panel_layout.h.
#pragma once

#include "engine/thread_pool.h"
#include "engine/transformer/weights.h"

#include <cstddef>
#include <span>
#include <vector>

namespace attest::engine {

// The matrices of products that can lie in panels of so many rows: a type that has panels, and
// whole panels. Where the head is the embedding, both are named.
std::vector<Matrix*> panelMatrices(TransformerWeights& weights, std::size_t panelRows);

// Brings the bytes of `matrices` into panels, in `copy`, a copy of what begins at `original`, which
// the matrices point into. They do not say so yet: see Matrix::panelRows.
// Errors: OutOfResources, after which the copy is of no use.
Result<void> arrangePanels(std::span<Matrix* const> matrices,
                           std::size_t panelRows,
                           const std::byte* original,
                           std::byte* copy,
                           ThreadPool& pool);

// A row as it stands in a file: `room` is used where the matrix is in panels.
// REQUIRES: room.size() >= matrix.rowBytes.
const std::byte* fileRow(const Matrix& matrix, std::size_t row, std::span<std::byte> room);

} // namespace attest::engine
