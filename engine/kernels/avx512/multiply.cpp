// Products with quantized weights, see avx512/panel.h.
#include "engine/kernels/avx512/avx512.h"
#include "engine/kernels/avx512/panel.h"
#include "engine/kernels/avx512/products.h"

#include <immintrin.h>

namespace attest::engine::avx512 {

// More tokens at once take longer by rows than with panels. Nanoseconds for 16 rows by 32 columns,
// one thread of a Zen 5, two tokens by rows and with panels: Q8_0 29 and 25, Q4_0 19 and 18, Q4_K
// 18 and 14; of 8,192 columns 41 and 21, 24 and 15, 20 and 12. One token: 20 and 25, 11 and 16, 11
// and 12.
void multiply(const QuantMultiply& job) {
    if (job.isInPanels ? multiplyFewInPanels(job) : multiplyByRows(job, 1)) {
        return;
    }
    const QuantForm form = kQuantForms[job.type];
    if (form.hasHalves) {
        form.hasMinima
            ? multiplyForm<QuantForm{true, true}>(Arithmetic(kPanelTypes[job.type].bias), job)
            : multiplyForm<QuantForm{true, false}>(Arithmetic(kPanelTypes[job.type].bias), job);
    } else {
        form.hasMinima
            ? multiplyForm<QuantForm{false, true}>(Arithmetic(kPanelTypes[job.type].bias), job)
            : multiplyForm<QuantForm{false, false}>(Arithmetic(kPanelTypes[job.type].bias), job);
    }
}

} // namespace attest::engine::avx512
