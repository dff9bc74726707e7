#include "extract/text/note_pages.h"

#include "base/utf8.h"
#include "extract/text/hyphens.h"
#include "extract/text/page_text_builder.h"

namespace attest::extract {

namespace {

constexpr std::size_t kCutAtEmptyLine = 12'000;
constexpr std::size_t kCutAtLine = 24'000;

bool isLineBreak(char32_t codePoint) {
    return codePoint == U'\n' || codePoint == U'\r' || codePoint == U'\v' || codePoint == 0x85 ||
           codePoint == 0x2028 || codePoint == 0x2029;
}

bool isSpace(char32_t codePoint) {
    return codePoint == U' ' || codePoint == 0xA0;
}

class NotePager {
public:
    void read(std::string_view text) {
        char32_t last = 0; // visible character
        for (std::size_t offset = 0; offset < text.size();) {
            const char32_t codePoint = decodeUtf8(text, offset);
            if (codePoint == U'\r' && offset < text.size() && text[offset] == '\n') {
                continue; // CRLF is one line break
            }
            if (codePoint == U'\f') {
                finishPage();
            } else if (isLineBreak(codePoint)) {
                ++lineBreaks_;
                spaces_ = 0;
            } else if (isSpace(codePoint)) {
                ++spaces_;
            } else if (codePoint == U'\t') {
                spaces_ += 3;
            } else {
                separate(last);
                builder_.add(codePoint, {});
                last = codePoint;
            }
        }
        finishPage();
    }

    std::vector<PageText> take() && { return std::move(pages_); }

private:
    void separate(char32_t last) {
        const bool isEmptyLine = lineBreaks_ >= 2;
        const std::size_t size = builder_.size();
        if ((isEmptyLine && size >= kCutAtEmptyLine) || (lineBreaks_ > 0 && size >= kCutAtLine)) {
            finishPage();
        } else if (lineBreaks_ > 0) {
            builder_.separate(isEmptyLine ? Separator::EmptyLine : Separator::LineBreak);
        } else if (spaces_ > 0) {
            const bool endsSentence = last == U'.' || last == U'!' || last == U'?';
            const bool isGap = spaces_ >= 3 || (spaces_ == 2 && !endsSentence);
            builder_.separate(isGap ? Separator::ColumnGap : Separator::Space);
        }
        lineBreaks_ = 0;
        spaces_ = 0;
    }

    void finishPage() {
        PageText page = builder_.take(0, 0);
        if (!page.text.empty()) {
            pages_.push_back(std::move(page));
        }
        lineBreaks_ = 0;
        spaces_ = 0;
    }

    PageTextBuilder builder_{PageTextBuilder::Boxes::None};
    std::vector<PageText> pages_;
    std::size_t lineBreaks_ = 0;
    std::size_t spaces_ = 0; // a tab counts as three
};

} // namespace

std::vector<PageText> notePages(std::string_view text) {
    NotePager pager;
    pager.read(text);
    std::vector<PageText> pages = std::move(pager).take();
    joinHyphenatedWords(pages);
    return pages;
}

} // namespace attest::extract
