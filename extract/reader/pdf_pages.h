// What Poppler finds on the pages of a document, in the form of the protocol.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace poppler {
class document;
class page;
} // namespace poppler

namespace attest::reader {

struct Rectangle {
    float left = 0;
    float top = 0;
    float right = 0;
    float bottom = 0;
};

struct PageWord {
    std::string text; // UTF-8
    int quarterTurns = 0;
    bool hasSpaceAfter = false;
    std::vector<Rectangle> boxes; // one per code point, within the page
};

struct PageContent {
    bool isReadable = false;
    float width = 0; // points, as displayed
    float height = 0;
    std::vector<PageWord> words;
};

struct DisplayedSize {
    float width = 0; // points
    float height = 0;

    bool isPage() const { return width > 0 && height > 0; }
};

// Of the crop box, turned as the page is shown. 0, 0 when the page is none or its box is damaged.
DisplayedSize displayedSize(const poppler::page* page);

// Words outside the page (its crop box) are left out. Throws what Poppler throws: std::bad_alloc.
PageContent readPage(const poppler::document& document, int pageIndex);

} // namespace attest::reader
