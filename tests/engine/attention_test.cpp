// Attention against its definition in double precision, and against itself in other groupings.
#include "engine/transformer/attention.h"

#include "engine/kernels/choose.h"
#include "engine/kernels/half.h"
#include "support/catch.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <vector>

using namespace attest::engine;

namespace {

struct Shape {
    std::size_t heads = 4;
    std::size_t kvHeads = 2;
    std::size_t headSize = 64;
    std::size_t window = 0;
    float softcap = 0;
};

// A sequence's queries, keys and values, as they come from the projections.
struct Sequence {
    Shape shape;
    std::size_t length;
    std::vector<float> q;
    std::vector<float> k;
    std::vector<float> v;

    Sequence(const Shape& s, std::size_t n, unsigned seed) : shape(s), length(n) {
        std::mt19937 random(seed);
        std::normal_distribution<float> normal;
        for (auto [values, heads] : {std::pair(&q, s.heads), {&k, s.kvHeads}, {&v, s.kvHeads}}) {
            values->resize(length * heads * s.headSize);
            std::generate(values->begin(), values->end(), [&] { return normal(random); });
        }
    }

    float scale() const { return 1.5F / std::sqrt(float(shape.headSize)); }

    // Runs the tokens in pieces of the given sizes, the last one again and again.
    std::vector<float>
    attend(Attention& attention, std::vector<std::size_t> pieces, std::size_t layer = 0) {
        std::vector<float> heads(q.size(), -1);
        std::size_t piece = 0;
        for (std::size_t at = 0; at < length; ++piece) {
            const std::size_t wanted = pieces[std::min(piece, pieces.size() - 1)];
            const std::size_t count = std::min(wanted, length - at);
            attention.run({.layer = layer,
                           .position = at,
                           .tokens = count,
                           .headCount = shape.heads,
                           .scale = scale(),
                           .window = shape.window,
                           .softcap = shape.softcap,
                           .q = q.data() + at * shape.heads * shape.headSize,
                           .k = k.data() + at * shape.kvHeads * shape.headSize,
                           .v = v.data() + at * shape.kvHeads * shape.headSize,
                           .heads = heads.data() + at * shape.heads * shape.headSize});
            at += count;
        }
        return heads;
    }

    // The definition, for one token.
    std::vector<double> exact(std::size_t token) const {
        const std::size_t size = shape.headSize;
        std::vector<double> out;
        for (std::size_t head = 0; head < shape.heads; ++head) {
            const std::size_t kvHead = head / (shape.heads / shape.kvHeads);
            std::vector<double> p(token + 1, 0);
            double total = 0;
            for (std::size_t j = 0; j <= token; ++j) {
                double score = 0;
                for (std::size_t i = 0; i < size; ++i) {
                    score += double(q[(token * shape.heads + head) * size + i]) *
                             double(k[(j * shape.kvHeads + kvHead) * size + i]);
                }
                score *= double(scale());
                if (shape.softcap != 0) {
                    score = double(shape.softcap) * std::tanh(score / double(shape.softcap));
                }
                const bool isSeen = shape.window == 0 || token - j < shape.window;
                p[j] = isSeen ? std::exp(score) : 0;
                total += p[j];
            }
            for (std::size_t i = 0; i < size; ++i) {
                double sum = 0;
                for (std::size_t j = 0; j <= token; ++j) {
                    sum += p[j] * double(v[(j * shape.kvHeads + kvHead) * size + i]);
                }
                out.push_back(sum / total);
            }
        }
        return out;
    }

