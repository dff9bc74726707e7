// Hash tables for names that come from a model file. The hash is keyed with a number drawn when the
// program starts, so that a crafted file cannot make all names collide; nothing that is computed
// depends on the order inside a table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace attest::engine {

// Equal within a process.
std::uint64_t keyedHash(std::string_view text);
std::uint64_t keyedHash(std::uint64_t number);

// Key: std::string_view (borrowed, must outlive the table) or std::uint64_t. Open addressing with
// linear probing, half full at most. Filled once, then read by any thread.
template <typename Key, typename Value>
class KeyedTable {
public:
    explicit KeyedTable(std::size_t expected = 0) {
        std::size_t size = 16;
        while (size < 2 * expected) {
            size *= 2;
        }
        slots_.resize(size);
    }

    // False, and nothing is changed, when the key is there already.
    bool insert(const Key& key, Value value) {
        if (2 * (used_ + 1) > slots_.size()) {
            grow();
        }
        Slot& slot = slots_[place(key)];
        if (slot) {
            return false;
        }
        slot.emplace(key, std::move(value));
        ++used_;
        return true;
    }

    // Null: not there.
    const Value* find(const Key& key) const {
        const Slot& slot = slots_[place(key)];
        return slot ? &slot->second : nullptr;
    }

private:
    using Slot = std::optional<std::pair<Key, Value>>;

    std::size_t place(const Key& key) const {
        std::size_t at = std::size_t(keyedHash(key)) & (slots_.size() - 1);
        while (slots_[at] && slots_[at]->first != key) {
            at = (at + 1) & (slots_.size() - 1);
        }
        return at;
    }

    void grow() {
        std::vector<Slot> old(2 * slots_.size());
        old.swap(slots_);
        for (Slot& slot : old) {
            if (slot) {
                slots_[place(slot->first)] = std::move(slot);
            }
        }
    }

    std::vector<Slot> slots_;
    std::size_t used_ = 0;
};

} // namespace attest::engine
