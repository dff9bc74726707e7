// Where the characters of one page stand on its sheet.
#pragma once

#include "gui/pages/text_range.h"

#include <QPointF>
#include <QRectF>

#include <cstddef>
#include <optional>
#include <vector>

namespace attest::gui {

// Places are in sheet units (logical pixels at zoom 1), origin at the sheet's top left; offsets are
// bytes of the page's stored text.
class SheetText {
public:
    SheetText() = default;
    SheetText(const SheetText&) = delete;
    SheetText& operator=(const SheetText&) = delete;
    virtual ~SheetText() = default;

    // One rectangle per line of text (more where writing directions mix). Empty: no place.
    virtual std::vector<QRectF> rectsOf(TextRange range) const = 0;

    // The border between two characters that is nearest to the point.
    virtual std::size_t borderAt(QPointF point) const = 0;

    // The begin of the character under the point; none beside the text.
    virtual std::optional<std::size_t> characterAt(QPointF point) const = 0;

    // Where a caret before this character stands: a rectangle without width. Null: no place.
    virtual QRectF caretAt(std::size_t border) const = 0;
};

} // namespace attest::gui
