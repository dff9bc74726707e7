#include "extract/evaluate/pairing.h"

#include <algorithm>

namespace attest::extract {

namespace {

// Order-preserving alignment of two sequences with the most equal values (dynamic programming over
// prefixes). `alike(i, j)` is the gain of pairing i with j; 0 means not pairable.
std::vector<ItemPair> alignInOrder(const std::vector<size_t>& gold,
                                   const std::vector<size_t>& result,
                                   const std::function<size_t(size_t, size_t)>& alike) {
    const size_t width = result.size() + 1;
    std::vector<size_t> best((gold.size() + 1) * width, 0);
    const auto at = [&](size_t i, size_t j) -> size_t& {
        return best[i * width + j];
    };
    for (size_t i = gold.size(); i-- > 0;) {
        for (size_t j = result.size(); j-- > 0;) {
            const size_t gain = alike(gold[i], result[j]);
            const size_t paired = gain > 0 ? gain + at(i + 1, j + 1) : 0;
            at(i, j) = std::max({paired, at(i + 1, j), at(i, j + 1)});
        }
    }
    std::vector<ItemPair> pairs;
    size_t i = 0;
    size_t j = 0;
    while (i < gold.size() && j < result.size()) {
        const size_t gain = alike(gold[i], result[j]);
        if (gain > 0 && at(i, j) == gain + at(i + 1, j + 1)) {
            pairs.push_back({gold[i++], result[j++]});
        } else if (at(i, j) == at(i + 1, j)) {
            pairs.push_back({gold[i++], std::nullopt});
        } else {
            pairs.push_back({std::nullopt, result[j++]});
        }
    }
    for (; i < gold.size(); ++i) {
        pairs.push_back({gold[i], std::nullopt});
    }
    for (; j < result.size(); ++j) {
        pairs.push_back({std::nullopt, result[j]});
    }
    return pairs;
}

} // namespace

std::vector<ItemPair>
pairItems(size_t goldCount,
          size_t resultCount,
          const std::function<Likeness(size_t gold, size_t result)>& compare) {
    struct Candidate {
        size_t gold;
        size_t result;
        size_t equalValues;
    };

    std::vector<Candidate> candidates;
    for (size_t g = 0; g < goldCount; ++g) {
        for (size_t r = 0; r < resultCount; ++r) {
            const Likeness likeness = compare(g, r);
            if (likeness.hasSameAnchor) {
                candidates.push_back({g, r, likeness.equalValues});
            }
        }
    }
    std::stable_sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
        return a.equalValues > b.equalValues;
    });
    std::vector<bool> hasGold(goldCount, false);
    std::vector<bool> hasResult(resultCount, false);
    std::vector<ItemPair> pairs;
    for (const Candidate& candidate : candidates) {
        if (!hasGold[candidate.gold] && !hasResult[candidate.result]) {
            hasGold[candidate.gold] = true;
            hasResult[candidate.result] = true;
            pairs.push_back({candidate.gold, candidate.result});
        }
    }

    std::vector<size_t> goldLeft;
    std::vector<size_t> resultLeft;
    for (size_t g = 0; g < goldCount; ++g) {
        if (!hasGold[g]) {
            goldLeft.push_back(g);
        }
    }
    for (size_t r = 0; r < resultCount; ++r) {
        if (!hasResult[r]) {
            resultLeft.push_back(r);
        }
    }
    const std::vector<ItemPair> rest = alignInOrder(
        goldLeft, resultLeft, [&](size_t g, size_t r) { return compare(g, r).equalValues; });
    pairs.insert(pairs.end(), rest.begin(), rest.end());
    return pairs;
}

} // namespace attest::extract
