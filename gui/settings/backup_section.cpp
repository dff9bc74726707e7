#include "gui/settings/backup_list.h"
#include "gui/settings/sections.h"
#include "gui/settings/settings_section.h"

#include <QCoreApplication>

namespace attest::gui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("attest::gui::SettingsPage", text);
}

} // namespace

SettingsSection* makeBackupSection(AppContext& app, QWidget* parent) {
    auto* section = new SettingsSection(
        QStringLiteral("backup"),
        tr("Backup"),
        tr("Once a day Attest copies the library, checks the copy and keeps the last seven. For a "
           "copy on another disk, copy the newest file of the backups folder."),
        parent);
    section->addWide(new BackupList(app, section), tr("Backups verify restore back up now"));
    return section;
}

} // namespace attest::gui
