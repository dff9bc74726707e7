// Attention with registers of f32 lanes, whatever their number. Lanes are positions while scores
// are computed and elements of the head while values are mixed, so every query's sums run over
// elements (or positions) in order, whatever shares the tile with it. Only for files of an
// instruction set, which is why all of it has internal linkage.
#pragma once

#include "engine/kernels/attention_blocks.h"

namespace attest::engine {

namespace {

// A set for attendInBlocks(). `Lanes` has
//   Vector, kLanes  a register, and how many numbers it holds: 4, 8 or 16
//   kRows           queries that are answered together, at most 8
//   scoreVectors(n) registers of positions that n queries are multiplied by at a time, and
//   mixVectors(n)   of elements: as many sums as hide how long one takes and leave registers for
//                   what they are made of; whole groups of sixteen numbers
//   load, store, broadcast, multiply, fma(a, b, c) = a · b + c
//   widen(from)     kLanes numbers of f32, f16 or i8 as f32
//   scoreExp(x)     e^x, or 2^x of a set whose factor() makes scores units of log2 e
// and for softmax(), unless the set has its own: add, subtract, divide, smaller and larger, of
// which a NaN in second place comes out, and largest and sum across the lanes.
template <typename Lanes>
struct LaneAttention {
    using Vector = typename Lanes::Vector;

    static constexpr size_t kLanes = Lanes::kLanes;
    static constexpr size_t kRows = Lanes::kRows;
    static constexpr size_t kPerGroup = kKeyGroup / kLanes; // registers of sixteen numbers

    // For up to so many queries keys and values are widened each time that they are read. For more
    // they are widened once, into scratch: that pays late, as the units that widen have little else
    // to do. ms for four and eight tokens, 16 and 32 queries, behind 4,096 positions of a 1B model,
    // two threads of a Zen 5: F16 7.4 and 12.5 from scratch, 6.2 and 11.7 as they lie; Q8_0 7.3 and
    // 12.6, 6.2 and 12.1.
    static constexpr size_t kReadAsStored = 4 * kRows;

    // Keys in f32, f16 or i8 without scales, from the first of a group on.
    template <typename T>
    struct Keys {
        const T* data;
        size_t headSize;

        // From the group of `position` on.
        ATTEST_INLINE Keys from(size_t position) const {
            return {data + keyPlace(position, 0, headSize), headSize};
        }

        // Element i of the positions in register `c`.
        ATTEST_INLINE Vector at(size_t c, size_t i) const {
            return Lanes::widen(data + keyPlace(c * kLanes, i, headSize));
        }
    };

    // Values in f32, f16 or i8 without scales, from a position on.
    template <typename T>
    struct Values {
        const T* data;
        size_t stride;

        ATTEST_INLINE Values from(size_t position) const {
            return {data + position * stride, stride};
        }

        // Elements from i on of the first position.
        ATTEST_INLINE Vector at(size_t i) const { return Lanes::widen(data + i); }
    };

    // The same in Q8_0: with scales.
    struct ScaledKeys {
        Keys<int8_t> codes;
        const float* scales;
        size_t scaleBlocks;

        ATTEST_INLINE ScaledKeys from(size_t position) const {
            return {codes.from(position), scales + keyPlace(position, 0, scaleBlocks), scaleBlocks};
        }

        ATTEST_INLINE Vector at(size_t c, size_t i) const {
            const float* scale = scales + keyPlace(c * kLanes, i / kKvScaleBlock, scaleBlocks);
            return Lanes::multiply(Lanes::load(scale), codes.at(c, i));
        }
    };

    struct ScaledValues {
        Values<int8_t> codes;
        const float* scales;
        size_t scaleBlocks;

        ATTEST_INLINE ScaledValues from(size_t position) const {
            return {codes.from(position), scales + position * scaleBlocks, scaleBlocks};
        }

        ATTEST_INLINE Vector at(size_t i) const {
            return Lanes::multiply(Lanes::broadcast(scales[i / kKvScaleBlock]), codes.at(i));
        }
    };

