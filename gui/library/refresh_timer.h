// Many changes, few refreshes.
#pragma once

#include <QObject>
#include <QTimer>

namespace attest::gui {

// Lives on the GUI thread. The first request is due at once (when the event loop turns); requests
// that come while the answer is under way or within the pause after it are one more refresh.
class RefreshTimer final : public QObject {
    Q_OBJECT

public:
    explicit RefreshTimer(int pauseMs, QObject* parent = nullptr);

    void request();
    void done(); // the answer to due() is there

signals:
    void due();

private:
    void fire();

    QTimer timer_;
    int pauseMs_;
    bool isUnderWay_ = false;
    bool isWanted_ = false;
};

} // namespace attest::gui
