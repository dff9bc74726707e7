#include "gui/jobs/progress_card.h"

#include "gui/jobs/job_queue.h"
#include "gui/jobs/job_words.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace attest::gui {

namespace {

constexpr int kBarSteps = 1000;

// Whole documents, and of the current one the part that is done.
double fractionDone(const QueueStatus& status) {
    const auto ended = double(status.counts.done + status.counts.failed);
    const double all = ended + double(status.counts.waiting + status.counts.running);
    double part = 0;
    if (status.current && status.current->total > 0) {
        part = double(status.current->done) / double(status.current->total);
    }
    return all > 0 ? std::min((ended + std::min(part, 1.0)) / all, 1.0) : 0;
}

} // namespace

ProgressCard::ProgressCard(AppContext& app, QWidget* parent)
    : QFrame(parent)
    , app_(app)
    , title_(new QLabel(this))
    , detail_(new QLabel(this))
    , current_(new QLabel(this))
    , pause_(new QPushButton(this))
    , cancel_(new QPushButton(tr("Cancel, keep finished"), this))
    , bar_(new QProgressBar(this)) {
    setRole(this, "card");
    setRole(title_, "heading");
    setRole(detail_, "muted");
    setRole(current_, "secondary");
    setAccessibleName(tr("Progress of the queue"));
    detail_->setWordWrap(true);
    current_->setTextInteractionFlags(Qt::NoTextInteraction);
    bar_->setRange(0, kBarSteps);
    bar_->setTextVisible(false);
    bar_->setAccessibleName(tr("Documents done"));
    cancel_->setToolTip(tr("Ends what waits and what is being read; what is finished stays"));
    auto* texts = new QHBoxLayout;
    texts->setSpacing(measure::kEdge);
    texts->addWidget(title_);
    texts->addWidget(detail_, 1);
    texts->addWidget(pause_);
    texts->addWidget(cancel_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(
        measure::kBetween, measure::kEdge, measure::kBetween, measure::kEdge);
    layout->setSpacing(measure::kInside);
    layout->addLayout(texts);
    layout->addWidget(current_);
    layout->addWidget(bar_);
    connect(&app.jobs, &JobQueue::statusChanged, this, &ProgressCard::refresh);
    connect(pause_, &QPushButton::clicked, this, [this] {
        const QueueStatus& status = app_.jobs.status();
        app_.jobs.setPaused(!status.isPaused && status.trouble.isEmpty());
    });
    connect(cancel_, &QPushButton::clicked, this, [this] { app_.jobs.cancel({}); });
    refresh();
}

void ProgressCard::refresh() {
    const QueueStatus& status = app_.jobs.status();
    const bool isBusy = status.counts.waiting + status.counts.running > 0;
    setVisible(isBusy || !status.trouble.isEmpty());
    title_->setText(queueTitle(status));
    detail_->setText(status.trouble.isEmpty() ? queueDetail(status) : status.trouble);
    pause_->setText(!status.trouble.isEmpty() ? tr("Go on")
                    : status.isPaused         ? tr("Resume")
                                              : tr("Pause"));
    pause_->setToolTip(status.isPaused
                           ? tr("Goes on with the next document")
                           : tr("Finishes the document being read and waits; the queue is kept"));
    if (status.current) {
        const CurrentJob& job = *status.current;
        current_->setText(
            job.total > 0
                ? tr("%1 %2, %3 of %4").arg(job.stage, job.fileName).arg(job.done).arg(job.total)
                : QStringLiteral("%1: %2").arg(job.stage, job.fileName));
    }
    current_->setVisible(status.current.has_value());
    bar_->setValue(static_cast<int>(fractionDone(status) * kBarSteps));
    setAccessibleDescription(title_->text() + QStringLiteral(". ") + detail_->text());
}

} // namespace attest::gui
