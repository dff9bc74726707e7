#include "engine/kernels/panel_layout.h"

#include "base/check.h"

#include <cstring>

namespace attest::engine {

namespace {

constexpr std::size_t kHalf = 2;
constexpr std::size_t kWord = 4;

// Calls move<bytes>(from, to) for every piece of a row: its place in the row and in the panel.
template <typename Move>
void forPieces(QuantIndex type,
               std::size_t panelRows,
               std::size_t rowBytes,
               std::size_t row,
               const Move& move) {
    const PanelLayout& layout = kPanelLayouts[type];
    ATTEST_DCHECK(layout.blockBytes != 0 && rowBytes % layout.blockBytes == 0);
    const std::size_t half = layout.blockBytes % kWord;
    ATTEST_DCHECK(half == 0 || half == kHalf);
    const std::size_t words = layout.blockBytes / kWord;
    for (std::size_t from = 0; from < rowBytes; from += layout.blockBytes) {
        const std::size_t to = from * panelRows;
        if (half != 0) {
            move.template operator()<kHalf>(from + (layout.halfIsFirst ? 0 : words * kWord),
                                            to + row * kHalf);
        }
        const std::size_t firstWord = from + (layout.halfIsFirst ? half : 0);
        for (std::size_t i = 0; i < words; ++i) {
            move.template operator()<kWord>(firstWord + i * kWord,
                                            to + panelRows * (half + i * kWord) + row * kWord);
        }
    }
}

} // namespace

void arrangePanel(QuantIndex type,
                  std::size_t panelRows,
                  std::size_t rowBytes,
                  const unsigned char* rows,
                  unsigned char* panel) {
    for (std::size_t row = 0; row < panelRows; ++row) {
        const unsigned char* in = rows + row * rowBytes;
        const auto move = [&]<std::size_t kBytes>(std::size_t from, std::size_t to) {
            std::memcpy(panel + to, in + from, kBytes);
        };
        forPieces(type, panelRows, rowBytes, row, move);
    }
}

void copyPanelRow(QuantIndex type,
                  std::size_t panelRows,
                  std::size_t rowBytes,
                  const unsigned char* panel,
                  std::size_t row,
                  unsigned char* out) {
    const auto move = [&]<std::size_t kBytes>(std::size_t from, std::size_t to) {
        std::memcpy(out + from, panel + to, kBytes);
    };
    forPieces(type, panelRows, rowBytes, row, move);
}

} // namespace attest::engine
