// Panels of the AVX2 set: as avx512/panel.h, with eight rows.
#pragma once

#include "engine/kernels/kernels.h"

#include <immintrin.h>

namespace attest::engine::avx2 {

constexpr size_t kPanelRows = 8;

// The rows of a panel; one that is not full repeats its last row.
struct PanelRows {
    const unsigned char* row[kPanelRows];
};

// What a panel's integers can be, their bias added. vpmaddubsw multiplies unsigned by signed bytes
// and adds pairs into 16 bits, saturating, so it decides how many sums may stay there.
enum PanelRange {
    kNibbles,  // 0…15: the sums of 8 registers fit
    kFiveBits, // 0…31: those of 4
    kSixBits,  // 0…63: those of 2
    kWide,     // 0…255: not one, unless activations are taken in two parts (SplitBlock)
};

// Scales of a block, and as many minima where there are any.
template <QuantForm form>
constexpr size_t kScales = form.hasHalves ? 2 : 1;

// 32 elements of 8 rows.
template <QuantForm form>
struct alignas(32) PanelBlock {
    __m256i q[8];                                             // [k]: elements 4k…4k+3 of each row
    __m256 factors[kScales<form> * (form.hasMinima ? 2 : 1)]; // scales, then minima
};

// What the products need to know of a weight type.
struct PanelType {
    // Writes blocks first…first+count−1 of the rows to `out`, an array of
    // PanelBlock<kQuantForms[type]>. Types of 256 elements a block: both are multiples of 8. Null:
    // a form of panels only.
    void (*unpack)(const PanelRows& rows, size_t first, size_t count, void* out);
    // The same from rows that lie in a panel (panels/layout.h); null: the type has none.
    void (*unpackPanel)(const unsigned char* panel, size_t first, size_t count, void* out);
    PanelRange range;
    int bias;
};

// One for each weight type, in avx2/unpack.cpp.
extern const PanelType kPanelTypes[kQuantCount];

} // namespace attest::engine::avx2
