// Asks one or two models about a gold standard, beside the queue and without storing anything.
#pragma once

#include "extract/evaluate.h"
#include "extract/gold.h"
#include "extract/gold_run.h"
#include "gui/app/task_thread.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace attest::gui {

struct EvaluationInput {
    std::string templateJson;
    std::filesystem::path model;
    std::string chatFormat;                     // chosen for the model; empty: as its file says
    std::optional<std::filesystem::path> other; // compared with
    std::string otherFormat;
    std::filesystem::path gold; // file or folder
    std::size_t threads = 0;
};

// What a model found.
struct EvaluationSide {
    extract::GoldRun run;
    extract::Evaluation evaluation;
};

struct EvaluationOutcome {
    extract::GoldSet gold;
    std::vector<extract::GoldDocument> documents; // as EvaluationSide::evaluation.byDocument
    EvaluationSide measured;
    std::optional<EvaluationSide> other;
    std::optional<extract::Comparison> comparison; // other as `before`
};

// Lives on the GUI thread; one run at a time on a thread of its own, which gives way to what the
// user does.
class EvaluationRun final : public QObject {
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EvaluationRun)

public:
    explicit EvaluationRun(QObject* parent);
    ~EvaluationRun() override;

    // REQUIRES: not isRunning().
    void start(EvaluationInput input);
    void cancel();

    bool isRunning() const { return isRunning_; }

signals:
    void progressed(const QString& what, int percent);
    // Exactly one of these per start.
    void finished(const std::shared_ptr<attest::gui::EvaluationOutcome>& outcome);
    void failed(const QString& message);
    void cancelled();

private:
    Result<EvaluationOutcome> run(const EvaluationInput& input, const std::stop_token& stop);

    bool isRunning_ = false;
    std::stop_source stop_;
    TaskThread thread_{TaskThread::AtEnd::DropWaiting};
};

} // namespace attest::gui
