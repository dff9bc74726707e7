#include "gui/jobs/job_words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>

#include <cmath>

namespace attest::gui {

namespace {

QString tr(const char* text, int n = -1) {
    return QCoreApplication::translate("attest::gui::JobWords", text, nullptr, n);
}

constexpr double kMinute = 60;
constexpr double kHour = 3600;

} // namespace

QString roughDuration(double seconds) {
    if (seconds < 50) {
        return tr("less than a minute");
    }
    if (seconds < 1.5 * kHour) {
        return tr("about %n minute(s)", static_cast<int>(std::lround(seconds / kMinute)));
    }
    return tr("about %n hour(s)", static_cast<int>(std::lround(seconds / kHour)));
}

QString queueTitle(const QueueStatus& status) {
    const auto left = static_cast<int>(status.counts.waiting + status.counts.running);
    const auto all = left + static_cast<int>(status.counts.done + status.counts.failed);
    if (!status.trouble.isEmpty()) {
        return tr("Stopped: the library cannot be written");
    }
    if (status.isPaused) {
        return status.isWorking ? tr("Pausing after this document")
                                : tr("Paused, %n document(s) wait", left);
    }
    return tr("Reading %n document(s)", all);
}

QString queueDetail(const QueueStatus& status) {
    QStringList parts;
    parts.append(tr("%1 done").arg(QLocale().toString(qlonglong(status.counts.done))));
    if (status.counts.failed > 0) {
        parts.append(tr("%1 failed").arg(QLocale().toString(qlonglong(status.counts.failed))));
    }
    if (status.pagesPerMinute >= 1) {
        parts.append(
            tr("%n page(s) a minute", static_cast<int>(std::lround(status.pagesPerMinute))));
    }
    if (status.secondsLeft && !status.isPaused) {
        const QTime end = QTime::currentTime().addSecs(static_cast<int>(*status.secondsLeft));
        parts.append(tr("%1 left, done by %2")
                         .arg(roughDuration(*status.secondsLeft),
                              QLocale().toString(end, QLocale::ShortFormat)));
    }
    return parts.join(QStringLiteral(" · "));
}

StateWords jobStateWords(storage::JobState state) {
    switch (state) {
    case storage::JobState::Waiting:
        return {QStringLiteral("○ ") + tr("Waiting"), Tone::Neutral};
    case storage::JobState::Running:
        return {QStringLiteral("◐ ") + tr("Reading"), Tone::Accent};
    case storage::JobState::Done:
        return {QStringLiteral("✓ ") + tr("Done"), Tone::Ok};
    case storage::JobState::Failed:
        return {QStringLiteral("! ") + tr("Failed"), Tone::Bad};
    case storage::JobState::Cancelled:
        return {QStringLiteral("– ") + tr("Cancelled"), Tone::Neutral};
    }
    return {};
}

} // namespace attest::gui
