// Attention with AVX-512, sixteen lanes. Scores are in units of log2 e, as 2^x is what the
// processor helps with.
#include "engine/kernels/avx512/attention.h"

#include "engine/kernels/avx512/avx512.h"
#include "engine/kernels/avx512/lanes.h"
#include "engine/kernels/lanes/attention.h"
#include "engine/kernels/lanes/store.h"

#include <immintrin.h>

namespace attest::engine::avx512 {

namespace {

struct Avx512Set : LaneAttention<Avx512Lanes> {
    static float factor(const AttentionTile& tile) { return queryFactor(tile); }

    // Looks at groups with a visible position only, and hides the others in them by a mask.
    static void
    softmax(float* scores, BlockRange range, BlockRange visible, float softcap, float* tail) {
        const bool isVisible = visible.begin < visible.end;
        const size_t first = (isVisible ? visible.begin : range.end) / kKeyGroup;
        const size_t end = isVisible ? (visible.end + kKeyGroup - 1) / kKeyGroup : first;
        for (size_t g = range.begin / kKeyGroup; g < range.end / kKeyGroup; ++g) {
            if (g < first || g >= end) {
                _mm512_store_ps(scores + g * kKeyGroup, _mm512_setzero_ps());
            }
        }
        tail[1] = 0;
        if (!isVisible) {
            return;
        }
        prepareScores(scores, first, end, visible, softcap);
        const float largest = largestScore(scores, first, end);
        const __m512 top = _mm512_set1_ps(largest);
        __m512 sum = _mm512_setzero_ps();
        for (size_t g = first; g < end; ++g) {
            float* place = scores + g * kKeyGroup;
            const __m512 p = power16(_mm512_sub_ps(_mm512_load_ps(place), top));
            _mm512_store_ps(place, p);
            sum = _mm512_add_ps(sum, p);
        }
        _mm512_storeu_ps(tail, _mm512_setzero_ps());
        tail[0] = largest;
        tail[1] = _mm512_reduce_add_ps(sum);
    }
};

} // namespace

void attend(const AttentionTile& tile) {
    attendInBlocks<Avx512Set>(tile);
}

void mergeAttention(float* into, const float* from, size_t valueStride) {
    Avx512Set::merge(into, from, valueStride);
}

void finishAttention(float* out, const float* state, size_t headSize, size_t valueStride) {
    Avx512Set::finish(out, state, headSize, valueStride);
}

void storeKeyValues(const KeyValueStore& job) {
    LaneStore<Avx512Lanes>::storeKeyValues(job);
}

} // namespace attest::engine::avx512
