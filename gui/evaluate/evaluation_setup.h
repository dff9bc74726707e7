// The left side of the evaluation: which model is measured with which template on which gold.
#pragma once

#include "gui/app/context.h"
#include "gui/app/template_catalog.h"
#include "gui/evaluate/evaluation_run.h"
#include "gui/models/model_catalog.h"

#include <QWidget>

#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace attest::gui {

class KeyButton;

class EvaluationSetup final : public QWidget {
    Q_OBJECT

public:
    EvaluationSetup(AppContext& app, QWidget* parent);

    // Asks again for models and templates; what is chosen stays chosen.
    void reload();

    // nullopt: something is missing. Keeps the choices for the next start.
    std::optional<EvaluationInput> input();

    void setGold(const QString& place);
    void setTemplate(const QString& id);
    void setModel(const QString& path);
    void setOther(const QString& path); // empty: nothing to compare with

    // What the library uses for templates without a model of their own; empty before the models
    // are there.
    QString defaultModel() const { return default_; }

    // Of a model that can be chosen; empty for another.
    QString nameOf(const QString& path) const;
    QString formatOf(const QString& path) const;

    // Between start and end only Cancel can be pressed.
    void setRunning(bool isRunning);
    void showProgress(const QString& what, int percent);

signals:
    void startRequested();
    void cancelRequested();
    void failed(const QString& message);
    void modelsShown();

private:
    void showModels(const ModelCatalog& catalog);
    void showTemplates(const std::vector<CatalogEntry>& entries);
    void chooseFolder();
    void refresh();
    void addRow(const QString& title, QWidget* control, const QString& tip);

    AppContext& app_;
    std::vector<CatalogEntry> templates_;
    bool isRunning_ = false;
    QString wantedTemplate_; // until the templates are there
    QString wantedModel_;
    QString wantedOther_;
    QString default_;
    QComboBox* model_;
    QComboBox* template_;
    QLineEdit* gold_;
    QPushButton* browse_;
    QComboBox* other_;
    KeyButton* start_;
    QPushButton* cancel_;
    QProgressBar* progress_;
    QLabel* progressText_;
};

} // namespace attest::gui
