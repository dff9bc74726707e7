// The sections of the settings page, in its order. Each watches Settings and Store itself.
#pragma once

#include "gui/app/context.h"

class QWidget;

namespace attest::gui {

class SettingsSection;

SettingsSection* makeGeneralSection(AppContext& app, QWidget* parent);
SettingsSection* makeAppearanceSection(AppContext& app, QWidget* parent);
SettingsSection* makeLibrarySection(AppContext& app, QWidget* parent);
SettingsSection* makeModelsSection(AppContext& app, QWidget* parent);
SettingsSection* makeReviewSection(AppContext& app, QWidget* parent);
SettingsSection* makeExportSection(AppContext& app, QWidget* parent);
SettingsSection* makePrivacySection(AppContext& app, QWidget* parent);
SettingsSection* makeBackupSection(AppContext& app, QWidget* parent);
SettingsSection* makeAdvancedSection(AppContext& app, QWidget* parent);

} // namespace attest::gui
