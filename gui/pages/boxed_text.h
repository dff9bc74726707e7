// The text of a PDF page by the boxes of its characters.
#pragma once

#include "base/source_span.h"
#include "gui/pages/sheet_text.h"
#include "storage/document_store.h"

#include <QSizeF>

#include <cstdint>

namespace attest::gui {

// Keeps nothing of the record. Boxes that are missing or make no sense have no place.
class BoxedText final : public SheetText {
public:
    BoxedText(const storage::PageRecord& page, QSizeF sheet);

    std::vector<QRectF> rectsOf(TextRange range) const override;
    std::size_t borderAt(QPointF point) const override;
    std::optional<std::size_t> characterAt(QPointF point) const override;
    QRectF caretAt(std::size_t border) const override;

    // As rectsOf(), as the extraction stores them.
    std::vector<PageBox> boxesOf(TextRange range) const;

private:
    struct Character {
        std::uint32_t begin = 0; // byte
        std::uint32_t end = 0;
        std::uint16_t left = 0;
        std::uint16_t top = 0;
        std::uint16_t right = 0;
        std::uint16_t bottom = 0;
        bool isRightToLeft = false;
        bool hasPlace = false;
    };

    // A line of stored text that has a place.
    struct Line {
        std::size_t first = 0; // characters_, half-open
        std::size_t last = 0;
        QRectF rect;
        std::size_t block = 0;
    };

    QRectF rectOf(const Character& character) const;
    const Line* lineNear(QPointF point) const;
    std::size_t characterBefore(std::size_t offset) const; // index of the first that ends behind it

    QSizeF sheet_;
    std::vector<Character> characters_;
    std::vector<Line> lines_;
    std::vector<QRectF> blocks_; // lines that stand together
};

} // namespace attest::gui
