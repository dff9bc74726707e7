// Attention with NEON. Lanes are positions while scores are computed and elements of the head while
// values are mixed, so every query's sums run over elements (or positions) in order, whatever
// shares the tile with it.
#include "engine/kernels/attention_blocks.h"
#include "engine/kernels/neon.h"
#include "engine/kernels/neon_math.h"

#include <arm_neon.h>

namespace attest::engine::neon {

namespace {

constexpr size_t kLanes = 4;
constexpr size_t kWidth = kKeyGroup / kLanes; // registers of sixteen positions or elements

// Eight numbers of the cache as f32.
void widen8(float* to, const uint16_t* from) {
    const float16x8_t x = vreinterpretq_f16_u16(vld1q_u16(from));
    vst1q_f32(to, vcvt_f32_f16(vget_low_f16(x)));
    vst1q_f32(to + kLanes, vcvt_high_f32_f16(x));
}

void widen8(float* to, const int8_t* from, float32x4_t lowScale, float32x4_t highScale) {
    const int16x8_t x = vmovl_s8(vld1_s8(from));
    vst1q_f32(to, vmulq_f32(lowScale, vcvtq_f32_s32(vmovl_s16(vget_low_s16(x)))));
    vst1q_f32(to + kLanes, vmulq_f32(highScale, vcvtq_f32_s32(vmovl_high_s16(x))));
}

template <size_t N>
void setZero(float32x4_t (&acc)[N][kWidth]) {
#pragma GCC unroll 4
    for (size_t n = 0; n < N; ++n) {
#pragma GCC unroll 4
        for (size_t c = 0; c < kWidth; ++c) {
            acc[n][c] = vdupq_n_f32(0);
        }
    }
}

// Scores of groups of 16 positions for N queries; one lane per position.
template <size_t N>
void scoreRange(
    const float* q, size_t headSize, const float* keys, BlockRange range, float* scores) {
    for (size_t position = range.begin; position < range.end; position += kKeyGroup) {
        float32x4_t acc[N][kWidth];
        setZero(acc);
        for (size_t i = 0; i < headSize; ++i) {
            const float* sixteen = keys + position * headSize + i * kKeyGroup;
#pragma GCC unroll 4
            for (size_t c = 0; c < kWidth; ++c) {
                const float32x4_t k = vld1q_f32(sixteen + c * kLanes);
#pragma GCC unroll 4
                for (size_t n = 0; n < N; ++n) {
                    acc[n][c] = vfmaq_n_f32(acc[n][c], k, q[n * headSize + i]);
                }
            }
        }
#pragma GCC unroll 4
        for (size_t n = 0; n < N; ++n) {
#pragma GCC unroll 4
            for (size_t c = 0; c < kWidth; ++c) {
                vst1q_f32(scores + n * kKeyBlock + position + c * kLanes, acc[n][c]);
            }
        }
    }
}

// The weighted sum of values, 16 elements at a time.
template <size_t N>
void mixRange(
    const float* p, const float* values, size_t valueStride, BlockRange range, float* states) {
    for (size_t first = 0; first < valueStride; first += kWidth * kLanes) {
        float32x4_t acc[N][kWidth];
        setZero(acc);
        for (size_t j = range.begin; j < range.end; ++j) {
            const float* sixteen = values + j * valueStride + first;
#pragma GCC unroll 4
            for (size_t c = 0; c < kWidth; ++c) {
                const float32x4_t v = vld1q_f32(sixteen + c * kLanes);
#pragma GCC unroll 4
                for (size_t n = 0; n < N; ++n) {
                    acc[n][c] = vfmaq_n_f32(acc[n][c], v, p[n * kKeyBlock + j]);
                }
            }
        }
#pragma GCC unroll 4
        for (size_t n = 0; n < N; ++n) {
            float* state = states + n * (valueStride + kAttentionStateTail) + first;
#pragma GCC unroll 4
            for (size_t c = 0; c < kWidth; ++c) {
                vst1q_f32(state + c * kLanes, acc[n][c]);
            }
        }
    }
}

// softcap · tanh(x), x = score / softcap, from y = e^2x.
float32x4_t cap4(float32x4_t x, float softcap) {
    // Beyond, tanh is ±1 in f32.
    x = vminq_f32(vdupq_n_f32(14.0F), vmaxq_f32(vdupq_n_f32(-14.0F), x));
    const float32x4_t one = vdupq_n_f32(1.0F);
    const float32x4_t y = exp4(vaddq_f32(x, x));
    return vmulq_n_f32(vdivq_f32(vsubq_f32(y, one), vaddq_f32(y, one)), softcap);
}

// Calls function.operator()<count>() with a count of 1…4.
template <typename Function>
void withCount(size_t count, const Function& function) {
    switch (count) {
    case 1:
        return function.template operator()<1>();
    case 2:
        return function.template operator()<2>();
    case 3:
        return function.template operator()<3>();
    default:
        return function.template operator()<4>();
    }
}

struct NeonSet {
    static constexpr size_t kRows = 4;

    // Queries are multiplied by this.
    static float factor(const AttentionTile& tile) {
        return tile.softcap == 0 ? tile.scale : tile.scale / tile.softcap;
    }

    static void packQuery(float* out, const float* q, size_t headSize, float factor) {
        for (size_t i = 0; i < headSize; ++i) {
            out[i] = q[i] * factor;
        }
    }

