// Panels: rows of quantized weights that lie side by side in memory, as products read them.
//
// In a file each row is one stretch, and a product that works on many rows at once first has to
// transpose what it reads. In a panel the first blocks of all its rows stand together, then their
// second blocks, and so on. Of the blocks of a place come first the two odd bytes of each row (its
// scale, in types whose blocks are not whole words of 32 bits), then word 0 of each row, word 1 of
// each row, …: one register then has the same four bytes of every row.
//
// Three types take another form on the way. Their bytes take longer to take apart than to read, or
// are of an odd number; the form has the same integers and scales, so products are the same bytes,
// in a tenth to a quarter more memory.
//
// As kernels.h, for the files of instruction sets: no inline functions, no member initialisers.
#pragma once

#include "engine/kernels/kernels.h"

#include <stddef.h>

namespace attest::engine {

// What panels of a type of files hold.
constexpr QuantIndex kPanelForms[kFileQuantCount] = {
    kQuantQ8_0,   kQuantQ4_0,   kQuantQ4_1,      kQuantQ5_0, kQuantQ5_1,
    kQuantQ2_K,   kQuantQ3_K,   kQuantQ4_K,      kQuantQ5_K, kQuantQ6_K,
    kQuantIQ4_NL, kQuantIQ4_XS, kQuantIQ3_SWide,
    kQuantTQ2_0, // of TQ1_0
    kQuantTQ2_0,  kQuantI2_S,   kQuantMXFP4Wide, kQuantQ1_0, kQuantQ2_0,
};

struct PanelLayout {
    size_t blockBytes; // of a row; 0: no panel holds the type as it is
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
    {0, false},   // IQ3_S
    {0, false},   // TQ1_0
    {66, false},  // TQ2_0
    {32, false},  // I2_S
    {0, false},   // MXFP4
    {18, true},   // Q1_0
    {18, true},   // Q2_0
    {136, false}, // IQ3_SWide
    {18, true},   // MXFP4Wide
};

// Bytes that a row of `rowBytes` takes in a panel.
size_t panelRowBytes(QuantIndex type, size_t rowBytes);

// Makes a panel of `panelRows` rows of a file that stand one after the other, each `rowBytes` long;
// `panel` has room for as many of panelRowBytes().
// REQUIRES: the buffers do not overlap.
void arrangePanel(QuantIndex type,
                  size_t panelRows,
                  size_t rowBytes,
                  const unsigned char* rows,
                  unsigned char* panel);

// One row of a panel that holds `form`, as a file of such rows would have it.
void copyPanelRow(QuantIndex form,
                  size_t panelRows,
                  size_t panelRowBytes,
                  const unsigned char* panel,
                  size_t row,
                  unsigned char* out);

} // namespace attest::engine
