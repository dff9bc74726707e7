#include "gui/library/document_commands.h"

#include "base/sha256.h"
#include "gui/app/error_text.h"
#include "gui/app/navigator.h"
#include "gui/app/store.h"
#include "gui/jobs/job_queue.h"
#include "gui/library/library_state.h"
#include "gui/library/library_text.h"
#include "storage/document_store.h"

#include <QClipboard>
#include <QDateTime>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QStringList>

#include <set>
#include <utility>

namespace attest::gui {

namespace {

std::int64_t now() {
    return QDateTime::currentSecsSinceEpoch();
}

} // namespace

DocumentCommands::DocumentCommands(AppContext& app, LibraryState& state, QWidget* parent)
    : QObject(parent), app_(app), state_(state), parent_(parent) {}

void DocumentCommands::say(const QString& text) {
    app_.navigator.showToast({text, {}, {}});
}

template <typename Work>
void DocumentCommands::write(Work work, std::function<void()> done) {
    app_.store.write(
        this, std::move(work), [this, done = std::move(done)](const Result<void>& result) {
            if (!result.ok()) {
                say(errorText(result.error()));
            } else if (done) {
                done();
            }
            // After an error too: what was shown ahead of it goes back.
            emit app_.store.documentsChanged();
        });
}

void DocumentCommands::extract(const Ids& ids) {
    const CatalogEntry* choice = state_.chosenTemplate();
    if (!ids.empty() && choice != nullptr) {
        app_.jobs.enqueue(ids, choice->record, runKindOf(choice->record));
    }
}

void DocumentCommands::moveToTrash(const Ids& ids) {
    if (ids.empty()) {
        return;
    }
    write([ids](storage::Database& db) { return storage::moveToTrash(db, ids, now()); },
          [this, ids] {
              Toast toast;
              toast.text = ids.size() == 1 ? tr("1 document is in the trash.")
                                           : tr("%1 documents are in the trash.").arg(ids.size());
              toast.actionText = tr("Undo");
              toast.action = [this, ids] {
                  restore(ids);
              };
              app_.navigator.showToast(toast);
              emit app_.store.jobsChanged();
          });
}

void DocumentCommands::restore(const Ids& ids) {
    if (ids.empty()) {
        return;
    }
    write([ids](storage::Database& db) { return storage::restoreFromTrash(db, ids); },
          [this, ids] {
              say(ids.size() == 1 ? tr("1 document is back.")
                                  : tr("%1 documents are back.").arg(ids.size()));
          });
}

void DocumentCommands::deleteForGood(const Ids& ids) {
    if (ids.empty()) {
        return;
    }
    auto* box = new QMessageBox(parent_);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::Warning);
    box->setWindowTitle(tr("Delete for good"));
    box->setText(ids.size() == 1 ? tr("Delete 1 document for good?")
                                 : tr("Delete %1 documents for good?").arg(ids.size()));
    box->setInformativeText(
        tr("Their texts, results and reviews are deleted from the library and cannot be brought "
           "back. Your own files stay where they are."));
    QPushButton* yes = box->addButton(ids.size() == 1 ? tr("Delete 1 document")
                                                      : tr("Delete %1 documents").arg(ids.size()),
                                      QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(tr("Keep"), QMessageBox::RejectRole));
    connect(yes, &QPushButton::clicked, this, [this, ids] {
        write([ids](storage::Database& db) { return storage::deleteForGood(db, ids); },
              [this, ids] {
                  say(ids.size() == 1 ? tr("1 document was deleted.")
                                      : tr("%1 documents were deleted.").arg(ids.size()));
              });
    });
    box->open();
}

void DocumentCommands::rename(std::int64_t id, const QString& name) {
    write([id, text = name.toStdString()](
              storage::Database& db) { return storage::renameDocument(db, id, text); },
          {});
}

void DocumentCommands::moveToCollection(const Ids& ids, const QString& collection) {
    if (ids.empty()) {
        return;
    }
    write([ids, name = collection.toStdString()](
              storage::Database& db) { return storage::setCollection(db, ids, name); },
          [this, count = qint64(ids.size()), collection] {
              say(collection.isEmpty() ? tr("%1 in no collection.").arg(documentCountText(count))
                                       : tr("%1 in %2.").arg(documentCountText(count), collection));
          });
}

