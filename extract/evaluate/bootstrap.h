// Intervals by resampling documents.
#pragma once

#include "extract/evaluate.h"

#include <optional>
#include <vector>

namespace attest::extract {

// A figure of a resample; nullopt: the resample cannot tell, and is left out.
using FigureOf = std::optional<double> (*)(const Counts&);

std::optional<double> precisionOf(const Counts& counts);
std::optional<double> recallOf(const Counts& counts);
std::optional<double> f1Of(const Counts& counts);

// 95 % of the figure, documents drawn with replacement. The draws depend on their number only, so
// that equal counts give equal intervals and any two series of the same documents are paired.
Interval bootstrap(const std::vector<Counts>& byDocument, FigureOf figure);

// The same of the F1 of `after` less that of `before`. REQUIRES: as many documents in both.
Interval pairedBootstrap(const std::vector<Counts>& before, const std::vector<Counts>& after);

} // namespace attest::extract
