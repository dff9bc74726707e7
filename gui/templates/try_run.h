// Runs a draft on one document, beside the queue and without storing anything.
#pragma once

#include "extract/pipeline.h"
#include "gui/app/task_thread.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace attest::gui {

struct TryInput {
    std::string templateJson;
    std::filesystem::path document; // empty: `note`
    std::string note;
    std::filesystem::path model;
    std::string chatFormat; // chosen by a person; empty: as the file says
    std::size_t threads = 0;
};

// Lives on the GUI thread; one run at a time on a thread of its own. The model stays loaded until
// the object is destroyed or another one is asked for.
class TryRun final : public QObject {
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TryRun)

public:
    explicit TryRun(QObject* parent);
    ~TryRun() override;

    // REQUIRES: not isRunning().
    void start(TryInput input);
    void cancel();

    bool isRunning() const { return isRunning_; }

signals:
    void progressed(const QString& stage, int percent);
    // Exactly one of these per start.
    void finished(const std::shared_ptr<attest::extract::ExtractionResult>& result);
    void failed(const QString& message);
    void cancelled();

private:
    Result<extract::ExtractionResult> run(const TryInput& input, const std::stop_token& stop);

    bool isRunning_ = false;
    std::stop_source stop_;
    std::optional<extract::Extractor> extractor_; // of the thread
    std::filesystem::path loaded_;                // of the thread
    std::string loadedFormat_;                    // of the thread
    TaskThread thread_{TaskThread::AtEnd::DropWaiting};
};

} // namespace attest::gui
