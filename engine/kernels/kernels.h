// The table of kernels: one set of functions per instruction set, chosen once per session.
//
// reference.cpp is the meaning of every entry; the others are optimisations of it. The files for
// instruction sets are compiled with their own flags, so this header includes nothing with inline
// functions and its structs have no member initialisers, which would be such functions too.
//
// Letters: x activations, y results, w weights, q k v the parts of attention.
#pragma once

#include "engine/kernels/attention_tile.h"

#include <stddef.h>
#include <stdint.h>

namespace attest::engine {

// 32 activations as signed 8-bit numbers: x[i] ≈ d · q[i]. What the dot products need beside them
// is precomputed, as each block is used once per row of weights.
struct alignas(64) ActivationBlock {
    float d;                // largest magnitude / 127; NaN when an activation is not finite
    float dSum;             // d · (sum of q)
    int32_t halfSums[2];    // sums of q[0…15] and q[16…31]
    int32_t biasedSum;      // −128 · (sum of q)
    int32_t biasedHalfs[2]; // −128 · halfSums
    int8_t q[32];
};

constexpr size_t kActivationBlock = 32; // elements

// The quantized weight types of files, and forms that only panels have (see kPanelForms).
enum QuantIndex {
    kQuantQ8_0,
    kQuantQ4_0,
    kQuantQ4_1,
    kQuantQ5_0,
    kQuantQ5_1,
    kQuantQ2_K,
    kQuantQ3_K,
    kQuantQ4_K,
    kQuantQ5_K,
    kQuantQ6_K,
    kQuantIQ4_NL,
    kQuantIQ4_XS,
    kQuantIQ3_S,
    kQuantTQ1_0,
    kQuantTQ2_0,
    kQuantI2_S,
    kQuantMXFP4,
    kQuantQ1_0,
    kQuantQ2_0,
    kQuantIQ3_SWide,
    kQuantMXFP4Wide,
    kQuantCount
};

constexpr size_t kFileQuantCount = kQuantIQ3_SWide; // of the types of files, which come first

// What a type has for the 32 elements of a block (WeightBlock in unpack.h): one scale or one for
// each half, and minima or none.
struct QuantForm {
    bool hasHalves;
    bool hasMinima;
};

constexpr QuantForm kQuantForms[kQuantCount] = {
    {false, false}, // Q8_0
    {false, false}, // Q4_0
    {false, true},  // Q4_1
    {false, false}, // Q5_0
    {false, true},  // Q5_1
    {true, true},   // Q2_K
    {true, false},  // Q3_K
    {false, true},  // Q4_K
    {false, true},  // Q5_K
    {true, false},  // Q6_K
    {false, false}, // IQ4_NL
    {false, false}, // IQ4_XS
    {false, false}, // IQ3_S
    {false, false}, // TQ1_0
    {false, false}, // TQ2_0
    {false, false}, // I2_S
    {false, false}, // MXFP4
    {false, false}, // Q1_0
    {false, false}, // Q2_0
    {false, false}, // IQ3_SWide
    {false, false}, // MXFP4Wide
};

// y[t][r] = outputScale · (w[r] · x[t]) for quantized weights. Per output, the blocks of 32 are
// added in order, starting from zero:
//
//   acc = fma(s · d, float(integer dot), acc)
//   acc = fma(−m, dSum, acc)                    where the type has minima
//
// with the weights' scale s and minimum m. Types with halves do so for one half after the other,
// each with its own scale, minimum, integer dot and d · (sum of q of the half) for dSum.
// All sets keep this order for every number of tokens, so results are the same bytes throughout.
// Shapes: w (rows, blocks · 32) in the file's layout or in panels, x (tokens, xStride blocks) of
// which the first `blocks` of each token are used, y (tokens, rows) f32 with yStride elements from
// token to token.
struct QuantMultiply {
    QuantIndex type; // in panels: the form
    const unsigned char* w;
    bool isInPanels; // of the set's panelRows, see panels/layout.h; then `rows` are whole panels
    size_t rowBytes;
    size_t rows;
    size_t blocks;
    const ActivationBlock* x;
    size_t xStride; // best odd, so that the tokens' blocks do not fall on the same lines of a cache
    size_t tokens;
    float* y;
    size_t yStride;
    float outputScale;
    unsigned char* scratch; // kScratchBytes, 64-byte aligned
};

enum FloatType { kFloat32, kFloat16, kBfloat16 };

// y[t][r] = outputScale · (w[r] · x[t]) for weights that are floats. Per output, the columns are
// added in blocks of 32 (the last may be shorter), each starting from zero, and the blocks in
// order:
//
//   part = fma(w, x, part) for each column of the block; acc = acc + part
//
// so that results are the same bytes in every set, for every number of tokens. Shapes: as
// QuantMultiply, with x (tokens, xStride) f32; w of f32 is aligned to 4 bytes.
struct FloatMultiply {
    FloatType type;
    const unsigned char* w;
    size_t rowBytes;
    size_t rows;
    size_t columns;
    const float* x;
    size_t xStride;
    size_t tokens;
    float* y;
    size_t yStride;
    float outputScale;
    unsigned char* scratch; // kScratchBytes, 64-byte aligned
};

// Room for the weights that a set unpacks at a time, whatever the shape of the product.
constexpr size_t kScratchBytes = 512 * 1024;

struct KernelTable {
    // Rows of the panels that multiply() takes; 0: it takes none.
    size_t panelRows;

