// One section of the settings: a heading, rows of label and control in a card, and a button that
// restores what it started with.
#pragma once

#include <QString>
#include <QWidget>

#include <functional>
#include <vector>

class QFrame;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace attest::gui {

class SettingsSection final : public QWidget {
    Q_OBJECT

public:
    // `name` is what Navigator::openSettings() calls it.
    SettingsSection(const QString& name,
                    const QString& title,
                    const QString& intro,
                    QWidget* parent);

    const QString& title() const { return title_; }

    // The label is the control's accessible name, the hint its description and tool tip. Takes
    // ownership of the control.
    void addRow(const QString& label, const QString& hint, QWidget* control);

    // Over the whole width of the card; found by `searchText`.
    void addWide(QWidget* content, const QString& searchText);

    // A new card with a heading of its own.
    void beginGroup(const QString& heading);

    // "Restore defaults" at the end.
    void setRestore(std::function<void()> restore);

    // Hides the rows that do not hold the words of `query`; returns whether one is left. Empty:
    // shows all.
    bool filter(const QString& query);

private:
    struct Row {
        QWidget* widget = nullptr;
        QString text;
        QWidget* line = nullptr; // above it; null for the first
        QWidget* card = nullptr;
    };

    void addToCard(QWidget* widget, const QString& text);

    QString title_;
    QVBoxLayout* layout_;
    QFrame* card_ = nullptr;
    QPushButton* restore_ = nullptr;
    std::vector<Row> rows_;
    std::vector<std::pair<QLabel*, QFrame*>> groups_;
};

} // namespace attest::gui
