// What the top bar, the side bar and the list share: counts, templates, the search text, what is
// selected.
#pragma once

#include "gui/app/context.h"
#include "gui/app/template_catalog.h"
#include "gui/library/refresh_timer.h"
#include "storage/library_list.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <vector>

namespace attest::gui {

// What "Extract" and "Export" work on when they are asked now.
struct LibraryScope {
    std::vector<std::int64_t> selected; // documents, in the order of the list
    std::vector<std::int64_t> fresh;    // shown and New
    bool isTrash = false;
};

// Lives on the GUI thread. Which list is open is the Navigator's.
class LibraryState final : public QObject {
    Q_OBJECT

public:
    explicit LibraryState(AppContext& app, QObject* parent = nullptr);

    const storage::LibraryCounts& counts() const { return counts_; }

    bool isCounted() const { return isCounted_; } // counts() are the library's

    qint64 modelCount() const { return modelCount_; }

    qint64 jobCount() const; // waiting and running

    const std::vector<CatalogEntry>& templates() const { return templates_; }

    // The one remembered; null before they are loaded.
    const CatalogEntry* chosenTemplate() const;
    void chooseTemplate(const QString& id);

    const QString& searchText() const { return searchText_; }

    void setSearchText(const QString& text); // spaces at the ends do not count

    const LibraryScope& scope() const { return scope_; }

    void setScope(LibraryScope scope);
    // What "Extract N" would take: the selected ones, else all that are new.
    const std::vector<std::int64_t>& toExtract() const;

signals:
    void countsChanged();
    void jobCountChanged();
    void templatesChanged();
    void templateChosen();
    void searchTextChanged();
    void scopeChanged();
    void searchWanted(); // bring the search box into focus
    void searchTyped();  // so that what is typed next follows what is there

private:
    void askCounts();
    void askTemplates();

    AppContext& app_;
    storage::LibraryCounts counts_;
    bool isCounted_ = false;
    qint64 modelCount_ = 1;
    std::vector<CatalogEntry> templates_;
    QString searchText_;
    LibraryScope scope_;
    RefreshTimer countsTimer_;
    RefreshTimer templatesTimer_;
};

} // namespace attest::gui
