// The normal form of a value as written. Read values stay as they are; this is kept beside them.
#pragma once

#include "extract/template.h"

#include <optional>
#include <string>
#include <string_view>

namespace attest::extract {

struct Normalised {
    std::string text;         // "5", "2024-03-04", "2024-03"
    std::string unit;         // UCUM code where the unit is known, else as written; may be empty
    std::string comparator;   // "<", "<=", ">=", ">" or empty
    std::string rule;         // how it was read: "decimal-comma", "date-dmy", …
    bool isAmbiguous = false; // the text allows another reading ("3/4/24")
};

// Nullopt: the text has no normal form of that kind. Never invents what is not written (a missing
// day stays missing).
std::optional<Normalised> normalise(Normalise kind, std::string_view value);

} // namespace attest::extract
