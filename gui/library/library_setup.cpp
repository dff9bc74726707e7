#include "gui/library/library_setup.h"

#include "extract/model_card.h"
#include "extract/resources.h"
#include "gui/window/main_window.h"
#include "gui/app/store.h"
#include "gui/library/command_palette.h"
#include "gui/library/document_commands.h"
#include "gui/library/library_page.h"
#include "gui/library/library_state.h"
#include "gui/library/library_table.h"
#include "gui/library/side_bar.h"
#include "gui/library/top_bar.h"
#include "gui/library/window_actions.h"
#include "storage/setting_store.h"

#include <QCoreApplication>

namespace attest::gui {

namespace {

// The model used for all templates that name no other: reading its name touches the disk.
void showModelName(MainWindow& window, Store& store) {
    const auto work = [](storage::Database& db) -> Result<QString> {
        ATTEST_TRY_ASSIGN(const auto chosen, storage::setting(db, "model.default"));
        std::filesystem::path path;
        if (chosen && !chosen->empty()) {
            path = *chosen;
        } else {
            ATTEST_TRY_ASSIGN(path, extract::bundledModel());
        }
        ATTEST_TRY_ASSIGN(const extract::ModelCard card, extract::inspectModel(path));
        return QString::fromStdString(card.name);
    };
    store.read(&window, work, [&window](const Result<QString>& name) {
        if (name.ok()) {
            window.setModelText(
                QCoreApplication::translate("MainWindow", "Model: %1").arg(name.value()));
        }
    });
}

} // namespace

void addLibrary(MainWindow& window, AppContext& app) {
    auto* state = new LibraryState(app, &window);
    auto* commands = new DocumentCommands(app, *state, &window);
    auto* actions = new WindowActions(app, *state, *commands, &window);
    auto* topBar = new TopBar(app, *state, *actions, &window);
    window.setTopBar(topBar);
    window.setSideBar(new SideBar(app, *state, *commands, &window));
    window.addPage(PageId::Library, [&window, &app, state, commands, topBar](QWidget* parent) {
        auto* page = new LibraryPage(app, *state, *commands, parent);
        QObject::connect(topBar, &TopBar::listWanted, page, [page] { page->table().setFocus(); });
        return page;
    });
    auto* palette = new CommandPalette(app, &window);
    QObject::connect(actions, &WindowActions::paletteAsked, palette, &CommandPalette::openNow);
    QObject::connect(&app.store, &Store::modelsChanged, &window, [&window, &app] {
        showModelName(window, app.store);
    });
    showModelName(window, app.store);
}

} // namespace attest::gui
