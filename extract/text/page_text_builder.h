// Collects one page's characters and separators and folds them to page text. Whatever is added, the
// result has the form docs/prompt_format.md promises: separators are only noted and written, the
// strongest of them, when the next visible character comes.
#pragma once

#include "extract/page_text.h"

#include <cstddef>
#include <string>
#include <vector>

struct UNormalizer2;

namespace attest::extract {

// From weak to strong.
enum class Separator { None, Space, ColumnGap, LineBreak, EmptyLine };

class PageTextBuilder {
public:
    // Notes have no boxes.
    enum class Boxes { Kept, None };

    explicit PageTextBuilder(Boxes boxes);

    // Folds and appends one character. Blanks of every kind become a Space, tabs a ColumnGap, line
    // and paragraph separators a LineBreak; invisible characters vanish.
    void add(char32_t codePoint, const CharBox& box);

    void separate(Separator separator);

    // Bytes so far, without what is pending.
    std::size_t size() const { return page_.text.size(); }

    // Hands the page over and starts anew.
    PageText take(float widthPoints, float heightPoints);

private:
    void addFolded(char32_t codePoint, const CharBox& box);
    void writeSeparator();
    void append(char32_t codePoint, const CharBox& box);
    void flushCluster();

    bool hasBoxes_;
    const UNormalizer2* normalizer_;
    PageText page_;
    Separator pending_ = Separator::None;
    // A base character with its marks, not yet composed.
    std::u32string cluster_;
    CharBox clusterBox_;
};

} // namespace attest::extract
