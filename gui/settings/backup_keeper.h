// One backup a day without being asked.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

namespace attest::gui {

class Store;

// Lives on the GUI thread; the work is the Store's. Looks a little after the start and every hour
// whether the newest backup is older than a day.
class BackupKeeper final : public QObject {
    Q_OBJECT

public:
    explicit BackupKeeper(Store& store, QObject* parent = nullptr);

    // Now, if it is due.
    void check();

signals:
    void made();
    void failed(const QString& message);

private:
    Store& store_;
    QTimer timer_;
};

} // namespace attest::gui
