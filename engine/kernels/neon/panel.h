// Panels: what the products multiply with, whatever the weight type. Four rows of weights, 32
// elements each, as signed bytes, with their scales and minima.
#pragma once

#include "engine/kernels/kernels.h"

#include <arm_neon.h>

namespace attest::engine::neon {

constexpr size_t kPanelRows = 4;

// The rows of a panel; one that is not full repeats its last row.
struct PanelRows {
    const unsigned char* row[kPanelRows];
};

// Scales of a block, and as many minima where there are any.
template <QuantForm form>
constexpr size_t kScales = form.hasHalves ? 2 : 1;

// 32 elements of 4 rows.
template <QuantForm form>
struct PanelBlock {
    // [2r], [2r + 1]: elements 0…15 and 16…31 of row r. Interleaved, see neon/products.h: [k]:
    // elements 4k…4k+3 of each row.
    int8x16_t q[8];
    float32x4_t factors[kScales<form> * (form.hasMinima ? 2 : 1)]; // scales, then minima; per row
};

// Writes blocks first…first+count−1 of the rows to `out`, an array of
// PanelBlock<kQuantForms[type]>, not interleaved. Types of 256 elements a block: both are multiples
// of 8.
using PanelUnpack = void (*)(const PanelRows& rows, size_t first, size_t count, void* out);

// One for each weight type, in neon/unpack.cpp.
extern const PanelUnpack kPanelUnpack[kQuantCount];

} // namespace attest::engine::neon