    // Where element i of a position is, of `size` elements a position.
    static ATTEST_INLINE size_t keyPlace(size_t position, size_t i, size_t size) {
        return (position / kKeyGroup * size + i) * kKeyGroup + position % kKeyGroup;
    }

    // Calls use(keys, values, isStored) with a block: as it lies in the cache, or `any` of it
    // widened into scratch.
    template <typename Use>
    static void withBlock(const AttentionTile& tile,
                          const AttentionScratch& scratch,
                          size_t block,
                          BlockRange any,
                          const Use& use) {
        const KeyValues& kv = tile.kv;
        withStored(kv, block, [&](const auto& keys, const auto& values) {
            if (kv.type == KvType::F32 || tile.count <= kReadAsStored) {
                use(keys, values, true);
                return;
            }
            for (size_t j = any.begin; j < any.end; j += kKeyGroup) {
                const auto group = keys.from(j);
                float* to = scratch.keys + j * kv.headSize;
                for (size_t i = 0; i < kv.headSize; ++i) {
                    for (size_t c = 0; c < kPerGroup; ++c) {
                        Lanes::store(to + i * kKeyGroup + c * kLanes, group.at(c, i));
                    }
                }
            }
            for (size_t j = any.begin; j < any.end; ++j) {
                const auto row = values.from(j);
                for (size_t i = 0; i < kv.valueStride; i += kLanes) {
                    Lanes::store(scratch.values + j * kv.valueStride + i, row.at(i));
                }
            }
            use(Keys<float>{scratch.keys, kv.headSize},
                Values<float>{scratch.values, kv.valueStride},
                false);
        });
    }

    // Queries are multiplied by this.
    static float factor(const AttentionTile& tile) {
        return tile.softcap == 0 ? tile.scale : tile.scale / tile.softcap;
    }

    static void packQuery(float* out, const float* q, size_t headSize, float factor) {
        for (size_t i = 0; i < headSize; ++i) {
            out[i] = q[i] * factor;
        }
    }

    template <typename BlockKeys>
    static void scores(size_t count,
                       const float* q,
                       size_t headSize,
                       const BlockKeys& keys,
                       BlockRange range,
                       Upcoming ahead,
                       float* scores) {
        withCount<1>(count, [&]<size_t N>() {
            constexpr size_t kMost = Lanes::scoreVectors(N);
            size_t first = range.begin;
            first = scoreFrom<N, kMost>(q, headSize, keys, {first, range.end}, ahead, scores);
            if constexpr (kMost > 2 * kPerGroup) {
                first = scoreFrom<N, 2 * kPerGroup>(
                    q, headSize, keys, {first, range.end}, ahead, scores);
            }
            if constexpr (kMost > kPerGroup) {
                scoreFrom<N, kPerGroup>(q, headSize, keys, {first, range.end}, ahead, scores);
            }
        });
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
            Lanes::store(scores + j, capped(Lanes::load(scores + j), softcap));
        }
        // −∞ takes part in neither the maximum nor the sum.
        for (size_t j = range.begin; j < visible.begin; ++j) {
            scores[j] = -__builtin_inff();
        }
        for (size_t j = visible.end; j < range.end; ++j) {
            scores[j] = -__builtin_inff();
        }
        Vector largest = Lanes::broadcast(-__builtin_inff());
        for (size_t j = range.begin; j < range.end; j += kLanes) {
            largest = Lanes::larger(largest, Lanes::load(scores + j));
        }
        const float top = Lanes::largest(largest);
        Vector sum = Lanes::broadcast(0);
        for (size_t j = range.begin; j < range.end; j += kLanes) {
            const Vector p =
                Lanes::scoreExp(Lanes::subtract(Lanes::load(scores + j), Lanes::broadcast(top)));
            Lanes::store(scores + j, p);
            sum = Lanes::add(sum, p);
        }
        tail[0] = top;
        tail[1] = Lanes::sum(sum);
    }

