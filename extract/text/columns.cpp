#include "extract/text/columns.h"

#include <cmath>
#include <optional>

namespace attest::extract {

// A gutter is looked for where many segments begin at the same u: that is where a right-hand column
// would start. Segments that cross that line (titles, full-width paragraphs, footers) cut the page
// into bands; a band is split when both of its sides read like prose: lines of several words,
// mostly letters, of which many begin with a small letter because a sentence goes on. Cells of
// tables and forms do not. The parts before, left, right and after are searched again, which finds
// three columns.

namespace {

constexpr std::size_t kMinLinesPerSide = 5;
constexpr std::size_t kMinWords = 4;       // of a line of prose
constexpr double kMinProseLines = 0.5;     // share of the lines that have them
constexpr double kMinLetters = 0.7;        // share of the characters
constexpr double kMinContinuations = 0.25; // share of the lines that begin with a small letter
constexpr float kHeadingReach = 1.6F;      // heights from a column's first line up to its heading
constexpr float kBandGap = 3.0F;           // heights
constexpr float kEdgeTolerance = 3.0F;     // points
constexpr std::size_t kMaxCandidates = 12;
constexpr std::size_t kMaxSegments = 5000; // a page of more is no page of prose
constexpr int kMaxDepth = 6;

struct Split {
    std::vector<Segment> before;
    std::vector<Segment> left;
    std::vector<Segment> right;
    std::vector<Segment> after;
};

bool isProseLine(const Segment& segment) {
    return segment.words.size() >= kMinWords &&
           double(segment.letters) >= kMinLetters * double(segment.characters);
}

bool readsLikeProse(const std::vector<const Segment*>& lines) {
    if (lines.size() < kMinLinesPerSide) {
        return false;
    }
    std::size_t long_ = 0;
    std::size_t continued = 0;
    std::size_t letters = 0;
    std::size_t characters = 0;
    for (const Segment* line : lines) {
        long_ += isProseLine(*line) ? 1U : 0U;
        continued += line->beginsSmall ? 1U : 0U;
        letters += line->letters;
        characters += line->characters;
    }
    const auto count = double(lines.size());
    return double(long_) >= kMinProseLines * count &&
           double(continued) >= kMinContinuations * count &&
           double(letters) >= kMinLetters * double(characters);
}

// Left edges that several segments share, but for the leftmost.
std::vector<float> gutterCandidates(const std::vector<Segment>& segments) {
    std::vector<float> edges;
    edges.reserve(segments.size());
    for (const Segment& segment : segments) {
        edges.push_back(segment.box.u0);
    }
    std::sort(edges.begin(), edges.end());

    struct Edge {
        float at;
        std::size_t count;
    };

    std::vector<Edge> shared;
    for (std::size_t begin = 0; begin < edges.size();) {
        std::size_t end = begin;
        while (end < edges.size() && edges[end] - edges[begin] <= kEdgeTolerance) {
            ++end;
        }
        if (begin > 0 && end - begin >= kMinLinesPerSide) {
            shared.push_back({edges[begin], end - begin});
        }
        begin = end;
    }
    std::sort(shared.begin(), shared.end(), [](const Edge& a, const Edge& b) {
        return a.count > b.count || (a.count == b.count && a.at < b.at);
    });
    shared.resize(std::min(shared.size(), kMaxCandidates));
    std::vector<float> candidates;
    for (const Edge& edge : shared) {
        candidates.push_back(edge.at);
    }
    return candidates;
}

struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
};

// The stretch of a band in which lines of prose outnumber other segments most, with the heading
// lines right above it.
Range proseStretch(const std::vector<Segment>& segments, Range band) {
    Range best = {band.begin, band.begin};
    std::ptrdiff_t bestSum = 0;
    std::ptrdiff_t sum = 0;
    std::size_t begin = band.begin;
    for (std::size_t i = band.begin; i < band.end; ++i) {
        // The short last line of a paragraph says nothing either way.
        sum += isProseLine(segments[i]) ? 1 : (segments[i].beginsSmall ? 0 : -1);
        if (sum <= 0) {
            sum = 0;
            begin = i + 1;
        } else if (sum >= bestSum) {
            bestSum = sum;
            best = {begin, i + 1};
        }
    }
    if (best.begin < best.end) {
        const ReadingBox& first = segments[best.begin].box;
        while (best.begin > band.begin) {
            const ReadingBox& above = segments[best.begin - 1].box;
            if (first.middle() - above.middle() > kHeadingReach * first.height()) {
                break;
            }
            --best.begin;
        }
    }
    return best;
}

// The first band with two columns of prose along the gutter that ends at `edge`. `segments` are
// sorted by their middle.
std::optional<Split> splitAt(const std::vector<Segment>& segments, float edge) {
    const auto crosses = [edge](const Segment& segment) {
        return segment.box.u0 < edge - kEdgeTolerance && segment.box.u1 > edge - kEdgeTolerance / 2;
    };
    const auto isLeft = [edge](const Segment& segment) {
        return segment.box.u0 < edge - kEdgeTolerance;
    };
    for (std::size_t begin = 0; begin < segments.size();) {
        if (crosses(segments[begin])) {
            ++begin;
            continue;
        }
        // A band also ends at a wide gap, such as the one above a footer.
        std::size_t end = begin;
        float lowest = segments[begin].box.v1;
        while (end < segments.size() && !crosses(segments[end]) &&
               segments[end].box.v0 - lowest < kBandGap * segments[end].box.height()) {
            lowest = std::max(lowest, segments[end].box.v1);
            ++end;
        }
        const Range stretch = proseStretch(segments, {begin, end});
        std::vector<const Segment*> left;
        std::vector<const Segment*> right;
        for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
            (isLeft(segments[i]) ? left : right).push_back(&segments[i]);
        }
        if (readsLikeProse(left) && readsLikeProse(right)) {
            Split split;
            for (std::size_t i = 0; i < segments.size(); ++i) {
                std::vector<Segment>& part = i < stretch.begin     ? split.before
                                             : i >= stretch.end    ? split.after
                                             : isLeft(segments[i]) ? split.left
                                                                   : split.right;
                part.push_back(segments[i]);
            }
            return split;
        }
        begin = end;
    }
    return std::nullopt;
}

void collect(std::vector<Segment> segments, int depth, std::vector<std::vector<Segment>>& regions) {
    if (segments.empty()) {
        return;
    }
    if (depth < kMaxDepth && segments.size() <= kMaxSegments) {
        for (const float edge : gutterCandidates(segments)) {
            if (auto split = splitAt(segments, edge)) {
                collect(std::move(split->before), depth + 1, regions);
                collect(std::move(split->left), depth + 1, regions);
                collect(std::move(split->right), depth + 1, regions);
                collect(std::move(split->after), depth + 1, regions);
                return;
            }
        }
    }
    regions.push_back(std::move(segments));
}

} // namespace

std::vector<std::vector<Segment>> splitIntoRegions(std::vector<Segment> segments) {
    std::sort(segments.begin(), segments.end(), [](const Segment& a, const Segment& b) {
        return a.box.middle() < b.box.middle() ||
               (a.box.middle() == b.box.middle() && a.box.u0 < b.box.u0);
    });
    std::vector<std::vector<Segment>> regions;
    collect(std::move(segments), 0, regions);
    return regions;
}

} // namespace attest::extract
