#include "gui/review/field_delegate.h"

#include "gui/review/field_list_model.h"
#include "gui/theme/theme.h"
#include "gui/widgets/pill.h"

#include <QFontMetrics>
#include <QIcon>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace attest::gui {

namespace {

constexpr int kMaxValueLines = 6; // of the selected row; the others have one

// Breaks `text` into at most `maxLines` lines of `width`; what is left over is elided.
QStringList wrapped(const QString& text, const QFont& font, int width, int maxLines) {
    const QFontMetrics metrics(font);
    if (width <= 0) {
        return {QString()};
    }
    if (maxLines == 1) {
        return {metrics.elidedText(text, Qt::ElideRight, width)};
    }
    QStringList lines;
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    while (true) {
        QTextLine line = layout.createLine();
        if (!line.isValid()) {
            break;
        }
        line.setLineWidth(width);
        if (lines.size() + 1 == maxLines) {
            lines << metrics.elidedText(text.mid(line.textStart()), Qt::ElideRight, width);
            break;
        }
        lines << text.mid(line.textStart(), line.textLength());
    }
    layout.endLayout();
    return lines.isEmpty() ? QStringList{QString()} : lines;
}

// Elides at a word's border: half a word is worse than none.
QString
elided(const QString& text, Qt::TextElideMode mode, const QFontMetrics& metrics, int width) {
    if (metrics.horizontalAdvance(text) <= width) {
        return text;
    }
    const QString cut = metrics.elidedText(text, mode, width);
    const bool isLeft = mode == Qt::ElideLeft;
    const qsizetype blank =
        isLeft ? cut.indexOf(QLatin1Char(' ')) : cut.lastIndexOf(QLatin1Char(' '));
    if (blank < 0) {
        return cut.size() > 1 ? QStringLiteral("…") : QString();
    }
    return isLeft ? QStringLiteral("…") + cut.mid(blank + 1)
                  : cut.left(blank) + QStringLiteral("…");
}

} // namespace

struct FieldDelegate::Lines {
    int left = 0;       // of the name
    int valueLeft = 0;  // of the value
    int right = 0;      // of the pill
    int top = 0;        // padding
    int bodyHeight = 0; // of a line
    int smallHeight = 0;
    int gap = 0;
};

FieldDelegate::FieldDelegate(const FieldListModel& model, const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent), model_(model), theme_(theme) {}

void FieldDelegate::setCurrent(const QModelIndex& index,
                               int controlsHeight,
                               const QString& stepper) {
    current_ = index.isValid() ? index.row() : -1;
    controlsHeight_ = controlsHeight;
    stepper_ = stepper;
}

FieldDelegate::Lines FieldDelegate::lines(int width) const {
    Lines at;
    at.left = theme_.px(14);
    at.valueLeft = at.left + std::clamp(width * 21 / 100, theme_.px(72), theme_.px(140));
    at.right = width - theme_.px(14);
    at.top = theme_.px(9);
    at.bodyHeight = QFontMetrics(theme_.font(TextStyle::Heading)).height();
    at.smallHeight = QFontMetrics(theme_.font(TextStyle::Secondary)).height();
    at.gap = theme_.px(4);
    return at;
}

int FieldDelegate::controlsWidth(int rowWidth) const {
    const Lines at = lines(rowWidth);
    // In a narrow list the buttons take the room below the name as well.
    const int beside = at.right - at.valueLeft;
    return beside >= theme_.px(300) ? beside : at.right - at.left;
}

QRect FieldDelegate::controlsArea(const QRect& row, const QModelIndex& index) const {
    const Lines at = lines(row.width());
    const int width = controlsWidth(row.width());
    return {row.left() + at.right - width,
            row.top() + textHeight(row.width(), index) - at.top + theme_.px(8),
            width,
            controlsHeight_};
}

int FieldDelegate::textHeight(int width, const QModelIndex& index) const {
    const FieldRow* row = model_.rowAt(index);
    const Lines at = lines(width);
    if (row == nullptr) {
        return 0;
    }
    if (row->kind == RowKind::Header) {
        return at.bodyHeight + 2 * theme_.px(12);
    }
    int valueLines = 1;
    if (index.row() == current_) {
        const ValueWords& words = model_.valueWordsAt(index.row());
        const int pill = pillSize(words.pill.text, theme_).width() + theme_.px(12);
        valueLines = static_cast<int>(wrapped(words.value,
                                              theme_.font(TextStyle::Heading),
                                              at.right - at.valueLeft - pill,
                                              kMaxValueLines)
                                          .size());
        if (!words.machineValue.isEmpty()) {
            ++valueLines; // on a line of its own, so that all of it can be read
        }
    }
    return 2 * at.top + valueLines * at.bodyHeight + at.gap + at.smallHeight;
}

