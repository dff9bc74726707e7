#include "gui/evaluate/evaluation_run.h"

#include "base/check.h"
#include "gui/app/error_text.h"
#include "gui/evaluate/score_text.h"

#include <algorithm>
#include <utility>

namespace attest::gui {

EvaluationRun::EvaluationRun(QObject* parent) : QObject(parent) {}

EvaluationRun::~EvaluationRun() {
    stop_.request_stop();
}

void EvaluationRun::start(EvaluationInput input) {
    ATTEST_CHECK(!isRunning_);
    isRunning_ = true;
    stop_ = std::stop_source();
    thread_.post([this, input = std::move(input), stop = stop_.get_token()] {
        auto result = std::make_shared<Result<EvaluationOutcome>>(run(input, stop));
        QMetaObject::invokeMethod(
            this,
            [this, result] {
                isRunning_ = false;
                if (result->ok()) {
                    emit finished(std::make_shared<EvaluationOutcome>(std::move(*result).value()));
                } else if (result->error().code == ErrorCode::Cancelled) {
                    emit cancelled();
                } else {
                    emit failed(errorText(result->error()));
                }
            },
            Qt::QueuedConnection);
    });
}

void EvaluationRun::cancel() {
    stop_.request_stop();
}

Result<EvaluationOutcome> EvaluationRun::run(const EvaluationInput& input,
                                             const std::stop_token& stop) {
    ATTEST_TRY_ASSIGN(const auto asked, extract::Template::parse(input.templateJson, "template"));
    EvaluationOutcome outcome;
    ATTEST_TRY_ASSIGN(const auto file, extract::findGoldFile(input.gold, asked));
    ATTEST_TRY_ASSIGN(outcome.gold, extract::readGold(file, {&asked}));
    ATTEST_TRY_ASSIGN(outcome.documents, extract::goldDocuments(outcome.gold));
    const double models = input.other ? 2 : 1;

    const auto measure = [&](const std::filesystem::path& model,
                             const std::string& chatFormat,
                             double before) -> Result<EvaluationSide> {
        extract::ExtractorOptions options;
        options.modelPath = model;
        options.chatFormat = chatFormat;
        options.threads = input.threads;
        options.isBackground = true;
        ATTEST_TRY_ASSIGN(auto extractor, extract::Extractor::create(options));
        int shown = -1;
        const auto report = [&](const extract::GoldProgress& progress) {
            const int percent = int((before + progress.done) / models * 100);
            if (percent == shown) {
                return;
            }
            shown = percent;
            // The model still to come takes about as long as this one.
            auto left = progress.secondsLeft;
            if (left && progress.done > 0 && before == 0 && models > 1) {
                *left += *left / std::max(1e-9, 1 - progress.done);
            }
            const QString text = progressText(progress, left);
            QMetaObject::invokeMethod(
                this,
                [this, text, percent] { emit progressed(text, percent); },
                Qt::QueuedConnection);
        };
        EvaluationSide side;
        ATTEST_TRY_ASSIGN(
            side.run,
            extract::runGold(extractor, asked, outcome.gold, outcome.documents, report, stop));
        ATTEST_TRY_ASSIGN(
            side.evaluation,
            extract::evaluate(
                asked, outcome.gold.documents, side.run.results, outcome.gold.comparators));
        return side;
    };

    ATTEST_TRY_ASSIGN(outcome.measured, measure(input.model, input.chatFormat, 0));
    if (input.other) {
        ATTEST_TRY_ASSIGN(outcome.other, measure(*input.other, input.otherFormat, 1));
        ATTEST_TRY_ASSIGN(
            outcome.comparison,
            extract::compareEvaluations(outcome.other->evaluation, outcome.measured.evaluation));
    }
    return outcome;
}

} // namespace attest::gui
