// Names that every statistics program takes: [a-z][a-z0-9_]*, at most 26 characters (REDCap's
// limit), each only once.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace attest::extract {

inline constexpr std::size_t kMaxColumnName = 26;

// "Größe (cm)" is "grosse_cm". Never empty.
std::string columnNameOf(std::string_view text);

// The same calls in the same order give the same names. Not thread-safe.
class ColumnNames {
public:
    void reserve(std::string_view name) { taken_.insert(std::string(name)); }

    bool isTaken(std::string_view name) const { return taken_.count(std::string(name)) > 0; }

    // `base` cut so that `suffix` fits, with a number before the suffix when that name is taken:
    // "long_name_status", "long_name_2_status". REQUIRES: `base` begins with a letter.
    std::string add(std::string_view base, std::string_view suffix = {});

private:
    std::set<std::string> taken_;
};

} // namespace attest::extract
