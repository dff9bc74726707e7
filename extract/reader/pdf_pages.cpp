#include "extract/reader/pdf_pages.h"

#include "base/utf8.h"
#include "extract/reader/protocol.h"

#include <poppler-document.h>
#include <poppler-page.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace attest::reader {

namespace {

bool isFinite(const poppler::rectf& box) {
    return std::isfinite(box.left()) && std::isfinite(box.right()) && std::isfinite(box.top()) &&
           std::isfinite(box.bottom());
}

bool touchesPage(const poppler::rectf& box, const PageContent& page) {
    return box.left() < double(page.width) && box.right() > 0 && box.top() < double(page.height) &&
           box.bottom() > 0;
}

Rectangle clampToPage(const poppler::rectf& box, const PageContent& page) {
    const auto clampTo = [](double value, float size) {
        return std::clamp(static_cast<float>(value), 0.0F, size);
    };
    const auto [left, right] = std::minmax({box.left(), box.right()});
    const auto [top, bottom] = std::minmax({box.top(), box.bottom()});
    return {clampTo(left, page.width),
            clampTo(top, page.height),
            clampTo(right, page.width),
            clampTo(bottom, page.height)};
}

std::vector<char32_t> codePoints(const poppler::ustring& text) {
    std::vector<char32_t> out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char32_t unit = text[i];
        const bool isPair = unit >= 0xD800 && unit < 0xDC00 && i + 1 < text.size() &&
                            text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000;
        if (isPair) {
            out.push_back(0x10000 + ((unit - 0xD800) << 10U) + (char32_t{text[i + 1]} - 0xDC00));
            ++i;
        } else if (!(i == 0 && unit == 0xFEFF)) { // iconv's byte order mark
            out.push_back(unit);
        }
    }
    return out;
}

// Fonts that claim to have almost no ascent and descent give flat boxes; their height is then
// guessed from the width of the characters.
poppler::rectf standingBox(const poppler::text_box& box, std::size_t characters) {
    constexpr double kFlat = 0.8;
    constexpr double kUsualHeight = 1.8; // of a character, in widths
    const poppler::rectf whole = box.bbox();
    const double width = whole.width() / double(std::max<std::size_t>(characters, 1));
    const bool isUpright = (box.rotation() & 1) == 0;
    if (!isUpright || whole.height() >= kFlat * width) {
        return whole;
    }
    const double height = kUsualHeight * width;
    return {whole.left(), whole.bottom() - height, whole.width(), height};
}

PageWord toWord(const poppler::text_box& box, const PageContent& page) {
    PageWord word;
    const std::vector<char32_t> text = codePoints(box.text());
    word.boxes.reserve(text.size());
    const poppler::rectf whole = standingBox(box, text.size());
    const bool isRepaired = whole.height() != box.bbox().height();
    for (std::size_t i = 0; i < text.size(); ++i) {
        appendUtf8(word.text, text[i]);
        poppler::rectf place = box.char_bbox(i);
        // An empty place: Poppler has fewer boxes than code points.
        if (!isFinite(place) || (place.width() == 0 && place.height() == 0)) {
            place = whole;
        } else if (isRepaired) {
            place = poppler::rectf(place.left(), whole.top(), place.width(), whole.height());
        }
        word.boxes.push_back(clampToPage(place, page));
    }
    word.quarterTurns = box.rotation() & 3;
    word.hasSpaceAfter = box.has_space_after();
    return word;
}

} // namespace

DisplayedSize displayedSize(const poppler::page* page) {
    if (page == nullptr) {
        return {};
    }
    const poppler::rectf crop = page->page_rect(poppler::crop_box);
    const auto width = static_cast<float>(std::fabs(crop.width()));
    const auto height = static_cast<float>(std::fabs(crop.height()));
    const bool hasSize = width > 0 && width < kMaxPageSide && height > 0 && height < kMaxPageSide;
    if (!isFinite(crop) || !hasSize) {
        return {};
    }
    const auto orientation = page->orientation();
    const bool isTurned =
        orientation == poppler::page::landscape || orientation == poppler::page::seascape;
    return isTurned ? DisplayedSize{height, width} : DisplayedSize{width, height};
}

PageContent readPage(const poppler::document& document, int pageIndex) {
    PageContent content;
    const std::unique_ptr<poppler::page> page(document.create_page(pageIndex));
    const DisplayedSize size = displayedSize(page.get());
    content.width = size.width;
    content.height = size.height;
    if (!size.isPage()) {
        return content;
    }
    content.isReadable = true;
    for (const poppler::text_box& box : page->text_list()) {
        if (!isFinite(box.bbox()) || !touchesPage(box.bbox(), content)) {
            continue;
        }
        PageWord word = toWord(box, content);
        if (!word.text.empty()) {
            content.words.push_back(std::move(word));
        }
    }
    return content;
}

} // namespace attest::reader
