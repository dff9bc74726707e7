#include "gui/window/startup_options.h"

#include "storage/library.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QPainter>
#include <QPixmap>
#include <QTimer>
#include <QWidget>

#include <cstdio>

namespace attest::gui {

namespace {

struct PageName {
    const char* name;
    PageId id;
};

constexpr PageName kPages[] = {
    {"library", PageId::Library},
    {"review", PageId::Review},
    {"results", PageId::Results},
    {"templates", PageId::Templates},
    {"models", PageId::Models},
    {"evaluation", PageId::Evaluation},
    {"jobs", PageId::Jobs},
    {"settings", PageId::Settings},
    {"help", PageId::Help},
};

Error wrong(const QString& what) {
    return Error{ErrorCode::InvalidInput, what.toStdString()};
}

Result<QSize> parseSize(const QString& text) {
    const QStringList parts = text.split(QLatin1Char('x'));
    const QSize size = parts.size() == 2 ? QSize(parts[0].toInt(), parts[1].toInt()) : QSize();
    if (size.width() < 320 || size.height() < 240 || size.width() > 16384 ||
        size.height() > 16384) {
        return wrong(QStringLiteral("--size: '%1' is not a size such as 1440x900").arg(text));
    }
    return size;
}

Result<PageId> parsePage(const QString& text) {
    QStringList names;
    for (const PageName& page : kPages) {
        if (text == QLatin1String(page.name)) {
            return page.id;
        }
        names.append(QLatin1String(page.name));
    }
    return wrong(
        QStringLiteral("--page: '%1' is none of %2").arg(text, names.join(QStringLiteral(", "))));
}

Result<ThemeMode> parseTheme(const QString& text) {
    if (text == QLatin1String("light")) {
        return ThemeMode::Light;
    }
    if (text == QLatin1String("dark")) {
        return ThemeMode::Dark;
    }
    if (text == QLatin1String("system")) {
        return ThemeMode::System;
    }
    return wrong(QStringLiteral("--theme: '%1' is none of light, dark, system").arg(text));
}

} // namespace

Result<StartupOptions> parseStartupOptions(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Attest: drop documents, review what was read, export a report."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    const auto option = [&parser](const char* name, const char* text, const char* value) {
        QCommandLineOption made(
            QString::fromUtf8(name), QString::fromUtf8(text), QString::fromUtf8(value));
        parser.addOption(made);
        return made;
    };
    const auto library = option("library", "Folder of the library.", "folder");
    const auto restore = option("restore", "Backup to put in the library's place first.", "file");
    const auto settings = option("settings", "Settings file instead of the user's own.", "file");
    const auto page = option("page", "Page to open: library, review, results, export, …", "name");
    const auto section = option("section", "Section of the settings: privacy, backup, …", "name");
    const auto document = option("document", "Document to review.", "id");
    const auto theme = option("theme", "light, dark or system.", "name");
    const auto textScale = option("text-scale", "Text size, 0.8 to 2.", "factor");
    const auto size = option("size", "Window size, such as 1440x900.", "size");
    const auto screenshot = option("screenshot", "Save a picture of the window and quit.", "file");
    const auto delay = option("delay", "Milliseconds before the picture.", "ms");
    const auto quit = option("quit-after-start", "Quit when the window is there.", "");
    parser.addPositionalArgument(QStringLiteral("files"),
                                 QStringLiteral("Documents or folders to add."),
                                 QStringLiteral("[files…]"));
    if (!parser.parse(arguments)) {
        return wrong(parser.errorText());
    }
    StartupOptions options;
    if (parser.isSet(help)) {
        options.answer = parser.helpText();
        return options;
    }
    if (parser.isSet(version)) {
        options.answer = QCoreApplication::applicationVersion() + QLatin1Char('\n');
        return options;
    }
    if (parser.isSet(library)) {
        options.library = parser.value(library).toStdString();
    } else {
        ATTEST_TRY_ASSIGN(options.library, storage::defaultLibraryFolder());
    }
    options.restore = parser.value(restore).toStdString();
    options.settingsFile = parser.value(settings);
    options.files = parser.positionalArguments();
    if (parser.isSet(page)) {
        options.opensExport = parser.value(page) == QLatin1String("export");
        ATTEST_TRY_ASSIGN(
            options.page,
            parsePage(options.opensExport ? QStringLiteral("results") : parser.value(page)));
    }
    options.section = parser.value(section);
    options.documentId = parser.value(document).toLongLong();
    if (parser.isSet(theme)) {
        ATTEST_TRY_ASSIGN(options.themeMode, parseTheme(parser.value(theme)));
    }
    if (parser.isSet(textScale)) {
        const double scale = parser.value(textScale).toDouble();
        if (!(scale >= 0.8 && scale <= 2)) {
            return wrong(QStringLiteral("--text-scale: a number from 0.8 to 2"));
        }
        options.textScale = scale;
    }
    if (parser.isSet(size)) {
        ATTEST_TRY_ASSIGN(options.windowSize, parseSize(parser.value(size)));
    }
    options.screenshot = parser.value(screenshot);
    if (parser.isSet(delay)) {
        options.screenshotDelayMs = qBound(0, parser.value(delay).toInt(), 60000);
    }
    options.quitAfterStart = parser.isSet(quit);
    return options;
}

namespace {

// The window, and a dialog over it where it stands.
QPixmap pictureOf(QWidget& window) {
    QPixmap picture = window.grab();
    QWidget* dialog = QApplication::activeModalWidget();
    if (dialog != nullptr) {
        QPainter painter(&picture);
        const QPoint place = dialog->frameGeometry().topLeft() - window.frameGeometry().topLeft();
        painter.fillRect(QRect(QPoint(), picture.deviceIndependentSize().toSize()),
                         QColor(0, 0, 0, 90));
        painter.drawPixmap(place, dialog->grab());
    }
    return picture;
}

} // namespace

void takeScreenshotAndQuit(QWidget& window, const StartupOptions& options) {
    QTimer::singleShot(options.screenshotDelayMs, &window, [&window, file = options.screenshot] {
        const bool isSaved = pictureOf(window).save(file);
        if (!isSaved) {
            std::fprintf(stderr, "--screenshot: cannot write '%s'\n", qPrintable(file));
        }
        QCoreApplication::exit(isSaved ? 0 : 1);
    });
}

} // namespace attest::gui
