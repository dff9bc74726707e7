#include "gui/library/command_palette.h"

#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QPointer>
#include <QSet>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace attest::gui {

namespace {

constexpr int kKeyRole = Qt::UserRole;
constexpr int kActionRole = Qt::UserRole + 1;

QString nameOf(const QAction& action) {
    QString name = action.text();
    name.replace(QStringLiteral("&&"), QStringLiteral("\u0001"));
    name.remove(QLatin1Char('&'));
    return name.replace(QLatin1Char('\u0001'), QLatin1Char('&')).remove(QLatin1Char('\t'));
}

// The command at the left, its key at the right.
class CommandDelegate final : public QStyledItemDelegate {
public:
    CommandDelegate(const Theme& theme, QObject* parent)
        : QStyledItemDelegate(parent), theme_(theme) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {0, theme_.px(measure::kRowOneLine)};
    }

    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        painter->save();
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        painter->fillRect(option.rect,
                          theme_.color(isSelected ? Token::AccentBackground : Token::Surface));
        const int edge = theme_.px(measure::kEdge);
        QRect text = option.rect.adjusted(edge, 0, -edge, 0);
        const QString key = index.data(kKeyRole).toString();
        painter->setFont(theme_.font(TextStyle::Secondary));
        painter->setPen(theme_.color(Token::Muted));
        painter->drawText(text, Qt::AlignRight | Qt::AlignVCenter, key);
        text.setRight(text.right() - painter->fontMetrics().horizontalAdvance(key) - edge);
        painter->setFont(theme_.font(TextStyle::Body));
        painter->setPen(theme_.color(isSelected ? Token::Accent : Token::Text));
        painter->drawText(text,
                          Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(
                              index.data().toString(), Qt::ElideRight, text.width()));
        painter->restore();
    }

private:
    const Theme& theme_;
};

} // namespace

int commandRank(const QString& command, const QString& typed) {
    int rank = 0;
    const QStringList words = command.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString& part : typed.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const bool isBegin = std::any_of(words.begin(), words.end(), [&](const QString& word) {
            return word.startsWith(part, Qt::CaseInsensitive);
        });
        if (!isBegin && !command.contains(part, Qt::CaseInsensitive)) {
            return -1;
        }
        rank += isBegin ? 0 : 1;
    }
    return rank;
}

std::vector<QAction*> commandsOf(const QWidget& window) {
    std::vector<QAction*> found;
    QSet<QString> names;
    const auto take = [&](const QList<QAction*>& actions) {
        for (QAction* action : actions) {
            const bool isCommand = !action->isSeparator() && action->menu() == nullptr &&
                                   action->isVisible() && action->isEnabled() &&
                                   !action->text().isEmpty();
            if (isCommand && !names.contains(action->text())) {
                names.insert(action->text());
                found.push_back(action);
            }
        }
    };
    take(window.actions());
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        // Menus are other windows; line edits carry actions of their own (copy, paste).
        if (widget->isVisible() && widget->window() == &window &&
            qobject_cast<const QLineEdit*>(widget) == nullptr) {
            take(widget->actions());
        }
    }
    return found;
}

CommandPalette::CommandPalette(AppContext& app, QWidget* window)
    : QDialog(window, Qt::Dialog | Qt::FramelessWindowHint)
    , app_(app)
    , window_(window)
    , typed_(new QLineEdit(this))
    , list_(new QListWidget(this)) {
    setObjectName(QStringLiteral("commandPalette"));
    setWindowTitle(tr("All commands"));
    typed_->setPlaceholderText(tr("Type a command"));
    typed_->setAccessibleName(tr("Type a command"));
    typed_->setToolTip(tr("Up and Down choose, Enter runs, Escape closes"));
    list_->setAccessibleName(tr("Commands"));
    list_->setItemDelegate(new CommandDelegate(app.theme, list_));
    list_->setFocusPolicy(Qt::NoFocus);
    auto* frame = new QFrame(this);
    setRole(frame, "card");
    auto* inner = new QVBoxLayout(frame);
    inner->setContentsMargins(
        measure::kInside, measure::kInside, measure::kInside, measure::kInside);
    inner->addWidget(typed_);
    inner->addWidget(list_, 1);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(frame);
    typed_->installEventFilter(this);
    connect(typed_, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(list_, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
}

void CommandPalette::openNow() {
    commands_ = commandsOf(*window_);
    typed_->clear();
    fill();
    const int width = std::min(app_.theme.px(560), window_->width() - app_.theme.px(32));
    const int height = std::min(app_.theme.px(420), window_->height() - app_.theme.px(96));
    const QPoint corner =
        window_->mapToGlobal(QPoint((window_->width() - width) / 2, app_.theme.px(64)));
    setGeometry(QRect(corner, QSize(width, height)));
    open();
    typed_->setFocus();
}

void CommandPalette::fill() {
    struct Match {
        int rank;
        QAction* action;
    };

    std::vector<Match> matches;
    for (QAction* action : commands_) {
        if (const int rank = commandRank(nameOf(*action), typed_->text()); rank >= 0) {
            matches.push_back({rank, action});
        }
    }
    std::stable_sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
        return a.rank < b.rank;
    });
    list_->clear();
    for (const Match& match : matches) {
        const QString key = match.action->shortcut().toString(QKeySequence::NativeText);
        auto* item = new QListWidgetItem(nameOf(*match.action), list_);
        item->setData(kKeyRole, key);
        item->setData(kActionRole, QVariant::fromValue<QObject*>(match.action));
        item->setData(Qt::AccessibleTextRole,
                      key.isEmpty() ? item->text()
                                    : QStringLiteral("%1, %2").arg(item->text(), key));
    }
    list_->setCurrentRow(0);
}

void CommandPalette::runCurrent() {
    const QListWidgetItem* item = list_->currentItem();
    if (item == nullptr) {
        return;
    }
    QPointer<QAction> action = qobject_cast<QAction*>(item->data(kActionRole).value<QObject*>());
    close(); // first: the command may want the focus
    if (action) {
        action->trigger();
    }
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == typed_ && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const int step = key == Qt::Key_Down       ? 1
                         : key == Qt::Key_Up       ? -1
                         : key == Qt::Key_PageDown ? 8
                         : key == Qt::Key_PageUp   ? -8
                                                   : 0;
        if (step != 0 && list_->count() > 0) {
            list_->setCurrentRow(std::clamp(list_->currentRow() + step, 0, list_->count() - 1));
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            runCurrent();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace attest::gui
