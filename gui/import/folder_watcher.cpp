#include "gui/import/folder_watcher.h"

#include "extract/intake.h"
#include "gui/app/store.h"
#include "gui/import/importer.h"
#include "storage/library_list.h"

#include <QDateTime>
#include <QFileInfo>

#include <chrono>

namespace attest::gui {

namespace {

using namespace std::chrono_literals;

constexpr auto kSettle = 2s;
constexpr auto kRegular = 30s;
constexpr int kMostWatched = 4096; // folders; the system's own limit is not far above

} // namespace

struct FolderWatcher::Look {
    struct File {
        QString path;
        Seen seen;
        std::size_t folder = 0; // index of the watched folder
    };

    std::vector<File> files; // not in the library
    QStringList folders;     // to watch
};

FolderWatcher::FolderWatcher(AppContext& app, Importer& importer, QObject* parent)
    : QObject(parent), app_(app), importer_(importer) {
    soon_.setSingleShot(true);
    soon_.setInterval(kSettle);
    regularly_.setInterval(kRegular);
    connect(&soon_, &QTimer::timeout, this, &FolderWatcher::look);
    connect(&regularly_, &QTimer::timeout, this, &FolderWatcher::look);
    connect(&watcher_, &QFileSystemWatcher::directoryChanged, this, [this] { soon_.start(); });
    connect(&app.store, &Store::watchedFoldersChanged, this, &FolderWatcher::reload);
}

void FolderWatcher::reload() {
    app_.store.read(
        this,
        [](storage::Database& db) { return storage::watchedFolders(db); },
        [this](const Result<std::vector<storage::WatchedFolder>>& folders) {
            if (!folders.ok()) {
                return;
            }
            folders_ = folders.value();
            if (!watcher_.directories().isEmpty()) {
                watcher_.removePaths(watcher_.directories());
            }
            if (folders_.empty()) {
                regularly_.stop();
                return;
            }
            regularly_.start();
            look();
        });
}

void FolderWatcher::look() {
    if (isLooking_ || folders_.empty()) {
        return;
    }
    isLooking_ = true;
    const auto work = [folders = folders_](storage::Database& db) -> Result<Look> {
        QSet<QString> known;
        for (const auto list : {storage::SmartList::All, storage::SmartList::Trash}) {
            storage::LibraryFilter filter;
            filter.list = list;
            ATTEST_TRY_ASSIGN(const auto rows, storage::listLibrary(db, filter));
            for (const storage::LibraryRow& row : rows) {
                known.insert(QString::fromStdString(row.path));
            }
        }
        Look look;
        for (std::size_t i = 0; i < folders.size(); ++i) {
            const auto depth = folders[i].isRecursive ? extract::FolderDepth::Recursive
                                                      : extract::FolderDepth::TopOnly;
            ATTEST_TRY_ASSIGN(
                const extract::FoundFiles found,
                extract::findDocuments({folders[i].path}, depth, [](Progress) {}, {}));
            QSet<QString> parents{QString::fromStdString(folders[i].path)};
            for (const extract::FoundFile& file : found.files) {
                const QString path = QString::fromStdString(file.path.string());
                parents.insert(QString::fromStdString(file.path.parent_path().string()));
                if (!known.contains(path)) {
                    const QFileInfo info(path);
                    look.files.push_back(
                        {path, {info.size(), info.lastModified().toMSecsSinceEpoch()}, i});
                }
            }
            look.folders.append(QStringList(parents.begin(), parents.end()));
        }
        return look;
    };
    app_.store.read(this, work, [this](const Result<Look>& seen) {
        isLooking_ = false;
        if (seen.ok()) {
            take(seen.value());
        }
    });
}

void FolderWatcher::take(const Look& look) {
    const QStringList watched = watcher_.directories();
    const QSet<QString> already(watched.begin(), watched.end());
    for (const QString& folder : look.folders) {
        if (!already.contains(folder) && watcher_.directories().size() < kMostWatched) {
            watcher_.addPath(folder);
        }
    }
    std::vector<QStringList> settled(folders_.size());
    QHash<QString, Seen> waiting;
    for (const Look::File& file : look.files) {
        if (offered_.contains(file.path) || file.folder >= folders_.size()) {
            continue;
        }
        const auto before = unsettled_.constFind(file.path);
        const bool isSettled = before != unsettled_.cend() && before->size == file.seen.size &&
                               before->modifiedMs == file.seen.modifiedMs && file.seen.size > 0;
        if (isSettled) {
            settled[file.folder].append(file.path);
            offered_.insert(file.path);
        } else if (file.seen.size > 0) { // an empty file is looked at again when it grows
            waiting.insert(file.path, file.seen);
        }
    }
    unsettled_ = waiting;
    if (!unsettled_.isEmpty()) {
        soon_.start();
    }
    for (std::size_t i = 0; i < settled.size(); ++i) {
        if (!settled[i].isEmpty()) {
            ImportQuestion question;
            question.templateId = QString::fromStdString(folders_[i].templateId);
            question.isQuiet = true;
            importer_.addPaths(settled[i], question);
        }
    }
}

} // namespace attest::gui
