// Where the library is, what happens to new documents, and folders that are watched.
#include "gui/app/error_text.h"
#include "gui/app/navigator.h"
#include "gui/app/restart.h"
#include "gui/app/settings.h"
#include "gui/app/store.h"
#include "gui/settings/confirm.h"
#include "gui/settings/sections.h"
#include "gui/settings/settings_section.h"
#include "gui/settings/watched_folders.h"
#include "gui/theme/style_sheet.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QUrl>
#include <QVBoxLayout>

namespace attest::gui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("attest::gui::SettingsPage", text);
}

void openOther(AppContext& app, QWidget* parent) {
    auto* dialog = new QFileDialog(parent, tr("Folder of the other library"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setDirectory(QString::fromStdString(app.store.folder().parent_path().string()));
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, [parent](const QString& folder) {
        confirm(parent,
                {tr("Open the library in “%1”?").arg(folder),
                 tr("Attest closes and opens again with that library. A folder without one gets a "
                    "new, empty library. This library stays where it is."),
                 tr("Open and restart")},
                [folder] {
                    requestRestart(argumentsWith(
                        QCoreApplication::arguments(), QStringLiteral("--library"), folder));
                });
    });
    dialog->open();
}

} // namespace

SettingsSection* makeLibrarySection(AppContext& app, QWidget* parent) {
    auto* section =
        new SettingsSection(QStringLiteral("library"), tr("Library"), QString(), parent);
    const QString folder = QString::fromStdString(app.store.folder().string());

    auto* place = new QWidget;
    auto* placeLayout = new QVBoxLayout(place);
    placeLayout->setContentsMargins(0, 0, 0, 0);
    placeLayout->setSpacing(measure::kInside);
    auto* heading = new QLabel(tr("Place"));
    auto* path = new QLabel(folder);
    setRole(path, "mono");
    path->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    path->setWordWrap(true);
    path->setAccessibleName(tr("Place of the library"));
    auto* hint = new QLabel(tr("Page texts, results and decisions are kept here, readable for you "
                               "only. Your own files stay where they are and are never changed."));
    setRole(hint, "secondary");
    hint->setWordWrap(true);
    auto* buttons = new QHBoxLayout;
    auto* show = new QPushButton(tr("Show in files"));
    show->setToolTip(tr("Opens the library's folder in the file manager"));
    auto* other = new QPushButton(tr("Open other library…"));
    other->setToolTip(tr("Closes Attest and opens it with another library"));
    buttons->addWidget(show);
    buttons->addWidget(other);
    buttons->addStretch(1);
    for (QWidget* widget : {heading, path, hint}) {
        placeLayout->addWidget(widget);
    }
    placeLayout->addLayout(buttons);
    section->addWide(place, tr("Place of the library folder"));

    auto* extracts = new QCheckBox;
    section->addRow(tr("Extract as soon as documents are added"),
                    tr("With the template chosen in the library. Off: documents wait in the inbox "
                       "until you press Extract."),
                    extracts);
    section->beginGroup(tr("Watched folders"));
    section->addWide(new WatchedFolders(app, section), tr("Watched folders inbox scan"));

    const auto refresh = [extracts, &app] {
        const QSignalBlocker blocker(extracts);
        extracts->setChecked(app.settings.extractsOnAdd());
    };
    refresh();
    QObject::connect(&app.settings, &Settings::changed, section, refresh);
    QObject::connect(extracts, &QCheckBox::toggled, section, [&app](bool isOn) {
        app.settings.setExtractsOnAdd(isOn);
    });
    QObject::connect(show, &QPushButton::clicked, section, [folder] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
    });
    QObject::connect(
        other, &QPushButton::clicked, section, [&app, section] { openOther(app, section); });
    section->setRestore([&app] { app.settings.setExtractsOnAdd(true); });
    return section;
}

} // namespace attest::gui
