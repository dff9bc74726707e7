#include "gui/library/refresh_timer.h"

#include <chrono>

namespace attest::gui {

RefreshTimer::RefreshTimer(int pauseMs, QObject* parent) : QObject(parent), pauseMs_(pauseMs) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &RefreshTimer::fire);
}

void RefreshTimer::request() {
    isWanted_ = true;
    if (!isUnderWay_ && !timer_.isActive()) {
        timer_.start(std::chrono::milliseconds(0));
    }
}

void RefreshTimer::done() {
    isUnderWay_ = false;
    timer_.start(std::chrono::milliseconds(pauseMs_));
}

void RefreshTimer::fire() {
    if (!isWanted_ || isUnderWay_) {
        return;
    }
    isWanted_ = false;
    isUnderWay_ = true;
    emit due();
}

} // namespace attest::gui