    template <typename BlockValues>
    static void mix(size_t count,
                    const float* p,
                    const BlockValues& values,
                    size_t valueStride,
                    BlockRange range,
                    Upcoming ahead,
                    float* states) {
        withCount<1>(count, [&]<size_t N>() {
            constexpr size_t kMost = Lanes::mixVectors(N);
            size_t first = mixFrom<N, kMost>(p, values, valueStride, range, 0, ahead, states);
            if constexpr (kMost > kPerGroup) {
                mixFrom<N, kPerGroup>(p, values, valueStride, range, first, ahead, states);
            }
        });
    }

    // As mergeAttention() of kernels.h.
    static void merge(float* into, const float* from, size_t valueStride) {
        const size_t width = valueStride + kAttentionStateTail;
        if (from[valueStride + 1] == 0) {
            return;
        }
        if (into[valueStride + 1] == 0) {
            for (size_t i = 0; i < width; i += kLanes) {
                Lanes::store(into + i, Lanes::load(from + i));
            }
            return;
        }
        const float a = into[valueStride];
        const float b = from[valueStride];
        const float top = a < b ? b : a;
        const Vector keep = Lanes::scoreExp(Lanes::broadcast(a - top));
        const Vector more = Lanes::scoreExp(Lanes::broadcast(b - top));
        // The sum of the weights is in the second element of the tail, which is merged as the
        // others.
        for (size_t i = 0; i < width; i += kLanes) {
            const Vector scaled = Lanes::multiply(Lanes::load(into + i), keep);
            Lanes::store(into + i, Lanes::fma(Lanes::load(from + i), more, scaled));
        }
        into[valueStride] = top;
    }

    // As finishAttention() of kernels.h.
    static void finish(float* out, const float* state, size_t headSize, size_t valueStride) {
        const Vector inverse = Lanes::broadcast(1 / state[valueStride + 1]);
        const Vector zero = Lanes::broadcast(0);
        for (size_t i = 0; i < headSize; i += kLanes) {
            const Vector mixed = Lanes::multiply(Lanes::load(state + i), inverse);
            Lanes::store(out + i, headSize - i, Lanes::add(mixed, zero));
        }
    }

private:
    // Calls function.operator()<count>() with a count of 1…kRows.
    template <size_t N, typename Function>
    static void withCount(size_t count, const Function& function) {
        if constexpr (N < kRows) {
            if (count != N) {
                return withCount<N + 1>(count, function);
            }
        }
        function.template operator()<N>();
    }

    // Calls use(keys, values) with a block as it lies in the cache.
    template <typename Use>
    static void withStored(const KeyValues& kv, size_t block, const Use& use) {
        const size_t firstKey = block * kKeyBlock * kv.headSize;
        const size_t firstValue = block * kKeyBlock * kv.valueStride;
        const auto plain = [&]<typename T>() {
            use(Keys<T>{static_cast<const T*>(kv.keys) + firstKey, kv.headSize},
                Values<T>{static_cast<const T*>(kv.values) + firstValue, kv.valueStride});
        };
        switch (kv.type) {
        case KvType::F32:
            return plain.template operator()<float>();
        case KvType::F16:
            return plain.template operator()<uint16_t>();
        case KvType::Q8_0:
            const size_t scaleBlocks = (kv.headSize + kKvScaleBlock - 1) / kKvScaleBlock;
            const size_t firstScale = block * kKeyBlock * scaleBlocks;
            return use(
                ScaledKeys{{static_cast<const int8_t*>(kv.keys) + firstKey, kv.headSize},
                           kv.keyScales + firstScale,
                           scaleBlocks},
                ScaledValues{{static_cast<const int8_t*>(kv.values) + firstValue, kv.valueStride},
                             kv.valueScales + firstScale,
                             scaleBlocks});
        }
    }

    template <size_t N, size_t kCount>
    static void setZero(Vector (&acc)[N][kCount]) {
#pragma GCC unroll 8
        for (size_t n = 0; n < N; ++n) {
#pragma GCC unroll 8
            for (size_t c = 0; c < kCount; ++c) {
                acc[n][c] = Lanes::broadcast(0);
            }
        }
    }

