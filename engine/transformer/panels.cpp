#include "engine/transformer/panels.h"

#include "engine/aligned_buffer.h"
#include "engine/kernels/panel_layout.h"
#include "engine/kernels/unpack.h"

#include <algorithm>
#include <cstring>

namespace attest::engine {

namespace {

const unsigned char* bytesOf(const std::byte* data) {
    return reinterpret_cast<const unsigned char*>(data);
}

bool fits(const Matrix& matrix, std::size_t panelRows) {
    const std::optional<QuantIndex> type = quantIndex(matrix.type);
    return type && kPanelLayouts[*type].blockBytes != 0 && matrix.out % panelRows == 0;
}

} // namespace

std::vector<Matrix*> panelMatrices(TransformerWeights& weights, std::size_t panelRows) {
    std::vector<Matrix*> found;
    if (panelRows == 0) {
        return found;
    }
    const auto consider = [&](Matrix& matrix) {
        if (matrix.data != nullptr && fits(matrix, panelRows)) {
            found.push_back(&matrix);
        }
    };
    for (TransformerLayer& layer : weights.layers) {
        for (Matrix* matrix : {&layer.q,
                               &layer.k,
                               &layer.v,
                               &layer.attentionOut,
                               &layer.gate,
                               &layer.up,
                               &layer.down}) {
            consider(*matrix);
        }
    }
    consider(weights.head);
    if (weights.embedding.data == weights.head.data) {
        consider(weights.embedding);
    }
    return found;
}

Result<void> arrangePanels(std::span<Matrix* const> matrices,
                           std::size_t panelRows,
                           const std::byte* original,
                           std::byte* copy,
                           ThreadPool& pool) {
    struct Panel {
        const Matrix* matrix;
        std::size_t firstRow;
    };

    std::vector<Panel> panels;
    std::vector<const std::byte*> seen;
    std::size_t most = 0; // bytes of a panel
    for (const Matrix* matrix : matrices) {
        if (std::find(seen.begin(), seen.end(), matrix->data) != seen.end()) {
            continue;
        }
        seen.push_back(matrix->data);
        most = std::max(most, panelRows * matrix->rowBytes);
        for (std::size_t row = 0; row < matrix->out; row += panelRows) {
            panels.push_back({matrix, row});
        }
    }
    std::vector<AlignedBuffer<unsigned char>> rooms(pool.threadCount());
    for (AlignedBuffer<unsigned char>& room : rooms) {
        if (!room.allocate(most)) {
            return Error{ErrorCode::OutOfResources, "not enough memory to rearrange the weights"};
        }
    }
    pool.forEach(panels.size(), [&](std::size_t index, std::size_t thread) {
        const auto& [matrix, row] = panels[index];
        std::byte* rows = copy + (matrix->data - original) + row * matrix->rowBytes;
        unsigned char* panel = rooms[thread].data();
        arrangePanel(*quantIndex(matrix->type), panelRows, matrix->rowBytes, bytesOf(rows), panel);
        std::memcpy(rows, panel, panelRows * matrix->rowBytes);
    });
    return {};
}

const std::byte* fileRow(const Matrix& matrix, std::size_t row, std::span<std::byte> room) {
    if (matrix.panelRows == 0) {
        return matrix.data + row * matrix.rowBytes;
    }
    const std::size_t inPanel = row % matrix.panelRows;
    copyPanelRow(*quantIndex(matrix.type),
                 matrix.panelRows,
                 matrix.rowBytes,
                 bytesOf(matrix.data) + (row - inPanel) * matrix.rowBytes,
                 inPanel,
                 reinterpret_cast<unsigned char*>(room.data()));
    return room.data();
}

} // namespace attest::engine
