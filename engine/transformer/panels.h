// Matrices whose rows lie side by side in memory, see kernels/panels/layout.h.
#pragma once

#include "base/result.h"
#include "engine/thread_pool.h"
#include "engine/transformer/weights.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace attest::engine {

// A matrix that can lie in panels, and where they will stand.
struct PanelPlace {
    Matrix* matrix = nullptr;
    std::size_t rowBytes = 0;             // in panels
    std::size_t inFile = 0;               // of the matrix, and of its panels where these fit there
    std::optional<std::size_t> elsewhere; // of panels that take more room, in memory of their own
};

// The matrices of products that can lie in panels of so many rows: quantized, and whole panels.
// Where the head is the embedding, both are named. They point into what begins at `file`.
std::vector<PanelPlace>
panelPlaces(TransformerWeights& weights, std::size_t panelRows, const std::byte* file);

// Of the panels that stand elsewhere.
std::size_t bytesElsewhere(std::span<const PanelPlace> places);

// Lays the matrices down in panels, those that fit in `copy`, a copy of the file, the others in
// `elsewhere`, of bytesElsewhere(); what these took in the copy is given back. The matrices do not
// say so yet.
// Errors: OutOfResources, after which the copy is of no use.
Result<void> arrangePanels(std::span<const PanelPlace> places,
                           std::size_t panelRows,
                           std::byte* copy,
                           std::byte* elsewhere,
                           ThreadPool& pool);

// From now on the matrices are in panels, in what was laid down from `copy` and `elsewhere` on.
void usePanels(std::span<const PanelPlace> places,
               std::size_t panelRows,
               const std::byte* copy,
               const std::byte* elsewhere);

// A row of a matrix as f32, without the matrix's scale. `room` is used where it is in panels.
// REQUIRES: out.size() == matrix.in; room.size() >= 4 · matrix.in.
void readRow(const Matrix& matrix,
             std::size_t row,
             std::span<std::byte> room,
             std::span<float> out);

} // namespace attest::engine
