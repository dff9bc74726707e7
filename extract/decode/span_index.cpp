#include "extract/decode/span_index.h"

#include "base/check.h"
#include "extract/decode/value_borders.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace attest::extract {

namespace {

constexpr Boundary kBoundaries[] = {Boundary::Word, Boundary::Line, Boundary::Sentence};

bool isBlank(char byte) {
    return byte == ' ' || byte == '\n';
}

// Page text has no control characters; where one is all the same, no value holds it.
bool isControl(char byte) {
    return std::uint8_t(byte) < 0x20 && byte != '\n';
}

bool isCharacterStart(char byte) {
    return (std::uint8_t(byte) & 0xC0U) != 0x80U;
}

} // namespace

SpanView SpanView::ofChoices(const std::vector<std::string>& choices,
                             std::string& text,
                             std::vector<bool>& ends) {
    SpanView view;
    view.text_ = &text;
    view.ends_ = &ends;
    text.clear();
    for (const std::string& choice : choices) {
        const auto size = std::uint32_t(choice.size());
        view.entries_.push_back({std::uint32_t(text.size()), size, size});
        text += choice;
    }
    ends.assign(text.size() + 1, true); // what counts is the entry's own length
    view.sortEntries();
    return view;
}

void SpanView::sortEntries() {
    const auto valueOf = [&](const Entry& entry) {
        return std::string_view(*text_).substr(entry.begin, entry.longest);
    };
    std::sort(entries_.begin(), entries_.end(), [&](const Entry& a, const Entry& b) {
        const int order = valueOf(a).compare(valueOf(b));
        return order != 0 ? order < 0 : a.begin < b.begin;
    });
    std::vector<std::uint32_t> row;
    for (const Entry& entry : entries_) {
        row.push_back(entry.begin);
    }
    for (std::size_t width = 1; width <= entries_.size(); width *= 2) {
        latest_.push_back(row);
        std::vector<std::uint32_t> wider;
        for (std::size_t i = 0; i + 2 * width <= entries_.size(); ++i) {
            wider.push_back(std::max(row[i], row[i + width]));
        }
        row = std::move(wider);
    }
}

bool SpanView::endsAt(const Entry& entry, std::uint32_t length) const {
    if (length < entry.shortest || length > entry.longest) {
        return false;
    }
    const std::uint32_t end = entry.begin + length;
    return ownEnds_.empty() ? (*ends_)[end]
                            : std::binary_search(ownEnds_.begin() + entry.firstEnd,
                                                 ownEnds_.begin() + entry.lastEnd,
                                                 end);
}

std::uint32_t SpanView::latestBegin(std::uint32_t first, std::uint32_t last) const {
    const auto level = std::size_t(std::bit_width(last - first)) - 1;
    const std::vector<std::uint32_t>& row = latest_[level];
    return std::max(row[first], row[last - (std::uint32_t(1) << level)]);
}

bool SpanView::narrow(SpanRange& range, std::uint8_t byte, std::uint32_t cursor) const {
    // Entries that end here sort before those that go on.
    const auto next = [&](std::uint32_t i) {
        const Entry& entry = entries_[i];
        return entry.longest == range.length
                   ? -1
                   : int(std::uint8_t((*text_)[entry.begin + range.length]));
    };
    std::uint32_t first = range.first;
    std::uint32_t last = range.last;
    if (last - first == 1) {
        if (next(first) != int(byte)) {
            return false;
        }
    } else {
        for (std::uint32_t count = last - first; count > 0;) {
            const std::uint32_t half = count / 2;
            if (next(first + half) < int(byte)) {
                first += half + 1;
                count -= half + 1;
            } else {
                count = half;
            }
        }
        if (first == range.last || next(first) != int(byte)) {
            return false;
        }
        last = first;
        for (std::uint32_t count = range.last - last; count > 0;) {
            const std::uint32_t half = count / 2;
            if (next(last + half) <= int(byte)) {
                last += half + 1;
                count -= half + 1;
            } else {
                count = half;
            }
        }
    }
    if (cursor > 0 && latestBegin(first, last) < cursor) {
        return false;
    }
    range = {first, last, range.length + 1};
    return true;
}

