// Folders whose new documents come into the library by themselves.
#pragma once

#include "gui/app/context.h"
#include "storage/setting_store.h"

#include <QFileSystemWatcher>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <filesystem>
#include <vector>

namespace attest::gui {

class Importer;

// A file counts as settled when neither its size nor its time has changed between two looks two
// seconds apart: programs that write slowly are waited for. Folders that cannot be watched (network
// drives) are looked at every 30 seconds as well. Files that the library knows by path, in its
// trash too, are left alone. Lives on the GUI thread; looks at folders on a thread of the Store.
class FolderWatcher final : public QObject {
    Q_OBJECT

public:
    FolderWatcher(AppContext& app, Importer& importer, QObject* parent);

    // Reads the list of folders from the library and looks at each.
    void reload();

private:
    struct Seen {
        qint64 size = -1;
        qint64 modifiedMs = -1;
    };
    struct Look;

    void look();
    void take(const Look& look);

    AppContext& app_;
    Importer& importer_;
    std::vector<storage::WatchedFolder> folders_;
    QFileSystemWatcher watcher_;
    QTimer soon_;
    QTimer regularly_;
    QHash<QString, Seen> unsettled_;
    QSet<QString> offered_; // in this session
    bool isLooking_ = false;
};

} // namespace attest::gui
