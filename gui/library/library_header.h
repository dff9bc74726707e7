// The line above the list: what is shown, how much of it, filters and what to do with all of it.
#pragma once

#include "gui/app/context.h"
#include "gui/library/library_model.h"

#include <QWidget>

#include <functional>

class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace attest::gui {

class LibraryHeader final : public QWidget {
    Q_OBJECT

public:
    // `model` answers which templates there are to filter by.
    LibraryHeader(AppContext& app, const LibraryModel& model, QWidget* parent);

    void setTexts(const QString& title, const QString& summary);
    // The trash has other commands; without rows there is nothing to do.
    void setCommands(bool isTrash, bool hasRows);

    // Takes these filters into `filter`; list and collection stay.
    void addTo(ItemFilter& filter) const;
    bool isFiltering() const;
    void clearFilters();

signals:
    void filtersChanged();
    void exportAsked();
    void restoreAllAsked();
    void emptyTrashAsked();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Choice {
        QString text;
        bool isChosen = false;
        std::function<void(bool)> choose;
    };

    void fitSummary();
    void fillFilterMenu();
    void addChoices(QMenu& menu, const QString& title, std::vector<Choice> choices);
    void refreshChips();
    void changed();
    std::vector<Choice> templateChoices();
    std::vector<Choice> stateChoices();
    std::vector<Choice> kindChoices();

    AppContext& app_;
    const LibraryModel& model_;
    ItemFilter chosen_;
    QLabel* title_;
    QLabel* summary_;
    QString summaryText_;
    QToolButton* filter_;
    QPushButton* export_;
    QPushButton* restore_;
    QPushButton* empty_;
    QWidget* chips_;
    QHBoxLayout* chipRow_;
};

} // namespace attest::gui
