// Writes a model again with quantized weights.
#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "engine/gguf.h"
#include "engine/thread_pool.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace attest::engine {

// A weight type for all matrices, or the usual mix of Q4_K with Q6_K where it matters most.
enum class QuantizeTarget { Q8_0, Q4_0, Q4_K, Q6_K, Q4_K_M };

std::optional<QuantizeTarget> quantizeTarget(std::string_view name); // any case
std::string_view toString(QuantizeTarget target);

// What rounding did to numbers. Sums are in f64.
struct QuantizeError {
    double squaredError = 0;
    double squaredSize = 0;
    double largest = 0; // absolute

    // Root of the mean squared error by that of the numbers; 0 where all are zero.
    double relative() const;
    void add(const QuantizeError& other);
};

struct QuantizedTensor {
    std::string name;
    TensorType from = TensorType::F32;
    TensorType to = TensorType::F32; // equal to `from`: copied as it is
    std::uint64_t elements = 0;
    QuantizeError error;
};

struct QuantizeReport {
    std::vector<QuantizedTensor> tensors; // in file order
    QuantizeError total;                  // of those that changed their type
    std::uint64_t bytesBefore = 0;
    std::uint64_t bytesAfter = 0;
};

struct QuantizeOptions {
    QuantizeTarget target = QuantizeTarget::Q8_0;
    bool mayReplace = false; // an existing file
};

// Keys are copied; general.file_type and general.quantization_version become those of the target.
// Works through the file a few megabytes at a time. `to` is written beside itself and renamed, so
// that it is either complete or as it was; `progress` counts bytes read, on the calling thread.
// Errors: those of GgufFile::open() and GgufOutput; InvalidInput (`to` is `from`, or exists; a
// weight that is not finite or too large, with the tensor's name), Unsupported (see planTypes(), or
// a tensor of unknown type), Cancelled. The pool must not be in use.
Result<QuantizeReport> quantizeModel(const std::filesystem::path& from,
                                     const std::filesystem::path& to,
                                     const QuantizeOptions& options,
                                     ThreadPool& pool,
                                     const ProgressFn& progress,
                                     std::stop_token stop);

} // namespace attest::engine
