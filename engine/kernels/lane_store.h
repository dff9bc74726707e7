// Putting keys and values into the cache, whatever the number of lanes. Only for files of an
// instruction set, which is why all of it has internal linkage.
#pragma once

#include "engine/kernels/attention_tile.h"
#include "engine/kernels/reference_attention.h"

namespace attest::engine {

namespace {

// storeKeyValues() of KernelTable. `Lanes` has
//   Vector, kLanes             a register, and how many numbers it holds
//   load(p, n)                 the first n numbers, or all lanes where n is more; zeros behind them
//   store(p, x), broadcast, smaller, larger, fma(a, b, c) = a · b + c
//   narrow(to, x)              as f16, rounded to nearest even; kLanes of them
template <typename Lanes>
struct LaneStore {
    using Vector = typename Lanes::Vector;

    static constexpr size_t kLanes = Lanes::kLanes;

    static void storeKeyValues(const KeyValueStore& job) {
        switch (job.type) {
        case KvType::F32:
            return storeRows<float>(job);
        case KvType::F16:
            return storeRows<uint16_t>(job);
        case KvType::Q8_0:
            return reference::storeKeyValues(job);
        }
    }

private:
    template <typename T>
    static void storeRows(const KeyValueStore& job) {
        T* keys = static_cast<T*>(job.keys) + job.lane;
        T* values = static_cast<T*>(job.values);
        for (size_t row = 0; row < job.count; ++row) {
            const float* k = job.k + row * job.stride;
            const float* v = job.v + row * job.stride;
            if (areFinite(k, v, job.headSize)) {
                storeRow(k, job.headSize, keys + row, kKeyGroup);
                storeRow(v, job.headSize, values + row * job.valueStride, 1);
                continue;
            }
            KeyValueStore spoilt = job;
            spoilt.lane = job.lane + row;
            spoilt.values = values + row * job.valueStride;
            spoilt.count = 1;
            spoilt.k = k;
            spoilt.v = v;
            reference::storeKeyValues(spoilt);
        }
    }

    // Zero times what is not finite is NaN, and stays so in the sum.
    static bool areFinite(const float* k, const float* v, size_t n) {
        const Vector zero = Lanes::broadcast(0);
        Vector sum = zero;
        for (size_t i = 0; i < n; i += kLanes) {
            sum = Lanes::fma(zero, Lanes::load(k + i, n - i), sum);
            sum = Lanes::fma(zero, Lanes::load(v + i, n - i), sum);
        }
        float sums[kLanes];
        Lanes::store(sums, sum);
        bool areFinite = true;
        for (const float one : sums) {
            areFinite = areFinite && one == 0;
        }
        return areFinite;
    }

    // A row of n elements, `step` apart in `to`.
    template <typename T>
    static void storeRow(const float* from, size_t n, T* to, size_t step) {
        for (size_t i = 0; i < n; i += kLanes) {
            T part[kLanes];
            put(part, Lanes::load(from + i, n - i));
            const size_t count = n - i < kLanes ? n - i : kLanes;
            for (size_t lane = 0; lane < count; ++lane) {
                to[(i + lane) * step] = part[lane];
            }
        }
    }

    static void put(float* to, Vector x) { Lanes::store(to, x); }

    static void put(uint16_t* to, Vector x) {
        const Vector largest = Lanes::broadcast(kLargestF16);
        const Vector least = Lanes::broadcast(-kLargestF16);
        Lanes::narrow(to, Lanes::larger(least, Lanes::smaller(largest, x)));
    }
};

} // namespace

} // namespace attest::engine
