// The one function of every fuzz target; libFuzzer fixes its name and signature.
#pragma once

#include <cstddef>
#include <cstdint>

// Must return 0 for any input; a finding is a crash, a sanitizer report or a failed ATTEST_CHECK.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
