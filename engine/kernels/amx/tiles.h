// What products on tiles share. Tile 0 times tile 1 goes to one of the tiles 4 to 7; the compiler's
// intrinsics take literal numbers only. Internal to the AMX set.
#pragma once

#include <immintrin.h>
#include <stddef.h>

namespace attest::engine::amx {

namespace {

// The shapes of all tiles, as the processor wants them.
struct alignas(64) TileConfig {
    unsigned char palette = 1;
    unsigned char startRow = 0;
    unsigned char reserved[14] = {};
    unsigned short rowBytes[16] = {};
    unsigned char rows[16] = {};

    void shape(size_t tile, size_t tileRows, size_t bytes) {
        rows[tile] = static_cast<unsigned char>(tileRows);
        rowBytes[tile] = static_cast<unsigned short>(bytes);
    }

    void load() const { _tile_loadconfig(this); }
};

static_assert(sizeof(TileConfig) == 64);

// tile: 0…3, of the products. Strides in bytes.
template <int tile>
inline __attribute__((always_inline)) void
startProduct(const void* left, size_t leftStride, const void* right, size_t rightStride) {
    _tile_loadd(0, left, leftStride);
    _tile_loadd(1, right, rightStride);
    if constexpr (tile == 0) {
        _tile_zero(4);
        _tile_dpbssd(4, 0, 1);
    } else if constexpr (tile == 1) {
        _tile_zero(5);
        _tile_dpbssd(5, 0, 1);
    } else if constexpr (tile == 2) {
        _tile_zero(6);
        _tile_dpbssd(6, 0, 1);
    } else {
        _tile_zero(7);
        _tile_dpbssd(7, 0, 1);
    }
}

template <int tile>
inline __attribute__((always_inline)) void storeProduct(void* out, size_t stride) {
    if constexpr (tile == 0) {
        _tile_stored(4, out, stride);
    } else if constexpr (tile == 1) {
        _tile_stored(5, out, stride);
    } else if constexpr (tile == 2) {
        _tile_stored(6, out, stride);
    } else {
        _tile_stored(7, out, stride);
    }
}

} // namespace

} // namespace attest::engine::amx
