// The library's backups: made now, checked, and put in its place.
#pragma once

#include "gui/app/context.h"
#include "storage/backup.h"

#include <QWidget>

#include <vector>

class QFrame;
class QLabel;
class QPushButton;
class QTableWidget;

namespace attest::gui {

class BackupList final : public QWidget {
    Q_OBJECT

public:
    BackupList(AppContext& app, QWidget* parent);

    const std::vector<storage::BackupFile>& backups() const { return backups_; }

    void backUpNow();
    void verify();

signals:
    void reported(bool isGood, const QString& text); // as the banner shows it

private:
    void reload();
    void refresh();
    void report(bool isGood, const QString& text);
    void setBusy(const QString& what);
    void restoreSelected();

    AppContext& app_;
    QFrame* banner_;
    QLabel* bannerText_;
    QLabel* empty_;
    QTableWidget* table_;
    QPushButton* backUp_;
    QPushButton* verify_;
    QPushButton* restore_;
    std::vector<storage::BackupFile> backups_;
};

} // namespace attest::gui