QSize FieldDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const int width = option.rect.width();
    int height = textHeight(width, index);
    if (index.row() == current_ && controlsHeight_ > 0) {
        height += controlsHeight_ + theme_.px(8);
    }
    return {theme_.px(200), height + 1}; // and the line below
}

void FieldDelegate::paint(QPainter* painter,
                          const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
    const FieldRow* row = model_.rowAt(index);
    if (row == nullptr) {
        return;
    }
    painter->save();
    const bool isCurrent = index.row() == current_;
    const Token back = isCurrent                      ? Token::AccentBackground
                       : row->kind == RowKind::Header ? Token::Raised
                                                      : Token::Surface;
    painter->fillRect(option.rect, theme_.color(back));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      theme_.color(Token::Line));
    if (isCurrent) {
        painter->fillRect(
            QRect(option.rect.left(), option.rect.top(), theme_.px(3), option.rect.height()),
            theme_.color(Token::Accent));
    }
    if (row->kind == RowKind::Header) {
        paintHeader(*painter, option.rect, index);
    } else {
        paintValue(*painter, option.rect, index);
    }
    painter->restore();
}

void FieldDelegate::paintHeader(QPainter& painter,
                                const QRect& row,
                                const QModelIndex& index) const {
    const RecordWords words = model_.recordWordsAt(index.row());
    const FieldRow* shown = model_.rowAt(index);
    const Lines at = lines(row.width());
    const int height = textHeight(row.width(), index);
    const QRect line(row.left(), row.top(), row.width(), height);

    const QRect pill = paintPill(painter,
                                 line.adjusted(at.left, 0, -(row.width() - at.right), 0),
                                 words.pill.text,
                                 words.pill.tone,
                                 theme_,
                                 Qt::AlignRight);
    const int arrow = theme_.px(14);
    theme_
        .icon(model_.isExpanded(shown->record) ? QStringLiteral("chevron-down")
                                               : QStringLiteral("chevron-right"),
              Token::Muted)
        .paint(
            &painter,
            QRect(
                row.left() + at.left - theme_.px(3), line.center().y() - arrow / 2, arrow, arrow));
    int x = row.left() + at.left + arrow + theme_.px(4);
    QFont font = theme_.font(TextStyle::Heading);
    font.setStrikeOut(words.isStruck);
    painter.setFont(font);
    painter.setPen(theme_.color(words.isStruck ? Token::Muted : Token::Text));
    const QFontMetrics metrics(font);
    const int room = pill.left() - theme_.px(12) - x;
    const QString title = metrics.elidedText(words.title, Qt::ElideRight, room);
    painter.drawText(QRect(x, line.top(), room, line.height()), Qt::AlignVCenter, title);
    x += metrics.horizontalAdvance(title) + theme_.px(10);
    if (!words.places.isEmpty() && x < pill.left() - theme_.px(60)) {
        painter.setFont(theme_.font(TextStyle::Secondary));
        painter.setPen(theme_.color(Token::Muted));
        painter.drawText(QRect(x, line.top(), pill.left() - x - theme_.px(8), line.height()),
                         Qt::AlignVCenter,
                         words.places);
    }
}

