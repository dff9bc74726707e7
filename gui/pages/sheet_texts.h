// The pages of a document with their sheets: how large each is and where its text stands.
#pragma once

#include "gui/pages/boxed_text.h"
#include "gui/pages/note_text.h"
#include "storage/document_store.h"

#include <QFont>
#include <QSizeF>

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace attest::gui {

using Pages = std::vector<storage::PageRecord>;

// Lives on the GUI thread. Texts are prepared when they are asked for.
class SheetTexts {
public:
    SheetTexts() : pages_(std::make_shared<const Pages>()) {}

    void setPages(std::shared_ptr<const Pages> pages, const QFont& noteFont, double textScale);

    // Sets notes anew. `textScale` is in the font's size; sheets are as wide as without it, so that
    // in a view they fit into a larger font is larger.
    void setNoteFont(const QFont& font, double textScale);

    const QFont& noteFont() const { return noteFont_; }

    std::size_t count() const { return pages_->size(); }

    const std::string& text(std::size_t page) const { return (*pages_)[page].text; }

    // Set from the text, not an image.
    bool isNote(std::size_t page) const { return points_[page].isEmpty(); }

    // Of a page whose size is not stored. Units: points.
    void setSize(std::size_t page, QSizeF points);

    // In sheet units. A page that is far larger than most others (a photograph that was made one)
    // is shown as wide as they are.
    std::vector<QSizeF> sheetSizes();
    QSizeF sheetSize(std::size_t page);

    const SheetText& at(std::size_t page);
    NoteText& note(std::size_t page); // REQUIRES: isNote(page)

    // Empty for notes.
    std::vector<PageBox> boxesOf(std::size_t page, TextRange range);

    // Goes on with setting notes. False: all are done and nothing has changed.
    bool measureNotes(std::chrono::milliseconds most);

private:
    BoxedText& boxed(std::size_t page);
    double usualWidth() const;

    std::shared_ptr<const Pages> pages_;
    QFont noteFont_;
    QFont sheetFont_;            // gives sheets of notes their width
    std::vector<QSizeF> points_; // empty: a note
    double usualWidth_ = 0;      // points
    std::map<std::size_t, std::unique_ptr<BoxedText>> boxed_;
    std::map<std::size_t, std::unique_ptr<NoteText>> notes_;
    std::size_t measuredNotes_ = 0; // pages before it are done
};

} // namespace attest::gui
