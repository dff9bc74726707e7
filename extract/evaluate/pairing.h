// Which item of a result is which item of the gold.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace attest::extract {

struct ItemPair {
    std::optional<std::size_t> gold;   // nullopt: the result has one too many
    std::optional<std::size_t> result; // nullopt: missed
};

// How alike two items are: the number of equal values, and whether they have the same anchor.
struct Likeness {
    bool hasSameAnchor = false;
    std::size_t equalValues = 0;
};

// Every item of both lists is in exactly one pair. Items with the same anchor are paired first, the
// most alike first; the others keep their order and are paired when any value is equal, so that as
// many values as possible are.
std::vector<ItemPair>
pairItems(std::size_t goldCount,
          std::size_t resultCount,
          const std::function<Likeness(std::size_t gold, std::size_t result)>& compare);

} // namespace attest::extract
