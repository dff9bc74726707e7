// Writes a GGUF file (version 3) from front to back.
#pragma once

#include "base/result.h"
#include "engine/gguf/contents.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attest::engine {

enum class Replace { No, Yes };

// The file is there completely or not at all: bytes go to a temporary file in the same folder,
// which takes the name in commit(). Not thread-safe. Source: the GGUF specification.
class GgufOutput {
public:
    // Errors: InvalidInput (the file exists and may not be replaced), NotFound (no such folder),
    // Io.
    static Result<GgufOutput> create(const std::filesystem::path& path, Replace replace);

    GgufOutput(GgufOutput&& other) noexcept;
    GgufOutput& operator=(GgufOutput&&) = delete;
    ~GgufOutput(); // without commit(): removes the temporary file

    // First the keys and the table of tensors, then the bytes of every tensor in that order, in any
    // pieces; endTensor() after each. `alignment` is what general.alignment says, or 32. `tensors`
    // need name, type and shape; sizes follow from them.
    // Errors of all: OutOfResources (disk full), Io.
    Result<void> writeHeader(std::span<const GgufEntry> entries,
                             std::span<const TensorInfo> tensors,
                             std::uint64_t alignment);
    Result<void> write(std::span<const std::byte> bytes);
    Result<void> endTensor();

    // Writes everything through to the disk and puts the file in place. Errors: as write(), and
    // InvalidInput (the file has come to exist and may not be replaced).
    Result<void> commit();

    std::uint64_t bytesWritten() const { return written_; }

private:
    GgufOutput(int fd,
               std::filesystem::path target,
               std::filesystem::path temporary,
               Replace replace);

    Error failure(const char* doing) const;

    int fd_ = -1;
    std::filesystem::path target_;
    std::filesystem::path temporary_;
    Replace replace_ = Replace::No;
    std::uint64_t alignment_ = 32;
    std::uint64_t written_ = 0;
};

// Bytes of a tensor of this shape. REQUIRES: whole blocks of a type this build knows.
std::uint64_t tensorBytes(TensorType type, std::span<const std::uint64_t> shape);

} // namespace attest::engine
