// GGUF model files, version 2 and 3: a memory-mapped, validated, read-only view.
//
// Layout (little endian): magic "GGUF", u32 version, u64 tensor count, u64 key count, the keys
// (string key, u32 type, value), the tensor infos (string name, u32 dimensions, u64 each, u32 type,
// u64 offset), padding to general.alignment, tensor data. Strings are u64 length and bytes.
//
// Every count, length, offset and product is checked before it is used; after open() succeeds, each
// tensor's bytes lie inside the mapping and have exactly the size its type and shape ask for.
// Source: the GGUF specification of the ggml project.
#pragma once

#include "base/result.h"
#include "engine/thread_pool.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attest::engine {

// Ids as in the file format. Only the listed types can be computed with; a file with another type
// opens (its tensors are listed with their type id), loading a model from it is Unsupported.
enum class TensorType : std::uint32_t {
    F32 = 0,
    F16 = 1,
    Q4_0 = 2,
    Q4_1 = 3,
    Q5_0 = 6,
    Q5_1 = 7,
    Q8_0 = 8,
    Q2_K = 10,
    Q3_K = 11,
    Q4_K = 12,
    Q5_K = 13,
    Q6_K = 14,
    IQ4_NL = 20,
    IQ3_S = 21,
    IQ4_XS = 23,
    BF16 = 30,
    TQ1_0 = 34,
    TQ2_0 = 35,
    I2_S = 36, // Microsoft's BitNet
    MXFP4 = 39,
    Q1_0 = 41,
    Q2_0 = 42,
};

// "Q4_K"; "type 99" for an id without a name.
std::string toString(TensorType type);

// Elements per block and bytes per block, and what follows once behind a tensor's last block;
// nullopt for types this build does not know.
struct BlockLayout {
    std::uint32_t elements;
    std::uint32_t bytes;
    std::uint32_t tailBytes = 0;
};

std::optional<BlockLayout> blockLayout(TensorType type);

struct TensorInfo {
    std::string name;
    TensorType type = TensorType::F32;
    // GGUF order: shape[0] is contiguous. A matrix W for y = W x has shape {n_in, n_out}.
    std::vector<std::uint64_t> shape;
    std::span<const std::byte> data; // inside the mapping; lives as long as the GgufFile
};

// Not copyable; immutable after open() and copyIntoMemory(), so any thread may read it.
class GgufFile {
public:
    // Errors: NotFound, Io, InvalidInput (message: file, what is wrong, byte offset),
    //         Unsupported (version, big-endian), OutOfResources (a limit of this reader).
    static Result<GgufFile> open(const std::filesystem::path& path);

    GgufFile(GgufFile&&) noexcept;
    GgufFile& operator=(GgufFile&&) noexcept;
    ~GgufFile();

    // Puts a copy of the file into this process's memory, in the place of the mapping: nothing that
    // points into it changes. `arrange` may change the copy before that, at the same distances from
    // its begin as in bytes(). Not while others read.
    // Errors, after which all is as before: OutOfResources, Io, those of `arrange`.
    Result<void> copyIntoMemory(ThreadPool& pool,
                                const std::function<Result<void>(std::byte* copy)>& arrange);
    std::span<const std::byte> bytes() const; // of the file
    bool isInMemory() const;

    std::uint32_t version() const;
    std::uint64_t fileSize() const;
    const std::filesystem::path& path() const;

    std::span<const TensorInfo> tensors() const;
    const TensorInfo* findTensor(std::string_view name) const; // null: not there

    bool has(std::string_view key) const;
    std::vector<std::string_view> keys() const; // in file order

    // Errors of all readers: NotFound (no such key), InvalidInput (other type, or out of range).
    // Integers of every width and sign are accepted where they fit; floats are f32 or f64.
    Result<std::uint64_t> unsignedValue(std::string_view key) const;
    Result<double> floatValue(std::string_view key) const;
    Result<bool> boolValue(std::string_view key) const;
    Result<std::string_view> stringValue(std::string_view key) const;
    Result<std::vector<std::string_view>> strings(std::string_view key) const;
    Result<std::vector<float>> floats(std::string_view key) const;
    Result<std::vector<std::int64_t>> integers(std::string_view key) const;

    // Elements of an array of any type; nothing is copied.
    Result<std::uint64_t> arrayLength(std::string_view key) const;

    // The same with a default for a missing key; a key of the wrong type is still an error.
    Result<std::uint64_t> unsignedOr(std::string_view key, std::uint64_t fallback) const;
    Result<double> floatOr(std::string_view key, double fallback) const;
    Result<bool> boolOr(std::string_view key, bool fallback) const;
    Result<std::string_view> stringOr(std::string_view key, std::string_view fallback) const;

private:
    struct Impl;
    explicit GgufFile(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace attest::engine
