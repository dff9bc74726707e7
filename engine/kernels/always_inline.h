// For files compiled for an instruction set: what is inlined whatever the compiler thinks of it.
#pragma once

#define ATTEST_INLINE inline __attribute__((always_inline))
