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
//   transpose(r)               of kLanes registers
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
        if (job.count == kKeyGroup && areFinite(job)) {
            storeGroup<T>(job);
            return;
        }
        for (size_t row = 0; row < job.count; ++row) {
            KeyValueStore one = job;
            one.lane += row;
            one.values = static_cast<T*>(job.values) + row * job.valueStride;
            one.count = 1;
            one.k += row * job.stride;
            one.v += row * job.stride;
            if (areFinite(one)) {
                storeRow(one.k, one.headSize, static_cast<T*>(one.keys) + one.lane, kKeyGroup);
                storeRow(one.v, one.headSize, static_cast<T*>(one.values), 1);
            } else {
                reference::storeKeyValues(one);
            }
        }
    }

    // Zero times what is not finite is NaN, and stays so in the sum.
    static bool areFinite(const KeyValueStore& job) {
        const Vector zero = Lanes::broadcast(0);
        Vector sum = zero;
        for (size_t row = 0; row < job.count; ++row) {
            for (size_t i = 0; i < job.headSize; i += kLanes) {
                const size_t at = row * job.stride + i;
                const size_t left = job.headSize - i;
                sum = Lanes::fma(zero, Lanes::load(job.k + at, left), sum);
                sum = Lanes::fma(zero, Lanes::load(job.v + at, left), sum);
            }
        }
        float sums[kLanes];
        Lanes::store(sums, sum);
        for (const float one : sums) {
            if (one != 0) { // NaN, too
                return false;
            }
        }
        return true;
    }

    // A whole group, its keys in squares that are turned in registers.
    template <typename T>
    static void storeGroup(const KeyValueStore& job) {
        for (size_t first = 0; first < kKeyGroup; first += kLanes) {
            for (size_t i = 0; i < job.headSize; i += kLanes) {
                const size_t left = job.headSize - i;
                Vector square[kLanes];
                for (size_t lane = 0; lane < kLanes; ++lane) {
                    square[lane] = Lanes::load(job.k + (first + lane) * job.stride + i, left);
                }
                Lanes::transpose(square);
                T* keys = static_cast<T*>(job.keys) + i * kKeyGroup + first;
                for (size_t element = 0; element < kLanes && element < left; ++element) {
                    put(keys + element * kKeyGroup, square[element]);
                }
            }
        }
        for (size_t row = 0; row < kKeyGroup; ++row) {
            T* values = static_cast<T*>(job.values) + row * job.valueStride;
            storeRow(job.v + row * job.stride, job.headSize, values, 1);
        }
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
