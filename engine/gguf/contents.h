// What a GGUF file says, as checked views into its bytes.
#pragma once

#include "base/result.h"
#include "engine/gguf.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace attest::engine {

// Ids as in the file format.
enum class ValueType : std::uint32_t {
    U8 = 0,
    I8 = 1,
    U16 = 2,
    I16 = 3,
    U32 = 4,
    I32 = 5,
    F32 = 6,
    Bool = 7,
    String = 8,
    Array = 9,
    U64 = 10,
    I64 = 11,
    F64 = 12,
};

std::string_view toString(ValueType type);

// Bytes of a number or bool; 0 for strings and arrays, whose elements have their own length.
std::size_t fixedSize(ValueType type);

// One metadata entry. For an array `bytes` holds the elements one after the other as in the file;
// arrays of arrays can be listed but not read.
struct GgufEntry {
    std::string_view key;
    ValueType type = ValueType::U8;
    ValueType elementType = ValueType::U8; // of an array
    std::uint64_t count = 1;               // elements of an array
    std::span<const std::byte> bytes;
};

// Everything points into the bytes that were parsed, which must outlive it.
struct GgufContents {
    std::uint32_t version = 0;
    std::vector<GgufEntry> entries;           // in file order
    std::vector<std::uint32_t> entriesByKey;  // indices into entries, sorted by key
    std::vector<TensorInfo> tensors;          // in file order
    std::vector<std::uint32_t> tensorsByName; // indices into tensors, sorted by name
};

// Limits of this reader. Real files stay far below: 128k…256k tokens, some thousand tensors.
struct GgufLimits {
    static constexpr std::uint64_t kKeys = 65536;
    static constexpr std::uint64_t kTensors = 65536;
    static constexpr std::uint64_t kKeyBytes = 65535;         // the specification's own
    static constexpr std::uint64_t kTensorNameBytes = 255;    // the specification says 64
    static constexpr std::uint64_t kStringBytes = 16U << 20U; // chat templates, licence texts
    static constexpr std::uint64_t kElementBytes = 1U << 20U; // one string of an array
    static constexpr std::uint64_t kElements = 16U << 20U;    // of one array
    static constexpr int kArrayDepth = 4;
    static constexpr std::uint64_t kMinAlignment = 8;
    static constexpr std::uint64_t kMaxAlignment = 65536;
};

// Checks everything that gguf.h promises. Memory used is proportional to the part of the header
// that has already been checked, never to a number that the file claims. Errors: InvalidInput,
// Unsupported, OutOfResources, with byte offsets; the caller adds the file.
Result<GgufContents> parseGguf(std::span<const std::byte> file);

} // namespace attest::engine
