// Two nested choices. Inside one record: given the anchor's place, every window that begins at some
// candidate is tried; in a window each value takes the candidate that ends first. Over the records:
// dynamic programming along the list, where state is the place of the record's anchor. Candidates
// are capped, which keeps hostile repetition cheap; the earliest feasible place of every anchor is
// always among them, so a solution is never lost.
#include "extract/decode/place_resolver.h"

#include "base/check.h"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace attest::extract {

namespace {

constexpr std::size_t kMaxAnchorPlaces = 32;
constexpr std::size_t kMaxValuePlaces = 16;
constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max() / 2;

std::uint32_t distance(const FoldedSpan& a, const FoldedSpan& b) {
    if (a.begin >= b.end) {
        return a.begin - b.end;
    }
    return b.begin >= a.end ? b.begin - a.end : 0;
}

// The candidates nearest to the anchor, by begin.
std::vector<FoldedSpan> nearest(const std::vector<FoldedSpan>& places, const FoldedSpan& anchor) {
    if (places.size() <= kMaxValuePlaces) {
        return places;
    }
    const auto middle = std::lower_bound(
        places.begin(), places.end(), anchor.begin, [](const FoldedSpan& place, std::uint32_t at) {
            return place.begin < at;
        });
    const auto before = std::min(std::size_t(middle - places.begin()), kMaxValuePlaces / 2);
    const auto first = middle - std::ptrdiff_t(before);
    const auto count = std::min(std::size_t(places.end() - first), kMaxValuePlaces);
    return {first, first + std::ptrdiff_t(count)};
}

struct Placement {
    std::uint64_t cost = kNever; // bytes of the window, then distances as a tie-break
    std::vector<FoldedSpan> places;
};

Placement placeAround(const Record& record, const FoldedSpan& anchor) {
    std::vector<std::vector<FoldedSpan>> candidates;
    std::vector<std::uint32_t> lefts{anchor.begin};
    for (const Record::Value& value : record.values) {
        candidates.push_back(nearest(value.places, anchor));
        for (const FoldedSpan& place : candidates.back()) {
            if (place.begin < anchor.begin) {
                lefts.push_back(place.begin);
            }
        }
    }
    std::sort(lefts.begin(), lefts.end());
    lefts.erase(std::unique(lefts.begin(), lefts.end()), lefts.end());

    Placement best;
    for (const std::uint32_t left : lefts) {
        std::uint32_t right = anchor.end;
        bool isPossible = true;
        for (const std::vector<FoldedSpan>& of : candidates) {
            std::uint32_t end = std::numeric_limits<std::uint32_t>::max();
            for (const FoldedSpan& place : of) {
                if (place.begin >= left) {
                    end = std::min(end, place.end);
                }
            }
            isPossible = isPossible && end != std::numeric_limits<std::uint32_t>::max();
            right = std::max(right, end);
        }
        if (!isPossible) {
            continue;
        }
        Placement placement;
        std::uint64_t distances = 0;
        for (const std::vector<FoldedSpan>& of : candidates) {
            const FoldedSpan* nearestInside = nullptr;
            for (const FoldedSpan& place : of) {
                const bool isInside = place.begin >= left && place.end <= right;
                if (isInside && (nearestInside == nullptr ||
                                 distance(place, anchor) < distance(*nearestInside, anchor))) {
                    nearestInside = &place;
                }
            }
            distances += distance(*nearestInside, anchor);
            placement.places.push_back(*nearestInside);
        }
        constexpr std::uint64_t most = (std::uint64_t(1) << 24U) - 1;
        placement.cost = (std::uint64_t(right - left) << 24U) + std::min(distances, most);
        if (placement.cost < best.cost) {
            best = std::move(placement);
        }
    }
    return best;
}

// Without an anchor: the window is tried around each place of the value with the fewest of them.
Placement placeFreely(const Record& record) {
    const Record::Value* rarest = &record.values.front();
    for (const Record::Value& value : record.values) {
        rarest = value.places.size() < rarest->places.size() ? &value : rarest;
    }
    Placement best;
    for (std::size_t i = 0; i < std::min(rarest->places.size(), kMaxAnchorPlaces); ++i) {
        Placement placement = placeAround(record, rarest->places[i]);
        if (placement.cost < best.cost) {
            best = std::move(placement);
        }
    }
    return best;
}

void append(std::vector<ResolvedPlace>& resolved, const Record& record, const Placement& placed) {
    for (std::size_t i = 0; i < record.values.size(); ++i) {
        resolved.push_back({record.values[i].id, placed.places[i]});
    }
}

struct AnchorChoice {
    FoldedSpan span;
    Placement placement;
    std::uint64_t total = kNever; // of this record and the ones before
    std::size_t previous = 0;     // choice of the record before
};

// The choices of one record's anchor that leave room for the anchors before.
std::vector<AnchorChoice> anchorChoices(const Record& record, std::uint32_t earliest) {
    std::vector<AnchorChoice> choices;
    for (const FoldedSpan& span : record.anchorPlaces) {
        if (span.begin >= earliest && choices.size() < kMaxAnchorPlaces) {
            AnchorChoice choice;
            choice.span = span;
            choice.placement = placeAround(record, span);
            choices.push_back(std::move(choice));
        }
    }
    return choices;
}

} // namespace

std::vector<ResolvedPlace> resolvePlaces(const std::vector<Record>& records) {
    std::vector<ResolvedPlace> resolved;
    std::vector<const Record*> anchored;
    std::vector<std::vector<AnchorChoice>> choices;
    std::uint32_t earliest = 0;
    for (const Record& record : records) {
        if (record.anchorPlaces.empty()) {
            if (!record.values.empty()) {
                append(resolved, record, placeFreely(record));
            }
            continue;
        }
        std::vector<AnchorChoice> own = anchorChoices(record, earliest);
        ATTEST_CHECK(!own.empty());
        earliest = own.front().span.end;
        for (AnchorChoice& choice : own) {
            if (choices.empty()) {
                choice.total = choice.placement.cost;
                continue;
            }
            for (std::size_t i = 0; i < choices.back().size(); ++i) {
                const AnchorChoice& before = choices.back()[i];
                const std::uint64_t total = before.total + choice.placement.cost;
                if (before.span.end <= choice.span.begin && total < choice.total) {
                    choice.total = total;
                    choice.previous = i;
                }
            }
        }
        choices.push_back(std::move(own));
        anchored.push_back(&record);
    }
    if (choices.empty()) {
        return resolved;
    }
    std::size_t at = 0;
    for (std::size_t i = 0; i < choices.back().size(); ++i) {
        at = choices.back()[i].total < choices.back()[at].total ? i : at;
    }
    for (std::size_t r = choices.size(); r-- > 0;) {
        const AnchorChoice& choice = choices[r][at];
        resolved.push_back({anchored[r]->anchorId, choice.span});
        append(resolved, *anchored[r], choice.placement);
        at = choice.previous;
    }
    return resolved;
}

} // namespace attest::extract
