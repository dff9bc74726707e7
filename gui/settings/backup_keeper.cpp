#include "gui/settings/backup_keeper.h"

#include "gui/app/error_text.h"
#include "gui/app/store.h"
#include "storage/backup.h"

#include <QDateTime>

#include <chrono>
#include <optional>

namespace attest::gui {

namespace {

using namespace std::chrono_literals;

constexpr auto kAfterStart = 15s; // the window is there and quiet by then
constexpr auto kAgain = 1h;

} // namespace

BackupKeeper::BackupKeeper(Store& store, QObject* parent) : QObject(parent), store_(store) {
    timer_.setInterval(kAgain);
    connect(&timer_, &QTimer::timeout, this, &BackupKeeper::check);
    timer_.start();
    QTimer::singleShot(kAfterStart, this, &BackupKeeper::check);
}

void BackupKeeper::check() {
    store_.write(
        this,
        [folder = store_.folder()](storage::Database& db) -> Result<bool> {
            const std::int64_t now = QDateTime::currentSecsSinceEpoch();
            ATTEST_TRY_ASSIGN(const bool isDue, storage::isBackupDue(db, folder, now));
            if (isDue) {
                ATTEST_TRY(storage::backUp(db, folder, now));
            }
            return isDue;
        },
        [this](const Result<bool>& isMade) {
            if (!isMade.ok()) {
                emit failed(errorText(isMade.error()));
            } else if (isMade.value()) {
                emit made();
            }
        });
}

} // namespace attest::gui
