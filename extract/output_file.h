// Where exports are written to.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace attest::extract {

class TextSink {
public:
    TextSink() = default;
    TextSink(const TextSink&) = delete;
    TextSink& operator=(const TextSink&) = delete;
    virtual ~TextSink() = default;

    virtual Result<void> write(std::string_view bytes) = 0;
};

// A file that is there completely or not at all: bytes go to a temporary file in the same folder
// (mode 0600), which takes the name of the target in commit(). Until then an older file of that
// name stays as it is. Not thread-safe.
class OutputFile : public TextSink {
public:
    // Errors: NotFound (no such folder), Io (also: the target is not a regular file).
    static Result<OutputFile> create(const std::filesystem::path& path);

    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&&) = delete;
    ~OutputFile() override; // without commit(): removes the temporary file

    // Errors: OutOfResources (disk full), Io. After an error only destruction is left.
    Result<void> write(std::string_view bytes) override;

    // Writes everything through to the disk and puts the file in place. Errors: as write().
    Result<void> commit();

private:
    OutputFile(int fd, std::filesystem::path target, std::filesystem::path temporary);

    Result<void> flush();
    Error failure(const char* doing) const;

    int fd_ = -1;
    std::filesystem::path target_;
    std::filesystem::path temporary_;
    std::string buffer_;
};

} // namespace attest::extract
