// What can be done with documents of the list. Every command writes through the Store, says so in a
// toast where it can be taken back, and lets the lists ask again.
#pragma once

#include "gui/app/context.h"
#include "gui/library/library_item.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <vector>

class QWidget;

namespace attest::gui {

class LibraryState;

// Lives on the GUI thread. Dialogs do not block; `parent` is their window.
class DocumentCommands final : public QObject {
    Q_OBJECT

public:
    using Ids = std::vector<std::int64_t>;

    DocumentCommands(AppContext& app, LibraryState& state, QWidget* parent);

    // With the chosen template.
    void extract(const Ids& ids);
    void moveToTrash(const Ids& ids); // "Undo" brings them back
    void restore(const Ids& ids);
    void deleteForGood(const Ids& ids); // asks
    void rename(std::int64_t id, const QString& name);
    void moveToCollection(const Ids& ids, const QString& collection);
    void renameCollection(const QString& from, const QString& to);
    void retry(const std::vector<storage::LibraryRow>& rows);
    void copyPaths(const std::vector<storage::LibraryRow>& rows);
    // Asks for the file and takes it when its bytes are the document's.
    void locate(const storage::LibraryRow& row);
    // Runs of these rows; the template when it is the same for all.
    void exportRuns(const std::vector<storage::LibraryRow>& rows);
    // `queue`: what the review goes through.
    void review(const storage::LibraryRow& row, const Ids& queue);

private:
    template <typename Work>
    void write(Work work, std::function<void()> done);
    void say(const QString& text);
    void checkLocated(std::int64_t id, const QString& path);

    AppContext& app_;
    LibraryState& state_;
    QWidget* parent_;
};

} // namespace attest::gui
