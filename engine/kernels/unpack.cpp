#include "engine/kernels/unpack.h"

#include "base/check.h"
#include "engine/kernels/unpack/block_types.h"

#include <cstring>

namespace attest::engine {

std::optional<QuantIndex> quantIndex(TensorType type) {
    switch (type) {
    case TensorType::F32:
    case TensorType::F16:
    case TensorType::BF16:
        return std::nullopt;
    case TensorType::Q8_0:
        return kQuantQ8_0;
    case TensorType::Q4_0:
        return kQuantQ4_0;
    case TensorType::Q4_1:
        return kQuantQ4_1;
    case TensorType::Q5_0:
        return kQuantQ5_0;
    case TensorType::Q5_1:
        return kQuantQ5_1;
    case TensorType::Q2_K:
        return kQuantQ2_K;
    case TensorType::Q3_K:
        return kQuantQ3_K;
    case TensorType::Q4_K:
        return kQuantQ4_K;
    case TensorType::Q5_K:
        return kQuantQ5_K;
    case TensorType::Q6_K:
        return kQuantQ6_K;
    case TensorType::IQ4_NL:
        return kQuantIQ4_NL;
    case TensorType::IQ4_XS:
        return kQuantIQ4_XS;
    case TensorType::IQ3_S:
        return kQuantIQ3_S;
    case TensorType::TQ1_0:
        return kQuantTQ1_0;
    case TensorType::TQ2_0:
        return kQuantTQ2_0;
    case TensorType::I2_S:
        return kQuantI2_S;
    case TensorType::MXFP4:
        return kQuantMXFP4;
    case TensorType::Q1_0:
        return kQuantQ1_0;
    case TensorType::Q2_0:
        return kQuantQ2_0;
    }
    return std::nullopt;
}

WeightBlock unpackBlock(QuantIndex type, const unsigned char* row, std::size_t index) {
    switch (type) {
    case kQuantQ8_0:
        return unpackQ8_0(row, index);
    case kQuantQ4_0:
        return unpackQ4_0(row, index);
    case kQuantQ4_1:
        return unpackQ4_1(row, index);
    case kQuantQ5_0:
        return unpackQ5_0(row, index);
    case kQuantQ5_1:
        return unpackQ5_1(row, index);
    case kQuantQ2_K:
        return unpackQ2_K(row, index);
    case kQuantQ3_K:
        return unpackQ3_K(row, index);
    case kQuantQ4_K:
        return unpackQ4_K(row, index);
    case kQuantQ5_K:
        return unpackQ5_K(row, index);
    case kQuantQ6_K:
        return unpackQ6_K(row, index);
    case kQuantIQ4_NL:
        return unpackIQ4_NL(row, index);
    case kQuantIQ4_XS:
        return unpackIQ4_XS(row, index);
    case kQuantIQ3_S:
        return unpackIQ3_S(row, index);
    case kQuantTQ1_0:
        return unpackTQ1_0(row, index);
    case kQuantTQ2_0:
        return unpackTQ2_0(row, index);
    case kQuantI2_S:
        return unpackI2_S(row, index);
    case kQuantMXFP4:
        return unpackMXFP4(row, index);
    case kQuantQ1_0:
        return unpackQ1_0(row, index);
    case kQuantQ2_0:
        return unpackQ2_0(row, index);
    case kQuantIQ3_SWide:
        return unpackIQ3_SWide(row, index);
    case kQuantMXFP4Wide:
        return unpackMXFP4Wide(row, index);
    case kQuantCount:
        break;
    }
    ATTEST_CHECK(false);
    return {};
}

float tensorScale(const TensorInfo& tensor) {
    if (tensor.type != TensorType::I2_S) {
        return 1;
    }
    const std::size_t tail = blockLayout(tensor.type)->tailBytes;
    ATTEST_CHECK(tensor.data.size() >= tail);
    float scale = 0;
    std::memcpy(&scale, tensor.data.data() + tensor.data.size() - tail, sizeof scale);
    return scale;
}

void dequantizeRow(TensorType type, const std::byte* row, std::span<float> out) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(row);
    if (const std::optional<QuantIndex> quant = quantIndex(type)) {
        dequantizeRow(*quant, row, out);
    } else if (type == TensorType::F32) {
        std::memcpy(out.data(), bytes, out.size_bytes());
    } else if (type == TensorType::F16) {
        kReferenceKernels.widenF16(out.data(), bytes, out.size());
    } else {
        ATTEST_CHECK(type == TensorType::BF16);
        kReferenceKernels.widenBf16(out.data(), bytes, out.size());
    }
}

void dequantizeRow(QuantIndex type, const std::byte* row, std::span<float> out) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(row);
    ATTEST_DCHECK(out.size() % 32 == 0);
    for (std::size_t b = 0; b < out.size() / 32; ++b) {
        const WeightBlock block = unpackBlock(type, bytes, b);
        for (std::size_t i = 0; i < 32; ++i) {
            out[b * 32 + i] = block.scales[i / 16] * float(block.q[i]) - block.minima[i / 16];
        }
    }
}

} // namespace attest::engine
