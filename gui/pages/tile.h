// Pages are drawn as one image while that is small, else as a grid of square tiles.
#pragma once

#include <QRect>
#include <QSize>

#include <compare>
#include <cstddef>
#include <vector>

namespace attest::gui {

// Which part of which page at which size. `side` 0: the whole page.
struct TileKey {
    std::size_t page = 0;
    int pageWidth = 0; // pixels of the whole page
    int column = 0;
    int row = 0;
    int side = 0;

    auto operator<=>(const TileKey&) const = default; // NOLINT(modernize-use-nullptr): no pointer
};

inline constexpr int kTileSide = 1400;
inline constexpr qint64 kWholePagePixels = 6'000'000; // 24 MB

// Of a page of this many pixels.
inline int tileSide(QSize page) {
    return qint64(page.width()) * page.height() <= kWholePagePixels ? 0 : kTileSide;
}

inline QRect tileRect(const TileKey& key, QSize page) {
    if (key.side == 0) {
        return {QPoint(), page};
    }
    const QRect square(key.column * key.side, key.row * key.side, key.side, key.side);
    return square.intersected({QPoint(), page});
}

// The tiles that touch `part` of the page, in pixels.
inline std::vector<TileKey> tilesIn(std::size_t index, QSize page, const QRect& part) {
    const QRect inside = part.intersected({QPoint(), page});
    if (inside.isEmpty()) {
        return {};
    }
    const int side = tileSide(page);
    if (side == 0) {
        return {{index, page.width(), 0, 0, 0}};
    }
    std::vector<TileKey> tiles;
    for (int row = inside.top() / side; row <= inside.bottom() / side; ++row) {
        for (int column = inside.left() / side; column <= inside.right() / side; ++column) {
            tiles.push_back({index, page.width(), column, row, side});
        }
    }
    return tiles;
}

} // namespace attest::gui
