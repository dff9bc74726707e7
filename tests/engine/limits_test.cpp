#include "engine/limits.h"

#include "engine/cpu.h"
#include "engine/limits/loops.h"
#include "engine/thread_pool.h"
#include "support/catch.h"

#include <cstring>
#include <random>
#include <stop_token>
#include <vector>

using namespace attest::engine;

TEST_CASE("the limits of the machine are measured for what it has", "[engine][limits]") {
    ThreadPool pool(2);

    const auto limits = measureLimits(pool, {});

    REQUIRE(limits.ok());
    CHECK(limits.value().threads == 2);
    CHECK(limits.value().readBytesPerSecond > 0);
    if (availableIsas().size() > 1) {
        CHECK(limits.value().f32PerSecond > 0);
        CHECK(limits.value().int8PerSecond > 0);
    }
    CHECK((limits.value().tileInt8PerSecond > 0) == (limits.value().tileBf16PerSecond > 0));
}

TEST_CASE("measuring the limits can be cancelled", "[engine][limits]") {
    ThreadPool pool(1);
    std::stop_source source;
    source.request_stop();

    const auto limits = measureLimits(pool, source.get_token());

    REQUIRE_FALSE(limits.ok());
    CHECK(limits.error().code == attest::ErrorCode::Cancelled);
}

TEST_CASE("the loops for reading read every byte", "[engine][limits]") {
    std::vector<unsigned char> bytes(16 * kReadStep);
    std::mt19937 random(1);
    for (unsigned char& byte : bytes) {
        byte = static_cast<unsigned char>(random());
    }
    std::uint64_t sum = 0;
    for (std::size_t at = 0; at < bytes.size(); at += sizeof sum) {
        std::uint64_t value = 0;
        std::memcpy(&value, bytes.data() + at, sizeof value);
        sum += value;
    }

    CHECK(kPlainRead(bytes.data(), bytes.size()) == sum);
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") != 0) {
        CHECK(kAvx2Read(bytes.data(), bytes.size()) == sum);
    }
    if (__builtin_cpu_supports("avx512f") != 0) {
        CHECK(kAvx512Read(bytes.data(), bytes.size()) == sum);
    }
#endif
}
