// The command line of attest-gui.
#pragma once

#include "base/result.h"
#include "gui/app/navigator.h"
#include "gui/theme/theme.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <filesystem>
#include <optional>

class QWidget;

namespace attest::gui {

struct StartupOptions {
    QString answer; // text to print instead of starting
    std::filesystem::path library;
    std::filesystem::path restore; // backup to put in its place first; empty: none
    QString settingsFile;
    QStringList files;
    std::optional<PageId> page;
    bool opensExport = false;    // --page export
    QString section;             // of the settings
    std::int64_t documentId = 0; // of the review; 0: the newest to review
    std::optional<ThemeMode> themeMode;
    std::optional<double> textScale;
    std::optional<QSize> windowSize;
    QString screenshot;
    int screenshotDelayMs = 1500;
    bool quitAfterStart = false;
};

// Errors: InvalidInput, with what to write instead.
Result<StartupOptions> parseStartupOptions(const QStringList& arguments);

// Saves the window as a PNG once its contents have settled, and quits.
void takeScreenshotAndQuit(QWidget& window, const StartupOptions& options);

} // namespace attest::gui
