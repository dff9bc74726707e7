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

// A folder that is removed with everything in it at the end of the test.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace attest::test