    // As rmsNorm() in rmsnorm.h.
    void (*rmsNorm)(float* out, const float* x, const float* weight, size_t n, float eps);

    // q = round to nearest even of x / d. When an activation of the block is not finite, d is NaN
    // and q zero, so that NaN comes out of every product. The same bytes in every set.
    void (*quantize)(ActivationBlock* out, const float* x, size_t blocks);

    // gate[i] = gate[i] / (1 + exp(−gate[i])) · up[i]. Accuracy: 4 ulp in f32.
    void (*siluMultiply)(float* gate, const float* up, size_t n);

    // gate[i] = gelu(gate[i]) · up[i], with gelu(z) = z / 2 · (1 + tanh(√(2/π) · (z + 0.044715
    // z³))). Source: Hendrycks & Gimpel 2016, section 2. Accuracy: 4e-7 · |gate · up|.
    void (*geluMultiply)(float* gate, const float* up, size_t n);

    // gate[i] = max(0, gate[i])² · up[i]. The same bytes in every set; NaN stays NaN.
    void (*reluSquaredMultiply)(float* gate, const float* up, size_t n);

    // x[i] = cap · tanh(x[i] / cap). Accuracy: 4e-7 · cap. REQUIRES: cap > 0.
    void (*softcap)(float* x, size_t n, float cap);

    // Rotates (x[2p], x[2p+1]), or (x[p], x[p + pairs]), by the angles whose cosines and sines are
    // given. The same bytes in every set.
    void (*rotateNeighbours)(float* x, const float* cosines, const float* sines, size_t pairs);
    void (*rotateHalves)(float* x, const float* cosines, const float* sines, size_t pairs);

    // x[i] = x[i] + y[i]. The same bytes in every set.
    void (*add)(float* x, const float* y, size_t n);

    // See attention_tile.h. Accuracy of attend: relative to the largest |v|, 1e-5 up to 4096
    // positions; with AMX and types other than F32 5e-5. storeKeyValues leaves the same bytes in
    // every set.
    void (*storeKeyValues)(const KeyValueStore& job);
    void (*attend)(const AttentionTile& tile);
    // Adds the positions of `from` to `into`. Merging with a state of no positions is exact.
    void (*mergeAttention)(float* into, const float* from, size_t valueStride);
    // out[i] = Σ_j p_j v_j / Σ_j p_j of a state, headSize of them. A zero has no sign: which one a
    // sum of nothing but zeros has can depend on how many positions that are not visible took part.
    void (*finishAttention)(float* out, const float* state, size_t headSize, size_t valueStride);

    void (*multiply)(const QuantMultiply& job);

    void (*multiplyFloat)(const FloatMultiply& job);

    // Exact conversions to f32.
    void (*widenF16)(float* out, const unsigned char* in, size_t n);
    void (*widenBf16)(float* out, const unsigned char* in, size_t n);
};

extern const KernelTable kReferenceKernels;
#if defined(__x86_64__)
extern const KernelTable kAvx2Kernels;
extern const KernelTable kAvxVnniKernels;
extern const KernelTable kAvx512Kernels;
extern const KernelTable kAmxKernels;
#elif defined(__aarch64__)
extern const KernelTable kNeonKernels;
extern const KernelTable kNeonDotKernels;
#endif

} // namespace attest::engine
