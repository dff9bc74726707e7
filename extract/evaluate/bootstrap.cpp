#include "extract/evaluate/bootstrap.h"

#include "base/check.h"
#include "extract/evaluate/add_counts.h"

#include <algorithm>
#include <cstdint>
#include <random>

namespace attest::extract {

namespace {

constexpr size_t kResamples = 1000;
constexpr double kTail = 0.025;       // on either side of a 95 % interval
constexpr std::uint32_t kSeed = 2026; // results have to be the same every time

// `figure` gets the documents of each resample.
template <typename Figure>
Interval intervalOf(size_t documents, Interval unknown, const Figure& figure) {
    std::vector<size_t> drawn(documents);
    std::mt19937 random(kSeed);
    std::vector<double> figures;
    for (size_t i = 0; documents > 0 && i < kResamples; ++i) {
        for (size_t& document : drawn) {
            document = random() % documents;
        }
        if (const std::optional<double> value = figure(drawn)) {
            figures.push_back(*value);
        }
    }
    if (figures.empty()) {
        return unknown;
    }
    std::sort(figures.begin(), figures.end());
    const auto low = static_cast<size_t>(kTail * double(figures.size()));
    return {figures[low], figures[figures.size() - 1 - low]};
}

Counts sumOf(const std::vector<Counts>& byDocument, const std::vector<size_t>& drawn) {
    Counts sum;
    for (const size_t document : drawn) {
        addCounts(sum, byDocument[document]);
    }
    return sum;
}

} // namespace

std::optional<double> precisionOf(const Counts& counts) {
    return counts.found + counts.wrong == 0 ? std::nullopt : std::optional(counts.precision());
}

std::optional<double> recallOf(const Counts& counts) {
    return counts.found + counts.missed == 0 ? std::nullopt : std::optional(counts.recall());
}

std::optional<double> f1Of(const Counts& counts) {
    return counts.found + counts.wrong + counts.missed == 0 ? std::nullopt
                                                            : std::optional(counts.f1());
}

Interval bootstrap(const std::vector<Counts>& byDocument, FigureOf figure) {
    return intervalOf(byDocument.size(), {0, 1}, [&](const std::vector<size_t>& drawn) {
        return figure(sumOf(byDocument, drawn));
    });
}

Interval pairedBootstrap(const std::vector<Counts>& before, const std::vector<Counts>& after) {
    ATTEST_CHECK(before.size() == after.size());
    return intervalOf(
        before.size(), {-1, 1}, [&](const std::vector<size_t>& drawn) -> std::optional<double> {
            const auto f1Before = f1Of(sumOf(before, drawn));
            const auto f1After = f1Of(sumOf(after, drawn));
            if (!f1Before && !f1After) {
                return std::nullopt;
            }
            return f1After.value_or(1) - f1Before.value_or(1);
        });
}

} // namespace attest::extract
