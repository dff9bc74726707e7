#include "extract/page_text.h"

namespace attest::extract {} // namespace attest::extract
