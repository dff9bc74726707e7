#include "engine/kernels/choose.h"

namespace attest::engine {

const KernelTable& kernels(Isa isa) {
#if defined(__x86_64__)
    switch (isa) {
    case Isa::Avx2:
        return kAvx2Kernels;
    case Isa::Avx512:
        return kAvx512Kernels;
    case Isa::Amx:
        return kAmxKernels;
    case Isa::Reference:
        break;
    }
#else
    static_cast<void>(isa);
#endif
    return kReferenceKernels;
}

} // namespace attest::engine
