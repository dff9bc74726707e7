// From a file to grounded values: the walk of one document, stations 3 to 12 of the architecture.
// pipeline.cpp reads like that table.
#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "base/source_span.h"
#include "extract/adapters.h"
#include "extract/decode/part_decoder.h"
#include "extract/document_reader.h"
#include "extract/normalise.h"
#include "extract/template.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace attest::engine {
class ChatFormat;
class Model;
struct ModelInfo;
} // namespace attest::engine

namespace attest::extract {

enum class Stage { Reading, Extracting };

// done/total are pages while reading and questions to the model (chunks times parts) afterwards.
using StageProgressFn = std::function<void(Stage, Progress)>;

struct ExtractedValue {
    std::string pointer;        // "/medications/0/drug", into ExtractionResult::valuesJson
    std::string group;          // "medications"; empty for a single field
    std::int64_t instance = -1; // 0-based item of the group; -1 for a single field
    std::string field;          // "drug"
    FieldKind kind = FieldKind::Verbatim;
    bool isIdentifier = false;
    std::optional<std::string> text; // nullopt: not stated
    // Read values: their place. Judged values: the anchor of their record, as evidence.
    std::optional<SourceSpan> span;
    std::vector<PageBox> boxes; // of the span; empty for notes
    bool isAmbiguousPlace = false;
    std::optional<Normalised> normal;
    float logProbability = 0;
    float minFeasibleMass = 1;
    // How often such answers are right; nullopt: not measured for this model and way of asking.
    std::optional<double> confidence;
};

struct Timing {
    double readSeconds = 0;
    double prefillSeconds = 0;
    double decodeSeconds = 0;
    double maskSeconds = 0;
    double totalSeconds = 0;
    std::uint64_t promptTokens = 0; // computed, without the reused ones
    std::uint64_t reusedTokens = 0;
    std::uint64_t answerTokens = 0;
    std::uint64_t forcedTokens = 0;
    std::uint64_t chunks = 0;
};

struct ExtractionResult {
    DocumentText document;  // its status says whether there was anything to extract from
    std::string valuesJson; // compact JSON of the template's shape; "{}" when there was no text
    std::vector<ExtractedValue> values; // every leaf, nulls included, in the order of the JSON
    bool isIncomplete = false;          // some answer did not fit the model's context
    Timing timing;
};

enum class SummaryMode { Strict, Free };

struct SummarySentence {
    std::string text;
    std::vector<SourceSpan> citations;       // source sentences; never empty
    std::vector<std::vector<PageBox>> boxes; // one list per citation
    bool isReplaced = false; // free mode: failed its check, stands verbatim as its source says it
};

struct SummaryResult {
    DocumentText document;
    SummaryMode mode = SummaryMode::Strict;
    std::vector<SummarySentence> sentences;
    bool isIncomplete = false;
    Timing timing;
};

struct ExtractorOptions {
    std::filesystem::path modelPath;
    std::string chatFormat;  // a name that ChatFormat::named() knows; empty: as the file says
    std::size_t threads = 0; // 0: as the machine has
    std::uint32_t contextLength = 0; // 0: the model's own, 4096 at most
    DecodeMode decodeMode = DecodeMode::Fast;
    bool isBackground = false; // the model's threads give way to what the user does
    bool isQuick = false;      // one look at a document, also where the model's file asks for two
    std::vector<AdapterChoice> adapters = {};
};

// The chat format that is to be used: the one called `name`, or for an empty name the model's own.
// Errors: those of ChatFormat::named(); Unsupported (the model's own is not known; the message says
// how to choose one).
Result<engine::ChatFormat> chosenFormat(const engine::Model& model, const std::string& name);

// A loaded model with one session. Not thread-safe: one job at a time. Blocking functions report on
// the calling thread.
class Extractor {
public:
    // Errors: those of Model::load, chosenFormat() and Session::create; NotFound when attest-reader
    // is missing.
    static Result<Extractor> create(const ExtractorOptions& options);

    Extractor(Extractor&&) noexcept;
    Extractor& operator=(Extractor&&) noexcept;
    ~Extractor();

    // Errors: NotFound, Io, Unsupported (neither PDF nor text), Cancelled, OutOfResources (template
    // too long for the context). A document that opens but has no text is a result, see its status.
    Result<ExtractionResult> extract(const std::filesystem::path& path,
                                     const Template& asked,
                                     const StageProgressFn& onProgress,
                                     std::stop_token stop);

    // The same for text that is already in memory.
    Result<ExtractionResult> extractNote(std::string_view bytes,
                                         const Template& asked,
                                         const StageProgressFn& onProgress,
                                         std::stop_token stop);

    // As extract(), for summaries. Errors: as above; Unsupported for free mode with a model that
    // only knows strict summaries (the bundled one).
    Result<SummaryResult> summarize(const std::filesystem::path& path,
                                    SummaryMode mode,
                                    const StageProgressFn& onProgress,
                                    std::stop_token stop);
    Result<SummaryResult> summarizeNote(std::string_view bytes,
                                        SummaryMode mode,
                                        const StageProgressFn& onProgress,
                                        std::stop_token stop);

    const engine::ModelInfo& modelInfo() const;
    const std::string& modelSha256() const;
    const std::vector<AdapterRecord>& adapters() const;

private:
    struct Impl;
    explicit Extractor(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// "0.1.0", as built.
std::string_view engineVersion();

} // namespace attest::extract
