#include "gui/evaluate/score_text.h"

#include "gui/jobs/job_words.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace attest::gui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("attest", text);
}

QString quoted(const std::string& text) {
    return QStringLiteral("“%1”").arg(QString::fromStdString(text));
}

} // namespace

QString scoreText(double score) {
    return QLocale().toString(score, 'f', 2);
}

QString changeText(double change) {
    const QString size = scoreText(std::abs(change));
    if (size == scoreText(0)) {
        return size;
    }
    return (change < 0 ? QStringLiteral("−") : QStringLiteral("+")) + size;
}

QString intervalText(const extract::Interval& interval) {
    return scoreText(interval.low) + QStringLiteral(" – ") + scoreText(interval.high);
}

QString changeText(const extract::Interval& interval) {
    return changeText(interval.low) + QStringLiteral(" … ") + changeText(interval.high);
}

QString progressText(const extract::GoldProgress& progress,
                     const std::optional<double>& secondsLeft) {
    QString text = tr("%1 of %2: %3")
                       .arg(progress.document + 1)
                       .arg(progress.documents)
                       .arg(QString::fromStdString(progress.name));
    if (secondsLeft) {
        text += QStringLiteral(" · ") + tr("%1 left").arg(roughDuration(*secondsLeft));
    }
    return text;
}

QString differenceText(const extract::Difference& difference) {
    if (difference.gold && difference.result) {
        return tr("%1 instead of %2").arg(quoted(*difference.result), quoted(*difference.gold));
    }
    return difference.gold ? tr("%1 missed").arg(quoted(*difference.gold))
                           : tr("%1, where nothing is stated").arg(quoted(*difference.result));
}

} // namespace attest::gui
