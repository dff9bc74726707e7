// A file mapped into memory for reading.
#pragma once

#include "base/result.h"
#include "engine/thread_pool.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>

namespace attest::engine {

// Immutable but for copyIntoMemory(); any thread may read. Owns the mapping. A file that another
// program shortens while it is mapped ends this process with SIGBUS: model files are replaced by
// renaming, never rewritten.
class MappedFile {
public:
    // Errors: NotFound, Io (not a regular file, no permission), InvalidInput (empty file).
    static Result<MappedFile> open(const std::filesystem::path& path);

    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    ~MappedFile();

    std::span<const std::byte> bytes() const { return {data_, size_}; }

    // Puts a copy in this process's own memory, in large pages where the system has them, in the
    // place of the mapping: bytes() stays where it is. `arrange` may change the copy before. Not
    // while others read.
    // Errors, after which the mapping is as before: OutOfResources, Io (the file cannot be read, or
    // has become shorter), those of `arrange`.
    Result<void> copyIntoMemory(ThreadPool& pool,
                                const std::function<Result<void>(std::byte* copy)>& arrange);

    bool isCopy() const { return fd_ < 0; }

private:
    MappedFile(const std::byte* data, std::size_t size, int fd)
        : data_(data), size_(size), fd_(fd) {}

    const std::byte* data_;
    std::size_t size_;
    int fd_; // −1 once there is a copy
};

} // namespace attest::engine
