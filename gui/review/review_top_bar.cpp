#include "gui/review/review_top_bar.h"

#include "gui/app/context.h"
#include "gui/review/review_actions.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "gui/widgets/key_button.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace attest::gui {

namespace {

QToolButton* iconButton(QAction* action, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setAccessibleName(action->text());
    const auto follow = [action, button] {
        button->setIcon(action->icon());
        button->setEnabled(action->isEnabled());
        button->setToolTip(
            QStringLiteral("%1 (%2)").arg(action->toolTip(), keyCapText(action->shortcut())));
    };
    follow();
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QToolButton::clicked, action, &QAction::trigger);
    return button;
}

} // namespace

ReviewTopBar::ReviewTopBar(AppContext& app, const ReviewActions& actions, QWidget* parent)
    : QWidget(parent)
    , actions_(actions)
    , name_(new QLabel(this))
    , progress_(new QLabel(this))
    , finish_(new KeyButton(actions.finish, app.theme, this)) {
    setRole(this, "bar");
    auto* back = new QToolButton(this);
    setRole(back, "quiet");
    back->setText(tr("‹ Library"));
    back->setAccessibleName(tr("Back to the library"));
    back->setToolTip(tr("Back to where you came from (Alt+←)"));
    connect(back, &QToolButton::clicked, actions.back, &QAction::trigger);
    setRole(name_, "heading");
    name_->setTextFormat(Qt::PlainText);
    name_->setMinimumWidth(app.theme.px(60));
    setRole(progress_, "muted");
    setRole(finish_, "primary");

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(measure::kInside, 0, measure::kEdge, 0);
    layout->setSpacing(measure::kInside);
    layout->addWidget(back);
    layout->addWidget(name_);
    // Takes what is left, and gives way before any button does.
    progress_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    layout->addWidget(progress_, 1);
    layout->addWidget(iconButton(actions.help, this));
    layout->addWidget(new KeyButton(actions.undo, app.theme, this));
    layout->addWidget(iconButton(actions.redo, this));
    layout->addWidget(new KeyButton(actions.next, app.theme, this));
    layout->addWidget(finish_);
    const auto resize = [this, &app] {
        setMinimumHeight(app.theme.px(measure::kBar));
    };
    resize();
    connect(&app.theme, &Theme::changed, this, [this, resize] {
        resize();
        refreshTexts();
    });
}

void ReviewTopBar::setDocument(const QString& fileName, const QString& progress) {
    fileName_ = fileName;
    progress_->setText(progress);
    name_->setToolTip(fileName);
    name_->setAccessibleName(fileName);
    refreshTexts();
}

void ReviewTopBar::setFinishKeyShown(bool isShown) {
    finish_->setKey(isShown ? actions_.finish->shortcut() : QKeySequence());
}

void ReviewTopBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    refreshTexts();
}

// The name gives way first: it is the one text that may be as long as it likes.
void ReviewTopBar::refreshTexts() {
    name_->setText(QString());
    const int others = layout()->minimumSize().width() - name_->minimumWidth();
    const int room = qMax(width() - others, name_->minimumWidth());
    name_->setText(name_->fontMetrics().elidedText(fileName_, Qt::ElideMiddle, room));
}

} // namespace attest::gui
