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

    // The two halves of commit(), for files that belong together: what can fail for want of space
    // is done for all of them before the first is put in place.
    Result<void> seal();
    Result<void> publish(); // REQUIRES: sealed

    // For programs that open files by name. Gone after publish().
    const std::filesystem::path& temporaryPath() const { return temporary_; }

private:
    OutputFile(int fd, std::filesystem::path target, std::filesystem::path temporary);

    friend Result<void> publishTogether(OutputFile& first, OutputFile& second);

    Result<void> flush();
    void syncFolder() const;
    Error failure(const char* doing) const;

    int fd_ = -1;
    std::filesystem::path target_;
    std::filesystem::path temporary_;
    std::string buffer_;
};

// Both or neither takes its name: when `second` cannot, what `first` had replaced comes back.
// Errors: as OutputFile::commit(). REQUIRES: both are sealed.
Result<void> publishTogether(OutputFile& first, OutputFile& second);

} // namespace attest::extract
