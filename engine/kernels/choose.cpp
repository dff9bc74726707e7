#include "engine/kernels/choose.h"

namespace attest::engine {

const KernelTable& kernels(Isa isa) {
    switch (isa) {
#if defined(__x86_64__)
    case Isa::Avx2:
        return kAvx2Kernels;
    case Isa::AvxVnni:
        return kAvxVnniKernels;
    case Isa::Avx512:
        return kAvx512Kernels;
    case Isa::Amx:
        return kAmxKernels;
#elif defined(__aarch64__)
    case Isa::Neon:
        return kNeonKernels;
    case Isa::NeonDot:
        return kNeonDotKernels;
#endif
    default:
        return kReferenceKernels;
    }
}

} // namespace attest::engine
