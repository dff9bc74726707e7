#include "extract/pipeline.h"

#include "base/sha256.h"
#include "engine/chat_format.h"
#include "engine/model.h"
#include "engine/session.h"
#include "engine/thread_pool.h"
#include "extract/chunk/chunk_budget.h"
#include "extract/confidence/calibration.h"
#include "extract/decode/vocabulary_index.h"
#include "extract/merge/part_merge.h"
#include "extract/resources.h"
#include "extract/summary/summary.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <map>
#include <span>
#include <utility>

namespace attest::extract {

namespace {

// Small models are trained on no more, and a larger context costs KV memory and attention time for
// chunks that are no better answered.
constexpr std::uint32_t kDefaultContext = 4096;

constexpr std::string_view kSummaryTemplate = "summary";
constexpr std::size_t kSummarySentences = 15; // of a whole document, strict mode

// A chunk whose answer did not fit is asked again in halves, this often at most.
constexpr int kMaxSplits = 4;

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

void addTo(Timing& timing, const DecodedPart& answer) {
    timing.prefillSeconds += answer.prefillSeconds;
    timing.decodeSeconds += answer.decodeSeconds;
    timing.maskSeconds += answer.maskSeconds;
    timing.promptTokens += answer.promptTokens - answer.reusedTokens;
    timing.reusedTokens += answer.reusedTokens;
    timing.answerTokens += answer.answerTokens;
    timing.forcedTokens += answer.forcedTokens;
    ++timing.chunks;
}

const Field* normalFormOf(const Template& asked, const ExtractedValue& value) {
    for (const Field& field : asked.fields()) {
        if (value.group.empty() && field.name == value.field) {
            return &field;
        }
        if (field.name == value.group) {
            for (const Field& inner : field.fields) {
                if (inner.name == value.field) {
                    return &inner;
                }
            }
        }
    }
    return nullptr;
}

// How sure a model's answers are, where that was measured.
struct MeasuredConfidence {
    Calibration calibration;
    std::vector<Template> builtIn;

    bool isBuiltIn(const Template& asked) const {
        return std::any_of(builtIn.begin(), builtIn.end(), [&](const Template& one) {
            return one.id() == asked.id() && one.fields() == asked.fields();
        });
    }
};

// It was measured with the model as it is and as it asks to be asked.
Result<std::optional<MeasuredConfidence>> measuredConfidence(const ExtractorOptions& options,
                                                             std::string_view modelSha256) {
    std::optional<MeasuredConfidence> measured;
    if (options.isQuick || !options.adapters.empty() || !options.chatFormat.empty()) {
        return measured;
    }
    ATTEST_TRY_ASSIGN(auto calibration, Calibration::ofModel(options.modelPath, modelSha256));
    if (calibration) {
        ATTEST_TRY_ASSIGN(auto templates, builtInTemplates());
        measured = MeasuredConfidence{std::move(*calibration), std::move(templates)};
    }
    return measured;
}

// A part of a template, and the document in chunks, once for every look at it.
struct Question {
    TemplatePart part;
    std::vector<const std::vector<Chunk>*> looks;
};

template <typename Outcome>
void addTo(Outcome& result, std::span<const DecodedPart> answers) {
    for (const DecodedPart& answer : answers) {
        addTo(result.timing, answer);
        result.isIncomplete = result.isIncomplete || answer.isTruncated;
    }
}

} // namespace

struct Extractor::Impl {
    Impl(std::shared_ptr<const engine::Model> loaded,
         engine::ChatFormat chosen,
         std::string modelHash,
         std::vector<AdapterRecord> adapterRecords,
         std::unique_ptr<engine::ThreadPool> threads,
         engine::Session opened,
         const ReaderHints& hints,
         std::optional<MeasuredConfidence> measured,
         const ExtractorOptions& options,
         std::filesystem::path readerProgram)
        : model(std::move(loaded))
        , format(std::move(chosen))
        , modelSha256(std::move(modelHash))
        , adapters(std::move(adapterRecords))
        , pool(std::move(threads))
        , session(std::move(opened))
        , index(model->tokenizer())
        , decoder(*model, format, session, index)
        , confidence(std::move(measured)) {
        decoding.mode = options.decodeMode;
        decoding.hints = hints;
        if (options.isQuick) {
            decoding.hints.secondChunkTokens = decoding.hints.secondRecordChunkTokens = 0;
        }
        reading.readerProgram = std::move(readerProgram);
    }

