// `attest export --profile`: reports over reviewed values, with a manifest.
#pragma once

#include "cli/exit_code.h"
#include "storage/library.h"

#include <string>
#include <vector>

namespace attest::cli {

struct ProfileOptions {
    std::string profile; // empty: not wanted
    std::string out;     // empty: a name made from template and profile, in this folder
    std::string separator = ",";
    bool hasDecimalComma = false;
    bool isReviewedOnly = false;
    bool hasNoProvenance = false;
    std::vector<std::string> without;
};

// Says what it writes on standard error, identifiers before anything is written. Complains itself
// about errors.
ExitCode writeProfile(const ProfileOptions& options,
                      const std::string& templateId,
                      storage::Library& library);

} // namespace attest::cli
