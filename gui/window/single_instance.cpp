#include "gui/window/single_instance.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLockFile>
#include <QSaveFile>
#include <QTimer>
#include <QUuid>

namespace attest::gui {

namespace {

constexpr qint64 kMaxRequestBytes = 4 << 20;

QString requestFolder(const std::filesystem::path& libraryFolder) {
    return QString::fromStdString((libraryFolder / "requests").string());
}

QString markPath(const std::filesystem::path& libraryFolder) {
    return requestFolder(libraryFolder) + QStringLiteral("/window.pid");
}

} // namespace

bool handOver(const std::filesystem::path& libraryFolder, const QStringList& files) {
    QFile mark(markPath(libraryFolder));
    if (!mark.open(QIODevice::ReadOnly)) {
        return false;
    }
    const qint64 pid = mark.read(32).trimmed().toLongLong();
    const QString program =
        pid > 0 ? QFile::symLinkTarget(QStringLiteral("/proc/%1/exe").arg(pid)) : QString();
    // The mark of a window that was killed: another program may have its number by now.
    if (pid == QCoreApplication::applicationPid() ||
        program != QFile::symLinkTarget(QStringLiteral("/proc/self/exe"))) {
        return false;
    }
    QJsonArray paths;
    for (const QString& file : files) {
        paths.append(QDir::current().absoluteFilePath(file));
    }
    QSaveFile request(requestFolder(libraryFolder) + QLatin1Char('/') +
                      QUuid::createUuid().toString(QUuid::WithoutBraces) +
                      QStringLiteral(".request"));
    return request.open(QIODevice::WriteOnly) &&
           request.write(QJsonDocument(paths).toJson(QJsonDocument::Compact)) >= 0 &&
           request.commit();
}

RequestInbox::RequestInbox(const std::filesystem::path& libraryFolder, QObject* parent)
    : QObject(parent), folder_(libraryFolder) {
    const QString folder = requestFolder(folder_);
    QDir().mkpath(folder);
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QSaveFile mark(markPath(folder_));
    if (mark.open(QIODevice::WriteOnly)) {
        mark.write(QByteArray::number(QCoreApplication::applicationPid()));
        mark.commit();
    }
    watcher_.addPath(folder);
    connect(&watcher_, &QFileSystemWatcher::directoryChanged, this, &RequestInbox::collect);
    QTimer::singleShot(0, this, &RequestInbox::collect);
}

RequestInbox::~RequestInbox() {
    QFile::remove(markPath(folder_));
}

void RequestInbox::collect() {
    const QDir folder(requestFolder(folder_));
    const QStringList names = folder.entryList({QStringLiteral("*.request")}, QDir::Files);
    for (const QString& name : names) {
        QFile file(folder.filePath(name));
        QStringList paths;
        if (file.open(QIODevice::ReadOnly) && file.size() <= kMaxRequestBytes) {
            const QJsonArray wanted = QJsonDocument::fromJson(file.readAll()).array();
            for (const auto& path : wanted) {
                paths.append(path.toString());
            }
        }
        file.close();
        file.remove();
        emit requested(paths);
    }
}

} // namespace attest::gui
