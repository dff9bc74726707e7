// Everything about one model, and what can be done with it.
#pragma once

#include "gui/app/context.h"
#include "gui/models/model_catalog.h"

#include <QWidget>

#include <string>

class QCheckBox;
class QComboBox;
class QFrame;
class QGridLayout;
class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace attest::gui {

class ModelImport;
class Pill;

class ModelDetails final : public QWidget {
    Q_OBJECT

public:
    ModelDetails(AppContext& app, ModelImport& work, QWidget* parent);

    bool eventFilter(QObject* watched, QEvent* event) override;

    // Null shows nothing.
    void showModel(const ModelCatalog& catalog, const ModelEntry* entry);

signals:
    void defaultChosen(const QString& path);
    // An empty path: the default again.
    void templateChosen(const QString& templateId, const QString& path);
    // A name of extract::chatFormats(); empty: as the file says.
    void formatChosen(const QString& path, const QString& name);
    void removeRequested();

private:
    void showFacts(const ModelEntry& entry);
    void showFormat(const ModelEntry& entry);
    QWidget* makeFormatRow();
    void showUses(const ModelCatalog& catalog, const ModelEntry& entry);
    void showWork();
    QFrame* addCard(const QString& heading);

    AppContext& app_;
    ModelImport& work_;
    std::string path_;
    QString speed_;
    QString problem_;
    QLabel* name_;
    Pill* fit_;
    QVBoxLayout* column_;
    QGridLayout* facts_;
    QGridLayout* formatGrid_;
    QComboBox* format_;
    QLabel* formatText_;
    QWidget* formatRow_;
    QLabel* hash_;
    QProgressBar* hashProgress_;
    QLabel* speedText_;
    QProgressBar* speedProgress_;
    QPushButton* measure_;
    QPushButton* cancel_;
    QLabel* defaultText_;
    QPushButton* default_;
    QVBoxLayout* uses_;
    QLabel* licence_;
    QPlainTextEdit* licenceText_;
    QPushButton* remove_;
};

} // namespace attest::gui
