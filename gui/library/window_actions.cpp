#include "gui/library/window_actions.h"

#include "gui/app/navigator.h"
#include "gui/library/document_commands.h"
#include "gui/library/library_state.h"
#include "gui/library/library_text.h"
#include "gui/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QKeySequence>
#include <QLocale>
#include <QMenu>
#include <QWidget>

#include <algorithm>
#include <utility>

namespace attest::gui {

WindowActions::WindowActions(AppContext& app,
                             LibraryState& state,
                             DocumentCommands& commands,
                             QWidget* window)
    : QObject(window), app_(app), state_(state) {
    Navigator& go = app.navigator;
    using storage::SmartList;

    addFiles = make(tr("Add files…"), QStringLiteral("add-file"), QKeySequence::Open, [&go] {
        emit go.addFilesRequested();
    });
    addFolder = make(tr("Add folder…"),
                     QStringLiteral("add-folder"),
                     QKeySequence(QStringLiteral("Ctrl+Shift+O")),
                     [&go] { emit go.addFolderRequested(); });
    pasteNote = make(tr("Paste note…"),
                     QStringLiteral("paste"),
                     QKeySequence(QStringLiteral("Ctrl+Shift+V")),
                     [&go] { emit go.pasteNoteRequested(); });
    samples = make(tr("Add sample documents"), QStringLiteral("star"), {}, [&go] {
        emit go.samplesRequested();
    });
    watchedFolders = make(tr("Watched folders…"), QStringLiteral("watch-folder"), {}, [&go] {
        go.openSettings(QStringLiteral("library"));
    });
    extract = make(tr("Extract"),
                   QStringLiteral("play"),
                   QKeySequence(QStringLiteral("Ctrl+R")),
                   [&state, &commands] { commands.extract(state.toExtract()); });
    search = make(tr("Search"), QStringLiteral("search"), QKeySequence::Find, [&state] {
        emit state.searchWanted();
    });
    palette = make(tr("All commands…"),
                   QStringLiteral("menu"),
                   QKeySequence(QStringLiteral("Ctrl+Shift+P")),
                   [this] { emit paletteAsked(); });

    const auto list = [&](SmartList which, const char* icon, const char* key) {
        return make(listTitle(which),
                    QString::fromLatin1(icon),
                    QKeySequence(QString::fromLatin1(key)),
                    [&go, which] { go.openLibrary(which); });
    };
    const auto page = [&](const QString& text, const char* icon, const char* key, PageId which) {
        return make(text,
                    QString::fromLatin1(icon),
                    QKeySequence(QString::fromLatin1(key)),
                    [&go, which] { go.openPage(which); });
    };
    std::vector<QAction*> lists{list(SmartList::All, "all-documents", "Alt+1"),
                                list(SmartList::Inbox, "inbox", "Alt+2"),
                                list(SmartList::ToReview, "to-review", "Alt+3"),
                                list(SmartList::Reviewed, "reviewed", "Alt+4"),
                                list(SmartList::Failed, "failed", ""),
                                list(SmartList::Trash, "trash", "")};
    std::vector<QAction*> work{page(tr("Results"), "results", "Alt+5", PageId::Results),
                               page(tr("Templates"), "templates", "Alt+6", PageId::Templates),
                               page(tr("Models"), "models", "Alt+7", PageId::Models),
                               page(tr("Jobs"), "jobs", "Alt+8", PageId::Jobs),
                               page(tr("Evaluation"), "chart", "Alt+9", PageId::Evaluation)};
    QAction* exportAll =
        make(tr("Export all results…"), QStringLiteral("export"), {}, [&go] { go.openExport({}); });
    QAction* backup = make(tr("Backups…"), QStringLiteral("restore"), {}, [&go] {
        go.openSettings(QStringLiteral("backup"));
    });
    QAction* privacy = make(tr("Privacy check…"), QStringLiteral("shield-offline"), {}, [&go] {
        go.openSettings(QStringLiteral("privacy"));
    });
    QAction* settings = make(tr("Settings…"),
                             QStringLiteral("settings"),
                             QKeySequence(QStringLiteral("Ctrl+,")),
                             [&go] { go.openSettings({}); });
    QAction* help = page(tr("Help and about"), "help", "F1", PageId::Help);
    QAction* fullScreen =
        make(tr("Full screen"), QStringLiteral("fit-page"), QKeySequence(Qt::Key_F11), [window] {
            QWidget* top = window->window();
            top->setWindowState(top->windowState() ^ Qt::WindowFullScreen);
        });
    QAction* quit =
        make(tr("Quit"), QStringLiteral("close"), QKeySequence(QStringLiteral("Ctrl+Q")), [window] {
            window->window()->close();
        });

    groups_ = {{addFiles, addFolder, pasteNote, watchedFolders, samples},
               {extract, search, exportAll},
               std::move(lists),
               std::move(work),
               {backup, privacy, settings, help},
               {palette, fullScreen, quit}};
    barKeys_ = {addFiles, addFolder, pasteNote, extract, search};
    for (const auto& group : groups_) {
        for (QAction* action : group) {
            if (std::find(barKeys_.begin(), barKeys_.end(), action) == barKeys_.end()) {
                window->addAction(action);
            }
        }
    }
    connect(&state, &LibraryState::scopeChanged, this, &WindowActions::refreshExtract);
    connect(&state, &LibraryState::templateChosen, this, &WindowActions::refreshExtract);
    connect(&app.theme, &Theme::changed, this, &WindowActions::refreshIcons);
    refreshIcons();
    refreshExtract();
}

QAction* WindowActions::make(const QString& text,
                             const QString& icon,
                             const QKeySequence& key,
                             std::function<void()> run) {
    auto* action = new QAction(text, this);
    action->setShortcut(key);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    drawn_.push_back({action, icon});
    return action;
}

void WindowActions::fillMenu(QMenu& menu) const {
    for (const auto& group : groups_) {
        if (!menu.isEmpty()) {
            menu.addSeparator();
        }
        for (QAction* action : group) {
            menu.addAction(action);
        }
    }
}

void WindowActions::addKeysTo(QWidget* topBar) const {
    for (QAction* action : barKeys_) {
        topBar->addAction(action);
    }
}

void WindowActions::refreshIcons() {
    for (const Drawn& drawn : drawn_) {
        drawn.action->setIcon(app_.theme.icon(drawn.icon));
    }
    // It stands on the one filled button.
    extract->setIcon(app_.theme.icon(QStringLiteral("play"), Token::OnAccent));
}

void WindowActions::refreshExtract() {
    const auto count = qint64(state_.toExtract().size());
    const CatalogEntry* choice = state_.chosenTemplate();
    const bool isSummary = choice != nullptr && choice->layout == QLatin1String("summary");
    const QString verb = isSummary ? tr("Summarize") : tr("Extract");
    extract->setText(count == 0 ? verb
                                : QStringLiteral("%1 %2").arg(verb, QLocale().toString(count)));
    extract->setEnabled(count > 0 && choice != nullptr);
    if (choice != nullptr) {
        const QString title = QString::fromStdString(choice->record.title);
        extract->setToolTip(count == 0
                                ? tr("Add or select documents to read them with “%1”").arg(title)
                                : tr("Read %1 with “%2”").arg(documentCountText(count), title));
    }
}

QString toolTipOf(const QAction& action) {
    const QString key = action.shortcut().toString(QKeySequence::NativeText);
    QString text = action.toolTip();
    text.remove(QStringLiteral("…"));
    return key.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, key);
}

} // namespace attest::gui