void FieldDelegate::paintValue(QPainter& painter,
                               const QRect& row,
                               const QModelIndex& index) const {
    const ValueWords& words = model_.valueWordsAt(index.row());
    const FieldRow* shown = model_.rowAt(index);
    const bool isDeleted = model_.review()->records()[shown->record].isDeleted;
    const bool isCurrent = index.row() == current_;
    const Lines at = lines(row.width());
    int y = row.top() + at.top;

    const QRect pillArea(row.left() + at.valueLeft, y, at.right - at.valueLeft, at.bodyHeight);
    const QRect pill =
        paintPill(painter, pillArea, words.pill.text, words.pill.tone, theme_, Qt::AlignRight);
    int right = pill.left() - theme_.px(8);
    if (words.isFlagged) {
        const int size = theme_.px(16);
        theme_.icon(QStringLiteral("flag"), Token::Warn)
            .paint(&painter, QRect(right - size, pill.center().y() - size / 2, size, size));
        right -= size + theme_.px(6);
    }

    painter.setFont(theme_.font(TextStyle::Body));
    painter.setPen(theme_.color(Token::Muted));
    const int nameWidth = at.valueLeft - at.left - theme_.px(10);
    painter.drawText(QRect(row.left() + at.left, y, nameWidth, at.bodyHeight),
                     Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(words.title, Qt::ElideRight, nameWidth));

    const int left = row.left() + at.valueLeft;
    const int width = right - left;
    QFont font = theme_.font(words.isMuted ? TextStyle::Body : TextStyle::Heading);
    font.setStrikeOut(isDeleted);
    const QStringList valueLines = wrapped(words.value,
                                           font,
                                           at.right - at.valueLeft - pill.width() - theme_.px(12),
                                           isCurrent ? kMaxValueLines : 1);
    painter.setPen(theme_.color(words.isMuted || isDeleted ? Token::Muted : Token::Text));
    painter.setFont(font);
    int end = left;
    for (const QString& line : valueLines) {
        painter.drawText(QRect(left, y, width, at.bodyHeight), Qt::AlignVCenter, line);
        end = left + painter.fontMetrics().horizontalAdvance(line) + theme_.px(10);
        y += at.bodyHeight;
    }
    if (!words.machineValue.isEmpty()) {
        QFont struck = theme_.font(TextStyle::Body);
        struck.setStrikeOut(true);
        painter.setFont(struck);
        painter.setPen(theme_.color(Token::Muted));
        if (isCurrent) {
            painter.drawText(QRect(left, y, at.right + row.left() - left, at.bodyHeight),
                             Qt::AlignVCenter,
                             painter.fontMetrics().elidedText(
                                 words.machineValue, Qt::ElideRight, at.right + row.left() - left));
            y += at.bodyHeight;
        } else if (right - end > theme_.px(24)) {
            painter.drawText(
                QRect(end, y - at.bodyHeight, right - end, at.bodyHeight),
                Qt::AlignVCenter,
                painter.fontMetrics().elidedText(words.machineValue, Qt::ElideRight, right - end));
        }
    }
    y += at.gap;
    paintSource(painter, QRect(left, y, row.left() + at.right - left, at.smallHeight), index);
}

void FieldDelegate::paintSource(QPainter& painter,
                                const QRect& line,
                                const QModelIndex& index) const {
    const ValueWords& words = model_.valueWordsAt(index.row());
    const bool isCurrent = index.row() == current_;
    const QFont font = theme_.font(TextStyle::Secondary);
    QFont bold = font;
    bold.setWeight(QFont::DemiBold);
    const QFontMetrics metrics(font);
    const QFontMetrics boldMetrics(bold);
    painter.setPen(theme_.color(Token::Muted));

    int right = line.right() + 1;
    if (isCurrent && !stepper_.isEmpty()) {
        painter.setFont(font);
        const int width = metrics.horizontalAdvance(stepper_);
        painter.drawText(
            QRect(right - width, line.top(), width, line.height()), Qt::AlignVCenter, stepper_);
        right -= width + theme_.px(10);
    }
    int x = line.left();
    const auto draw = [&](const QString& text, const QFont& with, const QFontMetrics& measure) {
        painter.setFont(with);
        painter.drawText(QRect(x, line.top(), std::max(right - x, 0), line.height()),
                         Qt::AlignVCenter | Qt::TextSingleLine,
                         text);
        x += measure.horizontalAdvance(text);
    };
    draw(metrics.elidedText(words.lead, Qt::ElideRight, right - x), font, metrics);
    // The line the value stands in says more than the bare value does; drop it when it adds
    // nothing.
    if (words.bold.isEmpty() ||
        (words.before.trimmed().isEmpty() && words.after.trimmed().isEmpty())) {
        return;
    }
    const int marks = metrics.horizontalAdvance(QStringLiteral(" · “”"));
    const int room = right - x - marks;
    const int boldWidth = boldMetrics.horizontalAdvance(words.bold);
    if (room < theme_.px(48)) {
        return;
    }
    draw(QStringLiteral(" · "), font, metrics);
    draw(QStringLiteral("“"), font, metrics);
    if (boldWidth >= room) {
        draw(boldMetrics.elidedText(words.bold, Qt::ElideRight, room), bold, boldMetrics);
    } else {
        const int rest = room - boldWidth;
        const int before = metrics.horizontalAdvance(words.before);
        const int after = metrics.horizontalAdvance(words.after);
        const int beforeRoom = std::min(before, std::max(rest / 2, rest - after));
        const int leadEnd = x;
        draw(elided(words.before, Qt::ElideLeft, metrics, beforeRoom), font, metrics);
        draw(words.bold, bold, boldMetrics);
        const int afterRoom = rest - (x - boldMetrics.horizontalAdvance(words.bold) - leadEnd);
        draw(elided(words.after, Qt::ElideRight, metrics, afterRoom), font, metrics);
    }
    draw(QStringLiteral("”"), font, metrics);
}

} // namespace attest::gui
