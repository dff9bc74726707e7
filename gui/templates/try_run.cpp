#include "gui/templates/try_run.h"

#include "base/check.h"
#include "gui/app/error_text.h"

#include <algorithm>
#include <utility>

namespace attest::gui {

TryRun::TryRun(QObject* parent) : QObject(parent) {}

TryRun::~TryRun() {
    stop_.request_stop();
}

void TryRun::start(TryInput input) {
    ATTEST_CHECK(!isRunning_);
    isRunning_ = true;
    stop_ = std::stop_source();
    thread_.post([this, input = std::move(input), stop = stop_.get_token()] {
        auto result = std::make_shared<Result<extract::ExtractionResult>>(run(input, stop));
        QMetaObject::invokeMethod(
            this,
            [this, result] {
                isRunning_ = false;
                if (result->ok()) {
                    emit finished(
                        std::make_shared<extract::ExtractionResult>(std::move(*result).value()));
                } else if (result->error().code == ErrorCode::Cancelled) {
                    emit cancelled();
                } else {
                    emit failed(errorText(result->error()));
                }
            },
            Qt::QueuedConnection);
    });
}

void TryRun::cancel() {
    stop_.request_stop();
}

Result<extract::ExtractionResult> TryRun::run(const TryInput& input, const std::stop_token& stop) {
    ATTEST_TRY_ASSIGN(const auto asked, extract::Template::parse(input.templateJson, "draft"));
    if (!extractor_ || loaded_ != input.model || loadedFormat_ != input.chatFormat) {
        extractor_.reset();
        extract::ExtractorOptions options;
        options.modelPath = input.model;
        options.chatFormat = input.chatFormat;
        options.threads = input.threads;
        ATTEST_TRY_ASSIGN(extractor_, extract::Extractor::create(options));
        loaded_ = input.model;
        loadedFormat_ = input.chatFormat;
    }
    const auto report = [this](extract::Stage stage, Progress progress) {
        const int percent =
            progress.total > 0 ? static_cast<int>(progress.done * 100 / progress.total) : 0;
        const QString name = stage == extract::Stage::Reading ? tr("Reading…") : tr("Extracting…");
        QMetaObject::invokeMethod(
            this, [this, name, percent] { emit progressed(name, percent); }, Qt::QueuedConnection);
    };
    return input.document.empty() ? extractor_->extractNote(input.note, asked, report, stop)
                                  : extractor_->extract(input.document, asked, report, stop);
}

} // namespace attest::gui
