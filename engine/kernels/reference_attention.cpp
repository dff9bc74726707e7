#include "engine/kernels/reference_attention.h"

#include "engine/kernels/half.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace attest::engine::reference {

namespace {

std::size_t scaleBlocks(const KeyValues& kv) {
    return (kv.headSize + kKvScaleBlock - 1) / kKvScaleBlock;
}

// The element at `index`, of a block with `scale`.
double element(KvType type, const void* data, std::size_t index, const float* scale) {
    switch (type) {
    case KvType::F32:
        return double(static_cast<const float*>(data)[index]);
    case KvType::F16:
        return double(f16ToF32(static_cast<const std::uint16_t*>(data)[index]));
    case KvType::Q8_0:
        // The product in f32, as the other sets have it.
        return double(*scale * float(static_cast<const std::int8_t*>(data)[index]));
    }
    return 0;
}

double keyElement(const KeyValues& kv, std::size_t position, std::size_t i) {
    const std::size_t group = position / kKeyGroup;
    const std::size_t lane = position % kKeyGroup;
    const float* scale =
        kv.keyScales == nullptr
            ? nullptr
            : kv.keyScales + (group * scaleBlocks(kv) + i / kKvScaleBlock) * kKeyGroup + lane;
    return element(kv.type, kv.keys, (group * kv.headSize + i) * kKeyGroup + lane, scale);
}

double valueElement(const KeyValues& kv, std::size_t position, std::size_t i) {
    const float* scale = kv.valueScales == nullptr
                             ? nullptr
                             : kv.valueScales + position * scaleBlocks(kv) + i / kKvScaleBlock;
    return element(kv.type, kv.values, position * kv.valueStride + i, scale);
}

// One query and one block of keys.
void attendBlock(const AttentionTile& tile, std::size_t query, std::size_t block, float* state) {
    const KeyValues& kv = tile.kv;
    const std::size_t begin = std::max(tile.begins[query], block * kKeyBlock);
    const std::size_t end = std::min(tile.ends[query], (block + 1) * kKeyBlock);
    std::fill_n(state, kv.valueStride + kAttentionStateTail, 0.0F);
    if (begin >= end) {
        return;
    }
    std::array<double, kKeyBlock> p = {};
    double largest = -std::numeric_limits<double>::infinity();
    for (std::size_t j = begin; j < end; ++j) {
        double sum = 0;
        for (std::size_t i = 0; i < kv.headSize; ++i) {
            sum += double(tile.q[query][i]) * keyElement(kv, j, i);
        }
        sum *= double(tile.scale);
        if (tile.softcap != 0) {
            sum = double(tile.softcap) * std::tanh(sum / double(tile.softcap));
        }
        p[j - begin] = sum;
        largest = std::max(largest, sum);
    }
    // What is stored in f32 is what the others are relative to.
    const auto top = float(largest);
    double total = 0;
    for (std::size_t j = begin; j < end; ++j) {
        p[j - begin] = std::exp(p[j - begin] - double(top));
        total += p[j - begin];
    }
    for (std::size_t i = 0; i < kv.headSize; ++i) {
        double sum = 0;
        for (std::size_t j = begin; j < end; ++j) {
            sum += p[j - begin] * valueElement(kv, j, i);
        }
        state[i] = float(sum);
    }
    state[kv.valueStride] = top;
    state[kv.valueStride + 1] = float(total);
}

// d = largest magnitude / 127 and what x is multiplied by; zeros below the smallest normal number.
struct Scale {
    float d;
    float inverse;
};

Scale scaleOf(const float* x, std::size_t n) {
    float largest = 0;
    for (std::size_t i = 0; i < n; ++i) {
        largest = std::max(largest, std::fabs(x[i]));
    }
    const float d = largest / 127.0F;
    return d < std::numeric_limits<float>::min() ? Scale{0, 0} : Scale{d, 127.0F / largest};
}

bool allFinite(const float* x, std::size_t n) {
    return std::all_of(x, x + n, [](float value) { return std::isfinite(value); });
}

// One row of n elements, `step` apart in `to`; its scales `scaleStep` apart.
void storeRow(KvType type,
              const float* from,
              std::size_t n,
              void* to,
              std::size_t step,
              float* scales,
              std::size_t scaleStep) {
    switch (type) {
    case KvType::F32:
        for (std::size_t i = 0; i < n; ++i) {
            static_cast<float*>(to)[i * step] = from[i];
        }
        return;
    case KvType::F16:
        for (std::size_t i = 0; i < n; ++i) {
            // Written so that NaN stays.
            const float value = from[i] > kLargestF16    ? kLargestF16
                                : from[i] < -kLargestF16 ? -kLargestF16
                                                         : from[i];
            static_cast<std::uint16_t*>(to)[i * step] = f32ToF16(value);
        }
        return;
    case KvType::Q8_0:
        for (std::size_t b = 0; b * kKvScaleBlock < n; ++b) {
            const std::size_t first = b * kKvScaleBlock;
            const std::size_t count = std::min(kKvScaleBlock, n - first);
            const Scale scale = scaleOf(from + first, count);
            scales[b * scaleStep] = scale.d;
            for (std::size_t i = 0; i < count; ++i) {
                static_cast<std::int8_t*>(to)[(first + i) * step] =
                    std::int8_t(std::lrint(from[first + i] * scale.inverse));
            }
        }
        return;
    }
}

// As storeRow(), with the same number throughout: zero, or NaN.
void fillRow(KvType type,
             float value,
             std::size_t n,
             void* to,
             std::size_t step,
             float* scales,
             std::size_t scaleStep) {
    for (std::size_t i = 0; i < n; ++i) {
        switch (type) {
        case KvType::F32:
            static_cast<float*>(to)[i * step] = value;
            break;
        case KvType::F16:
            static_cast<std::uint16_t*>(to)[i * step] = f32ToF16(value);
            break;
        case KvType::Q8_0:
            static_cast<std::int8_t*>(to)[i * step] = 0;
            scales[i / kKvScaleBlock * scaleStep] = value;
            break;
        }
    }
}

} // namespace

