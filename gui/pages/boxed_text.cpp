#include "gui/pages/boxed_text.h"

#include "base/utf8.h"

#include <QChar>

#include <algorithm>
#include <cmath>
#include <limits>

namespace attest::gui {

namespace {

constexpr float kBoxUnits = 65535.0F;

bool isRightToLeft(char32_t codePoint) {
    const QChar::Direction direction = QChar::direction(codePoint);
    return direction == QChar::DirR || direction == QChar::DirAL;
}

double outside(double value, double low, double high) {
    return value < low ? low - value : value > high ? value - high : 0;
}

} // namespace

BoxedText::BoxedText(const storage::PageRecord& page, QSizeF sheet) : sheet_(sheet) {
    const std::string_view text = page.text;
    characters_.reserve(page.charBoxes.size() / 4);
    bool isNewBlock = true;
    bool isNewLine = true;
    for (std::size_t offset = 0, box = 0; offset < text.size(); box += 4) {
        Character character;
        character.begin = static_cast<std::uint32_t>(offset);
        const char32_t codePoint = decodeUtf8(text, offset);
        character.end = static_cast<std::uint32_t>(offset);
        if (codePoint == U'\n') {
            isNewBlock = isNewBlock || isNewLine; // an empty line
            isNewLine = true;
        } else if (box + 4 <= page.charBoxes.size()) {
            character.left = page.charBoxes[box];
            character.top = page.charBoxes[box + 1];
            character.right = page.charBoxes[box + 2];
            character.bottom = page.charBoxes[box + 3];
            character.isRightToLeft = isRightToLeft(codePoint);
            character.hasPlace =
                character.right >= character.left && character.bottom > character.top;
        }
        characters_.push_back(character);
        if (!character.hasPlace) {
            continue;
        }
        const QRectF rect = rectOf(character);
        if (isNewBlock) {
            blocks_.push_back(rect);
            isNewLine = true;
        }
        if (isNewLine) {
            lines_.push_back({characters_.size() - 1, 0, rect, blocks_.size() - 1});
        }
        Line& line = lines_.back();
        line.last = characters_.size();
        line.rect = line.rect.united(rect);
        blocks_.back() = blocks_.back().united(rect);
        isNewBlock = false;
        isNewLine = false;
    }
}

QRectF BoxedText::rectOf(const Character& character) const {
    const double x = sheet_.width() / double(kBoxUnits);
    const double y = sheet_.height() / double(kBoxUnits);
    return {QPointF(character.left * x, character.top * y),
            QPointF(character.right * x, character.bottom * y)};
}

std::size_t BoxedText::characterBefore(std::size_t offset) const {
    const auto place = std::partition_point(
        characters_.begin(), characters_.end(), [offset](const Character& character) {
            return character.end <= offset;
        });
    return static_cast<std::size_t>(place - characters_.begin());
}

std::vector<PageBox> BoxedText::boxesOf(TextRange range) const {
    std::vector<PageBox> boxes;
    const Character* begin = nullptr; // of the line
    Character line;
    const auto finishLine = [&] {
        if (begin != nullptr) {
            boxes.push_back({float(line.left) / kBoxUnits,
                             float(line.top) / kBoxUnits,
                             float(line.right) / kBoxUnits,
                             float(line.bottom) / kBoxUnits});
        }
        begin = nullptr;
    };
    std::size_t lineIndex = 0;
    for (std::size_t i = characterBefore(range.begin);
         i < characters_.size() && characters_[i].begin < range.end;
         ++i) {
        const Character& character = characters_[i];
        if (!character.hasPlace) {
            continue;
        }
        if (begin == nullptr || i >= lines_[lineIndex].last) {
            finishLine();
            const auto place = std::partition_point(
                lines_.begin(), lines_.end(), [i](const Line& one) { return one.last <= i; });
            lineIndex = static_cast<std::size_t>(place - lines_.begin());
            begin = &character;
            line = character;
            continue;
        }
        line.left = std::min(line.left, character.left);
        line.top = std::min(line.top, character.top);
        line.right = std::max(line.right, character.right);
        line.bottom = std::max(line.bottom, character.bottom);
    }
    finishLine();
    return boxes;
}

std::vector<QRectF> BoxedText::rectsOf(TextRange range) const {
    std::vector<QRectF> rects;
    for (const PageBox& box : boxesOf(range)) {
        rects.emplace_back(
            QPointF(double(box.left) * sheet_.width(), double(box.top) * sheet_.height()),
            QPointF(double(box.right) * sheet_.width(), double(box.bottom) * sheet_.height()));
    }
    return rects;
}

// A short last line owns the blank room at its right up to the edge of its block, but between two
// columns the nearer one wins; a step down costs more than a step aside.
const BoxedText::Line* BoxedText::lineNear(QPointF point) const {
    constexpr double kDownCost = 3;
    constexpr double kTieCost = 1.0 / 1024;
    const Line* nearest = nullptr;
    double least = std::numeric_limits<double>::max();
    for (const Line& line : lines_) {
        const QRectF& block = blocks_[line.block];
        const double cost = outside(point.x(), block.left(), block.right()) +
                            kDownCost * outside(point.y(), line.rect.top(), line.rect.bottom()) +
                            kTieCost * (outside(point.x(), line.rect.left(), line.rect.right()) +
                                        std::abs(point.y() - line.rect.center().y()));
        if (cost < least) {
            least = cost;
            nearest = &line;
        }
    }
    return nearest;
}

std::size_t BoxedText::borderAt(QPointF point) const {
    const Line* line = lineNear(point);
    if (line == nullptr) {
        return 0;
    }
    const Character* nearest = nullptr;
    double least = std::numeric_limits<double>::max();
    for (std::size_t i = line->first; i < line->last; ++i) {
        const Character& character = characters_[i];
        const QRectF rect = rectOf(character);
        const double distance = outside(point.x(), rect.left(), rect.right());
        if (character.hasPlace && distance < least) {
            least = distance;
            nearest = &character;
        }
    }
    if (nearest == nullptr) { // the point is no number
        return 0;
    }
    const bool isLeftHalf = point.x() < rectOf(*nearest).center().x();
    return isLeftHalf != nearest->isRightToLeft ? nearest->begin : nearest->end;
}

std::optional<std::size_t> BoxedText::characterAt(QPointF point) const {
    const Line* line = lineNear(point);
    if (line == nullptr || !line->rect.contains(point)) {
        return std::nullopt;
    }
    for (std::size_t i = line->first; i < line->last; ++i) {
        const QRectF rect = rectOf(characters_[i]);
        if (characters_[i].hasPlace && point.x() >= rect.left() && point.x() <= rect.right()) {
            return characters_[i].begin;
        }
    }
    return std::nullopt;
}

QRectF BoxedText::caretAt(std::size_t border) const {
    if (lines_.empty()) {
        return {};
    }
    std::size_t i = characterBefore(border);
    // Before a line break and at the end of the text the caret stands behind the last character.
    bool isBehind = i >= characters_.size() || !characters_[i].hasPlace;
    if (isBehind) {
        while (i > 0 && (i >= characters_.size() || !characters_[i].hasPlace)) {
            --i;
        }
    }
    if (!characters_[i].hasPlace) {
        i = lines_.front().first;
        isBehind = false;
    }
    const QRectF rect = rectOf(characters_[i]);
    const bool isAtRight = isBehind != characters_[i].isRightToLeft;
    return {isAtRight ? rect.right() : rect.left(), rect.top(), 0, rect.height()};
}

} // namespace attest::gui
