#include "extract/evaluate/document_score.h"

#include "extract/evaluate/add_counts.h"
#include "extract/evaluate/comparator.h"
#include "extract/evaluate/pairing.h"
#include "extract/json_pointer.h"
#include "extract/page_text.h"

#include <algorithm>
#include <utility>

namespace attest::extract {

namespace {

using nlohmann::ordered_json;

// A value beside the form in which it is compared, and where the result has it.
struct Value {
    std::optional<std::string> text;
    std::string key;
    std::string pointer = {};
};

bool areEqual(const Value& a, const Value& b) {
    return a.text && b.text && a.key == b.key;
}

Value valueOf(const ScoredField& field, const ordered_json& json, std::string pointer = {}) {
    Value value{leafText(json), {}, std::move(pointer)};
    if (value.text) {
        value.key = comparisonKey(field.comparator, *field.field, *value.text);
    }
    return value;
}

// An item of a list that is compared, with its place there.
struct ListedItem {
    std::size_t index = 0;
    const ordered_json* json = nullptr;
};

// Values of a list's item, one for each scored field of the list; `isSaid` is empty or says which
// the gold's item has.
struct Item {
    std::vector<Value> values;
    std::vector<bool> isSaid;
};

Counts countsOf(bool hasGold, bool hasResult, bool isEqual) {
    Counts counts;
    counts.found = isEqual ? 1 : 0;
    counts.missed = hasGold && !isEqual ? 1 : 0;
    counts.wrong = hasResult && !isEqual ? 1 : 0;
    return counts;
}

class Scorer {
public:
    explicit Scorer(const std::vector<ScoredField>& fields) : fields_(fields) {
        tally_.fields.resize(fields.size());
    }

    void compareSingle(size_t field, const ordered_json& gold, const ordered_json& result) {
        compare(field,
                valueOf(fields_[field], gold),
                valueOf(fields_[field], result, pointerTo({}, fields_[field].name)),
                true);
    }

    // The list's scored fields are [first, end).
    void compareList(size_t first,
                     size_t end,
                     const std::vector<ListedItem>& gold,
                     const std::vector<ListedItem>& result);

    DocumentTally take() { return std::move(tally_); }

private:
    // `hasPartner`: the question was answered, if with null; without, the item is not there.
    void compare(size_t field, const Value& gold, const Value& result, bool hasPartner);
    Item itemOf(size_t first, size_t end, const ListedItem& listed) const;

