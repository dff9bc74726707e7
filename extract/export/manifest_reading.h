#pragma once

#include "base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <string>

namespace attest::extract {

inline constexpr const char* kManifestFormat = "attest-export-manifest";
inline constexpr int kManifestVersion = 1;

// A manifest whose format, version and lists are what they should be. Errors: NotFound,
// InvalidInput (not a manifest), Unsupported (of a newer program), Io.
Result<nlohmann::json> readManifest(const std::filesystem::path& path);

} // namespace attest::extract
