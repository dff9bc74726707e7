// Runs the real program, away from the user's own library.
#pragma once

#include "support/run_program.h"

#include <string>
#include <vector>

namespace attest::test {

inline ProgramRun attest(const std::vector<std::string>& arguments,
                         std::vector<std::string> environment = {}) {
    environment.emplace_back("ATTEST_RESOURCES=" ATTEST_SOURCE_DIR "/resources");
    return runProgram(ATTEST_PROGRAM, arguments, environment);
}

} // namespace attest::test