    Result<ExtractionResult> extractFrom(DocumentText document,
                                         const Template& asked,
                                         const StageProgressFn& onProgress,
                                         const std::stop_token& stop);

    // Answers of all chunks, in order, look by look. A chunk that an earlier look had too keeps its
    // answers, and `onAnswer` gets none.
    Result<std::vector<Look>>
    lookAt(const Question& question,
           const std::function<void(std::span<const DecodedPart>)>& onAnswer,
           const std::stop_token& stop);

    Result<void> askChunk(const TemplatePart& part,
                          const Chunk& chunk,
                          int splitsLeft,
                          std::vector<DecodedPart>& answers,
                          const std::stop_token& stop);

    // Errors: Unsupported.
    Result<void> checkMode(SummaryMode mode) const;
    Result<SummaryResult> summarizeFrom(DocumentText document,
                                        SummaryMode mode,
                                        const StageProgressFn& onProgress,
                                        const std::stop_token& stop);
    Result<void> summarizeStrictly(SummaryResult& result,
                                   const StageProgressFn& onProgress,
                                   const std::stop_token& stop);
    Result<void> summarizeFreely(SummaryResult& result,
                                 const StageProgressFn& onProgress,
                                 const std::stop_token& stop);

    CountTokensFn tokenCounter() const;

    // Tokens of a chunk that is asked about `part`, once for every look at the document.
    std::vector<std::size_t> chunkTokens(const TemplatePart& part) const;

