// The table of `attest bench`: how fast a model is here, and how fast it could be.
#pragma once

#include "base/result.h"
#include "cli/bench/progress.h"
#include "engine/kv_type.h"
#include "engine/limits.h"
#include "engine/model.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace attest::cli {

struct SpeedOptions {
    std::filesystem::path model;
    std::size_t threads = 0; // 0: one per core
    engine::KvType kvType = engine::KvType::F32;
    engine::WeightPlace weights = engine::WeightPlace::Automatic;
    std::uint32_t rounds = 3;
    bool isQuick = false; // one round, nothing at 4,096 tokens, one number of threads
};

enum class SpeedUnit : std::uint8_t { Seconds, TokensPerSecond, Times, Bytes };

struct SpeedRow {
    std::string id;   // "prefill_512", the same in every version
    std::string what; // "prefill, 512 tokens"
    double value = 0; // the median of the rounds
    SpeedUnit unit = SpeedUnit::Seconds;
    std::optional<double> limit;     // the best that is possible here, in the same unit
    std::optional<double> share;     // how much of the limit is reached; memory: value / limit
    std::optional<double> tileShare; // prefill: of the matrix unit's limit, where there is one
};

struct SpeedReport {
    std::string model;
    std::string weightTypes;
    std::uint64_t fileBytes = 0;
    std::uint64_t parameterCount = 0;
    std::string kernels; // "avx512"
    std::string kvType;  // "f16"
    engine::MachineLimits limits;
    std::vector<SpeedRow> rows;
};

// Limits: decoding reads all weights, and the keys and values so far, once a token; prefill
// multiplies with the layers' matrices in 8 bits (attention and the head are not counted); a batch
// takes the longer of the two. Errors: those of the model, Cancelled.
Result<SpeedReport>
measureSpeed(const SpeedOptions& options, BenchProgress& progress, const std::stop_token& stop);

// "f32", "f16", "q8_0": the values of --kv.
std::string_view toString(engine::KvType type);

std::string speedTable(const SpeedReport& report);
std::string speedJson(const SpeedReport& report);

} // namespace attest::cli
