// The library: the list of documents with what stands above and below it.
#pragma once

#include "gui/app/context.h"
#include "gui/library/library_item.h"
#include "gui/library/library_model.h"
#include "gui/library/refresh_timer.h"
#include "gui/widgets/page.h"
#include "storage/search.h"

#include <QTimer>

#include <cstdint>
#include <vector>

class QFrame;
class QStackedWidget;

namespace attest::gui {

class DocumentActions;
class DocumentCommands;
class EmptyState;
struct EmptyReason;
class LibraryHeader;
class LibraryState;
class LibraryTable;
class WelcomeView;

// The rows are loaded once and kept up to date; lists, filters and sorting are the model's. Answers
// that a newer question has overtaken are dropped.
class LibraryPage final : public Page {
    Q_OBJECT

public:
    LibraryPage(AppContext& app, LibraryState& state, DocumentCommands& commands, QWidget* parent);

    void activate() override;
    QString statusText() const override;

    LibraryModel& model() { return *model_; }

    LibraryTable& table() { return *table_; }

    const DocumentActions& actions() const { return *actions_; }

    bool isLoaded() const { return isLoaded_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    void loaded(); // the list shows what the library held when it was asked

private:
    ItemSet wantedSet() const;
    ItemFilter wantedFilter() const;
    void refresh();
    void askItems();
    void askSearch();
    void takeItems(ItemSet set, std::vector<LibraryItem> items);
    void takeHits(const std::vector<storage::SearchHit>& hits);
    void searchTextChanged();
    void applyFilter();
    void refreshView();
    void refreshHeader();
    void refreshScope();
    void showEmpty(const EmptyReason& reason);
    void followJob();
    QFrame* makeHint();
    QWidget* makeFoot();
    void wire();

    AppContext& app_;
    LibraryState& state_;
    DocumentCommands& commands_;
    LibraryModel* model_;
    LibraryTable* table_;
    LibraryHeader* header_;
    QStackedWidget* stack_;
    EmptyState* empty_;
    bool wantsFocus_ = false;        // asked for while what is shown was not known yet
    WelcomeView* welcome_ = nullptr; // made when it is needed
    QFrame* hint_;
    DocumentActions* actions_;
    RefreshTimer itemsTimer_;
    QTimer searchTimer_;
    std::uint64_t itemsAsked_ = 0;
    std::uint64_t searchAsked_ = 0;
    ItemSet loadedSet_ = ItemSet::Kept;
    ItemFilter shownFilter_;
    QString emptyShown_; // what the empty state says now
    bool isLoaded_ = false;
};

} // namespace attest::gui
