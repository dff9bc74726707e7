// Weight types as panels: the table.
#include "engine/kernels/avx2/panel.h"
#include "engine/kernels/avx2/types.h"

namespace attest::engine::avx2 {

namespace {

template <QuantIndex type>
using Block = PanelBlock<kQuantForms[type]>;

template <QuantIndex type>
void unpackBlocks(const PanelRows& rows, size_t first, size_t count, void* out) {
    constexpr size_t kStep = Unpacker<type>::kBlocks;
    Block<type>* blocks = static_cast<Block<type>*>(out);
    for (size_t b = 0; b < count; b += kStep) {
        Unpacker<type>::unpack(rows, (first + b) / kStep, blocks + b);
    }
}

template <QuantIndex type>
void unpackPanel(const unsigned char* panel, size_t first, size_t count, void* out) {
    using Page = PanelPage<VectorOps, type>;
    constexpr size_t kStep = Unpacker<type>::kBlocks;
    Block<type>* blocks = static_cast<Block<type>*>(out);
    const unsigned char* data = panel + first / kStep * Page::kBytes;
    for (size_t b = 0; b < count; b += kStep) {
        PageUnpacker<type>::unpack(Page{data}, 0, blocks + b);
        data += Page::kBytes;
    }
}

template <QuantIndex type>
constexpr PanelType describe() {
    PanelType known = {nullptr, nullptr, kRange<type>, Unpacker<type>::kBias};
    if constexpr (type < kFileQuantCount) {
        known.unpack = unpackBlocks<type>;
    }
    if constexpr (kPanelLayouts[type].blockBytes != 0) {
        known.unpackPanel = unpackPanel<type>;
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

} // namespace attest::engine::avx2
