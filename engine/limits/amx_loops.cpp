// Tiles of 16 rows of 64 bytes: six that sum, two that are multiplied.
// Source: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 1, chapter 18.
#include "engine/limits/loops.h"

#include <immintrin.h>

namespace attest::engine {

namespace {

struct alignas(64) TileShapes {
    uint8_t palette;
    uint8_t startRow;
    uint8_t reserved[14];
    uint16_t rowBytes[16];
    uint8_t rows[16];
};

void beginTiles() {
    TileShapes shapes = {};
    shapes.palette = 1;
    for (size_t i = 0; i < 8; ++i) {
        shapes.rowBytes[i] = 64;
        shapes.rows[i] = 16;
    }
    // GCC 12 takes only the first bytes for read, and would leave out the stores to the others.
    asm volatile("" : : "r"(&shapes) : "memory"); // NOLINT(hicpp-no-assembler)
    _tile_loadconfig(&shapes);
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
    _tile_zero(4);
    _tile_zero(5);
    _tile_zero(6);
    _tile_zero(7);
}

void multiplyInt8(size_t rounds) {
    beginTiles();
    for (size_t round = 0; round < rounds; ++round) {
        _tile_dpbssd(0, 6, 7);
        _tile_dpbssd(1, 6, 7);
        _tile_dpbssd(2, 6, 7);
        _tile_dpbssd(3, 6, 7);
        _tile_dpbssd(4, 6, 7);
        _tile_dpbssd(5, 6, 7);
    }
    _tile_release();
}

void multiplyBf16(size_t rounds) {
    beginTiles();
    for (size_t round = 0; round < rounds; ++round) {
        _tile_dpbf16ps(0, 6, 7);
        _tile_dpbf16ps(1, 6, 7);
        _tile_dpbf16ps(2, 6, 7);
        _tile_dpbf16ps(3, 6, 7);
        _tile_dpbf16ps(4, 6, 7);
        _tile_dpbf16ps(5, 6, 7);
    }
    _tile_release();
}

} // namespace

const PeakLoop kTileInt8 = {multiplyInt8, size_t(6) * 16 * 16 * 64 * 2};
const PeakLoop kTileBf16 = {multiplyBf16, size_t(6) * 16 * 16 * 32 * 2};

} // namespace attest::engine
