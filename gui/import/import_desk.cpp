#include "gui/import/import_desk.h"

#include "gui/app/navigator.h"
#include "gui/app/settings.h"
#include "gui/import/drop_overlay.h"
#include "gui/import/note_dialog.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

namespace attest::gui {

namespace {

const QString kLastFolder = QStringLiteral("import/lastFolder");

} // namespace

ImportDesk::ImportDesk(AppContext& app, QWidget* window)
    : QObject(window)
    , app_(app)
    , window_(window)
    , importer_(app, this)
    , watcher_(app, importer_, this) {
    new DropOverlay(app, window);
    connect(&app.navigator, &Navigator::addFilesRequested, this, &ImportDesk::chooseFiles);
    connect(&app.navigator, &Navigator::addFolderRequested, this, &ImportDesk::chooseFolder);
    connect(&app.navigator, &Navigator::pasteNoteRequested, this, &ImportDesk::pasteNote);
    connect(&app.navigator, &Navigator::filesOffered, this, &ImportDesk::take);
    connect(&app.navigator, &Navigator::samplesRequested, &importer_, &Importer::addSamples);
}

void ImportDesk::start() {
    watcher_.reload();
}

void ImportDesk::chooseFiles() {
    auto* dialog = new QFileDialog(window_, tr("Add documents"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters(
        {tr("Documents (*.pdf *.txt *.md *.text *.jsonl)"), tr("All files (*)")});
    dialog->setDirectory(app_.settings.value(kLastFolder, QDir::homePath()).toString());
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& files) {
        if (!files.isEmpty()) {
            app_.settings.setValue(kLastFolder, QFileInfo(files.front()).absolutePath());
            take(files);
        }
    });
    dialog->open();
}

void ImportDesk::chooseFolder() {
    auto* dialog = new QFileDialog(window_, tr("Add a folder with all its documents"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setDirectory(app_.settings.value(kLastFolder, QDir::homePath()).toString());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
        app_.settings.setValue(kLastFolder, folder);
        take({folder});
    });
    dialog->open();
}

void ImportDesk::pasteNote() {
    auto* dialog = new NoteDialog(app_.theme, window_);
    connect(dialog, &NoteDialog::noteReady, this, [this](const QString& text, const QString& name) {
        importer_.addNote(text, name, importer_.usualQuestion());
    });
    dialog->open();
}

void ImportDesk::take(const QStringList& paths) {
    QStringList documents;
    QStringList models;
    QStringList templates;
    for (const QString& path : paths) {
        const QString extension = QFileInfo(path).suffix().toLower();
        (extension == QLatin1String("gguf")   ? models
         : extension == QLatin1String("json") ? templates
                                              : documents)
            .append(path);
    }
    if (!documents.isEmpty()) {
        importer_.addPaths(documents, importer_.usualQuestion());
    }
    if (!models.isEmpty()) {
        app_.navigator.openPage(PageId::Models);
        emit modelsOffered(models);
    }
    if (!templates.isEmpty()) {
        app_.navigator.openPage(PageId::Templates);
        emit templatesOffered(templates);
    }
}

} // namespace attest::gui
