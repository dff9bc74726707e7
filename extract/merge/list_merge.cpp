#include "extract/merge/list_merge.h"

#include "extract/decode/part_decoder.h"
#include "extract/json_pointer.h"
#include "extract/merge/readings.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

namespace attest::extract {

namespace {

// One item of a list as a chunk answered it.
struct Item {
    std::vector<ExtractedValue> values;
    std::optional<SourceSpan> anchor;
    double meanLogProbability = 0;
    double anchorProbability = 0;
};

// What the looks saw at one place: at least one item.
struct Sighting {
    std::size_t look = 0;
    Item item;
};

using Place = std::vector<Sighting>;

bool overlap(const std::optional<SourceSpan>& a, const std::optional<SourceSpan>& b) {
    return a && b && a->pageIndex == b->pageIndex && a->begin < b->end && b->begin < a->end;
}

// Sorts items by their place; those without one come last.
std::tuple<bool, std::int32_t, size_t> order(const Item& item) {
    return item.anchor ? std::tuple{false, item.anchor->pageIndex, item.anchor->begin}
                       : std::tuple{true, std::int32_t{0}, size_t{0}};
}

bool isAnchor(const Field& list, const ExtractedValue& value) {
    const Field* field =
        list.kind == FieldKind::Group ? findField(list.fields, value.field) : nullptr;
    return field != nullptr && field->isAnchor;
}

std::vector<Item> itemsOf(const Field& list, const DecodedPart& answer) {
    std::vector<Item> items;
    std::string current;
    for (const DecodedValue& decoded : answer.values) {
        const std::vector<std::string> tokens = pointerTokens(decoded.pointer);
        if (tokens.size() < 2 || tokens[0] != list.name) {
            continue;
        }
        if (items.empty() || tokens[1] != current) {
            items.emplace_back();
            current = tokens[1];
        }
        const Field* field = list.kind == FieldKind::Group && tokens.size() > 2
                                 ? findField(list.fields, tokens[2])
                                 : nullptr;
        ExtractedValue value = toExtracted(decoded, field);
        value.group = list.name;
        value.field =
            tokens.size() > 2 ? pointerOf({tokens.begin() + 2, tokens.end()}).substr(1) : list.name;
        items.back().values.push_back(std::move(value));
    }
    for (Item& item : items) {
        double sum = 0;
        for (const ExtractedValue& value : item.values) {
            sum += double(value.logProbability);
        }
        item.meanLogProbability = sum / double(std::max<size_t>(item.values.size(), 1));
        const auto anchor = std::find_if(item.values.begin(),
                                         item.values.end(),
                                         [&](const auto& value) { return isAnchor(list, value); });
        const bool hasAnchor = anchor != item.values.end();
        item.anchorProbability =
            std::exp(hasAnchor ? double(anchor->logProbability) : item.meanLogProbability);
        item.anchor = hasAnchor && anchor->span ? anchor->span : recordEvidence(item.values);
        giveEvidence(item.values, item.anchor);
    }
    return items;
}

// The items of one look: chunks may overlap, and of two readings of a place the better one stays.
std::vector<Item> itemsOf(const Field& list, const Look& answers) {
    std::vector<Item> merged;
    for (const DecodedPart& answer : answers) {
        for (Item& item : itemsOf(list, answer)) {
            const auto same = std::find_if(merged.begin(), merged.end(), [&](const Item& other) {
                return overlap(item.anchor, other.anchor);
            });
            if (same == merged.end()) {
                merged.push_back(std::move(item));
            } else if (item.meanLogProbability > same->meanLogProbability) {
                *same = std::move(item);
            }
        }
    }
    return merged;
}

std::vector<Place> placesOf(const Field& list, const std::vector<Look>& looks) {
    std::vector<Place> places;
    for (std::size_t look = 0; look < looks.size(); ++look) {
        for (Item& item : itemsOf(list, looks[look])) {
            const auto same = std::find_if(places.begin(), places.end(), [&](const Place& place) {
                return std::any_of(place.begin(), place.end(), [&](const Sighting& other) {
                    return other.look != look && overlap(item.anchor, other.item.anchor);
                });
            });
            Place& place = same == places.end() ? places.emplace_back() : *same;
            place.push_back({look, std::move(item)});
        }
    }
    return places;
}

// The mean over the looks of how sure each is that something is there.
double support(const Place& place, std::size_t looks) {
    std::vector<double> best(looks);
    for (const Sighting& sighting : place) {
        best[sighting.look] = std::max(best[sighting.look], sighting.item.anchorProbability);
    }
    double sum = 0;
    for (const double one : best) {
        sum += one;
    }
    return sum / double(looks);
}

// The reading of a field that the looks give most probability to; not stated is a reading too.
ExtractedValue voted(const Place& place, const ExtractedValue& first, std::size_t looks) {
    std::map<std::optional<std::string>, double> weightOf;
    const ExtractedValue* best = &first;
    for (const Sighting& sighting : place) {
        for (const ExtractedValue& value : sighting.item.values) {
            if (value.field == first.field) {
                weightOf[value.text] += std::exp(double(value.logProbability));
                if (weightOf[value.text] > weightOf[best->text]) {
                    best = &value;
                }
            }
        }
    }
    ExtractedValue value = withMeanOf(*best, weightOf[best->text], looks);
    value.pointer = first.pointer;
    return value;
}

Item agreed(const Field& list, const Place& place, std::size_t looks) {
    const auto best =
        std::max_element(place.begin(), place.end(), [](const Sighting& a, const Sighting& b) {
            return a.item.meanLogProbability < b.item.meanLogProbability;
        });
    Item item = best->item;
    if (looks == 1) {
        return item;
    }
    item.anchorProbability = support(place, looks);
    for (ExtractedValue& value : item.values) {
        value = voted(place, value, looks);
        if (isAnchor(list, value) && value.span) {
            item.anchor = value.span;
        }
    }
    giveEvidence(item.values, item.anchor);
    return item;
}

} // namespace

std::vector<ExtractedValue>
mergeList(const Field& list, const std::vector<Look>& looks, double agreement) {
    std::vector<Item> found;
    for (const Place& place : placesOf(list, looks)) {
        Item item = agreed(list, place, looks.size());
        if (item.anchorProbability >= agreement) {
            found.push_back(std::move(item));
        }
    }
    // Where one look saw one item and another two, both may have been agreed on: the surer stays.
    std::stable_sort(found.begin(), found.end(), [](const Item& a, const Item& b) {
        return a.anchorProbability > b.anchorProbability;
    });
    std::vector<Item> items;
    for (Item& item : found) {
        const bool isTaken = std::any_of(items.begin(), items.end(), [&](const Item& other) {
            return overlap(item.anchor, other.anchor);
        });
        if (!isTaken) {
            items.push_back(std::move(item));
        }
    }
    std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
        return order(a) < order(b);
    });

    std::vector<ExtractedValue> values;
    for (size_t i = 0; i < items.size(); ++i) {
        for (ExtractedValue& value : items[i].values) {
            std::vector<std::string> tokens = pointerTokens(value.pointer);
            tokens[1] = std::to_string(i);
            value.pointer = pointerOf(tokens);
            value.instance = std::int64_t(i);
            values.push_back(std::move(value));
        }
    }
    return values;
}

} // namespace attest::extract
