#include "extract/decode/reader_hints.h"

#include "engine/gguf.h"

#include <cmath>
#include <string>
#include <string_view>

namespace attest::extract {

namespace {

constexpr std::size_t kSmallestChunk = 16;
constexpr std::size_t kLargestChunk = 8192;
constexpr double kLargestBias = 20;

Result<std::size_t>
tokens(const engine::GgufFile& file, std::string_view key, std::size_t fallback) {
    ATTEST_TRY_ASSIGN(const std::uint64_t value, file.unsignedOr(key, fallback));
    const bool isOff = value == 0 && fallback == 0;
    if (!isOff && (value < kSmallestChunk || value > kLargestChunk)) {
        return Error{ErrorCode::InvalidInput,
                     std::string(key) + " is " + std::to_string(value) + "; it must be from " +
                         std::to_string(kSmallestChunk) + " to " + std::to_string(kLargestChunk)};
    }
    return std::size_t(value);
}

Result<float> bias(const engine::GgufFile& file, std::string_view key) {
    ATTEST_TRY_ASSIGN(const double value, file.floatOr(key, 0));
    if (!(std::fabs(value) <= kLargestBias)) {
        return Error{ErrorCode::InvalidInput,
                     std::string(key) + " is " + std::to_string(value) +
                         "; it must be from -20 to 20"};
    }
    return float(value);
}

Result<double> share(const engine::GgufFile& file, std::string_view key, double fallback) {
    ATTEST_TRY_ASSIGN(const double value, file.floatOr(key, fallback));
    if (!(value >= 0 && value <= 1)) {
        return Error{ErrorCode::InvalidInput,
                     std::string(key) + " is " + std::to_string(value) +
                         "; it must be from 0 to 1"};
    }
    return value;
}

} // namespace

Result<ReaderHints> readerHints(const engine::GgufFile& file) {
    ReaderHints hints;
    ATTEST_TRY_ASSIGN(hints.chunkTokens, tokens(file, "attest.chunk_tokens", hints.chunkTokens));
    ATTEST_TRY_ASSIGN(hints.recordChunkTokens,
                      tokens(file, "attest.record_chunk_tokens", hints.recordChunkTokens));
    ATTEST_TRY_ASSIGN(hints.summaryChunkTokens,
                      tokens(file, "attest.summary_chunk_tokens", hints.summaryChunkTokens));
    ATTEST_TRY_ASSIGN(hints.secondChunkTokens, tokens(file, "attest.second_chunk_tokens", 0));
    ATTEST_TRY_ASSIGN(hints.secondRecordChunkTokens,
                      tokens(file, "attest.second_record_chunk_tokens", 0));
    ATTEST_TRY_ASSIGN(hints.listAgreement,
                      share(file, "attest.list_agreement", hints.listAgreement));
    ATTEST_TRY_ASSIGN(hints.fieldAgreement,
                      share(file, "attest.field_agreement", hints.fieldAgreement));
    ATTEST_TRY_ASSIGN(hints.listEndBias, bias(file, "attest.list_end_bias"));
    ATTEST_TRY_ASSIGN(hints.nullBias, bias(file, "attest.null_bias"));
    return hints;
}

} // namespace attest::extract
