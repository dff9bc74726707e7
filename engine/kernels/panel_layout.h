// Panels: rows of quantized weights that lie side by side in memory, as products read them.
//
// In a file each row is one stretch, and a product that works on many rows at once first has to
// transpose what it reads. In a panel the first blocks of all its rows stand together, then their
// second blocks, and so on. Of the blocks of a place come first the two odd bytes of each row (its
// scale, in types whose blocks are not whole words of 32 bits), then word 0 of each row, word 1 of
// each row, …: one register then has the same four bytes of every row. A panel has as many bytes as
// its rows.
//
// As kernels.h, for the files of instruction sets: no inline functions, no member initialisers.
#pragma once

#include "engine/kernels/kernels.h"

#include <stddef.h>

namespace attest::engine {

struct PanelLayout {
    size_t blockBytes; // of the file; 0: an odd number, so there are no panels of the type
    bool halfIsFirst;  // where the two odd bytes stand in a block, if it has any: first, else last
};

constexpr PanelLayout kPanelLayouts[kQuantCount] = {
    {34, true},   // Q8_0
    {18, true},   // Q4_0
    {20, false},  // Q4_1
    {22, true},   // Q5_0
    {24, false},  // Q5_1
    {84, false},  // Q2_K
    {110, false}, // Q3_K
    {144, false}, // Q4_K
    {176, false}, // Q5_K
    {210, false}, // Q6_K
    {18, true},   // IQ4_NL
    {136, false}, // IQ4_XS
    {110, true},  // IQ3_S
    {54, false},  // TQ1_0
    {66, false},  // TQ2_0
    {32, false},  // I2_S
    {0, false},   // MXFP4
    {18, true},   // Q1_0
    {18, true},   // Q2_0
};

// Makes a panel of `panelRows` rows that stand one after the other.
// REQUIRES: the type has panels; the buffers do not overlap.
void arrangePanel(QuantIndex type,
                  size_t panelRows,
                  size_t rowBytes,
                  const unsigned char* rows,
                  unsigned char* panel);

// One row of a panel, as it stands in a file.
void copyPanelRow(QuantIndex type,
                  size_t panelRows,
                  size_t rowBytes,
                  const unsigned char* panel,
                  size_t row,
                  unsigned char* out);

} // namespace attest::engine