    const std::vector<ScoredField>& fields_;
    DocumentTally tally_;
};

void Scorer::compare(size_t field, const Value& gold, const Value& result, bool hasPartner) {
    FieldTally& tally = tally_.fields[field];
    tally.isJudged = true;
    const bool hasGold = gold.text.has_value();
    const bool hasResult = result.text.has_value();
    const bool isEqual = areEqual(gold, result);
    Confusion& confusion = tally.confusion;
    confusion.agreed += isEqual ? 1 : 0;
    confusion.different += hasGold && hasResult && !isEqual ? 1 : 0;
    if (hasPartner) {
        confusion.unanswered += hasGold && !hasResult ? 1 : 0;
        confusion.unfounded += !hasGold && hasResult ? 1 : 0;
        confusion.empty += !hasGold && !hasResult ? 1 : 0;
    } else {
        confusion.lost += hasGold ? 1 : 0;
        confusion.surplus += hasResult ? 1 : 0;
    }
    if (hasResult || hasPartner) { // a null of an item without a partner is nothing
        tally_.answers.push_back(
            {field, result.pointer, hasResult, hasResult ? isEqual : !hasGold});
    }
    const bool isSame = hasGold && gold.text == result.text;
    const bool isAlike = hasGold && hasResult && isLenientlyEqual(*gold.text, *result.text);
    addCounts(tally.exact, countsOf(hasGold, hasResult, isSame));
    addCounts(tally.lenient, countsOf(hasGold, hasResult, isAlike || isEqual));
    if ((hasGold || hasResult) && !isEqual) {
        tally_.differences.push_back({fields_[field].name, gold.text, result.text});
    }
}

Item Scorer::itemOf(size_t first, size_t end, const ListedItem& listed) const {
    const ordered_json& json = *listed.json;
    const std::string place =
        pointerTo(pointerTo({}, fields_[first].group), std::to_string(listed.index));
    Item item;
    for (size_t i = first; i < end; ++i) {
        if (!json.is_object()) { // of a list of plain values
            item.values.push_back(valueOf(fields_[i], json, place));
            item.isSaid.push_back(true);
            continue;
        }
        const std::string& name = fields_[i].field->name;
        const auto found = json.find(name);
        item.isSaid.push_back(found != json.end());
        item.values.push_back(
            found == json.end() ? Value{} : valueOf(fields_[i], *found, pointerTo(place, name)));
    }
    return item;
}

void Scorer::compareList(size_t first,
                         size_t end,
                         const std::vector<ListedItem>& gold,
                         const std::vector<ListedItem>& result) {
    std::vector<Item> expected;
    std::vector<Item> found;
    for (const ListedItem& item : gold) {
        expected.push_back(itemOf(first, end, item));
    }
    for (const ListedItem& item : result) {
        found.push_back(itemOf(first, end, item));
    }
    // What no item of the gold has was not annotated, so an item too many is not wrong there.
    std::vector<bool> isAnnotated(end - first, expected.empty());
    for (const Item& item : expected) {
        for (size_t i = 0; i < isAnnotated.size(); ++i) {
            isAnnotated[i] = isAnnotated[i] || item.isSaid[i];
        }
    }
    const auto likeness = [&](size_t g, size_t r) {
        Likeness like;
        for (size_t i = 0; i < isAnnotated.size(); ++i) {
            const bool isEqual = areEqual(expected[g].values[i], found[r].values[i]);
            like.equalValues += isEqual ? 1 : 0;
            like.hasSameAnchor =
                like.hasSameAnchor || (isEqual && fields_[first + i].field->isAnchor);
        }
        return like;
    };
    const Value none;
    for (const ItemPair& pair : pairItems(expected.size(), found.size(), likeness)) {
        for (size_t i = 0; i < isAnnotated.size(); ++i) {
            const bool isJudged =
                pair.gold ? bool(expected[*pair.gold].isSaid[i]) : bool(isAnnotated[i]);
            if (isJudged) {
                compare(first + i,
                        pair.gold ? expected[*pair.gold].values[i] : none,
                        pair.result ? found[*pair.result].values[i] : none,
                        pair.gold && pair.result);
            }
        }
    }
}

// Only the items that have the shape the template asks for.
std::vector<ListedItem> itemsAt(const ordered_json& values, const Field& list) {
    std::vector<ListedItem> items;
    const auto found = values.find(list.name);
    if (found != values.end() && found->is_array()) {
        for (size_t i = 0; i < found->size() && items.size() < kMaxScoredItems; ++i) {
            const ordered_json& item = (*found)[i];
            if (item.is_object() == (list.kind == FieldKind::Group)) {
                items.push_back({i, &item});
            }
        }
    }
    return items;
}

// A list is a set: what it says twice counts once.
std::vector<ListedItem> withoutRepeats(const ScoredField& list,
                                       const std::vector<ListedItem>& items) {
    std::vector<ListedItem> once;
    std::vector<std::string> keys;
    for (const ListedItem& item : items) {
        const Value value = valueOf(list, *item.json);
        if (value.text && std::find(keys.begin(), keys.end(), value.key) == keys.end()) {
            keys.push_back(value.key);
            once.push_back(item);
        }
    }
    return once;
}

const ordered_json& at(const ordered_json& object, const std::string& key) {
    static const ordered_json kNone;
    const auto found = object.find(key);
    return found == object.end() ? kNone : *found;
}

} // namespace

std::optional<std::string> leafText(const ordered_json& json) {
    if (json.is_null() || json.is_structured()) {
        return std::nullopt;
    }
    std::string text = spanValue(json.is_string() ? json.get<std::string>() : json.dump());
    const size_t begin = std::min(text.find_first_not_of(' '), text.size());
    text.erase(0, begin);
    text.erase(text.find_last_not_of(' ') + 1);
    return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

std::vector<ScoredField> scoredFields(const Template& asked, const FieldComparators& comparators) {
    std::vector<ScoredField> all;
    const auto add = [&](std::string name, std::string group, const Field& field) {
        const auto chosen = comparators.find(name);
        const Comparator comparator =
            chosen == comparators.end() ? defaultComparator(field) : chosen->second;
        all.push_back({std::move(name), std::move(group), &field, comparator});
    };
    for (const Field& field : asked.fields()) {
        if (field.kind == FieldKind::Group) {
            for (const Field& inner : field.fields) {
                add(field.name + "." + inner.name, field.name, inner);
            }
        } else if (field.kind == FieldKind::List) {
            add(field.name, field.name, field.fields.front());
        } else {
            add(field.name, std::string(kSingleFields), field);
        }
    }
    return all;
}

DocumentTally compareDocument(const Template& asked,
                              const std::vector<ScoredField>& fields,
                              const ordered_json& gold,
                              const ordered_json& result) {
    Scorer scorer(fields);
    size_t first = 0;
    for (const Field& field : asked.fields()) {
        const size_t end = first + (field.kind == FieldKind::Group ? field.fields.size() : 1);
        if (!gold.contains(field.name)) {
            first = end;
            continue;
        }
        if (field.kind == FieldKind::Group) {
            scorer.compareList(first, end, itemsAt(gold, field), itemsAt(result, field));
        } else if (field.kind == FieldKind::List) {
            scorer.compareList(first,
                               end,
                               withoutRepeats(fields[first], itemsAt(gold, field)),
                               withoutRepeats(fields[first], itemsAt(result, field)));
        } else {
            scorer.compareSingle(first, at(gold, field.name), at(result, field.name));
        }
        first = end;
    }
    return scorer.take();
}

} // namespace attest::extract