    // As long as kCount registers of positions are left, their scores for N queries; returns where
    // it stopped.
    template <size_t N, size_t kCount, typename BlockKeys>
    static size_t scoreFrom(const float* q,
                            size_t headSize,
                            const BlockKeys& keys,
                            BlockRange range,
                            Upcoming& ahead,
                            float* scores) {
        const size_t lines = ahead.linesFor(kCount * kLanes);
        size_t first = range.begin;
        for (; first + kCount * kLanes <= range.end; first += kCount * kLanes) {
            Vector acc[N][kCount];
            setZero(acc);
            const auto groups = keys.from(first);
            for (size_t i = 0; i < headSize; ++i) {
                ahead.fetch(lines);
                Vector k[kCount];
#pragma GCC unroll 8
                for (size_t c = 0; c < kCount; ++c) {
                    k[c] = groups.at(c, i);
                }
#pragma GCC unroll 8
                for (size_t n = 0; n < N; ++n) {
                    const Vector element = Lanes::broadcast(q[n * headSize + i]);
#pragma GCC unroll 8
                    for (size_t c = 0; c < kCount; ++c) {
                        acc[n][c] = Lanes::fma(element, k[c], acc[n][c]);
                    }
                }
            }
#pragma GCC unroll 8
            for (size_t n = 0; n < N; ++n) {
#pragma GCC unroll 8
                for (size_t c = 0; c < kCount; ++c) {
                    Lanes::store(scores + n * kKeyBlock + first + c * kLanes, acc[n][c]);
                }
            }
        }
        return first;
    }

    // Likewise the weighted sums of values, kCount registers of elements at a time.
    template <size_t N, size_t kCount, typename BlockValues>
    static size_t mixFrom(const float* p,
                          const BlockValues& values,
                          size_t valueStride,
                          BlockRange range,
                          size_t first,
                          Upcoming& ahead,
                          float* states) {
        const size_t lines = ahead.linesFor(kCount * kLanes);
        const size_t width = valueStride + kAttentionStateTail;
        for (; first + kCount * kLanes <= valueStride; first += kCount * kLanes) {
            Vector acc[N][kCount];
            setZero(acc);
            for (size_t j = range.begin; j < range.end; ++j) {
                ahead.fetch(lines);
                const auto row = values.from(j);
                Vector v[kCount];
#pragma GCC unroll 8
                for (size_t c = 0; c < kCount; ++c) {
                    v[c] = row.at(first + c * kLanes);
                }
#pragma GCC unroll 8
                for (size_t n = 0; n < N; ++n) {
                    const Vector weight = Lanes::broadcast(p[n * kKeyBlock + j]);
#pragma GCC unroll 8
                    for (size_t c = 0; c < kCount; ++c) {
                        acc[n][c] = Lanes::fma(weight, v[c], acc[n][c]);
                    }
                }
            }
#pragma GCC unroll 8
            for (size_t n = 0; n < N; ++n) {
#pragma GCC unroll 8
                for (size_t c = 0; c < kCount; ++c) {
                    Lanes::store(states + n * width + first + c * kLanes, acc[n][c]);
                }
            }
        }
        return first;
    }

    // softcap · tanh(x), x = score / softcap, from y = e^2x.
    static Vector capped(Vector x, float softcap) {
        // Beyond, tanh is ±1 in f32.
        x = Lanes::smaller(Lanes::broadcast(14.0F), Lanes::larger(Lanes::broadcast(-14.0F), x));
        const Vector one = Lanes::broadcast(1.0F);
        const Vector y = Lanes::scoreExp(Lanes::add(x, x));
        const Vector t = Lanes::divide(Lanes::subtract(y, one), Lanes::add(y, one));
        return Lanes::multiply(Lanes::broadcast(softcap), t);
    }
};

} // namespace

} // namespace attest::engine
