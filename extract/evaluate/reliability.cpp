#include "extract/evaluate/reliability.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace attest::extract {

namespace {

constexpr size_t kBins = 15;
constexpr size_t kLeastInBin = 10;
constexpr std::array<double, 7> kBandEnds = {0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0};
constexpr double kNormal95 = 1.96; // standard deviations on either side

double calibrationError(const std::vector<Confident>& ascending) {
    const size_t bins = std::clamp<size_t>(ascending.size() / kLeastInBin, 1, kBins);
    double error = 0;
    for (size_t bin = 0; bin < bins; ++bin) {
        // What is in a bin is summed, not averaged: bins weigh as much as they hold.
        double confidence = 0;
        double right = 0;
        for (size_t i = ascending.size() * bin / bins; i < ascending.size() * (bin + 1) / bins;
             ++i) {
            confidence += ascending[i].confidence;
            right += ascending[i].isRight ? 1 : 0;
        }
        error += std::fabs(confidence - right);
    }
    return error / double(ascending.size());
}

// By the rank sum of the right ones; equal confidences share the mean of their ranks.
double areaUnderCurve(const std::vector<Confident>& ascending, size_t right) {
    const size_t wrong = ascending.size() - right;
    if (right == 0 || wrong == 0) {
        return 0.5;
    }
    double rankSum = 0;
    for (size_t begin = 0; begin < ascending.size();) {
        size_t end = begin;
        size_t rightHere = 0;
        while (end < ascending.size() && ascending[end].confidence == ascending[begin].confidence) {
            rightHere += ascending[end].isRight ? 1U : 0U;
            ++end;
        }
        rankSum += double(rightHere) * (double(begin + end + 1) / 2);
        begin = end;
    }
    return (rankSum - double(right) * double(right + 1) / 2) / (double(right) * double(wrong));
}

} // namespace

Reliability reliabilityOf(std::vector<Confident> answers) {
    Reliability result;
    result.answers = answers.size();
    if (answers.empty()) {
        return result;
    }
    // Stable, so that bins cut equal confidences the same way every time.
    std::stable_sort(answers.begin(), answers.end(), [](const Confident& a, const Confident& b) {
        return a.confidence < b.confidence;
    });
    result.right = size_t(std::count_if(
        answers.begin(), answers.end(), [](const Confident& answer) { return answer.isRight; }));
    result.calibrationError = calibrationError(answers);
    result.auroc = areaUnderCurve(answers, result.right);
    return result;
}

double ConfidenceBand::share() const {
    return answers == 0 ? 0 : double(right) / double(answers);
}

Interval ConfidenceBand::range() const {
    if (answers == 0) {
        return {};
    }
    const double n = double(answers);
    const double p = share();
    const double z2 = kNormal95 * kNormal95;
    const double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
    const double half = kNormal95 * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
    return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

std::vector<ConfidenceBand> confidenceBands(const std::vector<Confident>& answers) {
    std::vector<ConfidenceBand> bands;
    for (size_t i = 0; i + 1 < kBandEnds.size(); ++i) {
        bands.push_back({kBandEnds[i], kBandEnds[i + 1]});
    }
    for (const Confident& answer : answers) {
        const auto above =
            std::upper_bound(kBandEnds.begin() + 1, kBandEnds.end() - 1, answer.confidence);
        ConfidenceBand& band = bands[size_t(above - kBandEnds.begin()) - 1];
        ++band.answers;
        band.right += answer.isRight ? 1U : 0U;
        band.confidence += answer.confidence;
    }
    std::erase_if(bands, [](const ConfidenceBand& band) { return band.answers == 0; });
    for (ConfidenceBand& band : bands) {
        band.confidence /= double(band.answers);
    }
    return bands;
}

} // namespace attest::extract
