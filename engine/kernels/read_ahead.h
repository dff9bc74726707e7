// Fetching the weights that come next while the present ones are multiplied. Internal to the sets
// for x86; only for files compiled for an instruction set.
#pragma once

#include <immintrin.h>
#include <stddef.h>

namespace attest::engine {

namespace {

// Lines of one stretch of memory, a few with each block of the present weights. All at once they
// would be more than the processor keeps on their way, and the loads behind them would wait.
// Nanoseconds for 16 rows by 32 columns with eight tokens, one thread of a Zen 5: Q8_0 39 at once
// before each piece of eight blocks, 29 a few at a time; Q6_K 42 and 28.
// To the second cache: the first one waits for few lines at a time, and what comes from memory
// would keep it from the activations. ms for 1B with eight tokens, two threads of a Zen 4, to the
// first and to the second: Q8_0 61 to 75 and 43 to 45, Q4_0 38 and 34.
class ReadAhead {
public:
    ReadAhead() = default; // nothing

    ReadAhead(const unsigned char* from, size_t lines) : next_(from), lines_(lines) {}

    inline __attribute__((always_inline)) void fetch() {
        for (size_t i = 0; i < lines_; ++i) {
            _mm_prefetch(next_, _MM_HINT_T1);
            next_ += 64;
        }
    }

    // Of weights in panels, which are one stretch: as many lines with each of the `pieces` that
    // `bytes` at `data` are used in. How far ahead, nanoseconds as above, from memory: Q8_0 34 at
    // 1,536 bytes, 26 at 4,096, 24 at 12,288, 48 without; Q4_0 23, 20, 20, 37; Q4_K 32, 30, 28, 46.
    static ReadAhead ofPage(const unsigned char* data, size_t bytes, size_t pieces) {
        return {data + 8192, (bytes + 64 * pieces - 1) / (64 * pieces)};
    }

private:
    const unsigned char* next_ = nullptr;
    size_t lines_ = 0;
};

} // namespace

} // namespace attest::engine
