#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace attest::extract {

// A folder that is there completely or not at all: files are made in a folder beside it (mode
// 0700), which takes the target's name in commit(). Until then, and after any error, an older
// folder of that name stays as it is. Not thread-safe.
class OutputFolder {
public:
    // `replaceable` are the files an older folder of that name may hold and loses. Errors:
    // NotFound (the folder it is to be in), InvalidInput (the target is no folder, or holds
    // something else), OutOfResources, Io.
    static Result<OutputFolder> create(const std::filesystem::path& target,
                                       const std::vector<std::string>& replaceable);

    OutputFolder(OutputFolder&& other) noexcept;
    OutputFolder& operator=(OutputFolder&&) = delete;
    OutputFolder(const OutputFolder&) = delete;
    OutputFolder& operator=(const OutputFolder&) = delete;
    ~OutputFolder(); // without commit(): removes what was made

    // Where to make the files.
    const std::filesystem::path& path() const { return staging_; }

    // Errors: OutOfResources, Io, InvalidInput (something else came into the target meanwhile).
    Result<void> commit();

private:
    OutputFolder(std::filesystem::path target,
                 std::filesystem::path staging,
                 std::vector<std::string> replaceable);

    Result<void> exchange();

    std::filesystem::path target_;
    std::filesystem::path staging_; // empty once committed or moved from
    std::vector<std::string> replaceable_;
};

// `path` as it is without links, dots and a slash at the end. Nothing has to be there.
std::filesystem::path plainPath(const std::filesystem::path& path);

} // namespace attest::extract
