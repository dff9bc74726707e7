#include "engine/transformer/panels.h"

#include "base/check.h"
#include "engine/aligned_buffer.h"
#include "engine/kernels/panels/layout.h"
#include "engine/kernels/unpack.h"
#include "engine/large_pages.h"

#include <algorithm>
#include <cstring>

namespace attest::engine {

namespace {

constexpr std::size_t kAlignment = 64; // of panels elsewhere, a line of the caches

const unsigned char* bytesOf(const std::byte* data) {
    return reinterpret_cast<const unsigned char*>(data);
}

unsigned char* bytesOf(std::byte* data) {
    return reinterpret_cast<unsigned char*>(data);
}

bool fits(const Matrix& matrix, std::size_t panelRows) {
    return matrix.data != nullptr && quantIndex(matrix.type) && matrix.out % panelRows == 0;
}

// Writes the panel of the rows from `row` on.
void writePanel(const PanelPlace& place,
                std::size_t panelRows,
                std::size_t row,
                const std::byte* copy,
                unsigned char* panel) {
    const Matrix& matrix = *place.matrix;
    arrangePanel(*quantIndex(matrix.type),
                 panelRows,
                 matrix.rowBytes,
                 bytesOf(copy + place.inFile + row * matrix.rowBytes),
                 panel);
}

// The same matrix, under another name.
bool isSame(const PanelPlace& a, const PanelPlace& b) {
    return a.inFile == b.inFile;
}

} // namespace

std::vector<PanelPlace>
panelPlaces(TransformerWeights& weights, std::size_t panelRows, const std::byte* file) {
    std::vector<PanelPlace> places;
    if (panelRows == 0) {
        return places;
    }
    std::size_t end = 0; // of what stands elsewhere
    const auto consider = [&](Matrix& matrix) {
        if (!fits(matrix, panelRows)) {
            return;
        }
        PanelPlace place = {.matrix = &matrix,
                            .rowBytes = panelRowBytes(*quantIndex(matrix.type), matrix.rowBytes),
                            .inFile = std::size_t(matrix.data - file),
                            .elsewhere = std::nullopt};
        if (place.rowBytes != matrix.rowBytes) {
            place.elsewhere = end;
            end += (place.rowBytes * matrix.out + kAlignment - 1) / kAlignment * kAlignment;
        }
        places.push_back(place);
    };
    for (TransformerLayer& layer : weights.layers) {
        for (Matrix* matrix : matricesOf(layer)) {
            consider(*matrix);
        }
    }
    consider(weights.head);
    if (weights.embedding.data == weights.head.data && fits(weights.head, panelRows)) {
        PanelPlace place = places.back();
        place.matrix = &weights.embedding;
        places.push_back(place);
    }
    return places;
}

std::size_t bytesElsewhere(std::span<const PanelPlace> places) {
    std::size_t bytes = 0;
    for (const PanelPlace& place : places) {
        if (place.elsewhere) {
            bytes = std::max(bytes, *place.elsewhere + place.rowBytes * place.matrix->out);
        }
    }
    return bytes;
}

Result<void> arrangePanels(std::span<const PanelPlace> places,
                           std::size_t panelRows,
                           std::byte* copy,
                           std::byte* elsewhere,
                           ThreadPool& pool) {
    struct Panel {
        const PanelPlace* place;
        std::size_t row;
    };

    std::vector<Panel> inPlace;
    std::size_t most = 0; // bytes of a panel
    for (std::size_t i = 0; i < places.size(); ++i) {
        const PanelPlace& place = places[i];
        const Matrix& matrix = *place.matrix;
        if (i > 0 && isSame(place, places[i - 1])) {
            continue;
        }
        if (!place.elsewhere) {
            most = std::max(most, panelRows * place.rowBytes);
            for (std::size_t row = 0; row < matrix.out; row += panelRows) {
                inPlace.push_back({&place, row});
            }
            continue;
        }
        // One after the other, so that no more than one of them is there twice.
        pool.forEach(matrix.out / panelRows, [&](std::size_t index, std::size_t) {
            const std::size_t row = index * panelRows;
            std::byte* panel = elsewhere + *place.elsewhere + row * place.rowBytes;
            writePanel(place, panelRows, row, copy, bytesOf(panel));
        });
        dropPages(copy + place.inFile, matrix.out * matrix.rowBytes);
    }
    std::vector<AlignedBuffer<unsigned char>> rooms(pool.threadCount());
    for (AlignedBuffer<unsigned char>& room : rooms) {
        if (!room.allocate(most)) {
            return Error{ErrorCode::OutOfResources, "not enough memory to rearrange the weights"};
        }
    }
    pool.forEach(inPlace.size(), [&](std::size_t index, std::size_t thread) {
        const auto& [place, row] = inPlace[index];
        unsigned char* panel = rooms[thread].data();
        writePanel(*place, panelRows, row, copy, panel);
        std::memcpy(
            copy + place->inFile + row * place->rowBytes, panel, panelRows * place->rowBytes);
    });
    return {};
}

void usePanels(std::span<const PanelPlace> places,
               std::size_t panelRows,
               const std::byte* copy,
               const std::byte* elsewhere) {
    for (const PanelPlace& place : places) {
        Matrix& matrix = *place.matrix;
        matrix.panels = place.elsewhere ? elsewhere + *place.elsewhere : copy + place.inFile;
        matrix.panelRows = panelRows;
        matrix.panelRowBytes = place.rowBytes;
    }
}

void readRow(const Matrix& matrix,
             std::size_t row,
             std::span<std::byte> room,
             std::span<float> out) {
    if (matrix.panels == nullptr) {
        dequantizeRow(matrix.type, matrix.data + row * matrix.rowBytes, out);
        return;
    }
    ATTEST_DCHECK(room.size() >= matrix.panelRowBytes);
    const QuantIndex form = kPanelForms[*quantIndex(matrix.type)];
    const std::size_t inPanel = row % matrix.panelRows;
    copyPanelRow(form,
                 matrix.panelRows,
                 matrix.panelRowBytes,
                 bytesOf(matrix.panels + (row - inPanel) * matrix.panelRowBytes),
                 inPanel,
                 bytesOf(room.data()));
    dequantizeRow(form, room.data(), out);
}

} // namespace attest::engine
