#include "gui/settings/settings_page.h"

#include "extract/network_lock.h"
#include "gui/app/restart.h"
#include "gui/gui_test_support.h"
#include "gui/help/help_page.h"
#include "gui/models/model_import.h"
#include "gui/models/models_page.h"
#include "gui/settings/backup_keeper.h"
#include "gui/settings/backup_list.h"
#include "gui/settings/privacy_checks.h"
#include "gui/settings/watched_folders.h"
#include "gui/templates/templates_page.h"
#include "storage/backup.h"
#include "support/catch.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QListWidget>
#include <QSlider>

#include <sys/wait.h>
#include <unistd.h>

using namespace attest;
using namespace attest::gui;

namespace {

// Controls that cannot say what they are to a screen reader, or how they are used.
QStringList unnamedControls(const QWidget& page) {
    QStringList found;
    for (const QWidget* widget : page.findChildren<QWidget*>()) {
        const bool isOwnPart = widget->objectName().startsWith(QStringLiteral("qt_")) ||
                               widget->inherits("QScrollBar") || widget->inherits("QHeaderView") ||
                               widget->inherits("QTabBar") ||
                               widget->inherits("QTableCornerButton") ||
                               widget->inherits("QMenu") || widget->inherits("QComboBoxListView");
        const bool isInner = widget->parentWidget() != nullptr &&
                             (widget->parentWidget()->inherits("QAbstractSpinBox") ||
                              widget->parentWidget()->inherits("QComboBoxPrivateContainer") ||
                              widget->parentWidget()->inherits("QLineEdit"));
        if (isOwnPart || isInner || (widget->focusPolicy() & Qt::TabFocus) == 0) {
            continue;
        }
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const bool hasName =
            !widget->accessibleName().isEmpty() || (button != nullptr && !button->text().isEmpty());
        if (!hasName) {
            found.append(QString::fromLatin1(widget->metaObject()->className()) +
                         QStringLiteral(" in ") +
                         QString::fromLatin1(widget->parentWidget()->metaObject()->className()));
        }
    }
    return found;
}

template <typename Control>
Control* named(const QWidget& page, const char* name) {
    for (Control* control : page.findChildren<Control*>()) {
        if (control->accessibleName() == QLatin1String(name)) {
            return control;
        }
    }
    FAIL("no control named " << name);
    return nullptr;
}

} // namespace

TEST_CASE("every control of settings, models, templates and help has a name", "[gui][settings]") {
    TestApp app;
    ModelImport work(app.store());
    const SettingsPage settings(app.context(), nullptr);
    ModelsPage models(app.context(), work, nullptr);
    TemplatesPage templates(app.context(), nullptr);
    const HelpPage help(app.context(), nullptr);
    REQUIRE(waitUntil([&] { return !models.catalog().models.empty(); }));
    REQUIRE(waitUntil([&] { return !templates.gallery().empty(); }));

    for (const QWidget* page : {static_cast<const QWidget*>(&settings),
                                static_cast<const QWidget*>(&models),
                                static_cast<const QWidget*>(&templates),
                                static_cast<const QWidget*>(&help)}) {
        CAPTURE(page->metaObject()->className());
        CHECK(unnamedControls(*page).join(QStringLiteral(", ")).toStdString().empty());
    }
}

TEST_CASE("settings apply at once, are kept, and go back to what they were", "[gui][settings]") {
    TestApp app;
    const SettingsPage page(app.context(), nullptr);
    named<QSlider>(page, "Text size")->setValue(15);
    named<QDoubleSpinBox>(page, "Ask a person below")->setValue(0.75);
    CHECK(app.settings().textScale() == 1.5);
    CHECK(app.settings().reviewThreshold() == 0.75);

    const Settings again(
        QString::fromStdString((app.folder() / "settings.ini").string())); // what a restart reads
    CHECK(again.textScale() == 1.5);
    CHECK(again.reviewThreshold() == 0.75);

    named<QAbstractButton>(page, "Restore defaults of Appearance")->click();
    CHECK(app.settings().textScale() == 1.0);
    CHECK(app.settings().reviewThreshold() == 0.75); // another section's
}

TEST_CASE("the search of the settings shows the sections that hold the words", "[gui][settings]") {
    TestApp app;
    SettingsPage page(app.context(), nullptr);
    page.showSection(QStringLiteral("privacy"));
    CHECK(page.currentSection() == QStringLiteral("privacy"));
    page.showSection(QStringLiteral("no such section"));
    CHECK(page.currentSection() == QStringLiteral("general"));

    named<QLineEdit>(page, "Search settings")->setText(QStringLiteral("text size"));

    CHECK(page.currentSection() == QStringLiteral("appearance"));
    const auto* list = named<QListWidget>(page, "Sections");
    int shown = 0;
    for (int i = 0; i < list->count(); ++i) {
        shown += list->item(i)->isHidden() ? 0 : 1;
    }
    CHECK(shown == 1);
}