std::optional<FoldedSpan> SpanView::endingHere(const SpanRange& range, std::uint32_t cursor) const {
    std::optional<FoldedSpan> earliest;
    for (std::uint32_t i = range.first; i < range.last; ++i) {
        const Entry& entry = entries_[i];
        const bool isEarlier = !earliest || entry.begin < earliest->begin;
        if (isEarlier && entry.begin >= cursor && endsAt(entry, range.length)) {
            earliest = FoldedSpan{entry.begin, entry.begin + range.length};
        }
    }
    return earliest;
}

std::vector<FoldedSpan> SpanView::places(std::string_view value) const {
    std::vector<FoldedSpan> found;
    SpanRange range = all();
    for (const char byte : value) {
        if (range.first == range.last || !narrow(range, std::uint8_t(byte), 0)) {
            return found;
        }
    }
    for (std::uint32_t i = range.first; i < range.last; ++i) {
        if (endsAt(entries_[i], range.length)) {
            found.push_back({entries_[i].begin, entries_[i].begin + range.length});
        }
    }
    std::sort(found.begin(), found.end(), [](const FoldedSpan& a, const FoldedSpan& b) {
        return a.begin < b.begin;
    });
    return found;
}

std::string_view SpanView::shortestRest(const SpanRange& range, std::uint32_t cursor) const {
    std::uint32_t best = std::numeric_limits<std::uint32_t>::max();
    std::string_view rest;
    for (std::uint32_t i = range.first; i < range.last; ++i) {
        const Entry& entry = entries_[i];
        if (entry.begin < cursor) {
            continue;
        }
        std::uint32_t length = std::max(range.length, entry.shortest);
        while (length < best && !endsAt(entry, length)) {
            ++length; // ends at entry.longest at the latest
        }
        if (length < best) {
            best = length;
            rest =
                std::string_view(*text_).substr(entry.begin + range.length, length - range.length);
        }
    }
    return rest;
}

SpanIndex::SpanIndex(const Chunk& chunk) {
    for (const ChunkSegment& segment : chunk.segments) {
        if (segment.isContext || segment.chunkBegin > chunk.text.size() ||
            segment.source.end <= segment.source.begin) {
            continue;
        }
        addSegment(std::string_view(chunk.text)
                       .substr(segment.chunkBegin, segment.source.end - segment.source.begin),
                   segment);
    }
    ATTEST_CHECK(text_.size() < std::numeric_limits<std::uint32_t>::max());
    for (Borders& borders : borders_) {
        borders.begins.resize(text_.size() + 1);
        borders.ends.resize(text_.size() + 1);
    }
}

void SpanIndex::addSegment(std::string_view text, const ChunkSegment& segment) {
    segments_.push_back(segment);
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin;
        while (end < text.size() && !isControl(text[end])) {
            ++end;
        }
        addPiece(text, begin, end);
        begin = end + 1;
    }
}

