// attest-gui: builds the objects, hands them down and runs.
#include "extract/network_lock.h"
#include "extract/resources.h"
#include "gui/app/context.h"
#include "gui/app/error_text.h"
#include "gui/app/navigator.h"
#include "gui/app/restart.h"
#include "gui/app/settings.h"
#include "gui/app/store.h"
#include "gui/jobs/job_queue.h"
#include "gui/settings/backup_keeper.h"
#include "gui/theme/theme.h"
#include "gui/window/language.h"
#include "gui/window/main_window.h"
#include "gui/window/pages.h"
#include "gui/window/single_instance.h"
#include "gui/window/startup_options.h"
#include "storage/backup.h"

#include <QApplication>
#include <QDateTime>
#include <QMessageBox>
#include <QTimer>

#include <cstdio>
#include <optional>

namespace attest::gui {

namespace {

// A window that says why there is no window; its buttons end the program.
int runWithError(QApplication& app, const Error& error) {
    QMessageBox box(QMessageBox::Critical,
                    QStringLiteral("Attest"),
                    QCoreApplication::translate("main", "Attest cannot open the library."));
    box.setInformativeText(errorText(error));
    QObject::connect(&box, &QDialog::finished, &app, [](int) { QCoreApplication::exit(1); });
    std::fputs((error.message + '\n').c_str(), stderr);
    box.open();
    return QApplication::exec();
}

// A backup that could not be put in the library's place: the window opens with the library as it
// was, and says so.
void tellAboutRestore(QWidget& window, const Error& error) {
    auto* box = new QMessageBox(QMessageBox::Warning,
                                QStringLiteral("Attest"),
                                QCoreApplication::translate("main", "The backup was not restored."),
                                QMessageBox::Ok,
                                &window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(errorText(error));
    box->open();
}

void nameProgram() {
    QCoreApplication::setApplicationName(QStringLiteral("attest"));
    QCoreApplication::setOrganizationName(QStringLiteral("attest"));
    QCoreApplication::setApplicationVersion(QStringLiteral(ATTEST_VERSION));
}

// What the arguments ask to be told: --help, --version, or what is wrong with them; nothing when
// the window is to open. Needs no display.
std::optional<int> answerInWords(int argc, char** argv) {
    const QCoreApplication app(argc, argv);
    nameProgram();
    const Result<StartupOptions> parsed = parseStartupOptions(QCoreApplication::arguments());
    if (parsed.ok() && !parsed.value().answer.isEmpty()) {
        std::fputs(parsed.value().answer.toUtf8().constData(), stdout);
        return 0;
    }
    return std::nullopt;
}

// `restart` is what to start again with when everything is closed; empty: nothing.
int run(int argc, char** argv, QStringList& restart) {
    // Before anything has started a thread. Where the kernel cannot, the privacy page says so.
    if (const auto locked = extract::denyNetwork(); !locked.ok()) {
        std::fputs((locked.error().message + '\n').c_str(), stderr);
    }
    QApplication::setHighDpiScaleFactorRoundingPolicy(
        Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    QApplication app(argc, argv);
    nameProgram();
    QGuiApplication::setDesktopFileName(QStringLiteral("org.attest.Attest"));

    const Result<StartupOptions> parsed = parseStartupOptions(QCoreApplication::arguments());
    if (!parsed.ok()) {
        std::fputs((parsed.error().message + '\n').c_str(), stderr);
        return 2;
    }
    const StartupOptions& options = parsed.value();
    if (handOver(options.library, options.files)) {
        return 0;
    }
    Settings settings(options.settingsFile);
    installLanguage(app, settings.language());
    Theme theme(app);
    theme.apply(options.themeMode.value_or(settings.themeMode()),
                options.textScale.value_or(settings.textScale()));

    Result<void> restored;
    if (!options.restore.empty()) {
        restored = storage::restoreBackup(
            options.library, options.restore, QDateTime::currentSecsSinceEpoch());
    }
    auto opened = Store::open(options.library);
    if (!opened.ok()) {
        return runWithError(app, opened.error());
    }
    Store& store = *opened.value();
    auto model = extract::bundledModel();
    if (!model.ok()) {
        return runWithError(app, model.error());
    }
    const RequestInbox inbox(store.folder());
    Navigator navigator;
    JobQueue jobs(store, settings, std::move(model).value());
    const BackupKeeper backups(store);
    AppContext context{store, settings, theme, navigator, jobs};
    MainWindow window(context);
    addPages(window, context);
    if (!options.themeMode) {
        // Applying restyles every widget: only when it was one of these that changed.
        QObject::connect(&settings,
                         &Settings::changed,
                         &theme,
                         [&settings,
                          &theme,
                          mode = settings.themeMode(),
                          scale = options.textScale.value_or(settings.textScale())]() mutable {
                             if (mode != settings.themeMode() || scale != settings.textScale()) {
                                 mode = settings.themeMode();
                                 scale = settings.textScale();
                                 theme.apply(mode, scale);
                             }
                         });
    }
    QObject::connect(&inbox, &RequestInbox::requested, &window, [&](const QStringList& files) {
        window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
        window.show();
        window.raise();
        window.activateWindow();
        if (!files.isEmpty()) {
            emit navigator.filesOffered(files);
        }
    });
    if (options.windowSize) {
        window.resize(*options.windowSize);
    }
    if (!options.section.isEmpty()) {
        navigator.openSettings(options.section);
    } else if (options.page == PageId::Review && options.documentId != 0) {
        navigator.openReview({options.documentId, 0, {}, {}});
    } else {
        navigator.openPage(options.page.value_or(PageId::Library));
    }
    window.show();
    if (options.opensExport) {
        navigator.openExport({});
    }
    if (!restored.ok()) {
        tellAboutRestore(window, restored.error());
    }
    jobs.start();
    if (!options.files.isEmpty()) {
        emit navigator.filesOffered(options.files);
    }
    if (!options.screenshot.isEmpty()) {
        takeScreenshotAndQuit(window, options);
    } else if (options.quitAfterStart) {
        QTimer::singleShot(0, &app, &QCoreApplication::quit);
    }
    const int code = QApplication::exec();
    restart = requestedRestart();
    return code;
}

} // namespace

} // namespace attest::gui

int main(int argc, char** argv) {
    if (const auto code = attest::gui::answerInWords(argc, argv)) {
        return *code;
    }
    QStringList restart;
    const int code = attest::gui::run(argc, argv, restart);
    if (!restart.isEmpty()) {
        attest::gui::startAgain(QStringLiteral("/proc/self/exe"), restart);
        return 1;
    }
    return code;
}
