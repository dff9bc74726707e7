// Panels: sixteen rows of weights unpacked side by side. Internal to the AVX-512 and AMX sets.
//
// One register holds the same four elements of all sixteen rows, so that vpdpbusd adds four
// products to sixteen sums at once and no sum ever has to be gathered across lanes. Eight of them
// in a row, [4 elements][16 rows][4], are also what AMX multiplies by as one tile.
#pragma once

#include "engine/kernels/kernels.h"

#include <immintrin.h>

namespace attest::engine::avx512 {

constexpr size_t kPanelRows = 16;

// The rows of a panel; one that is not full repeats its last row.
struct PanelRows {
    const unsigned char* row[kPanelRows];
};

// How the integers lie in a panel: vpdpbusd wants unsigned ones (q + PanelType::bias), AMX signed
// ones.
enum PanelForm { kBiased, kSigned };

// Scales of a block, and as many minima where there are any.
template <QuantForm form>
constexpr size_t kScales = form.hasHalves ? 2 : 1;

// 32 elements of 16 rows.
template <QuantForm form>
struct alignas(64) PanelBlock {
    __m512i q[8];                                             // [k]: elements 4k…4k+3 of each row
    __m512 factors[kScales<form> * (form.hasMinima ? 2 : 1)]; // scales, then minima
};

// What the products need to know of a weight type.
struct PanelType {
    // Writes blocks first…first+count−1 of the rows to `out`, an array of
    // PanelBlock<kQuantForms[type]>. Types of 256 elements a block: both are multiples of 8. Null:
    // a form of panels only.
    void (*unpack[2])(const PanelRows& rows, size_t first, size_t count, void* out); // by PanelForm
    // The same from rows that lie in a panel (panels/layout.h); null: the type has none.
    void (*unpackPanel[2])(const unsigned char* panel, size_t first, size_t count, void* out);
    int bias; // of the form kBiased
};

// One for each weight type, in avx512/unpack.cpp.
extern const PanelType kPanelTypes[kQuantCount];

} // namespace attest::engine::avx512
