// How the AVX2 sets take each weight type. Only for files compiled for AVX2.
#pragma once

#include "engine/kernels/avx2_gather.h"
#include "engine/kernels/avx2_panel.h"
#include "engine/kernels/panel_types.h"

namespace attest::engine::avx2 {

namespace {

template <QuantIndex type>
using Unpacker = PanelUnpacker<VectorOps, type, false>;

template <QuantIndex type>
using PageUnpacker = PanelUnpacker<PageOps<VectorOps, type>, type, false>;

template <QuantIndex type>
constexpr PanelRange kRange = Unpacker<type>::kLargest <= 15   ? kNibbles
                              : Unpacker<type>::kLargest <= 31 ? kFiveBits
                              : Unpacker<type>::kLargest <= 63 ? kSixBits
                                                               : kWide;

} // namespace

} // namespace attest::engine::avx2
