#include "engine/kernels/choose.h"
#include "support/catch.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

using namespace attest::engine;

namespace {

// Keys and values as the cache lays them out, with rubbish where nothing may be read.
struct Scene {
    std::size_t headSize;
    std::size_t valueStride;
    std::size_t positions; // a multiple of 16
    std::vector<float> q;  // (kAttentionTile, headSize)
    std::vector<float> k;
    std::vector<float> v;

    Scene(std::size_t size, std::size_t visible, std::mt19937& random)
        : headSize(size)
        , valueStride((size + 15) / 16 * 16)
        , positions((visible + 15) / 16 * 16)
        , q(kAttentionTile * size)
        , k(positions * size)
        , v(positions * valueStride, 0.0F) {
        std::normal_distribution<float> normal;
        std::generate(q.begin(), q.end(), [&] { return normal(random); });
        std::generate(k.begin(), k.end(), [&] { return normal(random); });
        for (std::size_t j = 0; j < positions; ++j) {
            for (std::size_t i = 0; i < headSize; ++i) {
                v[j * valueStride + i] = normal(random);
            }
        }
        const float nan = std::numeric_limits<float>::quiet_NaN();
        for (std::size_t j = visible; j < positions; ++j) {
            for (std::size_t i = 0; i < headSize; ++i) {
                k[j / 16 * 16 * headSize + i * 16 + j % 16] = nan;
                v[j * valueStride + i] = nan;
            }
        }
    }

    // The outputs of `count` queries whose last position is one behind the other, ending at
    // `visible`.
    std::vector<float>
    attend(const KernelTable& set, std::size_t firstQuery, std::size_t count, std::size_t visible) {
        std::vector<float> out(count * headSize, -1);
        std::vector<ActivationBlock> scores(count * positions / 16); // 64-byte aligned
        AttentionTile tile = {};
        tile.count = count;
        for (std::size_t i = 0; i < count; ++i) {
            tile.q[i] = q.data() + (firstQuery + i) * headSize;
            tile.out[i] = out.data() + i * headSize;
            tile.visible[i] = visible - (count - 1 - i);
        }
        tile.k = k.data();
        tile.v = v.data();
        tile.headSize = headSize;
        tile.valueStride = valueStride;
        tile.scale = 1 / std::sqrt(float(headSize));
        tile.scores = reinterpret_cast<float*>(scores.data());
        tile.scoreStride = positions;
        set.attention(tile);
        return out;
    }
};

} // namespace

TEST_CASE("attention of every set agrees with the reference", "[engine][attention]") {
    std::mt19937 random(1);
    for (const std::size_t headSize : {2U, 8U, 24U, 64U, 80U, 128U}) {
        for (const std::size_t visible : {4U, 15U, 16U, 17U, 31U, 33U, 64U, 65U, 300U, 2000U}) {
            Scene scene(headSize, visible, random);
            const auto expected = scene.attend(kReferenceKernels, 0, kAttentionTile, visible);
            for (const Isa isa : availableIsas()) {
                for (std::size_t count = 1; count <= kAttentionTile; ++count) {
                    CAPTURE(toString(isa), headSize, visible, count);
                    const auto out =
                        scene.attend(kernels(isa), kAttentionTile - count, count, visible);
                    for (std::size_t i = 0; i < out.size(); ++i) {
                        const float want = expected[(kAttentionTile - count) * headSize + i];
                        // A NaN fails as well.
                        if (!(std::fabs(out[i] - want) < 1e-5F)) {
                            CHECK(out[i] == want);
                        }
                    }
                }
            }
        }
    }
}

TEST_CASE("a query's attention is the same bytes alone and in a tile", "[engine][attention]") {
    std::mt19937 random(2);
    for (const std::size_t headSize : {8U, 64U, 80U}) {
        for (const std::size_t visible : {5U, 17U, 40U, 333U}) {
            Scene scene(headSize, visible, random);
            for (const Isa isa : availableIsas()) {
                const auto together = scene.attend(kernels(isa), 0, kAttentionTile, visible);
                for (std::size_t i = 0; i < kAttentionTile; ++i) {
                    CAPTURE(toString(isa), headSize, visible, i);
                    const auto alone =
                        scene.attend(kernels(isa), i, 1, visible - (kAttentionTile - 1 - i));
                    CHECK(std::memcmp(alone.data(),
                                      together.data() + i * headSize,
                                      headSize * sizeof(float)) == 0);
                }
            }
        }
    }
}

TEST_CASE("attention to one position returns its value", "[engine][attention]") {
    std::mt19937 random(3);
    Scene scene(64, 1, random);
    for (const Isa isa : availableIsas()) {
        CAPTURE(toString(isa));
        CHECK(scene.attend(kernels(isa), 0, 1, 1) ==
              std::vector<float>(scene.v.begin(), scene.v.begin() + 64));
    }
}

TEST_CASE("a key that is NaN makes the result NaN", "[engine][attention]") {
    std::mt19937 random(4);
    Scene scene(64, 40, random);
    scene.k[3] = std::numeric_limits<float>::quiet_NaN(); // position 3
    for (const Isa isa : availableIsas()) {
        CAPTURE(toString(isa));
        const auto out = scene.attend(kernels(isa), 0, 1, 40);
        CHECK(std::all_of(out.begin(), out.end(), [](float x) { return std::isnan(x); }));
    }
}