    // The largest distance of the given tokens' results from the definition.
    double error(const std::vector<float>& heads, const std::vector<std::size_t>& tokens) const {
        double largest = 0;
        for (const std::size_t token : tokens) {
            const std::vector<double> expected = exact(token);
            for (std::size_t i = 0; i < expected.size(); ++i) {
                const double got = double(heads[token * expected.size() + i]);
                const double difference = std::fabs(got - expected[i]);
                // Written so that a NaN counts.
                if (!(difference <= largest)) {
                    largest = std::isnan(difference) ? HUGE_VAL : difference;
                }
            }
        }
        return largest;
    }
};

Attention create(const Shape& shape,
                 Isa isa,
                 ThreadPool& pool,
                 std::size_t context,
                 KvType type = KvType::F32,
                 std::size_t layers = 1) {
    auto cache = KvCache::create(
        {.layers = layers, .kvHeads = shape.kvHeads, .headSize = shape.headSize}, context, type);
    REQUIRE(cache.ok());
    auto attention = Attention::create(kernels(isa), pool, std::move(cache).value());
    REQUIRE(attention.ok());
    return std::move(attention).value();
}

bool sameBytes(const std::vector<float>& a, const std::vector<float>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

std::string nameOf(KvType type) {
    return type == KvType::F32 ? "f32" : type == KvType::F16 ? "f16" : "q8_0";
}

// Values of size 1: rounding to 11 bits, or to 1/127 of the largest of 32, in keys and values.
double tolerance(KvType type) {
    return type == KvType::F32 ? 1e-5 : type == KvType::F16 ? 4e-3 : 0.1;
}

} // namespace

TEST_CASE("attention is its definition for every head size", "[engine][attention]") {
    ThreadPool pool(2);
    for (const std::size_t headSize : {2U, 16U, 24U, 32U, 40U, 64U, 80U, 96U, 128U, 192U, 256U}) {
        const Shape shape = {.headSize = headSize};
        Sequence sequence(shape, 70, unsigned(headSize));
        for (const Isa isa : availableIsas()) {
            for (const KvType type : {KvType::F32, KvType::F16, KvType::Q8_0}) {
                CAPTURE(toString(isa), headSize, nameOf(type));
                Attention attention = create(shape, isa, pool, 70, type);

                const std::vector<float> heads = sequence.attend(attention, {70});

                CHECK(sequence.error(heads, {0, 1, 14, 15, 16, 17, 31, 32, 33, 63, 69}) <
                      tolerance(type));
            }
        }
    }
}

TEST_CASE("attention is its definition over many blocks of keys", "[engine][attention]") {
    ThreadPool pool(2);
    const Shape shape = {.heads = 2, .kvHeads = 1, .headSize = 64};
    Sequence sequence(shape, 1100, 1);
    for (const Isa isa : availableIsas()) {
        CAPTURE(toString(isa));
        Attention attention = create(shape, isa, pool, 1100);

        const std::vector<float> heads = sequence.attend(attention, {1100});

        CHECK(sequence.error(heads, {254, 255, 256, 257, 511, 512, 513, 800, 1023, 1024, 1099}) <
              1e-5);
    }
}

TEST_CASE("a window hides what lies before it", "[engine][attention]") {
    ThreadPool pool(2);
    for (const std::size_t window : {1U, 8U, 17U, 255U, 256U, 257U, 300U}) {
        const Shape shape = {.heads = 2, .kvHeads = 1, .headSize = 16, .window = window};
        Sequence sequence(shape, 600, unsigned(window));
        for (const Isa isa : availableIsas()) {
            CAPTURE(toString(isa), window);
            Attention attention = create(shape, isa, pool, 600);

            const std::vector<float> heads = sequence.attend(attention, {600});

            CHECK(sequence.error(heads, {0, 1, 7, 8, 9, 16, 255, 256, 300, 511, 512, 599}) < 1e-5);
        }
    }
}

TEST_CASE("a softcap bends scores before they are compared", "[engine][attention]") {
    ThreadPool pool(2);
    for (const float softcap : {0.5F, 5.0F, 50.0F}) {
        for (const std::size_t window : {0U, 40U}) {
            const Shape shape = {.headSize = 48, .window = window, .softcap = softcap};
            Sequence sequence(shape, 300, 7);
            for (const Isa isa : availableIsas()) {
                CAPTURE(toString(isa), softcap, window);
                Attention attention = create(shape, isa, pool, 300);

                const std::vector<float> heads = sequence.attend(attention, {300});

                CHECK(sequence.error(heads, {0, 1, 39, 40, 41, 100, 255, 256, 299}) < 1e-5);
            }
        }
    }
}

TEST_CASE("attention is the same bytes for any split and thread count", "[engine][attention]") {
    struct Case {
        Shape shape;
        std::size_t length;
    };

    struct Split {
        std::size_t threads;
        std::vector<std::size_t> pieces;
    };

    // One key head, so that blocks are shared out; three queries for a key; windows; a softcap.
    const std::vector<Case> cases = {
        {{.heads = 2, .kvHeads = 1, .headSize = 64}, 530},
        {{.heads = 6, .kvHeads = 2, .headSize = 40}, 300},
        {{.heads = 3, .kvHeads = 3, .headSize = 96, .window = 100}, 400},
        {{.heads = 8, .kvHeads = 1, .headSize = 32, .window = 300, .softcap = 20}, 400}};
    for (const Case& c : cases) {
        Sequence sequence(c.shape, c.length, 11);
        for (const Isa isa : availableIsas()) {
            for (const KvType type : {KvType::F32, KvType::F16, KvType::Q8_0}) {
                CAPTURE(toString(isa), nameOf(type), c.shape.heads, c.length);
                ThreadPool one(1);
                Attention attention = create(c.shape, isa, one, c.length, type);
                const std::vector<float> expected = sequence.attend(attention, {c.length});
                for (const Split& split : std::vector<Split>{{1, {1}},
                                                             {2, {3, 5, 250, 1, 1, 7, 64}},
                                                             {2, {c.length - 20, 8}},
                                                             {5, {c.length - 9, 1}}}) {
                    // The reference computes each query by itself anyway, slowly.
                    if (isa == Isa::Reference && split.threads != 5) {
                        continue;
                    }
                    CAPTURE(split.threads, split.pieces[0]);
                    ThreadPool pool(split.threads);
                    Attention other = create(c.shape, isa, pool, c.length + 300, type);
                    CHECK(sameBytes(sequence.attend(other, split.pieces), expected));
                }
            }
        }
    }
}

TEST_CASE("rounding keys and values to F16 is all that F16 loses", "[engine][attention]") {
    ThreadPool pool(2);
    for (const Shape& shape : {Shape{.headSize = 64},
                               Shape{.headSize = 80, .window = 50},
                               Shape{.headSize = 128, .window = 300, .softcap = 30},
                               Shape{.headSize = 256}}) {
        Sequence sequence(shape, 330, 12);
        for (std::vector<float>* values : {&sequence.k, &sequence.v}) {
            for (float& value : *values) {
                value = f16ToF32(f32ToF16(value));
            }
        }
        for (const Isa isa : availableIsas()) {
            CAPTURE(toString(isa), shape.headSize, shape.window);
            Attention attention = create(shape, isa, pool, 330, KvType::F16);

            const std::vector<float> heads = sequence.attend(attention, {330});

            // The tiles of AMX hold 16 bits of queries and weights.
            CHECK(sequence.error(heads, {0, 1, 16, 31, 32, 63, 100, 255, 256, 329}) <
                  (isa == Isa::Amx ? 5e-5 : 1e-5));
        }
    }
}

TEST_CASE("F16 rounds as the processor does", "[engine][attention]") {
    // Exact values, halves between two of them, subnormal ones, what overflows.
    const std::vector<std::pair<float, std::uint16_t>> cases = {{0.0F, 0x0000},
                                                                {-0.0F, 0x8000},
                                                                {1.0F, 0x3C00},
                                                                {-2.5F, 0xC100},
                                                                {65504.0F, 0x7BFF},
                                                                {65519.0F, 0x7BFF},
                                                                {65520.0F, 0x7C00},
                                                                {0x1p-24F, 0x0001},
                                                                {0x1p-25F, 0x0000},
                                                                {0x1.8p-24F, 0x0002},
                                                                {0x1p-14F, 0x0400},
                                                                {0x1.ff8p-15F, 0x03FF},
                                                                {0x1.002p0F, 0x3C00},
                                                                {0x1.006p0F, 0x3C02}};
    for (const auto& [value, bits] : cases) {
        CAPTURE(value);
        CHECK(f32ToF16(value) == bits);
    }
    for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
        const float value = f16ToF32(std::uint16_t(bits));
        if (!(std::isnan(value) ? std::isnan(f16ToF32(f32ToF16(value)))
                                : f32ToF16(value) == bits)) {
            CAPTURE(bits);
            CHECK(f32ToF16(value) == bits);
        }
    }
}

