// Hash tables for names that come from a model file. The hash is keyed with a number drawn when the
// program starts, so that a crafted file cannot make all names collide; nothing that is computed
// depends on the order inside a table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace attest::engine {

// Equal within a process.
std::uint64_t keyedHash(std::string_view text);
std::uint64_t keyedHash(std::uint64_t number);

// Key: std::string_view (borrowed, must outlive the table) or std::uint64_t. Open addressing with
// linear probing, half full at most. A slot holds a part of the hash and the number of its entry,
// so that looking for what is not there, the most frequent case, touches the slots only. Filled
// once, then read by any thread.
template <typename Key, typename Value>
class KeyedTable {
public:
    // REQUIRES: there are never more than 2^31 entries.
    explicit KeyedTable(std::size_t expected = 0) {
        std::size_t size = 16;
        while (size < 2 * expected) {
            size *= 2;
        }
        slots_.resize(size);
        filter_.resize(size * kFilterBits / 64);
        entries_.reserve(expected);
    }

    // False, and nothing is changed, when the key is there already.
    bool insert(const Key& key, Value value) {
        if (2 * (entries_.size() + 1) > slots_.size()) {
            grow();
        }
        const std::uint64_t hash = keyedHash(key);
        Slot& slot = slots_[place(key, hash)];
        if (slot.entry != 0) {
            return false;
        }
        entries_.emplace_back(key, std::move(value));
        slot = {tagOf(hash), std::uint32_t(entries_.size())};
        filter_[filterWord(hash)] |= filterBit(hash);
        return true;
    }

    // Null: not there.
    const Value* find(const Key& key) const {
        const std::uint64_t hash = keyedHash(key);
        if ((filter_[filterWord(hash)] & filterBit(hash)) == 0) {
            return nullptr;
        }
        const Slot& slot = slots_[place(key, hash)];
        return slot.entry != 0 ? &entries_[slot.entry - 1].second : nullptr;
    }

private:
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t entry = 0; // its number, counted from 1; 0: free
    };

    // The place in the table is of the low bits.
    static std::uint32_t tagOf(std::uint64_t hash) { return std::uint32_t(hash >> 32U); }

    // A bit for each of several values of the hash, set where an entry has it: most keys that are
    // not there end here, in a sixteenth of the slots' memory.
    static constexpr std::size_t kFilterBits = 4; // for each slot

    std::size_t filterWord(std::uint64_t hash) const {
        return std::size_t(hash >> 32U) & (filter_.size() - 1);
    }

    static std::uint64_t filterBit(std::uint64_t hash) { return std::uint64_t{1} << (hash >> 58U); }

    std::size_t place(const Key& key, std::uint64_t hash) const {
        const std::uint32_t tag = tagOf(hash);
        std::size_t at = std::size_t(hash) & (slots_.size() - 1);
        while (slots_[at].entry != 0 &&
               (slots_[at].tag != tag || entries_[slots_[at].entry - 1].first != key)) {
            at = (at + 1) & (slots_.size() - 1);
        }
        return at;
    }

    void grow() {
        slots_.assign(2 * slots_.size(), Slot());
        filter_.assign(2 * filter_.size(), 0);
        for (std::size_t i = 0; i < entries_.size(); ++i) {
            const std::uint64_t hash = keyedHash(entries_[i].first);
            slots_[place(entries_[i].first, hash)] = {tagOf(hash), std::uint32_t(i + 1)};
            filter_[filterWord(hash)] |= filterBit(hash);
        }
    }

    std::vector<Slot> slots_;
    std::vector<std::uint64_t> filter_;
    std::vector<std::pair<Key, Value>> entries_;
};

} // namespace attest::engine