void DocumentCommands::renameCollection(const QString& from, const QString& to) {
    const QString name = to.simplified();
    if (name.isEmpty() || name == from) {
        return;
    }
    const auto work = [from = from.toStdString(),
                       name = name.toStdString()](storage::Database& db) -> Result<void> {
        Ids ids;
        for (const storage::SmartList list : {storage::SmartList::All, storage::SmartList::Trash}) {
            storage::LibraryFilter filter;
            filter.list = list;
            filter.collection = from;
            ATTEST_TRY_ASSIGN(const auto rows, storage::listLibrary(db, filter));
            for (const storage::LibraryRow& row : rows) {
                ids.push_back(row.documentId);
            }
        }
        return storage::setCollection(db, ids, name);
    };
    write(work, [this, name, from] {
        if (app_.navigator.libraryCollection() == from) {
            app_.navigator.openLibrary(storage::SmartList::All, name);
        }
    });
}

void DocumentCommands::retry(const std::vector<storage::LibraryRow>& rows) {
    std::vector<std::int64_t> jobs;
    Ids without; // failed before there was a job
    for (const storage::LibraryRow& row : rows) {
        const bool isOver = row.state == storage::DocumentState::Failed ||
                            row.state == storage::DocumentState::Cancelled;
        if (isOver && row.jobId != 0) {
            jobs.push_back(row.jobId);
        } else if (isOver || row.state == storage::DocumentState::NoText) {
            without.push_back(row.documentId);
        }
    }
    if (!jobs.empty()) { // an empty list would mean every failed job
        app_.jobs.retry(std::move(jobs));
    }
    extract(without);
}

void DocumentCommands::copyPaths(const std::vector<storage::LibraryRow>& rows) {
    QStringList paths;
    for (const storage::LibraryRow& row : rows) {
        if (!row.path.empty()) {
            paths << QString::fromStdString(row.path);
        }
    }
    if (paths.isEmpty()) {
        say(tr("Pasted notes have no file: they are kept in the library."));
        return;
    }
    QGuiApplication::clipboard()->setText(paths.join(QLatin1Char('\n')));
    say(paths.size() == 1 ? tr("The path was copied.")
                          : tr("%1 paths were copied.").arg(paths.size()));
}

void DocumentCommands::locate(const storage::LibraryRow& row) {
    auto* dialog = new QFileDialog(parent_,
                                   tr("Where is %1 now?").arg(QString::fromStdString(row.fileName)),
                                   QFileInfo(QString::fromStdString(row.path)).path());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog,
            &QFileDialog::fileSelected,
            this,
            [this, id = row.documentId](const QString& path) { checkLocated(id, path); });
    dialog->open();
}

void DocumentCommands::checkLocated(std::int64_t id, const QString& path) {
    // On the reading thread: hashing waits for the disk.
    const auto work = [id, file = path.toStdString()](storage::Database& db) -> Result<bool> {
        ATTEST_TRY_ASSIGN(const auto rows, storage::findDocuments(db, std::to_string(id)));
        ATTEST_TRY_ASSIGN(const std::string sha256, sha256OfFile(file));
        return rows.size() == 1 && rows.front().sha256 == sha256;
    };
    app_.store.read(this, work, [this, id, path](const Result<bool>& isSame) {
        if (!isSame.ok()) {
            say(errorText(isSame.error()));
        } else if (!isSame.value()) {
            say(tr("%1 is a different document: its contents are not those that were added.")
                    .arg(QFileInfo(path).fileName()));
        } else {
            write([id, text = path.toStdString()](
                      storage::Database& db) { return storage::relocateDocument(db, id, text); },
                  [this] { say(tr("The file was found.")); });
        }
    });
}

void DocumentCommands::exportRuns(const std::vector<storage::LibraryRow>& rows) {
    ExportTarget target;
    std::set<std::string> templates;
    for (const storage::LibraryRow& row : rows) {
        if (row.runId != 0) {
            target.runIds.insert(row.runId);
            templates.insert(row.templateId);
        }
    }
    if (target.runIds.empty()) {
        say(tr("Nothing to export yet: extract from these documents first."));
        return;
    }
    if (templates.size() == 1) {
        target.templateId = QString::fromStdString(*templates.begin());
    }
    app_.navigator.openExport(std::move(target));
}

void DocumentCommands::review(const storage::LibraryRow& row, const Ids& queue) {
    ReviewTarget target;
    target.documentId = row.documentId;
    target.runId = row.runId;
    target.documents = queue;
    app_.navigator.openReview(std::move(target));
}

} // namespace attest::gui
