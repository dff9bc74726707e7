#include "gui/import/importer.h"

#include "gui/app/error_text.h"
#include "gui/app/navigator.h"
#include "gui/app/settings.h"
#include "gui/app/store.h"
#include "gui/app/template_catalog.h"
#include "gui/import/refused_dialog.h"
#include "gui/import/sample_plan.h"
#include "gui/jobs/job_queue.h"

#include <QApplication>
#include <QDateTime>

#include <chrono>

namespace attest::gui {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kBatch = 50; // documents per transaction
constexpr auto kProgressEvery = std::chrono::milliseconds(100);

QString nameOf(const std::filesystem::path& path) {
    return QString::fromStdString(path.filename().string());
}

// Registers what was identified so far. Errors go into the report by name, so that the rest goes
// on.
void flush(storage::SharedLibrary& library,
           std::vector<storage::NewSource>& sources,
           ImportReport& report) {
    if (sources.empty()) {
        return;
    }
    const auto registered = library.with([&](storage::Database& db) {
        return storage::registerSources(db, sources, QDateTime::currentSecsSinceEpoch());
    });
    if (registered.ok()) {
        for (const storage::RegisteredSource& source : registered.value()) {
            (source.wasKnown ? report.known : report.added).push_back(source.documentId);
        }
    } else {
        for (const storage::NewSource& source : sources) {
            report.refused.emplace_back(QString::fromStdString(source.fileName),
                                        errorText(registered.error()));
        }
    }
    sources.clear();
}

template <typename OnProgress>
ImportReport readPaths(storage::SharedLibrary& library,
                       const QStringList& paths,
                       const std::stop_token& stop,
                       OnProgress onProgress) {
    ImportReport report;
    std::vector<std::filesystem::path> given;
    for (const QString& path : paths) {
        given.emplace_back(path.toStdString());
    }
    auto found = extract::findDocuments(
        given,
        extract::FolderDepth::Recursive,
        [&](Progress progress) { onProgress(progress.done, std::int64_t{0}); },
        stop);
    if (!found.ok()) {
        report.isCancelled = true;
        return report;
    }
    for (const extract::RefusedFile& file : found.value().refused) {
        report.refused.emplace_back(nameOf(file.path), QString::fromStdString(file.reason));
    }
    report.skipped = found.value().skipped;
    const auto total = static_cast<std::int64_t>(found.value().files.size());
    std::int64_t done = 0;
    std::vector<storage::NewSource> waiting;
    for (const extract::FoundFile& file : found.value().files) {
        auto sources = extract::identify(file, stop);
        if (stop.stop_requested()) {
            report.isCancelled = true;
            break;
        }
        if (sources.ok()) {
            for (storage::NewSource& source : sources.value()) {
                waiting.push_back(std::move(source));
            }
        } else {
            report.refused.emplace_back(nameOf(file.path),
                                        QString::fromStdString(sources.error().message));
        }
        if (waiting.size() >= kBatch) {
            flush(library, waiting, report);
        }
        onProgress(++done, total);
    }
    flush(library, waiting, report);
    return report;
}

} // namespace

Importer::Importer(AppContext& app, QObject* parent) : QObject(parent), app_(app) {}

Importer::~Importer() {
    stop_.request_stop();
}

ImportQuestion Importer::usualQuestion() const {
    ImportQuestion question;
    if (app_.settings.extractsOnAdd()) {
        question.templateId = app_.settings.lastTemplate();
    }
    return question;
}

void Importer::addPaths(const QStringList& paths, ImportQuestion question) {
    if (stop_.stop_requested()) {
        stop_ = std::stop_source();
    }
    thread_.post([this, paths, question = std::move(question), stop = stop_.get_token()] {
        auto last = Clock::time_point();
        const auto onProgress = [&](std::int64_t done, std::int64_t total) {
            const auto now = Clock::now();
            if (now - last < kProgressEvery && done != total) {
                return;
            }
            last = now;
            QMetaObject::invokeMethod(
                this, [this, done, total] { emit progressed(done, total); }, Qt::QueuedConnection);
        };
        ImportReport read = readPaths(app_.store.library(), paths, stop, onProgress);
        QMetaObject::invokeMethod(
            this,
            [this, read = std::move(read), question] { report(read, question); },
            Qt::QueuedConnection);
    });
}

