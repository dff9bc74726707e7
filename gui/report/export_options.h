// What the export dialog remembers, and what it makes of it.
#pragma once

#include "extract/export_profile.h"

#include <QString>

#include <optional>
#include <vector>

namespace attest::gui {

class Settings;

struct ProfileWords {
    std::optional<extract::ExportProfile> profile; // nullopt: the PDF report
    QString title;
    QString text; // one line: for whom and what it writes
    QString defaultName;
    bool isFolder = false;
};

// In the order they are offered.
std::vector<ProfileWords> profileWords();

// Where in profileWords() the one chosen last stands.
int rememberedProfile(const Settings& settings);
void rememberProfile(Settings& settings, const ProfileWords& words);

// The last options, without profile, template and runs.
extract::ExportRequest rememberedRequest(const Settings& settings);
void rememberRequest(Settings& settings, const extract::ExportRequest& request);

// The folder exports went to last.
QString rememberedFolder(const Settings& settings);
void rememberFolder(Settings& settings, const QString& folder);

// "41 documents, 3 not reviewed: included with the status PEND".
QString countsText(const extract::ExportCounts& counts, extract::Unreviewed unreviewed);

} // namespace attest::gui
