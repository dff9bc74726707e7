#include "engine/quantize.h"

#include "engine/gguf/contents.h"
#include "engine/gguf/mapped_file.h"
#include "engine/kernels/unpack.h"
#include "engine/quantize/encode.h"
#include "engine/quantize/gguf_output.h"
#include "engine/quantize/plan.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <optional>
#include <span>
#include <system_error>
#include <utility>

namespace attest::engine {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kChunkElements = std::size_t(4) << 20U; // read, rounded and written at a time
constexpr std::string_view kFileType = "general.file_type";
constexpr std::string_view kVersion = "general.quantization_version";
constexpr std::uint32_t kQuantizationVersion = 2;

// A key with a 32-bit number, whose bytes it points to.
GgufEntry number(std::string_view key, const std::uint32_t& value) {
    return {.key = key, .type = ValueType::U32, .bytes = std::as_bytes(std::span(&value, 1))};
}

class Quantizer {
public:
    Quantizer(const GgufContents& contents,
              std::span<const TensorType> types,
              GgufOutput& out,
              ThreadPool& pool,
              const ProgressFn& progress,
              std::stop_token stop)
        : contents_(contents)
        , types_(types)
        , out_(out)
        , pool_(pool)
        , progress_(progress)
        , stop_(std::move(stop)) {
        for (const TensorInfo& tensor : contents.tensors) {
            total_ += tensor.data.size();
        }
    }

    Result<void> writeHeader(QuantizeTarget target) {
        const std::uint32_t type = fileType(target);
        std::vector<GgufEntry> entries;
        std::uint32_t alignment = 32;
        for (const GgufEntry& entry : contents_.entries) {
            if (entry.key != kFileType && entry.key != kVersion) {
                entries.push_back(entry);
            }
            if (entry.key == "general.alignment") { // a 32-bit number, or it would not have opened
                std::copy(entry.bytes.begin(),
                          entry.bytes.end(),
                          std::as_writable_bytes(std::span(&alignment, 1)).begin());
            }
        }
        entries.push_back(number(kVersion, kQuantizationVersion));
        entries.push_back(number(kFileType, type));
        std::vector<TensorInfo> infos = contents_.tensors;
        for (std::size_t i = 0; i < infos.size(); ++i) {
            infos[i].type = types_[i];
        }
        return out_.writeHeader(entries, infos, alignment);
    }

    Result<void> writeTensors(QuantizeReport& report) {
        for (std::size_t i = 0; i < types_.size(); ++i) {
            const TensorInfo& tensor = contents_.tensors[i];
            QuantizedTensor done;
            done.name = tensor.name;
            done.from = tensor.type;
            done.to = types_[i];
            done.elements = 1;
            for (const std::uint64_t size : tensor.shape) {
                done.elements *= size;
            }
            if (done.from == done.to) {
                ATTEST_TRY(copy(tensor));
            } else {
                ATTEST_TRY(convert(tensor, done));
                report.total.add(done.error);
            }
            ATTEST_TRY(out_.endTensor());
            report.tensors.push_back(std::move(done));
        }
        return {};
    }

private:
    Result<void> report(std::uint64_t bytes) {
        done_ += bytes;
        if (progress_) {
            progress_({std::int64_t(done_), std::int64_t(total_)});
        }
        if (stop_.stop_requested()) {
            return Error{ErrorCode::Cancelled, "cancelled"};
        }
        return {};
    }

    Result<void> copy(const TensorInfo& tensor) {
        constexpr std::size_t kPiece = std::size_t(8) << 20U;
        for (std::size_t at = 0; at < tensor.data.size(); at += kPiece) {
            const auto piece = tensor.data.subspan(at, std::min(kPiece, tensor.data.size() - at));
            ATTEST_TRY(out_.write(piece));
            ATTEST_TRY(report(piece.size()));
        }
        return {};
    }

