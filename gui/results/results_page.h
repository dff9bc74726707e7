// What was read from all documents, as a table to check, correct, count and export.
#pragma once

#include "gui/app/context.h"
#include "gui/results/results_table.h"
#include "gui/widgets/page.h"

#include <QUndoStack>

#include <vector>

class QButtonGroup;
class QComboBox;
class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace attest::gui {

class ChartPanel;
class EmptyState;
class FacetPanel;
class ResultsModel;
struct ResultsRow;

class ResultsPage final : public Page {
    Q_OBJECT

public:
    ResultsPage(AppContext& app, QWidget* parent);
    ~ResultsPage() override;

    void activate() override;
    QString statusText() const override;

private:
    struct Loaded;

    QWidget* makeHeader();
    void makeTable();
    void makeActions();
    void reload();
    void showLoaded(Loaded loaded);
    void rebuild();
    void refreshCounts();
    void openReview();
    void correct(const ResultsRow& row, std::size_t column, const QString& text);
    void copy(bool isWhole);
    void exportShown();
    QString templateId() const;

    AppContext& app_;
    std::vector<ResultsRun> runs_;
    std::vector<ResultsField> fields_;
    std::string templateJson_;
    int loadNumber_ = 0;
    QUndoStack undo_;

    ResultsModel* model_;
    QComboBox* template_;
    QButtonGroup* layouts_;
    QComboBox* group_;
    QLabel* counts_;
    QTableView* table_;
    FacetPanel* facets_;
    ChartPanel* chart_;
    QSplitter* splitter_;
    QStackedWidget* stack_;
    EmptyState* empty_;
    QPushButton* export_;
};

} // namespace attest::gui
