// What a list shows when it has nothing to show: what that means and what to do next.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace attest::gui {

class Theme;

class EmptyState final : public QWidget {
    Q_OBJECT

public:
    EmptyState(const Theme& theme, QWidget* parent);

    // `iconName` as Theme::icon(). Takes the buttons away.
    void setContent(const QString& iconName, const QString& title, const QString& text);

    // Below the text, in the order they are added; the first is the primary one.
    QPushButton* addButton(const QString& text);

private:
    void refreshIcon();

    const Theme& theme_;
    QString iconName_;
    QLabel* icon_;
    QLabel* title_;
    QLabel* text_;
    QVBoxLayout* buttons_;
};

} // namespace attest::gui
