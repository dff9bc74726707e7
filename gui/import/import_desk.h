// Where everything that is offered to the window arrives: dialogs, drops, files given to the
// program, the samples. Documents go to the importer, models and templates to their pages.
#pragma once

#include "gui/app/context.h"
#include "gui/import/folder_watcher.h"
#include "gui/import/importer.h"

#include <QObject>
#include <QStringList>

class QWidget;

namespace attest::gui {

// Lives on the GUI thread, one per window.
class ImportDesk final : public QObject {
    Q_OBJECT

public:
    ImportDesk(AppContext& app, QWidget* window);

    // Looks at watched folders; call when the window is there.
    void start();

    Importer& importer() { return importer_; }

signals:
    void modelsOffered(const QStringList& paths);    // .gguf
    void templatesOffered(const QStringList& paths); // .json

private:
    void chooseFiles();
    void chooseFolder();
    void pasteNote();
    void take(const QStringList& paths);

    AppContext& app_;
    QWidget* window_;
    Importer importer_;
    FolderWatcher watcher_;
};

} // namespace attest::gui