    static const float* keys(const KeyValues& kv, size_t block, BlockRange range, float* scratch) {
        const size_t size = kv.headSize;
        const size_t first = block * kKeyBlock * size;
        if (kv.type == KvType::F32) {
            return static_cast<const float*>(kv.keys) + first;
        }
        if (kv.type == KvType::F16) {
            const uint16_t* from = static_cast<const uint16_t*>(kv.keys) + first;
            for (size_t i = range.begin * size; i < range.end * size; i += 8) {
                widen8(scratch + i, from + i);
            }
            return scratch;
        }
        const int8_t* from = static_cast<const int8_t*>(kv.keys) + first;
        const size_t scaleBlocks = (size + kKvScaleBlock - 1) / kKvScaleBlock;
        const float* scales = kv.keyScales + block * kKeyBlock * scaleBlocks;
        for (size_t group = range.begin / kKeyGroup; group < range.end / kKeyGroup; ++group) {
            for (size_t i = 0; i < size; ++i) {
                const float* scale = scales + (group * scaleBlocks + i / kKvScaleBlock) * kKeyGroup;
                const size_t at = (group * size + i) * kKeyGroup;
                for (size_t lane = 0; lane < kKeyGroup; lane += 8) {
                    widen8(scratch + at + lane,
                           from + at + lane,
                           vld1q_f32(scale + lane),
                           vld1q_f32(scale + lane + kLanes));
                }
            }
        }
        return scratch;
    }

    static const float*
    values(const KeyValues& kv, size_t block, BlockRange range, float* scratch) {
        const size_t stride = kv.valueStride;
        const size_t first = block * kKeyBlock * stride;
        if (kv.type == KvType::F32) {
            return static_cast<const float*>(kv.values) + first;
        }
        if (kv.type == KvType::F16) {
            const uint16_t* from = static_cast<const uint16_t*>(kv.values) + first;
            for (size_t i = range.begin * stride; i < range.end * stride; i += 8) {
                widen8(scratch + i, from + i);
            }
            return scratch;
        }
        const int8_t* from = static_cast<const int8_t*>(kv.values) + first;
        const size_t scaleBlocks = (kv.headSize + kKvScaleBlock - 1) / kKvScaleBlock;
        const float* scales = kv.valueScales + block * kKeyBlock * scaleBlocks;
        for (size_t j = range.begin; j < range.end; ++j) {
            for (size_t i = 0; i < stride; i += 8) {
                const float32x4_t scale = vdupq_n_f32(scales[j * scaleBlocks + i / kKvScaleBlock]);
                widen8(scratch + j * stride + i, from + j * stride + i, scale, scale);
            }
        }
        return scratch;
    }

    static void scores(size_t count,
                       const float* q,
                       size_t headSize,
                       const float* keys,
                       BlockRange range,
                       float* scores) {
        withCount(count, [&]<size_t N>() { scoreRange<N>(q, headSize, keys, range, scores); });
    }

    // Replaces scores by exp(score − largest), zero where nothing is visible.
    static void
    softmax(float* scores, BlockRange range, BlockRange visible, float softcap, float* tail) {
        for (size_t i = 0; i < kAttentionStateTail; ++i) {
            tail[i] = 0;
        }
        if (visible.begin >= visible.end) {
            for (size_t j = range.begin; j < range.end; ++j) {
                scores[j] = 0;
            }
            return;
        }
        for (size_t j = range.begin; softcap != 0 && j < range.end; j += kLanes) {
            vst1q_f32(scores + j, cap4(vld1q_f32(scores + j), softcap));
        }
        // −∞ takes part in neither the maximum nor the sum.
        for (size_t j = range.begin; j < range.end; ++j) {
            if (j < visible.begin || j >= visible.end) {
                scores[j] = -__builtin_inff();
            }
        }
        float32x4_t largest = vdupq_n_f32(-__builtin_inff());
        for (size_t j = range.begin; j < range.end; j += kLanes) {
            largest = vmaxq_f32(largest, vld1q_f32(scores + j));
        }
        const float top = vmaxvq_f32(largest);
        float32x4_t sum = vdupq_n_f32(0);
        for (size_t j = range.begin; j < range.end; j += kLanes) {
            const float32x4_t p = exp4(vsubq_f32(vld1q_f32(scores + j), vdupq_n_f32(top)));
            vst1q_f32(scores + j, p);
            sum = vaddq_f32(sum, p);
        }
        tail[0] = top;
        tail[1] = vaddvq_f32(sum);
    }

    static void mix(size_t count,
                    const float* p,
                    const float* values,
                    size_t valueStride,
                    BlockRange range,
                    float* states) {
        withCount(count, [&]<size_t N>() { mixRange<N>(p, values, valueStride, range, states); });
    }

    static void merge(float* into, const float* from, size_t valueStride) {
        mergeAttention(into, from, valueStride);
    }
};

} // namespace

void attend(const AttentionTile& tile) {
    attendInBlocks<NeonSet>(tile);
}

void mergeAttention(float* into, const float* from, size_t valueStride) {
    const size_t width = valueStride + kAttentionStateTail;
    if (from[valueStride + 1] == 0) {
        return;
    }
    if (into[valueStride + 1] == 0) {
        for (size_t i = 0; i < width; i += kLanes) {
            vst1q_f32(into + i, vld1q_f32(from + i));
        }
        return;
    }
    const float a = into[valueStride];
    const float b = from[valueStride];
    const float top = a < b ? b : a;
    const float32x4_t keep = exp4(vdupq_n_f32(a - top));
    const float32x4_t add = exp4(vdupq_n_f32(b - top));
    // The sum of the weights is in the second element of the tail, which is merged as the others.
    for (size_t i = 0; i < width; i += kLanes) {
        const float32x4_t scaled = vmulq_f32(vld1q_f32(into + i), keep);
        vst1q_f32(into + i, vfmaq_f32(scaled, vld1q_f32(from + i), add));
    }
    into[valueStride] = top;
}

} // namespace attest::engine::neon
