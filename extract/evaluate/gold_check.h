// Whether gold values are what a template could answer.
#pragma once

#include "base/result.h"
#include "extract/template.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace attest::extract {

// Errors: InvalidInput beginning with the JSON pointer, from "/values".
Result<void> checkGoldValues(const nlohmann::ordered_json& values,
                             const std::vector<const Template*>& templates);

} // namespace attest::extract