    Result<void> convert(const TensorInfo& tensor, QuantizedTensor& done) {
        const BlockLayout from = *blockLayout(done.from);
        const BlockLayout to = *blockLayout(done.to);
        const auto columns = std::size_t(tensor.shape[0]);
        const std::size_t rows = std::size_t(done.elements) / columns;
        const std::size_t fromBytes = columns / from.elements * from.bytes;
        const std::size_t toBytes = columns / to.elements * to.bytes;
        const std::size_t step = std::clamp<std::size_t>(kChunkElements / columns, 1, rows);
        std::vector<std::byte> chunk(step * toBytes);
        std::vector<QuantizeError> errors(pool_.threadCount());
        // Two rows a thread: as they are, and as they come out.
        std::vector<std::vector<float>> scratch(pool_.threadCount(),
                                                std::vector<float>(2 * columns));
        for (std::size_t first = 0; first < rows; first += step) {
            const std::size_t count = std::min(step, rows - first);
            std::atomic<bool> isGood = true;
            pool_.forEach(count, [&](std::size_t row, std::size_t thread) {
                const std::span<float> x(scratch[thread].data(), columns);
                const std::span<float> y(scratch[thread].data() + columns, columns);
                dequantizeRow(done.from, tensor.data.data() + (first + row) * fromBytes, x);
                std::byte* out = chunk.data() + row * toBytes;
                if (!encodeRow(done.to, x, out)) {
                    isGood = false;
                    return;
                }
                dequantizeRow(done.to, out, y);
                errors[thread].add(compare(x, y));
            });
            if (!isGood) {
                return Error{ErrorCode::InvalidInput,
                             "tensor '" + tensor.name +
                                 "' holds a weight that is not finite or too large"};
            }
            ATTEST_TRY(out_.write(std::span(chunk).first(count * toBytes)));
            ATTEST_TRY(report(count * fromBytes));
        }
        for (const QuantizeError& error : errors) {
            done.error.add(error);
        }
        return {};
    }

    static QuantizeError compare(std::span<const float> x, std::span<const float> y) {
        QuantizeError error;
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double difference = double(y[i]) - double(x[i]);
            error.squaredError += difference * difference;
            error.squaredSize += double(x[i]) * double(x[i]);
            error.largest = std::max(error.largest, std::fabs(difference));
        }
        return error;
    }

    const GgufContents& contents_;
    std::span<const TensorType> types_;
    GgufOutput& out_;
    ThreadPool& pool_;
    const ProgressFn& progress_;
    std::stop_token stop_;
    std::uint64_t total_ = 0;
    std::uint64_t done_ = 0;
};

Result<void> checkTypesKnown(std::span<const TensorInfo> tensors) {
    for (const TensorInfo& tensor : tensors) {
        if (!blockLayout(tensor.type)) {
            return Error{ErrorCode::Unsupported,
                         "tensor '" + tensor.name + "' has type " + toString(tensor.type) +
                             ", which this build does not know"};
        }
    }
    return {};
}

Result<QuantizeReport> run(const fs::path& from,
                           const fs::path& to,
                           const QuantizeOptions& options,
                           ThreadPool& pool,
                           const ProgressFn& progress,
                           std::stop_token stop) {
    ATTEST_TRY_ASSIGN(const MappedFile file, MappedFile::open(from));
    ATTEST_TRY_ASSIGN(const GgufContents contents, parseGguf(file.bytes()));
    ATTEST_TRY(checkTypesKnown(contents.tensors));
    ATTEST_TRY_ASSIGN(const auto types, planTypes(contents.tensors, options.target));
    ATTEST_TRY_ASSIGN(GgufOutput out,
                      GgufOutput::create(to, options.mayReplace ? Replace::Yes : Replace::No));
    Quantizer quantizer(contents, types, out, pool, progress, std::move(stop));
    QuantizeReport report;
    report.bytesBefore = file.bytes().size();
    ATTEST_TRY(quantizer.writeHeader(options.target));
    ATTEST_TRY(quantizer.writeTensors(report));
    ATTEST_TRY(out.commit());
    report.bytesAfter = out.bytesWritten();
    return report;
}

} // namespace

double QuantizeError::relative() const {
    return squaredSize > 0 ? std::sqrt(squaredError / squaredSize) : 0;
}

void QuantizeError::add(const QuantizeError& other) {
    squaredError += other.squaredError;
    squaredSize += other.squaredSize;
    largest = std::max(largest, other.largest);
}

Result<QuantizeReport> quantizeModel(const fs::path& from,
                                     const fs::path& to,
                                     const QuantizeOptions& options,
                                     ThreadPool& pool,
                                     const ProgressFn& progress,
                                     std::stop_token stop) {
    const std::string context = "quantize '" + from.string() + "'";
    // Replacing the file that is being read would end this process.
    std::error_code error;
    if (fs::equivalent(from, to, error)) {
        return Error{ErrorCode::InvalidInput, context + ": it cannot be written over itself"};
    }
    auto report = run(from, to, options, pool, progress, std::move(stop));
    if (!report.ok()) {
        return std::move(report).error().in(context);
    }
    return report;
}

} // namespace attest::engine
