#include "extract/text/page_text_builder.h"

#include "base/utf8.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <string_view>

namespace attest::extract {

namespace {

// More marks on one letter than any script uses are noise or an attack on renderers.
constexpr std::size_t kMaxClusterSize = 32;

// What stands for a typographic character in page text; empty: itself.
std::u32string_view foldTypography(char32_t codePoint) {
    switch (codePoint) {
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
        return U"\"";
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
        return U"'";
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
        return U"-";
    case 0xFB00:
        return U"ff";
    case 0xFB01:
        return U"fi";
    case 0xFB02:
        return U"fl";
    case 0xFB03:
        return U"ffi";
    case 0xFB04:
        return U"ffl";
    case 0xFB05:
    case 0xFB06:
        return U"st";
    case 0xF0B7: // bullets of the Symbol and Wingdings fonts, which PDFs leave in the private use
                 // area
    case 0xF0A7:
        return U"\u2022";
    default:
        return {};
    }
}

bool isInvisible(char32_t codePoint) {
    const auto character = static_cast<UChar32>(codePoint);
    switch (u_charType(character)) {
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_PRIVATE_USE_CHAR:
    case U_SURROGATE:
        return true;
    default:
        // Fillers, variation selectors, tags: they take no place and can carry hidden text.
        return u_hasBinaryProperty(character, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0 ||
               U_IS_UNICODE_NONCHAR(character);
    }
}

CharBox joined(const CharBox& a, const CharBox& b) {
    if (a == CharBox{}) {
        return b;
    }
    if (b == CharBox{}) {
        return a;
    }
    return {std::min(a.left, b.left),
            std::min(a.top, b.top),
            std::max(a.right, b.right),
            std::max(a.bottom, b.bottom)};
}

} // namespace

PageTextBuilder::PageTextBuilder(Boxes boxes) : hasBoxes_(boxes == Boxes::Kept) {
    UErrorCode error = U_ZERO_ERROR;
    normalizer_ = unorm2_getNFCInstance(&error);
}

void PageTextBuilder::separate(Separator separator) {
    flushCluster();
    pending_ = std::max(pending_, separator);
}

void PageTextBuilder::add(char32_t codePoint, const CharBox& box) {
    if (codePoint > 0x20 && codePoint < 0x7F) {
        addFolded(codePoint, box);
        return;
    }
    if (codePoint == U'\t') {
        separate(Separator::ColumnGap);
        return;
    }
    if ((codePoint >= 0x0A && codePoint <= 0x0D) || codePoint == 0x85 || codePoint == 0x2028 ||
        codePoint == 0x2029) {
        separate(Separator::LineBreak);
        return;
    }
    if (u_charType(static_cast<UChar32>(codePoint)) == U_SPACE_SEPARATOR) {
        separate(Separator::Space);
        return;
    }
    const std::u32string_view folded = foldTypography(codePoint);
    if (!folded.empty()) {
        for (const char32_t part : folded) {
            addFolded(part, box);
        }
    } else if (!isInvisible(codePoint)) {
        addFolded(codePoint, box);
    }
}

void PageTextBuilder::addFolded(char32_t codePoint, const CharBox& box) {
    const auto character = static_cast<UChar32>(codePoint);
    const bool beginsCluster = codePoint < 0x80 || normalizer_ == nullptr ||
                               unorm2_hasBoundaryBefore(normalizer_, character) != 0;
    if (beginsCluster) {
        flushCluster();
    }
    if (cluster_.size() < kMaxClusterSize) {
        clusterBox_ = cluster_.empty() ? box : joined(clusterBox_, box);
        cluster_.push_back(codePoint);
    }
}

void PageTextBuilder::flushCluster() {
    if (cluster_.empty()) {
        return;
    }
    writeSeparator();
    if (cluster_.size() == 1 && cluster_.front() < 0x300) {
        append(cluster_.front(), clusterBox_); // always in NFC already
    } else {
        std::u16string units;
        for (const char32_t codePoint : cluster_) {
            if (codePoint >= 0x10000) {
                units.push_back(U16_LEAD(codePoint));
                units.push_back(U16_TRAIL(codePoint));
            } else {
                units.push_back(static_cast<char16_t>(codePoint));
            }
        }
        // No code point of a cluster this short composes to more than 18 times its length (UAX
        // #15).
        std::u16string composed(units.size() * 18, u'\0');
        UErrorCode error = U_ZERO_ERROR;
        const std::int32_t length = unorm2_normalize(normalizer_,
                                                     units.data(),
                                                     static_cast<std::int32_t>(units.size()),
                                                     composed.data(),
                                                     static_cast<std::int32_t>(composed.size()),
                                                     &error);
        composed.resize(U_SUCCESS(error) ? static_cast<std::size_t>(length) : 0);
        for (std::size_t i = 0; i < composed.size(); ++i) {
            char32_t codePoint = composed[i];
            if (U16_IS_LEAD(codePoint) && i + 1 < composed.size()) {
                ++i;
                codePoint = static_cast<char32_t>(U16_GET_SUPPLEMENTARY(codePoint, composed[i]));
            }
            append(codePoint, clusterBox_);
        }
    }
    cluster_.clear();
}

void PageTextBuilder::writeSeparator() {
    if (!page_.text.empty()) {
        switch (pending_) {
        case Separator::None:
            break;
        case Separator::Space:
            append(U' ', {});
            break;
        case Separator::ColumnGap:
            append(U' ', {});
            append(U' ', {});
            break;
        case Separator::LineBreak:
            append(U'\n', {});
            break;
        case Separator::EmptyLine:
            append(U'\n', {});
            append(U'\n', {});
            break;
        }
    }
    pending_ = Separator::None;
}

void PageTextBuilder::append(char32_t codePoint, const CharBox& box) {
    appendUtf8(page_.text, codePoint);
    if (hasBoxes_) {
        page_.boxes.push_back(box);
    }
}

PageText PageTextBuilder::take(float widthPoints, float heightPoints) {
    flushCluster();
    pending_ = Separator::None;
    page_.widthPoints = widthPoints;
    page_.heightPoints = heightPoints;
    PageText page = std::move(page_);
    page_ = {};
    return page;
}

} // namespace attest::extract
