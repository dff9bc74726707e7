#include "gui/review/places.h"

#include "extract/page_text.h"

#include <algorithm>
#include <optional>

namespace attest::gui {

namespace {

constexpr std::size_t kContextBytes = 60;

bool isBlank(char byte) {
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == '\f';
}

bool isContinuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// The end of `wanted` (folded) in `text` from `begin` on; nullopt: it does not stand there.
std::optional<std::size_t>
matchEnd(std::string_view text, std::size_t begin, std::string_view wanted) {
    std::size_t at = begin;
    for (const char byte : wanted) {
        if (at >= text.size()) {
            return std::nullopt;
        }
        if (byte == ' ') {
            if (!isBlank(text[at])) {
                return std::nullopt;
            }
            while (at < text.size() && isBlank(text[at])) {
                ++at;
            }
        } else if (text[at++] != byte) {
            return std::nullopt;
        }
    }
    return at;
}

const storage::PageRecord* pageOf(const std::vector<storage::PageRecord>& pages,
                                  const SourceSpan& span) {
    if (span.pageIndex < 0 || static_cast<std::size_t>(span.pageIndex) >= pages.size()) {
        return nullptr;
    }
    const storage::PageRecord& page = pages[static_cast<std::size_t>(span.pageIndex)];
    return span.begin <= span.end && span.end <= page.text.size() ? &page : nullptr;
}

} // namespace

std::vector<SourceSpan> placesOf(const std::vector<storage::PageRecord>& pages,
                                 std::string_view text) {
    const std::string wanted = extract::spanValue(text);
    std::vector<SourceSpan> places;
    if (wanted.empty() || wanted.front() == ' ') {
        return places;
    }
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const std::string_view page = pages[i].text;
        std::size_t at = page.find(wanted.front());
        while (at != std::string_view::npos) {
            const auto end = matchEnd(page, at, wanted);
            if (end && extract::isWordStart(page, at) && extract::isWordEnd(page, *end)) {
                places.push_back({static_cast<std::int32_t>(i), at, *end});
                if (places.size() == kMaxPlaces) {
                    return places;
                }
            }
            at = page.find(wanted.front(), at + 1);
        }
    }
    return places;
}

std::vector<PageBox> boxesOf(const std::vector<storage::PageRecord>& pages,
                             const SourceSpan& span) {
    const storage::PageRecord* page = pageOf(pages, span);
    if (page == nullptr || page->charBoxes.empty()) {
        return {};
    }
    extract::PageText text;
    text.text = page->text;
    text.boxes.reserve(page->charBoxes.size() / 4);
    for (std::size_t i = 0; i + 3 < page->charBoxes.size(); i += 4) {
        text.boxes.push_back({page->charBoxes[i],
                              page->charBoxes[i + 1],
                              page->charBoxes[i + 2],
                              page->charBoxes[i + 3]});
    }
    return extract::boxesOf(text, span.begin, span.end);
}

Snippet snippetOf(const std::vector<storage::PageRecord>& pages, const SourceSpan& span) {
    const storage::PageRecord* page = pageOf(pages, span);
    if (page == nullptr) {
        return {};
    }
    const std::string_view text = page->text;
    std::size_t begin = span.begin > kContextBytes ? span.begin - kContextBytes : 0;
    while (begin < span.begin && isContinuation(text[begin])) {
        ++begin;
    }
    std::size_t end = std::min(text.size(), span.end + kContextBytes);
    while (end > span.end && end < text.size() && isContinuation(text[end])) {
        --end;
    }
    // The line of the value only: what stands above and below may be another column or row.
    for (std::size_t i = span.begin; i > begin; --i) {
        if (text[i - 1] == '\n') {
            begin = i;
        }
    }
    end = std::min(end, text.find('\n', span.end));
    return {extract::spanValue(text.substr(begin, span.begin - begin)),
            extract::spanValue(text.substr(span.begin, span.end - span.begin)),
            extract::spanValue(text.substr(span.end, end - span.end))};
}

} // namespace attest::gui
