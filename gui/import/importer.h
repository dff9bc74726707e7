// Brings files, folders and pasted notes into the library and asks for their extraction.
#pragma once

#include "extract/intake.h"
#include "gui/app/context.h"
#include "gui/app/task_thread.h"
#include "storage/result_store.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <utility>
#include <vector>

namespace attest::gui {

struct ImportReport {
    std::vector<std::int64_t> added;                  // documents that are new
    std::vector<std::int64_t> known;                  // the same bytes were in the library
    std::vector<std::pair<QString, QString>> refused; // name, reason
    std::map<std::string, std::size_t> skipped;       // in folders, by extension
    bool isCancelled = false;
};

// What to ask of the documents, if anything.
struct ImportQuestion {
    QString templateId;     // empty: nothing
    bool isQuiet = false;   // no note when all were known: watched folders
    bool asksKnown = false; // of documents that are in the library already, too
};

// Lives on the GUI thread; files are read on a thread of its own. The user's files are only read.
class Importer final : public QObject {
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Importer)

public:
    Importer(AppContext& app, QObject* parent);
    ~Importer() override;

    void addPaths(const QStringList& paths, ImportQuestion question);
    void addNote(const QString& text, const QString& name, ImportQuestion question);

    // The sample documents, each with the template it was made for.
    void addSamples();

    // With the template chosen in the library when documents are to be extracted at once.
    ImportQuestion usualQuestion() const;

    void cancel(); // what is registered stays

signals:
    void progressed(qint64 done,
                    qint64 total); // files read; total 0 while folders are looked through
    void finished(const attest::gui::ImportReport& report);

private:
    void report(const ImportReport& report, const ImportQuestion& question);
    void ask(const std::vector<std::int64_t>& documents, const QString& templateId);
    void showSummary(const ImportReport& report);

    AppContext& app_;
    std::stop_source stop_;
    TaskThread thread_{TaskThread::AtEnd::DropWaiting}; // last: ends before the rest
};

} // namespace attest::gui
