// Every span of a chunk that may be a verbatim value, searchable byte by byte.
//
// The index holds the chunk's own segments (context lines are not in it) as a value would show
// them: each run of blanks and line breaks as one space. Values of words never cross a column gap
// or an empty line; lines and sentences may. A view sorts the admissible begins of one kind of
// field by the text that follows (a sparse suffix array), each cut at the last place where such a
// value may end. So the values that begin with given bytes are one range of the view, every entry
// of a range can be completed, and the range is at the same time the list of their places. Where
// values must have a form, a view also knows the ends that give it to each begin.
#pragma once

#include "extract/chunk.h"
#include "extract/template.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attest::extract {

// Longer values are not offered: it bounds the time to sort hostile text.
inline constexpr std::size_t kMaxValueBytes = 4096;
// Nor are those that must have a form: every one is tried.
inline constexpr std::size_t kMaxPatternedBytes = 256;

// A range of a view's entries that begin with the same `length` bytes.
struct SpanRange {
    std::uint32_t first = 0;
    std::uint32_t last = 0; // half-open
    std::uint32_t length = 0;
};

// A place of a value. Offsets are in the index's folded text.
struct FoldedSpan {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    bool operator==(const FoldedSpan&) const = default;
};

class SpanView {
public:
    // A view of fixed texts, which it writes to `text` with their ends; it borrows both.
    static SpanView
    ofChoices(const std::vector<std::string>& choices, std::string& text, std::vector<bool>& ends);

    bool isEmpty() const { return entries_.empty(); }

    SpanRange all() const { return {0, std::uint32_t(entries_.size()), 0}; }

    // Some entry begins at `cursor` or after it.
    bool reaches(const SpanRange& range, std::uint32_t cursor) const {
        return range.first < range.last && latestBegin(range.first, range.last) >= cursor;
    }

    // Narrows the range to entries that go on with `byte`, of which one begins at or after
    // `cursor`; returns false, leaving the range as it is, where there is none.
    bool narrow(SpanRange& range, std::uint8_t byte, std::uint32_t cursor) const;

    // The first place, at or after `cursor`, where a value ends after the range's bytes.
    std::optional<FoldedSpan> endingHere(const SpanRange& range, std::uint32_t cursor) const;

    // All places of a value, by begin.
    std::vector<FoldedSpan> places(std::string_view value) const;

    // The shortest value that the range can become, at or after `cursor`: its missing bytes.
    // REQUIRES: reaches(range, cursor).
    std::string_view shortestRest(const SpanRange& range, std::uint32_t cursor) const;

private:
    friend class SpanIndex;

    struct Entry {
        std::uint32_t begin;
        std::uint32_t longest;      // bytes up to the last admissible end
        std::uint32_t shortest;     // bytes a value needs at least
        std::uint32_t firstEnd = 0; // its own ends, where the view has them: a range of ownEnds_
        std::uint32_t lastEnd = 0;
    };

    bool endsAt(const Entry& entry, std::uint32_t length) const;

    std::uint32_t latestBegin(std::uint32_t first, std::uint32_t last) const;
    void sortEntries();

    const std::string* text_ = nullptr;
    const std::vector<bool>* ends_ = nullptr;
    std::vector<Entry> entries_;
    std::vector<std::uint32_t> ownEnds_; // ascending for each entry; empty: all of ends_ count
    std::vector<std::vector<std::uint32_t>> latest_; // latest_[k][i]: of entries [i, i + 2^k)
};

// Immutable. Views point into the index: it must not move while they are used.
class SpanIndex {
public:
    explicit SpanIndex(const Chunk& chunk);
    SpanIndex(const SpanIndex&) = delete;
    SpanIndex& operator=(const SpanIndex&) = delete;

    // `pattern`: the form that values must have, if any.
    SpanView view(Boundary boundary,
                  std::size_t minLength,
                  std::optional<std::size_t> maxLength,
                  const ValuePattern* pattern = nullptr) const;

    std::string_view text() const { return text_; }

    // The place in the page's text. REQUIRES: a span that a view of this index returned.
    SourceSpan source(const FoldedSpan& span) const;

private:
    struct Borders {
        std::vector<bool> begins;
        std::vector<bool> ends; // by the offset after the last byte
    };

    void addSegment(std::string_view text, const ChunkSegment& segment);
    void addPiece(std::string_view text, std::size_t begin, std::size_t end);

    const Borders& borders(Boundary boundary) const { return borders_[std::size_t(boundary)]; }

    std::string text_;                    // pieces, a zero byte after each
    std::vector<std::uint32_t> offset_;   // of each byte, in its segment's text
    std::vector<std::uint32_t> pieceEnd_; // of each byte: where its piece ends
    std::vector<std::uint32_t> cellEnd_;  // of each byte: its column gap, empty line or piece's end
    std::vector<std::uint32_t> segment_;  // of each byte: its segment
    std::vector<ChunkSegment> segments_;
    Borders borders_[3];
};

} // namespace attest::extract
