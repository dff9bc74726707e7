// The right side: fields with their filter and footer, the summary, the history.
#pragma once

#include <QString>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

class QBoxLayout;
class QComboBox;
class QFrame;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace attest::gui {

class EmptyState;
class FieldList;
class HistoryPanel;
class KeyButton;
class ReviewSession;
class SummaryPanel;
struct AppContext;
struct ReviewActions;

// Lives on the GUI thread.
class FieldPane final : public QWidget {
    Q_OBJECT

public:
    FieldPane(AppContext& app,
              ReviewSession& session,
              const ReviewActions& actions,
              QWidget* parent);

    FieldList& list() { return *list_; }

    SummaryPanel& summary() { return *summary_; }

    void showDocument(); // what the session has opened
    void showBusy();
    EmptyState& showEmpty(); // instead of everything; the caller fills it

    // Counts on the footer's buttons.
    void refresh();

    // What keeps the document from being finished; empty: hides it.
    void setBlockers(const std::vector<std::size_t>& fields);

    double acceptThreshold() const;
    std::string addGroup() const; // of the current record, else the first group; may be empty

    void showFields(); // the first tab

signals:
    void runChosen(qint64 runId);
    void acceptShownRequested();
    void fieldRequested(const QString& pointer);

private:
    QWidget* makeHeader();
    QWidget* makeFooter(const ReviewActions& actions);
    void fillRuns();
    void refreshNone();
    void refreshMeaning();
    void refreshTitle();
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showTab(int tab);

    AppContext& app_;
    ReviewSession& session_;
    QTabBar* tabs_;
    QStackedWidget* whole_;  // panels, or an empty state
    QStackedWidget* panels_; // fields, summary, history
    EmptyState* empty_;
    QStackedWidget* listOrNone_;
    EmptyState* none_; // instead of a list without rows
    QLabel* title_;
    QString titleText_;
    QComboBox* runs_;
    QComboBox* order_;
    FieldList* list_;
    QFrame* blockers_;
    QBoxLayout* blockerLayout_;
    KeyButton* addRow_ = nullptr;
    KeyButton* acceptShown_ = nullptr;
    QToolButton* threshold_ = nullptr;
    QLabel* meaning_ = nullptr;
    SummaryPanel* summary_;
    HistoryPanel* history_;
};

} // namespace attest::gui
