// Runs a program with arguments, without a shell, and collects what it prints. For tests of
// programs.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace attest::test {

struct ProgramRun {
    int exitCode = -1; // 128 + signal when a signal ended it
    std::string output;
    std::string errors;
};

// Adds `environment` ("NAME=value") to the test's own.
ProgramRun runProgram(const std::filesystem::path& program,
                      const std::vector<std::string>& arguments,
                      const std::vector<std::string>& environment = {});

} // namespace attest::test
