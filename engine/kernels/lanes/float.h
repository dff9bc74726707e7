// Products with float weights, whatever the number of lanes: as many rows as a register has lanes
// lie side by side in a panel, so the sums are in the lanes and every output is added up in the
// order that FloatMultiply prescribes. Only for files of an instruction set, which is why all of it
// has internal linkage.
#pragma once

#include "engine/kernels/kernels.h"

namespace attest::engine {

namespace {

// `Lanes` has
//   Vector, kLanes   a register, and how many numbers it holds
//   kTileTokens      sums at a time: a power of two, as many as hide how long one takes
//   weights<type>(row, column, n)  n weights of a row from a column on, or all lanes where n is
//                    more; zeros behind them, and nothing else is read
//   transpose(r)     r[i] becomes lane i of all kLanes registers
//   load(p, n), store(p, n, x)     likewise n numbers of f32; nothing else is touched
//   broadcast, add, multiply, fma(a, b, c) = a · b + c
template <typename Lanes>
class LaneFloat {
    using Vector = typename Lanes::Vector;

    static constexpr size_t kRows = Lanes::kLanes;
    static constexpr size_t kBlock = kActivationBlock; // columns that are added up by themselves
    static constexpr size_t kTileTokens = Lanes::kTileTokens;
    // Columns that are unpacked at a time: for few tokens, as the first cache holds them; for many,
    // of each panel of a group, as the second does.
    static constexpr size_t kPieceColumns = 256;
    static constexpr size_t kStretchColumns = 512;
    static constexpr size_t kGroupPanels = 16;

    static_assert(kStretchColumns * kGroupPanels * sizeof(Vector) <= kScratchBytes);
    static_assert(kPieceColumns % kBlock == 0 && kStretchColumns % kBlock == 0);

public:
    static void multiply(const FloatMultiply& job) {
        switch (job.type) {
        case kFloat32:
            return multiplyType<kFloat32>(job);
        case kFloat16:
            return multiplyType<kFloat16>(job);
        case kBfloat16:
            return multiplyType<kBfloat16>(job);
        }
    }

private:
    template <FloatType type>
    static void multiplyType(const FloatMultiply& job) {
        if (job.tokens <= kTileTokens) {
            multiplyFew<type>(job);
        } else {
            multiplyMany<type>(job);
        }
    }

    // out[k]: column first + k of a panel's rows from `firstRow` on; beyond the last row that one
    // again.
    template <FloatType type>
    static void
    unpack(const FloatMultiply& job, size_t firstRow, size_t first, size_t count, Vector* out) {
        for (size_t c = 0; c < count; c += kRows) {
            Vector r[kRows];
            for (size_t i = 0; i < kRows; ++i) {
                const size_t row = firstRow + i < job.rows ? firstRow + i : job.rows - 1;
                r[i] =
                    Lanes::template weights<type>(job.w + row * job.rowBytes, first + c, count - c);
            }
            Lanes::transpose(r);
            for (size_t k = 0; k < kRows; ++k) {
                out[c + k] = r[k];
            }
        }
    }

    // Adds `count` columns to the sums of N tokens.
    template <size_t N>
    static void
    accumulate(const Vector* w, size_t count, const float* x, size_t xStride, Vector* sums) {
        const auto addColumn = [&](size_t column, Vector * part) __attribute__((always_inline)) {
            const Vector weights = w[column];
#pragma GCC unroll 16
            for (size_t t = 0; t < N; ++t) {
                const Vector activation = Lanes::broadcast(x[t * xStride + column]);
                part[t] = Lanes::fma(weights, activation, part[t]);
            }
        };
        for (size_t c = 0; c < count; c += kBlock) {
            Vector part[N];
#pragma GCC unroll 16
            for (size_t t = 0; t < N; ++t) {
                part[t] = Lanes::broadcast(0);
            }
            if (count - c >= kBlock) {
                for (size_t k = 0; k < kBlock; k += 4) {
#pragma GCC unroll 4
                    for (size_t i = 0; i < 4; ++i) {
                        addColumn(c + k + i, part);
                    }
                }
            } else {
                for (size_t k = c; k < count; ++k) {
                    addColumn(k, part);
                }
            }
#pragma GCC unroll 16
            for (size_t t = 0; t < N; ++t) {
                sums[t] = Lanes::add(sums[t], part[t]);
            }
        }
    }