void storeKeyValues(const KeyValueStore& job) {
    const std::size_t size = job.headSize;
    const std::size_t bytes = kKvElementBytes[std::size_t(job.type)];
    const std::size_t blocks = (size + kKvScaleBlock - 1) / kKvScaleBlock;
    for (std::size_t row = 0; row < job.count; ++row) {
        const float* k = job.k + row * job.stride;
        const float* v = job.v + row * job.stride;
        void* key = static_cast<unsigned char*>(job.keys) + (job.lane + row) * bytes;
        void* value = static_cast<unsigned char*>(job.values) + row * job.valueStride * bytes;
        // There are scales in Q8_0 only; others do not touch them.
        const bool isScaled = job.type == KvType::Q8_0;
        float* keyScales = isScaled ? job.keyScales + job.lane + row : nullptr;
        float* valueScales = isScaled ? job.valueScales + row * blocks : nullptr;
        if (allFinite(k, size) && allFinite(v, size)) {
            storeRow(job.type, k, size, key, kKeyGroup, keyScales, kKeyGroup);
            storeRow(job.type, v, size, value, 1, valueScales, 1);
        } else {
            const float nan = std::numeric_limits<float>::quiet_NaN();
            fillRow(job.type, nan, size, key, kKeyGroup, keyScales, kKeyGroup);
            fillRow(job.type, 0, size, value, 1, valueScales, 1);
        }
    }
}

void attend(const AttentionTile& tile) {
    const std::size_t width = tile.kv.valueStride + kAttentionStateTail;
    auto* blockState = reinterpret_cast<float*>(tile.scratch);
    for (std::size_t query = 0; query < tile.count; ++query) {
        float* state = tile.states + query * width;
        std::fill_n(state, width, 0.0F);
        for (std::size_t block = tile.firstBlock; block < tile.endBlock; ++block) {
            attendBlock(tile, query, block, blockState);
            mergeAttention(state, blockState, tile.kv.valueStride);
        }
    }
}

void mergeAttention(float* into, const float* from, std::size_t valueStride) {
    if (from[valueStride + 1] == 0) {
        return;
    }
    if (into[valueStride + 1] == 0) {
        std::copy_n(from, valueStride + kAttentionStateTail, into);
        return;
    }
    const float top = std::max(into[valueStride], from[valueStride]);
    const double keep = std::exp(double(into[valueStride]) - double(top));
    const double add = std::exp(double(from[valueStride]) - double(top));
    for (std::size_t i = 0; i < valueStride; ++i) {
        into[i] = float(double(into[i]) * keep + double(from[i]) * add);
    }
    const double total = double(into[valueStride + 1]) * keep + double(from[valueStride + 1]) * add;
    into[valueStride] = top;
    into[valueStride + 1] = float(total);
}

void finishAttention(float* out,
                     const float* state,
                     std::size_t headSize,
                     std::size_t valueStride) {
    const float inverse = 1 / state[valueStride + 1];
    for (std::size_t i = 0; i < headSize; ++i) {
        out[i] = state[i] * inverse + 0.0F;
    }
}

} // namespace attest::engine::reference