TEST_CASE("attention to one position returns its value", "[engine][attention]") {
    ThreadPool pool(1);
    const Shape shape = {.heads = 1, .kvHeads = 1, .headSize = 64};
    Sequence sequence(shape, 1, 3);
    for (const Isa isa : availableIsas()) {
        CAPTURE(toString(isa));
        Attention attention = create(shape, isa, pool, 1);
        const std::vector<float> heads = sequence.attend(attention, {1});
        for (std::size_t i = 0; i < heads.size(); ++i) {
            CHECK(std::fabs(heads[i] - sequence.v[i]) <= 2e-5F * std::fabs(sequence.v[i]));
        }
    }
}

TEST_CASE("what is not finite spoils the positions that see it and no others",
          "[engine][attention]") {
    const float bad =
        GENERATE(std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity());
    const bool isKey = GENERATE(true, false);
    ThreadPool pool(2);
    const Shape shape = {.heads = 2, .kvHeads = 1, .headSize = 32, .window = 20};
    Sequence sequence(shape, 60, 4);
    (isKey ? sequence.k : sequence.v)[30 * shape.headSize + 5] = bad;
    for (const Isa isa : availableIsas()) {
        for (const KvType type : {KvType::F32, KvType::F16, KvType::Q8_0}) {
            CAPTURE(toString(isa), nameOf(type), isKey, bad);
            Attention attention = create(shape, isa, pool, 60, type);

            const std::vector<float> heads = sequence.attend(attention, {60});

            for (std::size_t token = 0; token < 60; ++token) {
                const bool isSpoilt = token >= 30 && token < 50;
                const auto row = heads.begin() + std::ptrdiff_t(token * 64);
                CAPTURE(token);
                CHECK(
                    std::all_of(row, row + 64, [&](float x) { return std::isnan(x) == isSpoilt; }));
            }
        }
    }
}

