#include "gui/library/library_empty.h"

#include "gui/app/navigator.h"
#include "gui/library/library_header.h"
#include "gui/library/library_state.h"
#include "gui/library/library_text.h"
#include "gui/widgets/empty_state.h"

#include <QCoreApplication>
#include <QPushButton>

#include <utility>

namespace attest::gui {

namespace {

using storage::SmartList;

struct EmptyList {
    Q_DECLARE_TR_FUNCTIONS(EmptyList)
};

template <typename Run>
void addButton(EmptyState& view, const QString& text, Run run) {
    QObject::connect(view.addButton(text), &QPushButton::clicked, &view, std::move(run));
}

void addOpen(EmptyState& view, AppContext& app, SmartList list, std::int64_t count) {
    const QString text =
        count > 0 ? EmptyList::tr("Open “%1” (%2)").arg(listTitle(list)).arg(qint64(count))
                  : EmptyList::tr("Open “%1”").arg(listTitle(list));
    addButton(view, text, [&app, list] { app.navigator.openLibrary(list); });
}

void addDocuments(EmptyState& view, AppContext& app) {
    addButton(
        view, EmptyList::tr("Add documents…"), [&app] { emit app.navigator.addFilesRequested(); });
}

void showList(EmptyState& view, SmartList list, AppContext& app, const LibraryState& state) {
    const storage::LibraryCounts& counts = state.counts();
    switch (list) {
    case SmartList::Inbox:
        view.setContent(QStringLiteral("inbox"),
                        EmptyList::tr("The inbox is empty"),
                        EmptyList::tr("New documents stay here until they have been read."));
        addDocuments(view, app);
        if (counts.toReview > 0) {
            addOpen(view, app, SmartList::ToReview, counts.toReview);
        }
        return;
    case SmartList::ToReview:
        view.setContent(QStringLiteral("to-review"),
                        EmptyList::tr("Nothing to review"),
                        EmptyList::tr("Documents come here when they have been read, and leave "
                                      "when you have finished them."));
        if (counts.inbox > 0) {
            addOpen(view, app, SmartList::Inbox, counts.inbox);
        } else if (counts.reviewed > 0) {
            addButton(view, EmptyList::tr("Look at the results"), [&app] {
                app.navigator.openPage(PageId::Results);
            });
        } else {
            addDocuments(view, app);
        }
        return;
    case SmartList::Reviewed:
        view.setContent(
            QStringLiteral("reviewed"),
            EmptyList::tr("Nothing reviewed yet"),
            EmptyList::tr("Documents that you have finished come here, ready to export."));
        addOpen(view, app, SmartList::ToReview, counts.toReview);
        return;
    case SmartList::Failed:
        view.setContent(
            QStringLiteral("check"),
            EmptyList::tr("Nothing failed"),
            EmptyList::tr("Documents that could not be read come here, with the reason."));
        addOpen(view, app, SmartList::All, counts.all);
        return;
    case SmartList::Trash:
        view.setContent(QStringLiteral("trash"),
                        EmptyList::tr("The trash is empty"),
                        EmptyList::tr("Deleted documents can be brought back from here. Your own "
                                      "files are never touched."));
        addOpen(view, app, SmartList::All, counts.all);
        return;
    case SmartList::All:
        view.setContent(QStringLiteral("library"),
                        EmptyList::tr("No documents"),
                        EmptyList::tr("Drop files or folders anywhere on the window."));
        addDocuments(view, app);
        if (counts.trash > 0) {
            addOpen(view, app, SmartList::Trash, counts.trash);
        }
        return;
    }
}

} // namespace

void showEmptyList(EmptyState& view,
                   const EmptyReason& reason,
                   AppContext& app,
                   LibraryState& state,
                   LibraryHeader& header) {
    if (reason.isFiltering) {
        view.setContent(QStringLiteral("filter"),
                        EmptyList::tr("Nothing passes the filters"),
                        EmptyList::tr("There are documents here, but the filters hide them."));
        addButton(view, EmptyList::tr("Remove filters"), [&header] { header.clearFilters(); });
    } else if (!reason.searchText.isEmpty()) {
        view.setContent(QStringLiteral("search"),
                        EmptyList::tr("Nothing found for “%1”").arg(reason.searchText),
                        EmptyList::tr("All words must stand on one page, in one value or in a file "
                                      "name. The last one may be a beginning."));
        addButton(view, EmptyList::tr("Clear the search"), [&state] { state.setSearchText({}); });
    } else if (!reason.collection.isEmpty()) {
        view.setContent(QStringLiteral("collection"),
                        EmptyList::tr("No documents in “%1”").arg(reason.collection),
                        EmptyList::tr("Drag documents onto the collection, or use “Move to "
                                      "collection” in their menu."));
        addOpen(view, app, SmartList::All, state.counts().all);
    } else {
        showList(view, reason.list, app, state);
    }
}

} // namespace attest::gui
