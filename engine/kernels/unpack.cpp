#include "engine/kernels/unpack.h"

#include "base/check.h"
#include "engine/kernels/half.h"

#include <cstring>

namespace attest::engine {

namespace {

std::uint16_t load16(const unsigned char* bytes) {
    return std::uint16_t(bytes[0] | (bytes[1] << 8));
}

WeightBlock unpackQ8_0(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index * 34;
    WeightBlock out;
    out.scales.fill(f16ToF32(load16(block)));
    std::memcpy(out.q.data(), block + 2, 32);
    return out;
}

// Low nibbles are elements 0…15, high nibbles 16…31.
WeightBlock unpackQ4_0(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index * 18;
    WeightBlock out;
    out.scales.fill(f16ToF32(load16(block)));
    for (std::size_t i = 0; i < 16; ++i) {
        out.q[i] = std::int8_t((block[2 + i] & 15) - 8);
        out.q[16 + i] = std::int8_t((block[2 + i] >> 4) - 8);
    }
    return out;
}

// 256 elements: d, dmin, twelve bytes with eight 6-bit scales and eight 6-bit minima, then four
// times 32 bytes whose low nibbles are group 2i and whose high nibbles are group 2i + 1.
WeightBlock unpackQ4_K(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index / 8 * 144;
    const std::size_t group = index % 8;
    const unsigned char* packed = block + 4;
    unsigned scale = 0;
    unsigned minimum = 0;
    if (group < 4) {
        scale = packed[group] & 63U;
        minimum = packed[group + 4] & 63U;
    } else {
        scale = (packed[group + 4] & 15U) | ((packed[group - 4] >> 6U) << 4U);
        minimum = (unsigned(packed[group + 4]) >> 4U) | ((packed[group] >> 6U) << 4U);
    }
    WeightBlock out;
    out.scales.fill(f16ToF32(load16(block)) * float(scale));
    out.minima.fill(f16ToF32(load16(block + 2)) * float(minimum));
    const unsigned char* nibbles = block + 16 + group / 2 * 32;
    for (std::size_t i = 0; i < 32; ++i) {
        out.q[i] = std::int8_t(group % 2 == 0 ? nibbles[i] & 15 : nibbles[i] >> 4);
    }
    return out;
}

// 256 elements: 128 bytes of low nibbles, 64 bytes with the upper two bits, 16 signed scales (one
// per 16 elements), d. Each half of 128 elements is four runs of 32: runs 0 and 1 are the low
// nibbles of 64 bytes, runs 2 and 3 their high nibbles; run r has its upper bits at 2r of 32 shared
// bytes.
WeightBlock unpackQ6_K(const unsigned char* row, std::size_t index) {
    const unsigned char* block = row + index / 8 * 210;
    const std::size_t half = index % 8 / 4;
    const std::size_t run = index % 4;
    const unsigned char* low = block + half * 64 + run % 2 * 32;
    const unsigned char* high = block + 128 + half * 32;
    const float d = f16ToF32(load16(block + 208));
    WeightBlock out;
    for (std::size_t i = 0; i < 2; ++i) {
        std::int8_t scale = 0;
        std::memcpy(&scale, block + 192 + half * 8 + run * 2 + i, 1);
        out.scales[i] = d * float(scale);
    }
    for (std::size_t i = 0; i < 32; ++i) {
        const unsigned nibble = run < 2 ? low[i] & 15U : unsigned(low[i]) >> 4U;
        const unsigned upper = (unsigned(high[i]) >> (2 * run)) & 3U;
        out.q[i] = std::int8_t(int(nibble | (upper << 4U)) - 32);
    }
    return out;
}

} // namespace

std::optional<QuantIndex> quantIndex(TensorType type) {
    switch (type) {
    case TensorType::Q8_0:
        return kQuantQ8_0;
    case TensorType::Q4_0:
        return kQuantQ4_0;
    case TensorType::Q4_K:
        return kQuantQ4_K;
    case TensorType::Q6_K:
        return kQuantQ6_K;
    case TensorType::F32:
    case TensorType::F16:
    case TensorType::BF16:
        break;
    }
    return std::nullopt;
}

WeightBlock unpackBlock(QuantIndex type, const unsigned char* row, std::size_t index) {
    switch (type) {
    case kQuantQ8_0:
        return unpackQ8_0(row, index);
    case kQuantQ4_0:
        return unpackQ4_0(row, index);
    case kQuantQ4_K:
        return unpackQ4_K(row, index);
    case kQuantQ6_K:
        return unpackQ6_K(row, index);
    case kQuantCount:
        break;
    }
    ATTEST_CHECK(false);
    return {};
}

void dequantizeRow(TensorType type, const std::byte* row, std::span<float> out) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(row);
    const std::optional<QuantIndex> quant = quantIndex(type);
    if (!quant) {
        if (type == TensorType::F32) {
            std::memcpy(out.data(), bytes, out.size_bytes());
        } else if (type == TensorType::F16) {
            kReferenceKernels.widenF16(out.data(), bytes, out.size());
        } else {
            ATTEST_CHECK(type == TensorType::BF16);
            kReferenceKernels.widenBf16(out.data(), bytes, out.size());
        }
        return;
    }
    ATTEST_DCHECK(out.size() % 32 == 0);
    for (std::size_t b = 0; b < out.size() / 32; ++b) {
        const WeightBlock block = unpackBlock(*quant, bytes, b);
        for (std::size_t i = 0; i < 32; ++i) {
            out[b * 32 + i] = block.scales[i / 16] * float(block.q[i]) - block.minima[i / 16];
        }
    }
}

} // namespace attest::engine
