#include "gui/report/document_report.h"

#include "extract/template.h"
#include "storage/document_store.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>
#include <map>
#include <string_view>

namespace attest::gui {

namespace {

constexpr std::size_t kSnippetBytes = 48; // on each side of the value
constexpr int kPdfResolution = 96;        // of the layout; text stays text

QString tr(const char* text) {
    return QCoreApplication::translate("attest::gui::DocumentReport", text);
}

QString escaped(const std::string& text) {
    return QString::fromStdString(text).toHtmlEscaped();
}

// The nearest begin of a UTF-8 character at or after `at`.
std::size_t characterAt(std::string_view text, std::size_t at) {
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) {
        ++at;
    }
    return std::min(at, text.size());
}

std::string snippetOf(const std::string& page, const SourceSpan& span) {
    const auto begin = static_cast<std::size_t>(span.begin);
    const auto end = std::min(static_cast<std::size_t>(span.end), page.size());
    const std::size_t from = characterAt(page, begin > kSnippetBytes ? begin - kSnippetBytes : 0);
    const std::size_t to = characterAt(page, end + kSnippetBytes);
    std::string snippet = page.substr(from, to - from);
    std::replace(snippet.begin(), snippet.end(), '\n', ' ');
    return snippet;
}

QString statusText(const storage::FinalValue& value) {
    if (!value.review || value.review->verdict == storage::Verdict::None) {
        if (!value.machine) {
            return tr("not reviewed");
        }
        const QString sure = QLocale().toString(storage::confidenceOf(*value.machine), 'f', 2);
        return value.machine->confidence ? tr("not reviewed, confidence %1").arg(sure)
                                         : tr("not reviewed, raw confidence %1").arg(sure);
    }
    const storage::Review& review = *value.review;
    const std::string_view verdict = storage::toString(review.verdict);
    QString text = QString::fromUtf8(verdict.data(), static_cast<qsizetype>(verdict.size()));
    if (!review.reason.empty()) {
        text += QLatin1Char(' ') + QString::fromStdString(review.reason);
    }
    return tr("%1 by %2").arg(text, QString::fromStdString(review.reviewer));
}

QString valueHtml(const storage::FinalValue& value) {
    QString html = value.text ? QStringLiteral("<b>%1</b>").arg(escaped(*value.text))
                              : QStringLiteral("<i>%1</i>").arg(tr("no value"));
    if (value.normalised && value.text && *value.normalised != *value.text) {
        html += QStringLiteral("<br/>%1 %2")
                    .arg(escaped(value.comparator + *value.normalised), escaped(value.unit));
    }
    const bool isChanged =
        value.machine && value.machine->text && value.machine->text != value.text;
    if (isChanged) {
        html += QStringLiteral("<br/>") +
                tr("read: %1").arg(QStringLiteral("<s>%1</s>").arg(escaped(*value.machine->text)));
    }
    return html;
}

QString rowHtml(const storage::FinalValue& value, const std::string& snippet) {
    const QString evidence =
        value.span ? tr("Page %1: “%2”").arg(value.span->pageIndex + 1).arg(escaped(snippet))
                   : QString();
    return QStringLiteral("<tr><td>%1</td><td>%2</td><td>%3</td><td>%4</td></tr>")
        .arg(escaped(value.field), valueHtml(value), evidence, statusText(value).toHtmlEscaped());
}

QString headHtml(const ReportDocument& document) {
    const storage::StoredRun& run = document.run;
    const QDateTime finished = QDateTime::fromSecsSinceEpoch(run.run.finishedAt);
    QString html =
        QStringLiteral("<h2>%1</h2><p>%2 · %3</p>")
            .arg(escaped(run.run.fileName),
                 escaped(document.asked.title),
                 run.finishedReviewAt > 0 ? tr("reviewed by %1").arg(escaped(run.finishedReviewBy))
                                          : tr("not finished by a person"));
    html += QStringLiteral("<p><small>%1<br/>%2<br/>%3</small></p>")
                .arg(tr("Document SHA-256 %1").arg(escaped(run.documentSha256)),
                     tr("Template %1 version %2, SHA-256 %3")
                         .arg(escaped(run.templateId))
                         .arg(run.templateVersion)
                         .arg(escaped(run.templateSha256)),
                     tr("Read %1 by model %2 (SHA-256 %3), Attest %4")
                         .arg(finished.toString(Qt::ISODate),
                              escaped(run.modelName),
                              escaped(run.modelSha256),
                              escaped(run.run.engineVersion)));
    return html;
}

// Room that layout and pages have in common.
void styleDocument(QTextDocument& text) {
    text.setDefaultStyleSheet(QStringLiteral("h2 { margin-bottom: 0; } h3 { margin-bottom: 2px; }"
                                             "td, th { padding: 3px; }"));
    QFont font = text.defaultFont();
    font.setPointSizeF(9);
    text.setDefaultFont(font);
}

} // namespace

