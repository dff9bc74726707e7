// The list of folders whose new documents are added by themselves.
#pragma once

#include "gui/app/context.h"
#include "storage/setting_store.h"

#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;
class QTableWidget;

namespace attest::gui {

class WatchedFolders final : public QWidget {
    Q_OBJECT

public:
    WatchedFolders(AppContext& app, QWidget* parent);

    // What "Add folder…" does with the chosen folder.
    void addFolder(const QString& path);

    const std::vector<storage::WatchedFolder>& folders() const { return folders_; }

private:
    void reload();
    void refresh();
    void chooseFolder();
    void removeCurrent();
    void save(const storage::WatchedFolder& folder);

    AppContext& app_;
    QTableWidget* table_;
    QLabel* empty_;
    QLabel* problem_;
    QPushButton* remove_;
    std::vector<storage::WatchedFolder> folders_;
    std::vector<std::pair<QString, QString>> templates_; // id, title
};

} // namespace attest::gui