    // Calls tile.operator()<N>(first) with N of kTileTokens, and of its half, quarter, … 1 for what
    // is left, until all tokens are done.
    template <typename Tile, size_t N = kTileTokens>
    static void forTokens(size_t tokens, const Tile& tile, size_t token = 0) {
        for (; token + N <= tokens; token += N) {
            tile.template operator()<N>(token);
        }
        if constexpr (N > 1) {
            forTokens<Tile, N / 2>(tokens, tile, token);
        }
    }

    // A piece of a panel is unpacked, used for all tokens and forgotten.
    template <FloatType type>
    static void multiplyFew(const FloatMultiply& job) {
        Vector piece[kPieceColumns];
        for (size_t first = 0; first < job.rows; first += kRows) {
            Vector sums[kTileTokens];
            for (size_t t = 0; t < job.tokens; ++t) {
                sums[t] = Lanes::broadcast(0);
            }
            for (size_t c = 0; c < job.columns; c += kPieceColumns) {
                const size_t left = job.columns - c;
                const size_t count = left < kPieceColumns ? left : kPieceColumns;
                unpack<type>(job, first, c, count, piece);
                forTokens(job.tokens, [&]<size_t N>(size_t token) {
                    const float* x = job.x + token * job.xStride + c;
                    accumulate<N>(piece, count, x, job.xStride, sums + token);
                });
            }
            const Vector scale = Lanes::broadcast(job.outputScale);
            for (size_t t = 0; t < job.tokens; ++t) {
                Lanes::store(job.y + t * job.yStride + first,
                             job.rows - first,
                             Lanes::multiply(sums[t], scale));
            }
        }
    }

    // A group of panels is unpacked, for a stretch of the columns, and all tokens pass over it;
    // their sums wait in y for the next stretch.
    template <FloatType type>
    static void multiplyMany(const FloatMultiply& job) {
        Vector* panels = reinterpret_cast<Vector*>(job.scratch);
        for (size_t group = 0; group < job.rows; group += kGroupPanels * kRows) {
            const size_t left = job.rows - group;
            const size_t rows = left < kGroupPanels * kRows ? left : kGroupPanels * kRows;
            for (size_t c = 0; c < job.columns; c += kStretchColumns) {
                const size_t columnsLeft = job.columns - c;
                const size_t count = columnsLeft < kStretchColumns ? columnsLeft : kStretchColumns;
                for (size_t row = 0; row < rows; row += kRows) {
                    unpack<type>(
                        job, group + row, c, count, panels + row / kRows * kStretchColumns);
                }
                const bool isFirst = c == 0;
                const bool isLast = c + count == job.columns;
                const Vector scale = Lanes::broadcast(isLast ? job.outputScale : 1.0F);
                forTokens(job.tokens, [&]<size_t N>(size_t token) {
                    for (size_t row = 0; row < rows; row += kRows) {
                        float* y = job.y + token * job.yStride + group + row;
                        Vector sums[N];
                        for (size_t t = 0; t < N; ++t) {
                            sums[t] = isFirst ? Lanes::broadcast(0)
                                              : Lanes::load(y + t * job.yStride, rows - row);
                        }
                        accumulate<N>(panels + row / kRows * kStretchColumns,
                                      count,
                                      job.x + token * job.xStride + c,
                                      job.xStride,
                                      sums);
                        for (size_t t = 0; t < N; ++t) {
                            Lanes::store(
                                y + t * job.yStride, rows - row, Lanes::multiply(sums[t], scale));
                        }
                    }
                });
            }
        }
    }
};

} // namespace

} // namespace attest::engine