    std::shared_ptr<const engine::Model> model;
    engine::ChatFormat format;
    std::string modelSha256;
    std::vector<AdapterRecord> adapters;
    std::unique_ptr<engine::ThreadPool> pool;
    engine::Session session;
    VocabularyIndex index;
    PartDecoder decoder;
    std::optional<MeasuredConfidence> confidence;
    PartDecoderOptions decoding;
    ReaderOptions reading;
};

CountTokensFn Extractor::Impl::tokenCounter() const {
    return [this](std::string_view text) {
        return model->tokenizer().encode(text, engine::SpecialText::Plain).size();
    };
}

std::vector<std::size_t> Extractor::Impl::chunkTokens(const TemplatePart& part) const {
    const std::size_t budget =
        chunkBudget(part, session.contextLength(), decoder.promptOverhead(part), tokenCounter());
    if (!format.hasAlignedAnswers()) {
        return {budget};
    }
    const auto looks = [&](std::size_t first, std::size_t second) {
        std::vector<std::size_t> sizes = {std::min(budget, first)};
        if (second != 0 && std::min(budget, second) != sizes.front()) {
            sizes.push_back(std::min(budget, second));
        }
        return sizes;
    };
    switch (part.fields.front().kind) {
    case FieldKind::List:
        return looks(decoding.hints.summaryChunkTokens, 0);
    case FieldKind::Group:
        return looks(decoding.hints.chunkTokens, decoding.hints.secondChunkTokens);
    default:
        return looks(decoding.hints.recordChunkTokens, decoding.hints.secondRecordChunkTokens);
    }
}

Result<void> Extractor::Impl::askChunk(const TemplatePart& part,
                                       const Chunk& chunk,
                                       int splitsLeft,
                                       std::vector<DecodedPart>& answers,
                                       const std::stop_token& stop) {
    ATTEST_TRY_ASSIGN(DecodedPart answer, decoder.decode(part, chunk, decoding, stop));
    if (answer.isTruncated && splitsLeft > 0) {
        const std::vector<Chunk> halves = splitChunk(chunk);
        if (halves.size() > 1) {
            for (const Chunk& half : halves) {
                ATTEST_TRY(askChunk(part, half, splitsLeft - 1, answers, stop));
            }
            return {};
        }
    }
    answers.push_back(std::move(answer));
    return {};
}

Result<std::vector<Look>>
Extractor::Impl::lookAt(const Question& question,
                        const std::function<void(std::span<const DecodedPart>)>& onAnswer,
                        const std::stop_token& stop) {
    struct Asked {
        const Chunk* chunk;
        std::size_t look, begin, end; // its answers: looks[look][begin…end)
    };

    std::vector<Asked> asked;
    std::vector<Look> looks;
    for (const std::vector<Chunk>* chunks : question.looks) {
        // Chunks of one look all differ.
        const auto earlier = std::ptrdiff_t(asked.size());
        Look& look = looks.emplace_back();
        for (const Chunk& chunk : *chunks) {
            const auto last = asked.begin() + earlier;
            const auto known = std::find_if(
                asked.begin(), last, [&](const Asked& other) { return *other.chunk == chunk; });
            const std::size_t begin = look.size();
            if (known != last) {
                const auto answers = std::span<const DecodedPart>(looks[known->look])
                                         .subspan(known->begin, known->end - known->begin);
                look.insert(look.end(), answers.begin(), answers.end());
                onAnswer({});
                continue;
            }
            ATTEST_TRY(askChunk(question.part, chunk, kMaxSplits, look, stop));
            asked.push_back({&chunk, looks.size() - 1, begin, look.size()});
            onAnswer(std::span<const DecodedPart>(look).subspan(begin));
        }
    }
    return looks;
}

Result<ExtractionResult> Extractor::Impl::extractFrom(DocumentText document,
                                                      const Template& asked,
                                                      const StageProgressFn& onProgress,
                                                      const std::stop_token& stop) {
    ExtractionResult result;
    result.document = std::move(document);
    const std::vector<PageText>& pages = result.document.pages;

    // Parts that take chunks of one size share them: the document is cut and counted once.
    std::map<std::size_t, std::vector<Chunk>> chunksOf;
    std::vector<Question> questions;
    Progress progress;
    for (TemplatePart& part : asked.parts()) {
        Question& question = questions.emplace_back();
        for (const std::size_t size : chunkTokens(part)) {
            auto found = chunksOf.find(size);
            if (found == chunksOf.end()) {
                found = chunksOf.emplace(size, makeChunks(pages, tokenCounter(), {size, 0})).first;
            }
            progress.total += std::int64_t(found->second.size());
            question.looks.push_back(&found->second);
        }
        question.part = std::move(part);
    }
    onProgress(Stage::Extracting, progress);

    for (const Question& question : questions) {
        const auto onAnswer = [&](std::span<const DecodedPart> answers) {
            addTo(result, answers);
            ++progress.done;
            onProgress(Stage::Extracting, progress);
        };
        ATTEST_TRY_ASSIGN(const std::vector<Look> looks, lookAt(question, onAnswer, stop));
        const Agreement agreement = looks.size() > 1 ? Agreement{decoding.hints.listAgreement,
                                                                 decoding.hints.fieldAgreement}
                                                     : Agreement{};
        std::vector<ExtractedValue> values = mergePart(question.part, looks, agreement);
        std::move(values.begin(), values.end(), std::back_inserter(result.values));
    }

    const bool isBuiltIn = confidence && confidence->isBuiltIn(asked);
    for (ExtractedValue& value : result.values) {
        if (confidence) {
            value.confidence = confidence->calibration.confidence(
                {isBuiltIn, value.instance >= 0, value.text.has_value()},
                std::exp(double(value.logProbability)));
        }
        if (value.span) {
            value.boxes =
                boxesOf(pages[size_t(value.span->pageIndex)], value.span->begin, value.span->end);
        }
        if (const Field* field = normalFormOf(asked, value); field != nullptr && value.text) {
            value.normal = normalise(field->normalise, *value.text);
        }
    }
    result.valuesJson = valuesJson(asked.fields(), result.values);
    return result;
}

Result<void> Extractor::Impl::summarizeStrictly(SummaryResult& result,
                                                const StageProgressFn& onProgress,
                                                const std::stop_token& stop) {
    ATTEST_TRY_ASSIGN(const Template asked, findTemplate(kSummaryTemplate));
    const TemplatePart part = asked.parts().front();
    const std::vector<Chunk> chunks =
        makeChunks(result.document.pages, tokenCounter(), {chunkTokens(part).front(), 0});
    Progress progress{0, std::int64_t(chunks.size())};
    const auto onAnswer = [&](std::span<const DecodedPart> answers) {
        addTo(result, answers);
        ++progress.done;
        onProgress(Stage::Extracting, progress);
    };
    ATTEST_TRY_ASSIGN(const std::vector<Look> looks, lookAt({part, {&chunks}}, onAnswer, stop));
    result.sentences = strictSummary(looks.front(), kSummarySentences);
    return {};
}

Result<void> Extractor::Impl::summarizeFreely(SummaryResult& result,
                                              const StageProgressFn& onProgress,
                                              const std::stop_token& stop) {
    const std::vector<FreeSummaryQuestion> questions =
        freeSummaryQuestions(result.document.pages, tokenCounter(), session.contextLength() / 2);
    Progress progress{0, std::int64_t(questions.size())};
    for (const FreeSummaryQuestion& question : questions) {
        ATTEST_TRY_ASSIGN(const DecodedPart answer,
                          decoder.decode(question.part, question.chunk, decoding, stop));
        addTo(result.timing, answer);
        result.isIncomplete = result.isIncomplete || answer.isTruncated;
        std::vector<SummarySentence> sentences = checkedFreeSummary(question, answer);
        std::move(sentences.begin(), sentences.end(), std::back_inserter(result.sentences));
        ++progress.done;
        onProgress(Stage::Extracting, progress);
    }
    return {};
}

Extractor::Extractor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Extractor::Extractor(Extractor&&) noexcept = default;
Extractor& Extractor::operator=(Extractor&&) noexcept = default;
Extractor::~Extractor() = default;

Result<engine::ChatFormat> chosenFormat(const engine::Model& model, const std::string& name) {
    if (!name.empty()) {
        return engine::ChatFormat::named(name);
    }
    if (!model.chatFormat().ok()) {
        const Error& error = model.chatFormat().error();
        return Error{error.code,
                     error.message +
                         ". Choose one under Models in the window, or with --chat-format "
                         "NAME on the command line"};
    }
    return model.chatFormat();
}

Result<Extractor> Extractor::create(const ExtractorOptions& options) {
    ATTEST_TRY_ASSIGN(std::filesystem::path reader, findReaderProgram());
    ATTEST_TRY_ASSIGN(auto model, engine::Model::load(options.modelPath));
    ATTEST_TRY_ASSIGN(engine::ChatFormat format, chosenFormat(*model, options.chatFormat));
    ReaderHints hints;
    if (format.hasAlignedAnswers()) {
        ATTEST_TRY_ASSIGN(hints, readerHints(model->file()));
    }
    ATTEST_TRY_ASSIGN(std::string hash, sha256OfFile(options.modelPath));
    ATTEST_TRY_ASSIGN(auto measured, measuredConfidence(options, hash));
    auto pool = std::make_unique<engine::ThreadPool>(engine::ThreadPoolOptions{
        .threads = options.threads,
        .priority = options.isBackground ? engine::ThreadPriority::Background
                                         : engine::ThreadPriority::Normal});
    engine::SessionOptions sessionOptions;
    sessionOptions.contextLength = options.contextLength != 0
                                       ? options.contextLength
                                       : std::min(model->info().contextLength, kDefaultContext);
    ATTEST_TRY_ASSIGN(LoadedAdapters adapters, loadAdapters(options.adapters, model));
    sessionOptions.adapters = std::move(adapters.applied);
    ATTEST_TRY_ASSIGN(engine::Session session,
                      engine::Session::create(model, *pool, sessionOptions));
    return Extractor(std::make_unique<Impl>(std::move(model),
                                            std::move(format),
                                            std::move(hash),
                                            std::move(adapters.records),
                                            std::move(pool),
                                            std::move(session),
                                            hints,
                                            std::move(measured),
                                            options,
                                            std::move(reader)));
}

namespace {

// An answer that knows how long reading its document took, and all of it since `begin`.
template <typename Answer>
Result<Answer> timed(Result<Answer> answer, Clock::time_point begin, double readSeconds) {
    if (answer.ok()) {
        answer.value().timing.readSeconds = readSeconds;
        answer.value().timing.totalSeconds = secondsSince(begin);
    }
    return answer;
}

} // namespace

Result<ExtractionResult> Extractor::extract(const std::filesystem::path& path,
                                            const Template& asked,
                                            const StageProgressFn& onProgress,
                                            std::stop_token stop) {
    const Clock::time_point begin = Clock::now();
    const auto onPage = [&](Progress pages) {
        onProgress(Stage::Reading, pages);
    };
    ATTEST_TRY_ASSIGN(DocumentText document, readDocument(path, impl_->reading, onPage, stop));
    const double readSeconds = secondsSince(begin);
    return timed(
        impl_->extractFrom(std::move(document), asked, onProgress, stop), begin, readSeconds);
}

Result<ExtractionResult> Extractor::extractNote(std::string_view bytes,
                                                const Template& asked,
                                                const StageProgressFn& onProgress,
                                                std::stop_token stop) {
    const Clock::time_point begin = Clock::now();
    DocumentText document = readNote(bytes);
    const double readSeconds = secondsSince(begin);
    return timed(
        impl_->extractFrom(std::move(document), asked, onProgress, stop), begin, readSeconds);
}

Result<SummaryResult> Extractor::Impl::summarizeFrom(DocumentText document,
                                                     SummaryMode mode,
                                                     const StageProgressFn& onProgress,
                                                     const std::stop_token& stop) {
    SummaryResult result;
    result.mode = mode;
    result.document = std::move(document);
    ATTEST_TRY(mode == SummaryMode::Strict ? summarizeStrictly(result, onProgress, stop)
                                           : summarizeFreely(result, onProgress, stop));
    for (SummarySentence& sentence : result.sentences) {
        for (const SourceSpan& span : sentence.citations) {
            sentence.boxes.push_back(
                boxesOf(result.document.pages[size_t(span.pageIndex)], span.begin, span.end));
        }
    }
    return result;
}

Result<void> Extractor::Impl::checkMode(SummaryMode mode) const {
    if (mode == SummaryMode::Free && format.hasAlignedAnswers()) {
        return Error{
            ErrorCode::Unsupported,
            "this model only knows strict summaries; choose --mode strict, or a larger model"};
    }
    return {};
}

Result<SummaryResult> Extractor::summarize(const std::filesystem::path& path,
                                           SummaryMode mode,
                                           const StageProgressFn& onProgress,
                                           std::stop_token stop) {
    ATTEST_TRY(impl_->checkMode(mode));
    const Clock::time_point begin = Clock::now();
    const auto onPage = [&](Progress pages) {
        onProgress(Stage::Reading, pages);
    };
    ATTEST_TRY_ASSIGN(DocumentText document, readDocument(path, impl_->reading, onPage, stop));
    const double readSeconds = secondsSince(begin);
    return timed(
        impl_->summarizeFrom(std::move(document), mode, onProgress, stop), begin, readSeconds);
}

Result<SummaryResult> Extractor::summarizeNote(std::string_view bytes,
                                               SummaryMode mode,
                                               const StageProgressFn& onProgress,
                                               std::stop_token stop) {
    ATTEST_TRY(impl_->checkMode(mode));
    const Clock::time_point begin = Clock::now();
    DocumentText document = readNote(bytes);
    const double readSeconds = secondsSince(begin);
    return timed(
        impl_->summarizeFrom(std::move(document), mode, onProgress, stop), begin, readSeconds);
}

const engine::ModelInfo& Extractor::modelInfo() const {
    return impl_->model->info();
}

const std::string& Extractor::modelSha256() const {
    return impl_->modelSha256;
}

const std::vector<AdapterRecord>& Extractor::adapters() const {
    return impl_->adapters;
}

std::string_view engineVersion() {
    return ATTEST_VERSION;
}

} // namespace attest::extract
