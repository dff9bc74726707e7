// Images of pages, the least recently used ones dropped.
#pragma once

#include "gui/pages/tile.h"

#include <QImage>

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace attest::gui {

// Lives on the GUI thread.
class TileCache {
public:
    explicit TileCache(std::size_t mostBytes) : mostBytes_(mostBytes) {}

    void insert(const TileKey& key, QImage image);

    // Null: not there. The pointer is good until the next insert() or clear().
    const QImage* find(const TileKey& key);

    bool contains(const TileKey& key) const { return tiles_.contains(key); }

    // To show until `pageWidth` is there: a whole page of another size, then the tiles of the size
    // that is nearest to the wanted one. Counts as use.
    std::vector<std::pair<TileKey, const QImage*>> standIns(std::size_t page, int pageWidth);

    void clear();

    std::size_t bytes() const { return bytes_; }

private:
    struct Tile {
        QImage image;
        std::uint64_t used = 0;
    };

    void makeRoom();

    std::map<TileKey, Tile> tiles_; // a page's together
    std::size_t mostBytes_;
    std::size_t bytes_ = 0;
    std::uint64_t clock_ = 0;
};

} // namespace attest::gui