void SpanIndex::addPiece(std::string_view text, std::size_t begin, std::size_t end) {
    const std::size_t foldedBegin = text_.size();
    for (std::size_t i = begin; i < end; ++i) {
        const bool isBlankAgain =
            isBlank(text[i]) && (text_.size() == foldedBegin || text_.back() == ' ');
        if (!isBlankAgain) {
            if (isBlank(text[i]) && i + 1 < end && isBlank(text[i + 1])) {
                // A column gap or an empty line: the words before it end here.
                cellEnd_.resize(text_.size(), std::uint32_t(text_.size()));
            }
            text_ += isBlank(text[i]) ? ' ' : text[i];
            offset_.push_back(std::uint32_t(i));
        }
    }
    const std::size_t foldedEnd = text_.size();
    cellEnd_.resize(foldedEnd + 1, std::uint32_t(foldedEnd));
    text_ += '\0';
    offset_.push_back(std::uint32_t(end));
    pieceEnd_.resize(text_.size(), std::uint32_t(foldedEnd));
    segment_.resize(text_.size(), std::uint32_t(segments_.size() - 1));

    for (const Boundary boundary : kBoundaries) {
        const ValueBorders found = valueBorders(text.substr(begin, end - begin), boundary);
        Borders& borders = borders_[std::size_t(boundary)];
        borders.begins.resize(text_.size() + 1);
        borders.ends.resize(text_.size() + 1);
        for (std::size_t i = foldedBegin; i < foldedEnd; ++i) {
            const std::size_t offset = offset_[i] - begin;
            borders.begins[i] = found.begins[offset];
            borders.ends[i + 1] = found.ends[offset + 1];
        }
    }
}

SpanView SpanIndex::view(Boundary boundary,
                         std::size_t minLength,
                         std::optional<std::size_t> maxLength,
                         const ValuePattern* pattern) const {
    const Borders& at = borders(boundary);
    SpanView view;
    view.text_ = &text_;
    view.ends_ = &at.ends;

    // The last end at or before each offset, and where each character begins.
    std::vector<std::uint32_t> endBefore(text_.size() + 1);
    std::vector<std::uint32_t> characters;     // offset of each character
    std::vector<std::uint32_t> characterIndex; // of each byte
    for (std::size_t i = 0; i <= text_.size(); ++i) {
        endBefore[i] = at.ends[i] ? std::uint32_t(i) : i == 0 ? 0 : endBefore[i - 1];
        if (i < text_.size()) {
            if (isCharacterStart(text_[i])) {
                characters.push_back(std::uint32_t(i));
            }
            characterIndex.push_back(
                std::uint32_t(std::max<std::size_t>(characters.size(), 1) - 1));
        }
    }
    const auto after = [&](std::uint32_t begin, std::size_t count) {
        const std::size_t index = characterIndex[begin] + count;
        return index < characters.size() ? characters[index] : std::uint32_t(text_.size());
    };

    for (std::uint32_t begin = 0; begin < text_.size(); ++begin) {
        if (!at.begins[begin]) {
            continue;
        }
        const std::uint32_t border =
            boundary == Boundary::Word ? cellEnd_[begin] : pieceEnd_[begin];
        const std::size_t most = pattern == nullptr ? kMaxValueBytes : kMaxPatternedBytes;
        std::uint32_t limit = std::min(border, begin + std::uint32_t(most));
        if (maxLength) {
            limit = std::min(limit, after(begin, *maxLength));
        }
        const std::uint32_t end = endBefore[limit];
        const std::uint32_t least = std::max(begin + 1, after(begin, minLength));
        if (end < least) {
            continue;
        }
        if (pattern == nullptr) {
            view.entries_.push_back({begin, end - begin, least - begin});
            continue;
        }
        const auto firstEnd = std::uint32_t(view.ownEnds_.size());
        for (std::uint32_t own = least; own <= end; ++own) {
            const auto value = std::string_view(text_).substr(begin, own - begin);
            if (at.ends[own] && pattern->matches(value)) {
                view.ownEnds_.push_back(own);
            }
        }
        const auto lastEnd = std::uint32_t(view.ownEnds_.size());
        if (firstEnd < lastEnd) {
            const std::uint32_t longest = view.ownEnds_.back() - begin;
            view.entries_.push_back(
                {begin, longest, view.ownEnds_[firstEnd] - begin, firstEnd, lastEnd});
        }
    }
    view.sortEntries();
    return view;
}

SourceSpan SpanIndex::source(const FoldedSpan& span) const {
    const ChunkSegment& segment = segments_[segment_[span.begin]];
    return {segment.source.pageIndex,
            segment.source.begin + offset_[span.begin],
            segment.source.begin + offset_[span.end - 1] + 1};
}

} // namespace attest::extract
