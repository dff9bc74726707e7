// Whether confidence says what it seems to: two figures against naive ones.
#include "extract/evaluate/reliability.h"

#include "support/catch.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace attest::extract {

using Catch::Matchers::WithinAbs;

namespace {

// Every pair of a right and a wrong answer.
double naiveAuroc(const std::vector<Confident>& answers) {
    double won = 0;
    double pairs = 0;
    for (const Confident& right : answers) {
        for (const Confident& wrong : answers) {
            if (right.isRight && !wrong.isRight) {
                pairs += 1;
                won += right.confidence > wrong.confidence    ? 1
                       : right.confidence == wrong.confidence ? 0.5
                                                              : 0;
            }
        }
    }
    return pairs == 0 ? 0.5 : won / pairs;
}

} // namespace

TEST_CASE("confidence that holds is off by little, and one that does not by as much as it lies",
          "[extract][reliability]") {
    std::mt19937 random(7); // NOLINT: the same every time
    std::uniform_real_distribution<double> uniform(0, 1);
    std::vector<Confident> honest;
    std::vector<Confident> boasting;
    for (int i = 0; i < 60000; ++i) {
        const double confidence = uniform(random);
        const bool isRight = uniform(random) < confidence;
        honest.push_back({confidence, isRight});
        boasting.push_back({std::min(1.0, confidence + 0.1), isRight});
    }

    const Reliability good = reliabilityOf(honest);
    CHECK(good.answers == 60000);
    CHECK(good.calibrationError < 0.01);
    CHECK_THAT(good.auroc, WithinAbs(5.0 / 6, 0.01)); // of a uniform confidence that holds
    // By 0.1, less where it is cut at 1.
    CHECK_THAT(reliabilityOf(boasting).calibrationError, WithinAbs(0.095, 0.01));
}

TEST_CASE("the area under the curve is that of all pairs, equal ones half",
          "[extract][reliability]") {
    std::mt19937 random(3); // NOLINT
    for (int round = 0; round < 50; ++round) {
        std::vector<Confident> answers;
        for (unsigned i = 0; i < 1 + random() % 40; ++i) {
            answers.push_back({double(random() % 8) / 8, random() % 3 != 0});
        }
        CHECK_THAT(reliabilityOf(answers).auroc, WithinAbs(naiveAuroc(answers), 1e-12));
    }
}

TEST_CASE("few answers are one bin, and none are no error", "[extract][reliability]") {
    CHECK(reliabilityOf({}).answers == 0);
    CHECK(reliabilityOf({}).calibrationError == 0);

    const Reliability two = reliabilityOf({{0.9, true}, {0.5, false}});
    CHECK(two.right == 1);
    CHECK_THAT(two.calibrationError, WithinAbs(0.2, 1e-12)); // 1.4 expected, 1 found, of 2
    CHECK(two.auroc == 1);
}

TEST_CASE("bands hold every answer once, and say how many were right", "[extract][reliability]") {
    const auto bands = confidenceBands(
        {{0.0, false}, {0.49, true}, {0.9, true}, {0.94, false}, {0.95, true}, {1.0, true}});

    REQUIRE(bands.size() == 3); // none between 0.5 and 0.9
    CHECK(bands[0].from == 0);
    CHECK(bands[0].to == 0.5);
    CHECK(bands[0].answers == 2);
    CHECK(bands[0].share() == 0.5);
    CHECK(bands[1].from == 0.9);
    CHECK_THAT(bands[1].confidence, WithinAbs(0.92, 1e-12));
    CHECK(bands[2].right == 2);
    CHECK(bands[2].to == 1);
    CHECK(confidenceBands({}).empty());
}

TEST_CASE("the interval of a share is Wilson's", "[extract][reliability]") {
    // By hand: 8 of 10 is 0.490 to 0.943; none of 10 is 0 to 0.278.
    const Interval most = ConfidenceBand{0, 1, 10, 8, 0.8}.range();
    CHECK_THAT(most.low, WithinAbs(0.490, 0.001));
    CHECK_THAT(most.high, WithinAbs(0.943, 0.001));
    const Interval none = ConfidenceBand{0, 1, 10, 0, 0.8}.range();
    CHECK_THAT(none.low, WithinAbs(0, 1e-12));
    CHECK_THAT(none.high, WithinAbs(0.278, 0.001));
    CHECK(ConfidenceBand{}.range().high == 1); // nothing is known
}

} // namespace attest::extract
