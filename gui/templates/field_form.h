// The form of the selected field.
#pragma once

#include "gui/templates/draft_edit.h"

#include <QWidget>

#include <functional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace attest::gui {

class ChoicesEdit;
class DraftState;
class Theme;

class FieldForm final : public QWidget {
    Q_OBJECT

public:
    FieldForm(DraftState& state, const Theme& theme, QWidget* parent);

    void focusName();

private:
    void refresh();
    void showIssues();
    void edit(const QString& what,
              const QString& key,
              const std::function<void(extract::DraftField&)>& change);
    void setAnchor(bool isAnchor);
    void showPattern(const QString& pattern);

    DraftState& state_;
    const Theme& theme_;
    bool isShowing_ = false;
    QFormLayout* form_;
    QLineEdit* name_;
    QComboBox* type_;
    QLabel* kind_;
    QCheckBox* required_;
    QPlainTextEdit* description_;
    ChoicesEdit* choices_;
    QComboBox* extent_;
    QComboBox* pattern_;
    QCheckBox* anchor_;
    QCheckBox* identifier_;
    QLabel* issues_;
};

} // namespace attest::gui
