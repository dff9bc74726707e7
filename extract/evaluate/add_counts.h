// Sums of scores.
#pragma once

#include "extract/evaluate.h"

namespace attest::extract {

inline void addCounts(Counts& to, const Counts& more) {
    to.found += more.found;
    to.wrong += more.wrong;
    to.missed += more.missed;
}

inline void addConfusion(Confusion& to, const Confusion& more) {
    to.agreed += more.agreed;
    to.different += more.different;
    to.unanswered += more.unanswered;
    to.unfounded += more.unfounded;
    to.empty += more.empty;
    to.lost += more.lost;
    to.surplus += more.surplus;
}

} // namespace attest::extract
