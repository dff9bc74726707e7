// How the AVX2 sets take each weight type. Only for files compiled for AVX2.
#pragma once

#include "engine/kernels/avx2_gather.h"
#include "engine/kernels/avx2_panel.h"
#include "engine/kernels/panel_types.h"

namespace attest::engine::avx2 {

namespace {

// Types whose integers do not fit 0…63 stay signed.
template <QuantIndex type>
constexpr bool kIsSigned = PanelUnpacker<VectorOps, type, false>::kLargest > 63;

template <QuantIndex type>
using Unpacker = PanelUnpacker<VectorOps, type, kIsSigned<type>>;

template <QuantIndex type>
using PageUnpacker = PanelUnpacker<PageOps<VectorOps, type>, type, kIsSigned<type>>;

template <QuantIndex type>
constexpr PanelRange kRange = kIsSigned<type>                  ? kSigned
                              : Unpacker<type>::kLargest <= 15 ? kNibbles
                                                               : kSmall;

template <QuantIndex type>
constexpr int kBias = kIsSigned<type> ? 0 : Unpacker<type>::kBias;

} // namespace

} // namespace attest::engine::avx2
