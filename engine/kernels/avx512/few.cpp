// Products of weights in panels with a few tokens. A block is unpacked into registers, used for all
// tokens and forgotten: nothing but the weights and the activations is read, nothing is stored.
#include "engine/kernels/avx512/avx512.h"
#include "engine/kernels/avx512/gather.h"
#include "engine/kernels/avx512/products.h"
#include "engine/kernels/panels/blocks.h"

#include <immintrin.h>

namespace attest::engine::avx512 {

namespace {

constexpr size_t kTogether = 8; // tokens whose sums registers hold

// The sums of the panel that begins at row `first` with N tokens from `token` on.
template <QuantIndex type, size_t N>
void multiplyPanel(const QuantMultiply& job,
                   const Arithmetic::Input& tokens,
                   size_t token,
                   size_t first) {
    constexpr QuantForm form = kQuantForms[type];
    constexpr size_t kBlocks = PanelUnpacker<VectorOps, type, false>::kBlocks;
    using Page = PanelPage<VectorOps, type>;
    const unsigned char* data = job.w + first * job.rowBytes;
    __m512 acc[N] = {};
    for (size_t b = 0; b < job.blocks; b += kBlocks) {
        ReadAhead ahead = token == 0 ? ReadAhead::ofPage(data, Page::kBytes, kBlocks) : ReadAhead();
        const auto add = [&](const auto& codes, const __m512* factors, size_t i)
            __attribute__((always_inline)) {
            ahead.fetch();
            Arithmetic::addBlock<form, N>(codes, factors, tokens.at(token, b + i), acc);
        };
        forBlocks<VectorOps, type, false>(Page{data}, add);
        data += Page::kBytes;
    }
    const __m512 scale = _mm512_set1_ps(job.outputScale);
    float* y = job.y + token * job.yStride + first;
#pragma GCC unroll 8
    for (size_t t = 0; t < N; ++t) {
        _mm512_storeu_ps(y + t * job.yStride, _mm512_mul_ps(acc[t], scale));
    }
}

// Some of the tokens from `token` on; returns how many.
template <QuantIndex type>
size_t multiplyTokens(const QuantMultiply& job,
                      const Arithmetic::Input& tokens,
                      size_t token,
                      size_t first) {
    const auto multiply = [&]<size_t N>() {
        multiplyPanel<type, N>(job, tokens, token, first);
        return N;
    };
    const size_t left = job.tokens - token;
    if constexpr (kIsCommon<type>) {
        switch (left) {
        case 3:
            return multiply.template operator()<3>();
        case 5:
            return multiply.template operator()<5>();
        case 6:
            return multiply.template operator()<6>();
        case 7:
            return multiply.template operator()<7>();
        default:
            break;
        }
    }
    return left >= kTogether ? multiply.template operator()<kTogether>()
           : left >= 4       ? multiply.template operator()<4>()
           : left >= 2       ? multiply.template operator()<2>()
                             : multiply.template operator()<1>();
}

template <QuantIndex type>
bool multiplyType(const QuantMultiply& job) {
    const auto tokens =
        Arithmetic(PanelUnpacker<VectorOps, type, false>::kBias)
            .prepare<kQuantForms[type]>(job.x, job.xStride, job.tokens, job.blocks, job.scratch);
    for (size_t first = 0; first < job.rows; first += kPanelRows) {
        for (size_t token = 0; token < job.tokens;) {
            token += multiplyTokens<type>(job, tokens, token, first);
        }
    }
    return true;
}

} // namespace

bool multiplyFewInPanels(const QuantMultiply& job) {
    if (job.tokens > kFewTokens || job.blocks * Arithmetic::kInputBytes > kScratchBytes) {
        return false;
    }
    return withBlockType(job.type, [&]<QuantIndex type>() { return multiplyType<type>(job); });
}

} // namespace attest::engine::avx512
