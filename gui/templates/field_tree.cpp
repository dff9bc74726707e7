#include "gui/templates/field_tree.h"

#include "gui/templates/draft_state.h"
#include "gui/theme/theme.h"

#include <QDropEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>

#include <utility>

namespace attest::gui {

namespace {

enum Column { Name, Type, Required, Description, ColumnCount };

const char* iconOf(FieldType type) {
    switch (type) {
    case FieldType::Text:
    case FieldType::TextList:
    case FieldType::Other:
        return "text";
    case FieldType::Number:
    case FieldType::Quantity:
        return "number";
    case FieldType::Date:
        return "date";
    case FieldType::Choice:
        return "choice";
    case FieldType::Group:
        return "group";
    }
    return "text";
}

} // namespace

QString typeName(FieldType type) {
    switch (type) {
    case FieldType::Text:
        return FieldTree::tr("Text");
    case FieldType::Number:
        return FieldTree::tr("Number");
    case FieldType::Quantity:
        return FieldTree::tr("Number with unit");
    case FieldType::Date:
        return FieldTree::tr("Date");
    case FieldType::Choice:
        return FieldTree::tr("Choice");
    case FieldType::TextList:
        return FieldTree::tr("List of texts");
    case FieldType::Group:
        return FieldTree::tr("Repeat group");
    case FieldType::Other:
        return FieldTree::tr("Only in JSON");
    }
    return {};
}

FieldTree::FieldTree(DraftState& state, const Theme& theme, QWidget* parent)
    : QTreeWidget(parent), state_(state), theme_(theme) {
    setColumnCount(ColumnCount);
    setHeaderLabels({tr("Field"), tr("Type"), tr("★"), tr("Description")});
    header()->setSectionResizeMode(Name, QHeaderView::Interactive);
    header()->setSectionResizeMode(Type, QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(Required, QHeaderView::ResizeToContents);
    header()->setStretchLastSection(true);
    headerItem()->setToolTip(Required, tr("Required: is never “not stated”"));
    setRootIsDecorated(true);
    setItemsExpandable(true);
    setUniformRowHeights(true);
    setAccessibleName(tr("Fields"));
    setToolTip(tr("Drag rows, or move them with Alt+↑ and Alt+↓; Delete removes, Insert adds"));
    setSelectionMode(QAbstractItemView::SingleSelection);
    setDragDropMode(QAbstractItemView::InternalMove);
    setDropIndicatorShown(true);
    connect(&state_, &DraftState::changed, this, &FieldTree::refresh);
    connect(&state_, &DraftState::selectionChanged, this, &FieldTree::showSelection);
    connect(&theme, &Theme::changed, this, &FieldTree::refresh);
    connect(this, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        if (!isShowing_ && item != nullptr) {
            state_.select(pathOf(item));
        }
    });
}

void FieldTree::refresh() {
    isShowing_ = true;
    const int scroll = verticalScrollBar()->value();
    clear();
    setDragEnabled(!state_.isReadOnly());
    const int rowHeight = theme_.px(measure::kRowOneLine);
    setIconSize(QSize(theme_.px(16), theme_.px(16)));
    const auto add = [&](const extract::DraftField& field, DraftPath path, QTreeWidgetItem* above) {
        QTreeWidgetItem* item =
            above == nullptr ? new QTreeWidgetItem(this) : new QTreeWidgetItem(above);
        const FieldType type = typeOf(field);
        QString name = QString::fromStdString(field.name);
        QString trouble;
        for (const DraftIssue& issue : state_.issues()) {
            if (issue.path == path && (issue.isError || trouble.isEmpty())) {
                trouble = issue.text;
                if (issue.isError) {
                    name = QStringLiteral("! ") + name;
                    item->setForeground(Name, theme_.color(Token::Bad));
                    break;
                }
            }
        }
        item->setText(Name, name.isEmpty() ? tr("(no name)") : name);
        item->setIcon(Name, theme_.icon(QLatin1String(iconOf(type)), Token::Muted));
        item->setText(Type, typeName(type));
        const bool isList = type == FieldType::Group || type == FieldType::TextList;
        item->setText(Required, !isList && !field.isNullable ? QStringLiteral("★") : QString());
        item->setText(Description, QString::fromStdString(field.description));
        item->setForeground(Type, theme_.color(Token::Muted));
        item->setForeground(Description, theme_.color(Token::Muted));
        item->setSizeHint(Name, QSize(0, rowHeight));
        for (int column = 0; column < ColumnCount; ++column) {
            item->setToolTip(
                column, trouble.isEmpty() ? QString::fromStdString(field.description) : trouble);
        }
        if (type != FieldType::Group) {
            item->setFlags(item->flags() & ~Qt::ItemIsDropEnabled);
        }
        return item;
    };
    const auto& fields = state_.draft().fields;
    for (int i = 0; i < static_cast<int>(fields.size()); ++i) {
        const extract::DraftField& field = fields[static_cast<std::size_t>(i)];
        QTreeWidgetItem* item = add(field, {i, -1}, nullptr);
        if (field.kind == extract::FieldKind::Group) {
            for (int j = 0; j < static_cast<int>(field.fields.size()); ++j) {
                add(field.fields[static_cast<std::size_t>(j)], {i, j}, item);
            }
            item->setExpanded(true);
        }
    }
    header()->resizeSection(Name, theme_.px(190));
    verticalScrollBar()->setValue(scroll);
    showSelection();
    isShowing_ = false;
}

void FieldTree::showSelection() {
    const bool wasShowing = std::exchange(isShowing_, true);
    setCurrentItem(itemOf(state_.selected()));
    isShowing_ = wasShowing;
}

QTreeWidgetItem* FieldTree::itemOf(DraftPath path) const {
    QTreeWidgetItem* item = topLevelItem(path.field);
    return item != nullptr && path.inner >= 0 ? item->child(path.inner) : item;
}

DraftPath FieldTree::pathOf(const QTreeWidgetItem* item) const {
    auto* mutableItem = const_cast<QTreeWidgetItem*>(item);
    if (QTreeWidgetItem* above = item->parent(); above != nullptr) {
        return {indexOfTopLevelItem(above), above->indexOfChild(mutableItem)};
    }
    return {indexOfTopLevelItem(mutableItem), -1};
}

void FieldTree::addField(FieldType type) {
    const DraftPath after = state_.selected();
    const extract::DraftField* field = fieldAt(state_.draft(), after);
    const bool isInside = field != nullptr && field->kind == extract::FieldKind::Group;
    state_.change(tr("Add field"), {}, [&](extract::TemplateDraft& draft) {
        return gui::addField(draft, after, type, isInside);
    });
}

void FieldTree::removeSelected() {
    state_.change(tr("Remove field"), {}, [this](extract::TemplateDraft& draft) {
        return removeField(draft, state_.selected());
    });
}

void FieldTree::moveSelected(int steps) {
    state_.change(tr("Move field"), {}, [this, steps](extract::TemplateDraft& draft) {
        return moveField(draft, state_.selected(), steps);
    });
}

void FieldTree::dropEvent(QDropEvent* event) {
    event->ignore(); // the draft moves, not the rows
    const QTreeWidgetItem* dragged = currentItem();
    if (event->source() != this || dragged == nullptr || state_.isReadOnly()) {
        return;
    }
    const DraftPath from = pathOf(dragged);
    DraftPath to{topLevelItemCount(), -1};
    if (const QTreeWidgetItem* target = itemAt(event->position().toPoint()); target != nullptr) {
        to = pathOf(target);
        const DropIndicatorPosition place = dropIndicatorPosition();
        const extract::DraftField* field = fieldAt(state_.draft(), to);
        const bool isGroup = field != nullptr && field->kind == extract::FieldKind::Group;
        const bool isAfter = place == QAbstractItemView::BelowItem;
        if (isGroup && (place == QAbstractItemView::OnItem || isAfter)) {
            to.inner = isAfter ? 0 : static_cast<int>(field->fields.size());
        } else if (isAfter) {
            (to.inner >= 0 ? to.inner : to.field) += 1;
        }
    }
    state_.change(tr("Move field"), {}, [&](extract::TemplateDraft& draft) {
        return moveFieldTo(draft, from, to);
    });
}

void FieldTree::keyPressEvent(QKeyEvent* event) {
    const bool isAlt = event->modifiers().testFlag(Qt::AltModifier);
    if (isAlt && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        moveSelected(event->key() == Qt::Key_Up ? -1 : 1);
    } else if (event->key() == Qt::Key_Delete) {
        removeSelected();
    } else if (event->key() == Qt::Key_Insert) {
        addField(FieldType::Text);
    } else {
        QTreeWidget::keyPressEvent(event);
    }
}

} // namespace attest::gui
