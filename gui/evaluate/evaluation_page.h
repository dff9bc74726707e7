// Evaluation: how well a model reads, measured on documents with known right answers.
#pragma once

#include "gui/app/context.h"
#include "gui/evaluate/evaluation_run.h"
#include "gui/widgets/page.h"

#include <memory>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableWidget;
class QTreeWidget;

namespace attest::gui {

class Banner;
class ConfidenceView;
class EmptyState;
class EvaluationSetup;

class EvaluationPage final : public Page {
    Q_OBJECT

public:
    EvaluationPage(AppContext& app, QWidget* parent);

    void activate() override;
    QString statusText() const override;

    EvaluationSetup& setup() { return *setup_; }

    // As from the button; does nothing while one runs or something is missing.
    void start();
    void cancel();

    // As from the button: through the gate of `attest models set-default`. Where the present
    // default was not measured on the same documents, it is measured first.
    void makeDefault();

    bool isRunning() const { return run_->isRunning(); }

    // Of the last one that came to its end.
    const EvaluationOutcome* outcome() const { return outcome_.get(); }

    // As a double click: in the review where the library has read the document, else as a file.
    void openDocument(int index);

signals:
    void ended();                         // finished, failed or cancelled
    void fileOpened(const QString& path); // in the program that shows it

private:
    QWidget* makeResults();
    void showOutcome(const std::shared_ptr<EvaluationOutcome>& outcome);
    void refill();
    void startWith(const EvaluationInput& input);
    void judge();
    void showDefault();
    void showEnd();
    void openFile(const QString& path);
    QString headline() const;
    QString facts() const;

    AppContext& app_;
    EvaluationRun* run_;
    std::shared_ptr<EvaluationOutcome> outcome_;
    EvaluationInput asked_;     // what the outcome answers
    EvaluationInput running_;   // of the run that goes on
    bool wantsDefault_ = false; // that run is for the gate
    QString measuredName_;
    QString otherName_;
    EvaluationSetup* setup_;
    Banner* banner_;
    QLabel* headline_;
    QLabel* facts_;
    QPushButton* default_;
    QTableWidget* scores_;
    QTableWidget* confusion_;
    QTreeWidget* documents_;
    ConfidenceView* confidence_;
    EmptyState* empty_;
    QStackedWidget* stack_;
};

} // namespace attest::gui
