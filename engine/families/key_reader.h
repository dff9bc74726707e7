// The hyper-parameter keys of a model file, bounded.
#pragma once

#include "base/result.h"
#include "engine/gguf.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace attest::engine {

// Larger than any published model by a good margin, small enough that no product of them overflows.
struct ParameterLimits {
    static constexpr std::uint64_t kContext = 1U << 24U;
    static constexpr std::uint64_t kEmbedding = 65'536;
    static constexpr std::uint64_t kLayers = 1'024;
    static constexpr std::uint64_t kHeads = 1'024;
    static constexpr std::uint64_t kHeadSize = 1'024;
    static constexpr std::uint64_t kFeedForward = 524'288;
};

// Names are without the architecture in front: "block_count". Borrows the file.
//
// Errors of all: InvalidInput; the message names the key and what is wrong with its value.
class KeyReader {
public:
    KeyReader(const GgufFile& file, std::string_view architecture);

    std::string_view architecture() const { return architecture_; }

    std::string keyOf(std::string_view name) const {
        return architecture_ + "." + std::string(name);
    }

    bool has(std::string_view name) const { return file_->has(keyOf(name)); }

    // 1…maximum.
    Result<std::uint32_t> count(std::string_view name, std::uint64_t maximum) const;
    Result<std::uint32_t>
    countOr(std::string_view name, std::uint64_t maximum, std::uint64_t fallback) const;

    // 0…maximum.
    Result<std::uint32_t>
    sizeOr(std::string_view name, std::uint64_t maximum, std::uint64_t fallback) const;

    struct Range {
        double least;
        double most;
    };

    // Both ends included.
    Result<double> number(std::string_view name, Range range) const;
    Result<double> numberOr(std::string_view name, Range range, double fallback) const;

    // 0, which stands for "off" or "the usual value", or in the range. What is next to 0 would be
    // 0 as a float.
    Result<double> numberOrOff(std::string_view name, Range range, double fallback) const;

    Result<std::string_view> stringOr(std::string_view name, std::string_view fallback) const;

    Error invalid(std::string_view name, const std::string& what) const;

private:
    Result<std::uint32_t> checkedCount(std::string_view name,
                                       std::uint64_t value,
                                       std::uint64_t minimum,
                                       std::uint64_t maximum) const;
    Result<double> checkedNumber(std::string_view name, double value, Range range) const;

    const GgufFile* file_;
    std::string architecture_;
};

} // namespace attest::engine
