// Work on model files off the GUI thread: looking into offered ones, hashing, measuring.
#pragma once

#include "extract/model_card.h"
#include "gui/app/task_thread.h"

#include <QObject>
#include <QStringList>

#include <set>
#include <stop_token>
#include <string>

namespace attest::gui {

class Store;

// Lives on the GUI thread; signals are emitted there. A started piece of work ends when the object
// is destroyed.
class ModelImport final : public QObject {
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ModelImport)

public:
    explicit ModelImport(Store& store, QObject* parent = nullptr);
    ~ModelImport() override;

    // Files stay where they are. Each is added() or refused(), and then hashed.
    void importModels(const QStringList& paths);

    // Does nothing while that file is being hashed.
    void hash(const std::string& path);

    // One at a time; a second call does nothing while isMeasuring().
    void measure(const std::string& path, std::size_t threads);
    void cancelMeasuring();

    bool isMeasuring() const { return isMeasuring_; }

    const std::string& measuredPath() const { return measuredPath_; }

signals:
    void importStarted(int count);
    void added(const QString& path, const QString& name);
    void refused(const QString& path, const QString& reason);
    void hashProgressed(const QString& path, int percent);
    void hashEnded(const QString& path, const QString& problem); // empty: it is saved
    void measureEnded(const QString& path, const QString& problem);

private:
    void inspect(const QString& path);
    void keep(const extract::ModelCard& card);

    Store& store_;
    std::stop_source stop_;
    std::stop_source measuring_;
    bool isMeasuring_ = false;
    std::string measuredPath_;
    std::set<std::string> hashing_;
    TaskThread files_{TaskThread::AtEnd::DropWaiting}; // last members: stop before what they use
    TaskThread speed_{TaskThread::AtEnd::DropWaiting};
};

} // namespace attest::gui
