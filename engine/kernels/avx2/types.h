// How the AVX2 sets take each weight type. Only for files compiled for AVX2.
#pragma once

#include "engine/kernels/avx2/gather.h"
#include "engine/kernels/avx2/panel.h"
#include "engine/kernels/panels/types.h"

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