TEST_CASE("positions behind the last are scratch", "[engine][attention]") {
    ThreadPool pool(2);
    const Shape shape;
    Sequence sequence(shape, 90, 5);
    Sequence other(shape, 90, 6);
    for (const Isa isa : availableIsas()) {
        for (const KvType type : {KvType::F32, KvType::F16, KvType::Q8_0}) {
            CAPTURE(toString(isa), nameOf(type));
            Attention fresh = create(shape, isa, pool, 90, type);
            Attention used = create(shape, isa, pool, 90, type);
            static_cast<void>(other.attend(used, {90}));

            CHECK(sameBytes(sequence.attend(used, {1}), sequence.attend(fresh, {90})));
        }
    }
}

TEST_CASE("layers are kept apart", "[engine][attention]") {
    ThreadPool pool(2);
    const Shape shape;
    Sequence first(shape, 20, 8);
    Sequence second(shape, 20, 9);
    Attention both = create(shape, availableIsas().back(), pool, 20, KvType::Q8_0, 2);
    Attention single = create(shape, availableIsas().back(), pool, 20, KvType::Q8_0);

    const std::vector<float> a = first.attend(both, {20}, 0);
    const std::vector<float> b = second.attend(both, {20}, 1);

    CHECK(sameBytes(a, first.attend(single, {20})));
    CHECK(sameBytes(b, second.attend(single, {20})));
    CHECK(sameBytes(a, first.attend(both, {1}, 0)));
}

TEST_CASE("every set stores the same keys and values", "[engine][attention]") {
    std::mt19937 random(10);
    std::normal_distribution<float> normal;
    for (const std::size_t size : {2U, 24U, 40U, 64U, 80U}) {
        // Rows of several sizes; what F16 cannot hold; nothing but zeros; what is not finite.
        std::vector<float> k(16 * size);
        std::vector<float> v(16 * size);
        for (std::size_t i = 0; i < k.size(); ++i) {
            const float magnitude = std::pow(10.0F, float(i / size) - 8);
            k[i] = normal(random) * magnitude;
            v[i] = i / size == 7 ? 0.0F : normal(random) * magnitude;
        }
        k[9 * size + 1] = std::numeric_limits<float>::infinity();
        v[10 * size] = std::numeric_limits<float>::quiet_NaN();
        for (const KvType type : {KvType::F32, KvType::F16, KvType::Q8_0}) {
            for (const std::size_t lane : {0U, 1U, 15U}) {
                std::vector<std::vector<std::byte>> all;
                for (const Isa isa : availableIsas()) {
                    auto created =
                        KvCache::create({.layers = 1, .kvHeads = 1, .headSize = size}, 256, type);
                    REQUIRE(created.ok());
                    KvCache cache = std::move(created).value();
                    KeyValueStore job = cache.place(0, 0, 16 + lane);
                    job.count = 16 - lane;
                    job.k = k.data();
                    job.v = v.data();
                    job.stride = size;
                    kernels(isa).storeKeyValues(job);
                    const auto* data = static_cast<const std::byte*>(cache.view(0, 0).keys);
                    all.emplace_back(data, data + cache.bytes());
                }
                CAPTURE(size, nameOf(type), lane);
                CHECK(std::equal(all.begin() + 1, all.end(), all.begin()));
            }
        }
    }
}

TEST_CASE("memory of keys and values is what the type promises", "[engine][attention]") {
    // 32 elements: 128, 64, 32 + 4 bytes.
    const KvShape shape = {.layers = 16, .kvHeads = 8, .headSize = 64};
    const std::uint64_t elements = 2ULL * 16 * 8 * 64 * 4096;
    CHECK(KvCache::create(shape, 4096, KvType::F32).value().bytes() == elements * 4);
    CHECK(KvCache::create(shape, 4096, KvType::F16).value().bytes() == elements * 2);
    CHECK(KvCache::create(shape, 4096, KvType::Q8_0).value().bytes() == elements / 32 * 36);
}

TEST_CASE("a cache that no machine has room for is refused", "[engine][attention]") {
    const auto cache = KvCache::create(
        {.layers = 1024, .kvHeads = 1024, .headSize = 1024}, 1U << 24U, KvType::F32);
    REQUIRE_FALSE(cache.ok());
    CHECK(cache.error().code == attest::ErrorCode::OutOfResources);
}