TEST_CASE("network libraries are recognised among mapped files", "[gui][settings]") {
    const QString maps = QStringLiteral(
        "7f00-7f01 r--p 00000000 08:01 1 /usr/lib/x86_64-linux-gnu/libcurl.so.4.8.0\n"
        "7f02-7f03 r--p 00000000 08:01 2 /usr/lib/x86_64-linux-gnu/libQt6Network.so.6.4.2\n"
        "7f02-7f03 r-xp 00000000 08:01 2 /usr/lib/x86_64-linux-gnu/libQt6Network.so.6.4.2\n"
        "7f04-7f05 r--p 00000000 08:01 3 /usr/lib/x86_64-linux-gnu/libQt6Core.so.6.4.2\n"
        "7f06-7f07 rw-p 00000000 00:00 0 [heap]\n");
    CHECK(networkLibraries(maps) == QStringList{QStringLiteral("libQt6Network.so.6.4.2"),
                                                QStringLiteral("libcurl.so.4.8.0")});
    CHECK(networkLibraries(QString()).isEmpty());
    CHECK(statusValue(QStringLiteral("Seccomp_filters:\t1\nSeccomp:\t2\n"),
                      QStringLiteral("Seccomp")) == QStringLiteral("2"));
}

TEST_CASE("the privacy checks hold in a locked process and not in this one", "[gui][settings]") {
    const auto failing = [] {
        int count = 0;
        for (const PrivacyCheck& check : checkPrivacy()) {
            count += check.holds ? 0 : 1;
        }
        return count;
    };
    const TestApp app;    // loads what the window loads
    CHECK(failing() > 0); // nobody has locked the test program

    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::_exit(extract::denyNetwork().ok() ? failing() : 100);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("watched folders are added, changed and removed", "[gui][settings]") {
    TestApp app;
    WatchedFolders view(app.context(), nullptr);
    int changes = 0;
    QObject::connect(&app.store(), &Store::watchedFoldersChanged, &view, [&changes] { ++changes; });

    view.addFolder(QString::fromStdString(app.folder().string()));
    REQUIRE(waitUntil([&] { return view.folders().size() == 1; }));
    CHECK(view.folders().front().isRecursive);
    CHECK(view.folders().front().templateId == "medications");
    CHECK(changes == 1);

    for (QAbstractButton* box : view.findChildren<QAbstractButton*>()) {
        if (box->accessibleName().startsWith(QStringLiteral("With the subfolders"))) {
            box->click();
        }
    }
    REQUIRE(waitUntil(
        [&] { return view.folders().size() == 1 && !view.folders().front().isRecursive; }));
}

TEST_CASE("backups are made, listed and the library verified", "[gui][settings]") {
    TestApp app;
    app.extract(samplePath("vital_signs.md"), "vital_signs");
    BackupList list(app.context(), nullptr);
    QStringList good;
    QStringList bad;
    QObject::connect(&list, &BackupList::reported, &list, [&](bool isGood, const QString& text) {
        (isGood ? good : bad).append(text);
    });

    list.backUpNow();
    REQUIRE(waitUntil([&] { return list.backups().size() == 1; }));
    list.verify();
    REQUIRE(waitUntil([&] { return good.size() == 2; }));
    CHECK(bad.isEmpty());
    CHECK(list.backups().front().byteSize > 4096);

    // The daily one sees that there is one.
    BackupKeeper keeper(app.store());
    int made = 0;
    QObject::connect(&keeper, &BackupKeeper::made, &keeper, [&made] { ++made; });
    keeper.check();
    bool isAnswered = false; // reads and writes come back in order
    app.store().write(
        &keeper,
        [](storage::Database&) { return Result<void>(); },
        [&](const Result<void>&) { isAnswered = true; });
    REQUIRE(waitUntil([&] { return isAnswered; }));
    CHECK(made == 0);
}

TEST_CASE("a restart keeps what was meant to last", "[gui][settings]") {
    const QStringList given{QStringLiteral("attest-gui"),
                            QStringLiteral("--library"),
                            QStringLiteral("/old"),
                            QStringLiteral("--settings=/s.ini"),
                            QStringLiteral("--page"),
                            QStringLiteral("models"),
                            QStringLiteral("--screenshot"),
                            QStringLiteral("x.png"),
                            QStringLiteral("letter.pdf")};
    CHECK(argumentsWith(given, QStringLiteral("--library"), QStringLiteral("/new")) ==
          QStringList{QStringLiteral("attest-gui"),
                      QStringLiteral("--settings"),
                      QStringLiteral("/s.ini"),
                      QStringLiteral("--library"),
                      QStringLiteral("/new")});
}
