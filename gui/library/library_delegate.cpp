#include "gui/library/library_delegate.h"

#include "gui/library/library_model.h"
#include "gui/theme/theme.h"
#include "gui/widgets/pill.h"

#include <QAbstractItemView>
#include <QLineEdit>
#include <QPainter>
#include <QTextLayout>
#include <QTimer>

#include <algorithm>

namespace attest::gui {

namespace {

// One line with the matches in bold, begun so that the first match is within it.
void paintMarked(QPainter& painter,
                 const QRect& area,
                 const MarkedText& marked,
                 const QFont& font) {
    QString text = marked.text;
    int shift = 0;
    if (!marked.matches.empty()) {
        const QFontMetrics metrics(font);
        const auto& first = marked.matches.front();
        const int firstEnd = metrics.horizontalAdvance(text.left(first.begin + first.length));
        if (firstEnd > area.width() * 3 / 4) {
            // Keep a few words before the match.
            const auto cut = int(text.lastIndexOf(QLatin1Char(' '), std::max(0, first.begin - 24)));
            if (cut > 0) {
                text = QStringLiteral("… ") + text.mid(cut + 1);
                shift = cut + 1 - 2;
            }
        }
    }
    QTextLayout layout(text, font);
    QList<QTextLayout::FormatRange> formats;
    for (const MarkedText::Match& match : marked.matches) {
        if (match.begin < shift) {
            continue;
        }
        QTextLayout::FormatRange range;
        range.start = match.begin - shift;
        range.length = match.length;
        range.format.setFontWeight(QFont::Bold);
        formats.append(range);
    }
    layout.setFormats(formats);
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(option);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(1e6);
    layout.endLayout();
    painter.save();
    painter.setClipRect(area);
    layout.draw(&painter, QPointF(area.left(), area.center().y() - line.height() / 2));
    painter.restore();
}

} // namespace

LibraryDelegate::LibraryDelegate(const LibraryModel& model, const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent), model_(model), theme_(theme) {}

QSize LibraryDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    return {theme_.px(index.column() == LibraryModel::Document ? 200 : 80),
            theme_.px(measure::kRowTwoLines)};
}

void LibraryDelegate::paint(QPainter* painter,
                            const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    painter->save();
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    painter->fillRect(option.rect,
                      theme_.color(isSelected  ? Token::AccentBackground
                                   : isHovered ? Token::Raised
                                               : Token::Surface));
    painter->setPen(theme_.color(Token::Line));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());

    const int edge = theme_.px(measure::kEdge);
    const QRect area = option.rect.adjusted(edge, 0, -edge, -1);
    switch (index.column()) {
    case LibraryModel::Document:
        paintDocument(*painter, area, index.row());
        break;
    case LibraryModel::Status:
        paintStatus(*painter, area, index.row());
        break;
    case LibraryModel::Confidence:
        if (const QString text = index.data().toString(); text != QStringLiteral("–")) {
            paintPill(*painter, area, text, model_.confidenceTone(index.row()), theme_);
            break;
        }
        [[fallthrough]];
    default:
        paintText(*painter, area, index);
        break;
    }

    // The focus is the row's: its ring goes around all cells.
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    if (view != nullptr && view->hasFocus() && view->currentIndex().row() == index.row()) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme_.color(Token::Accent));
        const QRect& r = option.rect;
        const int ring = 2;
        painter->drawRect(r.left(), r.top(), r.width(), ring);
        painter->drawRect(r.left(), r.bottom() - ring, r.width(), ring);
        if (option.viewItemPosition == QStyleOptionViewItem::Beginning ||
            option.viewItemPosition == QStyleOptionViewItem::OnlyOne) {
            painter->drawRect(r.left(), r.top(), ring, r.height() - 1);
        }
        if (option.viewItemPosition == QStyleOptionViewItem::End ||
            option.viewItemPosition == QStyleOptionViewItem::OnlyOne) {
            painter->drawRect(r.right() - ring + 1, r.top(), ring, r.height() - 1);
        }
    }
    painter->restore();
}

