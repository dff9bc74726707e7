// A file mapped into memory for reading.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <filesystem>
#include <span>

namespace attest::engine {

// Immutable; any thread may read. Owns the mapping. A file that another program shortens while it
// is mapped ends this process with SIGBUS: model files are replaced by renaming, never rewritten.
class MappedFile {
public:
    // Errors: NotFound, Io (not a regular file, no permission), InvalidInput (empty file).
    static Result<MappedFile> open(const std::filesystem::path& path);

    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    ~MappedFile();

    std::span<const std::byte> bytes() const { return {data_, size_}; }

private:
    MappedFile(const std::byte* data, std::size_t size) : data_(data), size_(size) {}

    const std::byte* data_;
    std::size_t size_;
};

} // namespace attest::engine
