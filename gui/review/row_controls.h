// What opens below the selected row: its buttons, or its editor.
#pragma once

#include "gui/review/review_model.h"

#include <QString>
#include <QWidget>

#include <cstddef>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedLayout;
class QToolButton;

namespace attest::gui {

class FlowLayout;
class KeyButton;
class Theme;
struct ReviewActions;

// Lives on the GUI thread. One per list; it moves from row to row.
class RowControls final : public QWidget {
    Q_OBJECT

public:
    RowControls(const ReviewActions& actions, const Theme& theme, QWidget* parent);

    // The buttons of a value or of a record. `placeCount` 0: the value stands nowhere.
    void showValue(const ReviewModel& model, std::size_t field);
    void showRecord(const ReviewModel& model, std::size_t record, bool isExpanded);
    // Steps through the places of the text, and "Use this place" when `isElsewhere`.
    void setPlaces(int count, bool isElsewhere);

    // Opens the editor with what stands there.
    void startEditing(const ReviewModel& model, std::size_t field);

    bool isEditing() const { return isEditing_; }

    void stopEditing();

    int heightFor(int width) const;

    // The button that opens the reasons of "not stated", to place the menu.
    QWidget* notStatedButton() const;

signals:
    void submitted(const QString& text); // Enter or Save
    void editingEnded();                 // by either way; the focus should go back to the list
    void toggleRequested();              // close or open the record
    void heightChanged();

private:
    void makeButtons();
    void makeEditor();
    void refreshNormal();
    void submit();
    QString editorText() const;

    const ReviewActions& actions_;
    const Theme& theme_;
    QWidget* buttons_;
    QWidget* editor_;
    FlowLayout* flow_;
    KeyButton* accept_ = nullptr;
    KeyButton* edit_ = nullptr;
    KeyButton* reject_ = nullptr;
    KeyButton* notStated_ = nullptr;
    KeyButton* clear_ = nullptr;
    KeyButton* deleteRow_ = nullptr;
    QPushButton* toggle_ = nullptr;
    QToolButton* previous_ = nullptr;
    QToolButton* next_ = nullptr;
    KeyButton* usePlace_ = nullptr;
    QLineEdit* line_ = nullptr;
    QComboBox* choices_ = nullptr;
    QLabel* normal_ = nullptr;
    extract::Normalise normalise_ = extract::Normalise::None;
    bool isEditing_ = false;
};

} // namespace attest::gui
