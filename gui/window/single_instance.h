// A second start on the same library raises the first window and hands over its files. No socket:
// the second start leaves a request file in the library folder, which the first one watches.
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QStringList>

#include <filesystem>

namespace attest::gui {

// Whether another window has this library open (it left its mark and is still running); the request
// is left for it then.
bool handOver(const std::filesystem::path& libraryFolder, const QStringList& files);

// In the first window. Lives on the GUI thread.
class RequestInbox final : public QObject {
    Q_OBJECT

public:
    // Marks this process as the library's window. Errors are not fatal: a second start then says
    // that the library is in use.
    explicit RequestInbox(const std::filesystem::path& libraryFolder, QObject* parent = nullptr);
    ~RequestInbox() override;

signals:
    void requested(const QStringList& files); // raise the window and add these; may be empty

private:
    void collect();

    std::filesystem::path folder_;
    QFileSystemWatcher watcher_;
};

} // namespace attest::gui
