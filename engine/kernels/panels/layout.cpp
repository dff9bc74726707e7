#include "engine/kernels/panels/layout.h"

#include "base/check.h"
#include "engine/kernels/widen.h"

#include <array>
#include <cstring>

namespace attest::engine {

namespace {

constexpr std::size_t kHalf = 2;
constexpr std::size_t kWord = 4;

// Calls move<bytes>(from, to) for every piece of a row's block: its place in the block and among
// the blocks of all rows.
template <typename Move>
void forPieces(const PanelLayout& layout,
               std::size_t panelRows,
               std::size_t row,
               const Move& move) {
    const std::size_t half = layout.blockBytes % kWord;
    ATTEST_DCHECK(layout.blockBytes != 0 && (half == 0 || half == kHalf));
    const std::size_t words = layout.blockBytes / kWord;
    if (half != 0) {
        move.template operator()<kHalf>(layout.halfIsFirst ? 0 : words * kWord, row * kHalf);
    }
    const std::size_t firstWord = layout.halfIsFirst ? half : 0;
    for (std::size_t i = 0; i < words; ++i) {
        move.template operator()<kWord>(firstWord + i * kWord,
                                        panelRows * (half + i * kWord) + row * kWord);
    }
}

// Bytes of a row's block in a file.
std::size_t fileBlockBytes(QuantIndex type) {
    const Widening* widening = wideningOf(type);
    return widening != nullptr ? widening->fileBytes : kPanelLayouts[type].blockBytes;
}

} // namespace

std::size_t panelRowBytes(QuantIndex type, std::size_t rowBytes) {
    ATTEST_DCHECK(rowBytes % fileBlockBytes(type) == 0);
    return rowBytes / fileBlockBytes(type) * kPanelLayouts[kPanelForms[type]].blockBytes;
}

void arrangePanel(QuantIndex type,
                  std::size_t panelRows,
                  std::size_t rowBytes,
                  const unsigned char* rows,
                  unsigned char* panel) {
    const PanelLayout& layout = kPanelLayouts[kPanelForms[type]];
    const Widening* widening = wideningOf(type);
    const std::size_t blocks = rowBytes / fileBlockBytes(type);
    std::array<unsigned char, kMostWideBytes> wide; // NOLINT: written before it is read
    for (std::size_t row = 0; row < panelRows; ++row) {
        const unsigned char* block = rows + row * rowBytes;
        unsigned char* out = panel;
        for (std::size_t b = 0; b < blocks; ++b) {
            const unsigned char* in = block;
            if (widening != nullptr) {
                widening->widen(block, wide.data());
                in = wide.data();
            }
            forPieces(
                layout, panelRows, row, [&]<std::size_t kBytes>(std::size_t from, std::size_t to) {
                    std::memcpy(out + to, in + from, kBytes);
                });
            block += fileBlockBytes(type);
            out += panelRows * layout.blockBytes;
        }
    }
}

void copyPanelRow(QuantIndex form,
                  std::size_t panelRows,
                  std::size_t panelRowBytes,
                  const unsigned char* panel,
                  std::size_t row,
                  unsigned char* out) {
    const PanelLayout& layout = kPanelLayouts[form];
    ATTEST_DCHECK(panelRowBytes % layout.blockBytes == 0);
    for (std::size_t b = 0; b < panelRowBytes / layout.blockBytes; ++b) {
        forPieces(
            layout, panelRows, row, [&]<std::size_t kBytes>(std::size_t from, std::size_t to) {
                std::memcpy(out + from, panel + to, kBytes);
            });
        panel += panelRows * layout.blockBytes;
        out += layout.blockBytes;
    }
}

} // namespace attest::engine
