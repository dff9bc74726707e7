// Every version of a template that was saved or used, to look at and to take up again.
#pragma once

#include "gui/app/context.h"
#include "storage/result_store.h"

#include <QWidget>

#include <string>
#include <vector>

class QLabel;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace attest::gui {

class DraftState;

class VersionsView final : public QWidget {
    Q_OBJECT

public:
    VersionsView(AppContext& app, DraftState& state, QWidget* parent);

    void setTemplate(const std::string& id);

    const std::vector<storage::TemplateRecord>& versions() const { return versions_; }

    // Makes the draft what the selected version was; saving it is a new version.
    void restoreSelected();

private:
    void showSelected();

    AppContext& app_;
    DraftState& state_;
    std::vector<storage::TemplateRecord> versions_;
    QListWidget* list_;
    QPlainTextEdit* text_;
    QPushButton* restore_;
    QLabel* note_;
};

} // namespace attest::gui
