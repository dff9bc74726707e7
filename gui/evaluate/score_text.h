// How figures of an evaluation read.
#pragma once

#include "extract/gold_run.h"

#include <QString>

#include <optional>

namespace attest::gui {

QString scoreText(double score);                         // "0.87"
QString changeText(double change);                       // "+0.04", "−0.12", "0.00"
QString intervalText(const extract::Interval& interval); // "0.81 – 0.92"
QString changeText(const extract::Interval& interval);   // "−0.12 … +0.03"

// "3 of 12: letter.pdf · about 40 s left"
QString progressText(const extract::GoldProgress& progress,
                     const std::optional<double>& secondsLeft);

// "“Metformin” instead of “metformin”", "“5 mg” missed", …
QString differenceText(const extract::Difference& difference);

} // namespace attest::gui
