#include "gui/library/library_text.h"

#include "gui/jobs/job_queue.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace attest::gui {

namespace {

// Context of all texts here, for the translator.
struct LibraryText {
    Q_DECLARE_TR_FUNCTIONS(LibraryText)
};

const QString kNothing = QStringLiteral("–");

QString runningText(const CurrentJob& job) {
    if (job.total <= 0) {
        return job.stage;
    }
    if (job.stage == QCoreApplication::translate("attest::gui::JobQueue", "Reading")) {
        return LibraryText::tr("Reading page %1 of %2")
            .arg(QLocale().toString(std::min(job.done + 1, job.total)),
                 QLocale().toString(job.total));
    }
    return QStringLiteral("%1 %2 %").arg(job.stage).arg(job.done * 100 / job.total);
}

} // namespace

StateText stateText(const storage::LibraryRow& row, const CurrentJob* current) {
    using storage::DocumentState;
    if (current != nullptr) {
        return {QStringLiteral("◐ ") + runningText(*current), Tone::Accent};
    }
    const QString detail = QString::fromStdString(row.detail).simplified();
    switch (row.state) {
    case DocumentState::New:
        return {QStringLiteral("○ ") + LibraryText::tr("New"), Tone::Neutral};
    case DocumentState::Waiting:
        return {QStringLiteral("○ ") + LibraryText::tr("Waiting"), Tone::Neutral};
    case DocumentState::Running:
        return {QStringLiteral("◐ ") + LibraryText::tr("Reading"), Tone::Accent};
    case DocumentState::ToReview:
        return {QStringLiteral("● ") + LibraryText::tr("To review"), Tone::Warn};
    case DocumentState::Reviewed:
        return {QStringLiteral("✓ ") + LibraryText::tr("Reviewed"), Tone::Ok};
    case DocumentState::NoText:
        return {QStringLiteral("! ") + LibraryText::tr("Scanned, needs text recognition"),
                Tone::Bad};
    case DocumentState::Failed:
        return {QStringLiteral("! ") + (detail.isEmpty() ? LibraryText::tr("Failed") : detail),
                Tone::Bad};
    case DocumentState::Cancelled:
        return {QStringLiteral("– ") + LibraryText::tr("Cancelled"), Tone::Neutral};
    }
    return {};
}

QString stateName(storage::DocumentState state) {
    using storage::DocumentState;
    switch (state) {
    case DocumentState::New:
        return LibraryText::tr("New");
    case DocumentState::Waiting:
        return LibraryText::tr("Waiting");
    case DocumentState::Running:
        return LibraryText::tr("Being read");
    case DocumentState::ToReview:
        return LibraryText::tr("To review");
    case DocumentState::Reviewed:
        return LibraryText::tr("Reviewed");
    case DocumentState::NoText:
        return LibraryText::tr("Scanned, no text");
    case DocumentState::Failed:
        return LibraryText::tr("Failed");
    case DocumentState::Cancelled:
        return LibraryText::tr("Cancelled");
    }
    return {};
}

QString toReviewText(const storage::LibraryRow& row) {
    if (row.runId == 0 || row.valueCount == 0) {
        return kNothing;
    }
    return LibraryText::tr("%1 of %2")
        .arg(QLocale().toString(qint64(row.toReviewCount)),
             QLocale().toString(qint64(row.valueCount)));
}

QString confidenceText(const storage::LibraryRow& row) {
    if (row.runId == 0 || row.lowestField.empty()) {
        return kNothing;
    }
    const double shown = std::floor(row.lowestConfidence * 100) / 100;
    QString field = QString::fromStdString(row.lowestField);
    field.replace(QLatin1Char('_'), QLatin1Char(' '));
    return QLocale().toString(shown, 'f', 2) + QLatin1Char(' ') + field;
}

QString addedText(std::int64_t addedAt, const QDateTime& now) {
    const QDateTime added = QDateTime::fromSecsSinceEpoch(addedAt);
    const QLocale locale;
    const QString time = locale.toString(added.time(), QStringLiteral("HH:mm"));
    const qint64 days = added.date().daysTo(now.date());
    if (days == 0) {
        return LibraryText::tr("Today %1").arg(time);
    }
    if (days == 1) {
        return LibraryText::tr("Yesterday %1").arg(time);
    }
    return locale.toString(added.date(), QLocale::ShortFormat);
}

QString kindText(const std::string& kind) {
    if (kind == "pdf") {
        return LibraryText::tr("PDF");
    }
    return kind == "text" ? LibraryText::tr("Note") : QString::fromStdString(kind);
}

QString byteText(std::int64_t bytes) {
    const int decimals = bytes >= 10'000'000 || bytes < 1000 ? 0 : 1;
    return QLocale().formattedDataSize(bytes, decimals, QLocale::DataSizeSIFormat);
}

QString documentCountText(qint64 count) {
    return count == 1 ? LibraryText::tr("1 document")
                      : LibraryText::tr("%1 documents").arg(QLocale().toString(count));
}

QString listTitle(storage::SmartList list) {
    using storage::SmartList;
    switch (list) {
    case SmartList::Inbox:
        return LibraryText::tr("Inbox");
    case SmartList::ToReview:
        return LibraryText::tr("To review");
    case SmartList::Reviewed:
        return LibraryText::tr("Reviewed");
    case SmartList::Failed:
        return LibraryText::tr("Failed");
    case SmartList::All:
        return LibraryText::tr("All documents");
    case SmartList::Trash:
        return LibraryText::tr("Trash");
    }
    return {};
}

MarkedText parseSnippet(const std::string& snippet) {
    constexpr char16_t kBegin = 2;
    constexpr char16_t kEnd = 3;
    MarkedText marked;
    int open = -1;
    for (const QChar c : QString::fromStdString(snippet)) {
        const int at = int(marked.text.size());
        if (c == QChar(kBegin)) {
            open = at;
        } else if (c == QChar(kEnd)) {
            if (open >= 0 && at > open) {
                marked.matches.push_back({open, at - open});
            }
            open = -1;
        } else if (c.isSpace() || !c.isPrint()) {
            // Page texts are full of line breaks and columns.
            if (!marked.text.isEmpty() && !marked.text.endsWith(QLatin1Char(' '))) {
                marked.text += QLatin1Char(' ');
            }
        } else {
            marked.text += c;
        }
    }
    return marked;
}

} // namespace attest::gui
