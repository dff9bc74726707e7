#include "extract/gold_run.h"

#include "engine/model.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <utility>

namespace attest::extract {

namespace {

using Clock = std::chrono::steady_clock;

constexpr double kReadingShare = 0.1; // of a document's time; the model takes the rest
constexpr double kLeastDone = 0.02;   // before this much is done an estimate is a guess

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

class Reporter {
public:
    Reporter(const std::vector<GoldDocument>& documents, const GoldProgressFn& onProgress)
        : documents_(documents), onProgress_(onProgress) {}

    void report(size_t document, Stage stage, Progress part) const {
        const double ofStage = part.total > 0 ? double(part.done) / double(part.total) : 0;
        const double ofDocument = stage == Stage::Reading
                                      ? kReadingShare * ofStage
                                      : kReadingShare + (1 - kReadingShare) * ofStage;
        GoldProgress progress;
        progress.document = document;
        progress.documents = documents_.size();
        progress.name = documents_[document].name;
        progress.stage = stage;
        progress.part = part;
        progress.done = (double(document) + ofDocument) / double(documents_.size());
        if (progress.done >= kLeastDone) {
            progress.secondsLeft = secondsSince(begin_) * (1 - progress.done) / progress.done;
        }
        onProgress_(progress);
    }

private:
    const std::vector<GoldDocument>& documents_;
    const GoldProgressFn& onProgress_;
    Clock::time_point begin_ = Clock::now();
};

double median(std::vector<double> numbers) {
    if (numbers.empty()) {
        return 0;
    }
    const auto middle = numbers.begin() + std::ptrdiff_t(numbers.size() / 2);
    std::nth_element(numbers.begin(), middle, numbers.end());
    return *middle;
}

std::map<std::string, AnswerConfidence> confidencesOf(const std::vector<ExtractedValue>& values) {
    std::map<std::string, AnswerConfidence> all;
    for (const ExtractedValue& value : values) {
        all[value.pointer] = {std::exp(double(value.logProbability)), value.confidence};
    }
    return all;
}

std::string reasonOf(const DocumentText& document) {
    return std::string(toString(document.status)) +
           (document.message.empty() ? "" : " (" + document.message + ")");
}

} // namespace

Result<GoldRun> runGold(Extractor& extractor,
                        const Template& asked,
                        const GoldSet& gold,
                        const std::vector<GoldDocument>& documents,
                        const GoldProgressFn& onProgress,
                        std::stop_token stop) {
    GoldRun run;
    run.modelName = extractor.modelInfo().name;
    run.modelSha256 = extractor.modelSha256();
    const Reporter reporter(documents, onProgress);
    std::vector<double> secondsPerPage;
    for (size_t i = 0; i < documents.size(); ++i) {
        const GoldDocument& document = documents[i];
        const auto report = [&](Stage stage, Progress part) {
            reporter.report(i, stage, part);
        };
        report(Stage::Reading, {});
        const Clock::time_point begin = Clock::now();
        const auto result = document.text
                                ? extractor.extractNote(*document.text, asked, report, stop)
                                : extractor.extract(document.path, asked, report, stop);
        if (!result.ok()) {
            if (result.error().code == ErrorCode::Cancelled ||
                result.error().code == ErrorCode::OutOfResources) {
                return result.error();
            }
            run.failures.push_back(document.name + ": " + result.error().message);
            continue;
        }
        const double seconds = secondsSince(begin);
        const ExtractionResult& extracted = result.value();
        if (extracted.document.status != ReadStatus::Ok) {
            run.failures.push_back(document.name + ": " + reasonOf(extracted.document));
        }
        const Grounding grounding = checkGrounding(asked, extracted);
        run.grounding.values += grounding.values;
        run.grounding.invented += grounding.invented;
        const size_t pages = std::max<size_t>(extracted.document.pages.size(), 1);
        run.pages += pages;
        run.seconds += seconds;
        secondsPerPage.push_back(seconds / double(pages));
        const Labelled& labelled = gold.documents[document.index];
        run.results.push_back({labelled.id,
                               labelled.file,
                               extracted.valuesJson,
                               {},
                               0,
                               confidencesOf(extracted.values)});
    }
    run.medianSecondsPerPage = median(std::move(secondsPerPage));
    return run;
}

} // namespace attest::extract