void LibraryDelegate::paintDocument(QPainter& painter, const QRect& area, int row) const {
    const LibraryItem& item = model_.item(row);
    const QFont bold = theme_.font(TextStyle::Heading);
    const QFont second = theme_.font(TextStyle::Secondary);
    const QFontMetrics boldMetrics(bold);
    const QFontMetrics secondMetrics(second);
    const int gap = theme_.px(2);
    const int height = boldMetrics.height() + gap + secondMetrics.height();
    const int top = area.top() + (area.height() - height) / 2;
    const QRect firstLine(area.left(), top, area.width(), boldMetrics.height());
    const QRect secondLine(
        area.left(), firstLine.bottom() + 1 + gap, area.width(), secondMetrics.height());

    painter.setFont(bold);
    painter.setPen(theme_.color(Token::Text));
    painter.drawText(firstLine,
                     Qt::AlignVCenter | Qt::TextSingleLine,
                     boldMetrics.elidedText(item.name, Qt::ElideMiddle, firstLine.width()));

    painter.setPen(theme_.color(Token::Muted));
    const FoundText* found = model_.found(row);
    if (found == nullptr || found->snippet.text.isEmpty()) {
        painter.setFont(second);
        painter.drawText(secondLine,
                         Qt::AlignVCenter | Qt::TextSingleLine,
                         secondMetrics.elidedText(item.place, Qt::ElideRight, secondLine.width()));
        return;
    }
    QRect rest = secondLine;
    if (found->pageIndex >= 0) {
        const QString page = LibraryModel::tr("p. %1").arg(found->pageIndex + 1);
        painter.setFont(second);
        painter.drawText(rest, Qt::AlignVCenter | Qt::TextSingleLine, page);
        rest.setLeft(rest.left() + secondMetrics.horizontalAdvance(page) + theme_.px(8));
    }
    painter.setPen(theme_.color(Token::Text));
    paintMarked(painter, rest, found->snippet, second);
}

void LibraryDelegate::paintStatus(QPainter& painter, const QRect& area, int row) const {
    const StateText state = model_.state(row);
    const CurrentJob* job = model_.currentJob(row);
    if (job == nullptr || job->total <= 0) {
        paintPill(painter, area, state.text, state.tone, theme_);
        return;
    }
    const int bar = theme_.px(4);
    const int gap = theme_.px(3);
    QRect upper = area;
    upper.setBottom(area.bottom() - bar - gap - theme_.px(2));
    paintPill(painter, upper, state.text, state.tone, theme_);

    const QRect track(area.left(),
                      area.center().y() + pillSize(state.text, theme_).height() / 2 + gap - bar / 2,
                      std::min(area.width(), theme_.px(130)),
                      bar);
    const double share = std::clamp(double(job->done) / double(job->total), 0.0, 1.0);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme_.color(Token::Line));
    painter.drawRoundedRect(track, bar / 2.0, bar / 2.0);
    painter.setBrush(theme_.color(Token::Accent));
    painter.drawRoundedRect(
        QRectF(track.left(), track.top(), track.width() * share, bar), bar / 2.0, bar / 2.0);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void LibraryDelegate::paintText(QPainter& painter,
                                const QRect& area,
                                const QModelIndex& index) const {
    const QString text = index.data().toString();
    const bool isQuiet = index.column() == LibraryModel::Added || text == QStringLiteral("–");
    painter.setFont(theme_.font(TextStyle::Body));
    painter.setPen(theme_.color(isQuiet ? Token::Muted : Token::Text));
    painter.drawText(area,
                     index.data(Qt::TextAlignmentRole).toInt() | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, area.width()));
}

QWidget* LibraryDelegate::createEditor(QWidget* parent,
                                       const QStyleOptionViewItem&,
                                       const QModelIndex&) const {
    auto* editor = new QLineEdit(parent);
    editor->setAccessibleName(tr("Name of the document"));
    editor->setMaxLength(255);
    return editor;
}

void LibraryDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const {
    auto* line = qobject_cast<QLineEdit*>(editor);
    if (line == nullptr || line->isModified()) {
        return; // a refresh of the list must not throw away what is being typed
    }
    const QString name = index.data(Qt::EditRole).toString();
    line->setText(name);
    // The extension usually stays. Later, because the view selects everything after this.
    QTimer::singleShot(0, line, [line] {
        const auto dot = static_cast<int>(line->text().lastIndexOf(QLatin1Char('.')));
        if (!line->isModified() && dot > 0) {
            line->setSelection(0, dot);
        }
    });
}

void LibraryDelegate::updateEditorGeometry(QWidget* editor,
                                           const QStyleOptionViewItem& option,
                                           const QModelIndex&) const {
    const int inset = theme_.px(measure::kUnit);
    QRect area = option.rect.adjusted(inset, 0, -inset, 0);
    const int height = std::min(editor->sizeHint().height(), area.height());
    area.setTop(area.top() + (area.height() - height) / 2);
    area.setHeight(height);
    editor->setGeometry(area);
}

} // namespace attest::gui
