#pragma once

#include <cstdint>

namespace attest::storage {

// Seconds since 1970, UTC; for audit records of calls that are not given the time.
std::int64_t currentTime();

} // namespace attest::storage
