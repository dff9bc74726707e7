// Loops of independent chains of one instruction, enough of them to hide its latency. Written out,
// as GCC 12 keeps arrays of registers in memory; macros, as the instruction is part of the text.
// For functions with a `size_t rounds`. REQUIRES: rounds > 0.
#pragma once

// Registers 0…11 sum, register 15 is multiplied.
#define ATTEST_YMM_CHAINS(instruction)                                                             \
    asm volatile(".irp r,0,1,2,3,4,5,6,7,8,9,10,11,15\n"                                           \
                 "vpxor %%ymm\\r, %%ymm\\r, %%ymm\\r\n"                                            \
                 ".endr\n"                                                                         \
                 "1:\n"                                                                            \
                 ".irp r,0,1,2,3,4,5,6,7,8,9,10,11\n" instruction " %%ymm15, %%ymm15, %%ymm\\r\n"  \
                 ".endr\n"                                                                         \
                 "dec %0\n"                                                                        \
                 "jnz 1b\n"                                                                        \
                 : "+r"(rounds)                                                                    \
                 :                                                                                 \
                 : "cc", ATTEST_LOWER_REGISTERS, "xmm15")
#define ATTEST_YMM_CHAIN_COUNT 12

// Registers 0…15 sum, register 31 is multiplied.
#define ATTEST_ZMM_CHAINS(instruction)                                                             \
    asm volatile(".irp r,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,31\n"                               \
                 "vpxord %%zmm\\r, %%zmm\\r, %%zmm\\r\n"                                           \
                 ".endr\n"                                                                         \
                 "1:\n"                                                                            \
                 ".irp r,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n" instruction                      \
                 " %%zmm31, %%zmm31, %%zmm\\r\n"                                                   \
                 ".endr\n"                                                                         \
                 "dec %0\n"                                                                        \
                 "jnz 1b\n"                                                                        \
                 : "+r"(rounds)                                                                    \
                 :                                                                                 \
                 : "cc", ATTEST_LOWER_REGISTERS, "xmm12", "xmm13", "xmm14", "xmm15", "xmm31")
#define ATTEST_ZMM_CHAIN_COUNT 16

#define ATTEST_LOWER_REGISTERS                                                                     \
    "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11"