void Importer::addNote(const QString& text, const QString& name, ImportQuestion question) {
    const QString shown =
        name.trimmed().isEmpty()
            ? tr("Note of %1")
                  .arg(QLocale().toString(QDateTime::currentDateTime(), QLocale::ShortFormat))
            : name.trimmed();
    auto source = extract::noteSource(text.toStdString(), shown.toStdString());
    if (!source.ok()) {
        ImportReport refused;
        refused.refused.emplace_back(shown, QString::fromStdString(source.error().message));
        report(refused, question);
        return;
    }
    thread_.post([this, source = std::move(source).value(), question = std::move(question)] {
        ImportReport read;
        std::vector<storage::NewSource> sources{source};
        flush(app_.store.library(), sources, read);
        QMetaObject::invokeMethod(
            this,
            [this, read = std::move(read), question] { report(read, question); },
            Qt::QueuedConnection);
    });
}

void Importer::addSamples() {
    for (const SampleGroup& group : samplePlan()) {
        ImportQuestion question;
        question.templateId = group.templateId;
        question.asksKnown = true;
        question.isQuiet = true;
        addPaths(group.files, question);
    }
}

void Importer::cancel() {
    stop_.request_stop();
}

void Importer::report(const ImportReport& report, const ImportQuestion& question) {
    if (!question.templateId.isEmpty()) {
        std::vector<std::int64_t> documents = report.added;
        if (question.asksKnown) {
            documents.insert(documents.end(), report.known.begin(), report.known.end());
        }
        ask(documents, question.templateId);
    }
    if (!report.added.empty() || !report.known.empty()) {
        emit app_.store.documentsChanged();
    }
    const bool isNews = !report.refused.empty() || (!report.added.empty() && !question.isQuiet) ||
                        !question.isQuiet;
    if (isNews) {
        showSummary(report);
    }
    emit finished(report);
}

void Importer::ask(const std::vector<std::int64_t>& documents, const QString& templateId) {
    if (documents.empty()) {
        return;
    }
    findTemplateRecord(
        app_.store, this, templateId, [this, documents](const Result<storage::TemplateRecord>& it) {
            if (!it.ok()) {
                app_.navigator.showToast({errorText(it.error()), {}, {}});
                return;
            }
            app_.jobs.enqueue(documents, it.value(), runKindOf(it.value()));
        });
}

void Importer::showSummary(const ImportReport& report) {
    QStringList parts;
    if (!report.added.empty()) {
        parts.append(tr("%n document(s) added", nullptr, static_cast<int>(report.added.size())));
    }
    if (!report.known.empty()) {
        parts.append(
            tr("%n already in the library", nullptr, static_cast<int>(report.known.size())));
    }
    if (!report.refused.empty()) {
        parts.append(tr("%n could not be added", nullptr, static_cast<int>(report.refused.size())));
    }
    std::size_t skipped = 0;
    for (const auto& [extension, count] : report.skipped) {
        skipped += count;
    }
    if (skipped > 0) {
        parts.append(tr("%n other file(s) left out", nullptr, static_cast<int>(skipped)));
    }
    if (report.isCancelled) {
        parts.append(tr("cancelled"));
    }
    if (parts.isEmpty()) {
        parts.append(tr("No documents there. Attest reads PDF, .txt, .md and .jsonl files."));
    }
    Toast toast;
    toast.text = parts.join(QStringLiteral(" · "));
    if (!report.refused.empty() || skipped > 0) {
        toast.actionText = tr("Details");
        toast.action = [report] {
            openRefusedDialog(QApplication::activeWindow(), report);
        };
    }
    app_.navigator.showToast(toast);
}

} // namespace attest::gui
