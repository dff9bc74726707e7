#include "gui/models/model_import.h"

#include "extract/model_choice.h"
#include "gui/app/error_text.h"
#include "gui/app/store.h"
#include "gui/models/model_catalog.h"

#include <QDateTime>
#include <QFileInfo>

#include <filesystem>
#include <memory>
#include <utility>

namespace attest::gui {

ModelImport::ModelImport(Store& store, QObject* parent) : QObject(parent), store_(store) {}

ModelImport::~ModelImport() {
    stop_.request_stop();
    measuring_.request_stop();
}

void ModelImport::importModels(const QStringList& paths) {
    if (paths.isEmpty()) {
        return;
    }
    emit importStarted(static_cast<int>(paths.size()));
    for (const QString& path : paths) {
        inspect(QFileInfo(path).absoluteFilePath());
    }
}

void ModelImport::inspect(const QString& path) {
    files_.post([this, path] {
        auto card = std::make_shared<Result<extract::ModelCard>>(
            extract::inspectModel(std::filesystem::path(path.toStdString())));
        QMetaObject::invokeMethod(
            this,
            [this, path, card] {
                if (!card->ok()) {
                    emit refused(path, QString::fromStdString(card->error().message));
                } else if (!card->value().refusal.empty()) {
                    emit refused(path, QString::fromStdString(card->value().refusal));
                } else {
                    keep(card->value());
                }
            },
            Qt::QueuedConnection);
    });
}

void ModelImport::keep(const extract::ModelCard& card) {
    storage::UserModel model;
    model.path = card.path.string();
    model.name = card.name;
    model.addedAt = QDateTime::currentSecsSinceEpoch();
    store_.write(
        this,
        [model, card](storage::Database& db) -> Result<void> {
            // A model that is added again is still spoken to as somebody chose.
            storage::UserModel kept = model;
            extract::ModelCard with = card;
            ATTEST_TRY_ASSIGN(with.chosenFormat, extract::chosenChatFormat(db, card.path));
            kept.cardJson = extract::cardToJson(with);
            return storage::saveUserModel(db, kept);
        },
        [this, model](const Result<void>& saved) {
            const QString path = QString::fromStdString(model.path);
            if (!saved.ok()) {
                emit refused(path, errorText(saved.error()));
                return;
            }
            emit store_.modelsChanged();
            emit added(path, QString::fromStdString(model.name));
            hash(model.path);
        });
}

void ModelImport::hash(const std::string& path) {
    if (!hashing_.insert(path).second) {
        return;
    }
    files_.post([this, path, stop = stop_.get_token()] {
        int shown = -1;
        const auto report = [&](Progress progress) {
            const int percent =
                progress.total > 0 ? static_cast<int>(progress.done * 100 / progress.total) : 0;
            if (percent == shown) {
                return;
            }
            shown = percent;
            QMetaObject::invokeMethod(
                this,
                [this, path, percent] {
                    emit hashProgressed(QString::fromStdString(path), percent);
                },
                Qt::QueuedConnection);
        };
        auto hashed = std::make_shared<Result<std::string>>(
            extract::hashFile(std::filesystem::path(path), report, stop));
        QMetaObject::invokeMethod(
            this,
            [this, path, hashed] {
                if (!hashed->ok()) {
                    hashing_.erase(path);
                    emit hashEnded(QString::fromStdString(path), errorText(hashed->error()));
                    return;
                }
                store_.write(
                    this,
                    [path, hash = hashed->value()](storage::Database& db) {
                        return saveModelHash(db, path, hash);
                    },
                    [this, path](const Result<void>& saved) {
                        hashing_.erase(path);
                        emit store_.modelsChanged();
                        emit hashEnded(QString::fromStdString(path),
                                       saved.ok() ? QString() : errorText(saved.error()));
                    });
            },
            Qt::QueuedConnection);
    });
}

void ModelImport::measure(const std::string& path, std::size_t threads) {
    if (isMeasuring_) {
        return;
    }
    isMeasuring_ = true;
    measuredPath_ = path;
    measuring_ = std::stop_source();
    speed_.post([this, path, threads, stop = measuring_.get_token()] {
        auto speed = std::make_shared<Result<extract::ModelSpeed>>(
            extract::measureModel(std::filesystem::path(path), threads, stop));
        QMetaObject::invokeMethod(
            this,
            [this, path, speed] {
                isMeasuring_ = false;
                if (!speed->ok()) {
                    const bool isCancelled = speed->error().code == ErrorCode::Cancelled;
                    emit measureEnded(QString::fromStdString(path),
                                      isCancelled ? QString() : errorText(speed->error()));
                    return;
                }
                store_.write(
                    this,
                    [path, value = speed->value()](storage::Database& db) {
                        return saveModelSpeed(db, path, value);
                    },
                    [this, path](const Result<void>& saved) {
                        emit store_.modelsChanged();
                        emit measureEnded(QString::fromStdString(path),
                                          saved.ok() ? QString() : errorText(saved.error()));
                    });
            },
            Qt::QueuedConnection);
    });
}

void ModelImport::cancelMeasuring() {
    measuring_.request_stop();
}

} // namespace attest::gui
