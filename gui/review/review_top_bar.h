// The bar above the review: where one is, and the commands of the whole document.
#pragma once

#include <QString>
#include <QWidget>

class QLabel;
class QToolButton;

namespace attest::gui {

class KeyButton;
struct AppContext;
struct ReviewActions;

// Lives on the GUI thread.
class ReviewTopBar final : public QWidget {
    Q_OBJECT

public:
    ReviewTopBar(AppContext& app, const ReviewActions& actions, QWidget* parent);

    void setDocument(const QString& fileName, const QString& progress);

    // Ctrl+Enter belongs to the selection on the page while there is one.
    void setFinishKeyShown(bool isShown);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refreshTexts();

    const ReviewActions& actions_;
    QString fileName_;
    QLabel* name_;
    QLabel* progress_;
    KeyButton* finish_;
};

} // namespace attest::gui
