// Weight types as panels: the table.
#include "engine/kernels/avx512/gather.h"
#include "engine/kernels/avx512/panel.h"
#include "engine/kernels/panels/types.h"

namespace attest::engine::avx512 {

namespace {

template <QuantIndex type>
using Block = PanelBlock<kQuantForms[type]>;

template <QuantIndex type, PanelForm form>
void unpackBlocks(const PanelRows& rows, size_t first, size_t count, void* out) {
    using Unpacker = PanelUnpacker<VectorOps, type, form == kSigned>;
    constexpr size_t kStep = Unpacker::kBlocks;
    Block<type>* blocks = static_cast<Block<type>*>(out);
    for (size_t b = 0; b < count; b += kStep) {
        Unpacker::unpack(rows, (first + b) / kStep, blocks + b);
    }
}

template <QuantIndex type, PanelForm form>
void unpackPanel(const unsigned char* panel, size_t first, size_t count, void* out) {
    using Page = PanelPage<VectorOps, type>;
    using Unpacker = PanelUnpacker<PageOps<VectorOps, type>, type, form == kSigned>;
    constexpr size_t kStep = Unpacker::kBlocks;
    Block<type>* blocks = static_cast<Block<type>*>(out);
    const unsigned char* data = panel + first / kStep * Page::kBytes;
    for (size_t b = 0; b < count; b += kStep) {
        Unpacker::unpack(Page{data}, 0, blocks + b);
        data += Page::kBytes;
    }
}

template <QuantIndex type>
constexpr PanelType describe() {
    PanelType known = {
        {nullptr, nullptr}, {nullptr, nullptr}, PanelUnpacker<VectorOps, type, false>::kBias};
    if constexpr (type < kFileQuantCount) {
        known.unpack[kBiased] = unpackBlocks<type, kBiased>;
        known.unpack[kSigned] = unpackBlocks<type, kSigned>;
    }
    if constexpr (kPanelLayouts[type].blockBytes != 0) {
        known.unpackPanel[kBiased] = unpackPanel<type, kBiased>;
        known.unpackPanel[kSigned] = unpackPanel<type, kSigned>;
    }
    return known;
}

} // namespace

extern const PanelType kPanelTypes[kQuantCount] = {
    describe<kQuantQ8_0>(),  describe<kQuantQ4_0>(),      describe<kQuantQ4_1>(),
    describe<kQuantQ5_0>(),  describe<kQuantQ5_1>(),      describe<kQuantQ2_K>(),
    describe<kQuantQ3_K>(),  describe<kQuantQ4_K>(),      describe<kQuantQ5_K>(),
    describe<kQuantQ6_K>(),  describe<kQuantIQ4_NL>(),    describe<kQuantIQ4_XS>(),
    describe<kQuantIQ3_S>(), describe<kQuantTQ1_0>(),     describe<kQuantTQ2_0>(),
    describe<kQuantI2_S>(),  describe<kQuantMXFP4>(),     describe<kQuantQ1_0>(),
    describe<kQuantQ2_0>(),  describe<kQuantIQ3_SWide>(), describe<kQuantMXFP4Wide>(),
};

} // namespace attest::engine::avx512