Result<ReportDocument> loadReportDocument(storage::Database& db, std::int64_t runId) {
    ReportDocument document;
    ATTEST_TRY_ASSIGN(auto runs, storage::runsById(db, {runId}));
    document.run = std::move(runs.front());
    ATTEST_TRY_ASSIGN(document.asked, storage::storedTemplate(db, document.run.templateSha256));
    ATTEST_TRY_ASSIGN(document.values, storage::finalValues(db, runId));
    std::map<std::int64_t, std::string> pages;
    for (const storage::FinalValue& value : document.values) {
        std::string snippet;
        if (value.span) {
            const std::int64_t index = value.span->pageIndex;
            if (!pages.contains(index)) {
                ATTEST_TRY_ASSIGN(pages[index],
                                  storage::pageText(db, document.run.readingId, index));
            }
            snippet = snippetOf(pages[index], *value.span);
        }
        document.snippets.push_back(std::move(snippet));
    }
    return document;
}

Result<std::vector<std::int64_t>> reportRuns(storage::Database& db,
                                             const std::string& templateId,
                                             const std::set<std::int64_t>& asked,
                                             bool isFinishedOnly) {
    storage::RunFilter filter;
    filter.kind = storage::kRunExtraction;
    filter.templateId = templateId;
    ATTEST_TRY_ASSIGN(const auto runs, storage::latestRuns(db, filter));
    std::vector<std::int64_t> ids;
    for (const storage::StoredRun& run : runs) {
        const bool isWanted = asked.empty() || asked.contains(run.id);
        if (isWanted && (!isFinishedOnly || run.finishedReviewAt > 0)) {
            ids.push_back(run.id);
        }
    }
    return ids;
}

QString reportHtml(const ReportDocument& document, const std::set<std::string>& leftOut) {
    QString html = headHtml(document);
    const QString head = QStringLiteral("<table width='100%' border='1' cellspacing='0' "
                                        "style='border-collapse: collapse'><tr><th "
                                        "align='left'>%1</th><th align='left'>%2</th><th "
                                        "align='left'>%3</th><th align='left'>%4</th></tr>")
                             .arg(tr("Field"), tr("Value"), tr("Evidence"), tr("Review"));
    std::string section = "\n"; // no group has this name
    std::int64_t item = -2;
    bool isOpen = false;
    for (std::size_t i = 0; i < document.values.size(); ++i) {
        const storage::FinalValue& value = document.values[i];
        const std::string key = value.group.empty() ? value.field : value.group + "/" + value.field;
        if (value.isRowDeleted || value.field.empty() || leftOut.contains(key)) {
            continue;
        }
        if (value.group != section || value.instance != item) {
            html += isOpen ? QStringLiteral("</table>") : QString();
            if (!value.group.empty()) {
                html += QStringLiteral("<h3>%1 %2</h3>")
                            .arg(escaped(value.group))
                            .arg(value.instance + 1);
            }
            html += head;
            section = value.group;
            item = value.instance;
            isOpen = true;
        }
        html += rowHtml(value, document.snippets[i]);
    }
    html += isOpen ? QStringLiteral("</table>")
                   : QStringLiteral("<p>%1</p>").arg(tr("There are no values in this document."));
    return html;
}

Result<std::size_t> writePdfReport(storage::Database& db,
                                   const std::vector<std::int64_t>& runIds,
                                   const std::set<std::string>& leftOut,
                                   const std::filesystem::path& target,
                                   const ProgressFn& onProgress,
                                   const std::stop_token& stop) {
    if (runIds.empty()) {
        return Error{ErrorCode::NotFound, "there are no documents to report"};
    }
    QSaveFile file(QString::fromStdString(target.string()));
    const auto ioError = [&] {
        return Error{ErrorCode::Io,
                     "write '" + target.string() + "': " + file.errorString().toStdString()};
    };
    if (!file.open(QIODevice::WriteOnly)) {
        return ioError();
    }
    {
        QPdfWriter writer(&file);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setResolution(kPdfResolution);
        writer.setCreator(QStringLiteral("Attest"));
        QTextDocument text;
        styleDocument(text);
        QTextCursor cursor(&text);
        for (std::size_t i = 0; i < runIds.size(); ++i) {
            if (stop.stop_requested()) {
                return Error{ErrorCode::Cancelled, "the report was cancelled"};
            }
            ATTEST_TRY_ASSIGN(const ReportDocument document, loadReportDocument(db, runIds[i]));
            if (i > 0) {
                QTextBlockFormat format;
                format.setPageBreakPolicy(QTextFormat::PageBreak_AlwaysBefore);
                cursor.insertBlock(format);
            }
            cursor.insertHtml(reportHtml(document, leftOut));
            cursor.movePosition(QTextCursor::End);
            onProgress(
                {static_cast<std::int64_t>(i + 1), static_cast<std::int64_t>(runIds.size())});
        }
        text.print(&writer);
    }
    if (!file.commit()) {
        return ioError();
    }
    return runIds.size();
}

} // namespace attest::gui
