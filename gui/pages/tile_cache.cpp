#include "gui/pages/tile_cache.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace attest::gui {

namespace {

std::size_t bytesOf(const QImage& image) {
    return static_cast<std::size_t>(image.sizeInBytes());
}

} // namespace

void TileCache::insert(const TileKey& key, QImage image) {
    Tile& tile = tiles_[key];
    bytes_ += bytesOf(image) - bytesOf(tile.image);
    tile.image = std::move(image);
    tile.used = ++clock_;
    makeRoom();
}

// There are a few hundred tiles at most: looking through all of them costs less than drawing one.
void TileCache::makeRoom() {
    while (bytes_ > mostBytes_ && tiles_.size() > 1) {
        const auto oldest =
            std::min_element(tiles_.begin(), tiles_.end(), [](const auto& a, const auto& b) {
                return a.second.used < b.second.used;
            });
        bytes_ -= bytesOf(oldest->second.image);
        tiles_.erase(oldest);
    }
}

const QImage* TileCache::find(const TileKey& key) {
    const auto place = tiles_.find(key);
    if (place == tiles_.end()) {
        return nullptr;
    }
    place->second.used = ++clock_;
    return &place->second.image;
}

std::vector<std::pair<TileKey, const QImage*>> TileCache::standIns(std::size_t page,
                                                                   int pageWidth) {
    constexpr int kLeast = std::numeric_limits<int>::min();
    const auto begin = tiles_.lower_bound({page, kLeast, kLeast, kLeast, kLeast});
    auto whole = tiles_.end();
    int tiledWidth = 0;
    for (auto i = begin; i != tiles_.end() && i->first.page == page; ++i) {
        const TileKey& key = i->first;
        if (key.side == 0) {
            whole = i; // the widest comes last
        } else if (tiledWidth == 0 ||
                   std::abs(key.pageWidth - pageWidth) < std::abs(tiledWidth - pageWidth)) {
            tiledWidth = key.pageWidth;
        }
    }
    std::vector<std::pair<TileKey, const QImage*>> found;
    const auto take = [&](Tile& tile, const TileKey& key) {
        tile.used = ++clock_;
        found.emplace_back(key, &tile.image);
    };
    if (whole != tiles_.end()) {
        take(whole->second, whole->first);
    }
    for (auto i = begin; i != tiles_.end() && i->first.page == page; ++i) {
        if (i->first.side != 0 && i->first.pageWidth == tiledWidth) {
            take(i->second, i->first);
        }
    }
    return found;
}

void TileCache::clear() {
    tiles_.clear();
    bytes_ = 0;
}

} // namespace attest::gui
