#include "extract/export/manifest_reading.h"

#include "extract/export/manifest.h"
#include "extract/text/json_reading.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

namespace attest::extract {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxManifestBytes = std::uintmax_t{512} << 20;
constexpr int kMaxDepth = 32;

Error notOne(const fs::path& path, const std::string& why) {
    return {ErrorCode::InvalidInput, "'" + path.string() + "' is not a manifest: " + why};
}

Result<std::string> contents(const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) {
        return Error{ErrorCode::NotFound, "'" + path.string() + "' does not exist"};
    }
    if (!fs::is_regular_file(status)) {
        return notOne(path, "it is not a file");
    }
    if (fs::file_size(path, error) > kMaxManifestBytes || error) {
        return notOne(path, "it is too large");
    }
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in.is_open() || in.bad()) {
        return Error{ErrorCode::Io, "read '" + path.string() + "': " + std::strerror(errno)};
    }
    return std::move(text).str();
}

bool isListOfObjects(const nlohmann::json& json, const char* name) {
    const auto list = json.find(name);
    if (list == json.end() || !list->is_array()) {
        return false;
    }
    for (const auto& item : *list) {
        if (!item.is_object()) {
            return false;
        }
    }
    return true;
}

// A file in the manifest's own folder.
bool isPlainFileName(const std::string& name) {
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos &&
           name.find('\0') == std::string::npos;
}

} // namespace

Result<nlohmann::json> readManifest(const fs::path& path) {
    ATTEST_TRY_ASSIGN(const std::string text, contents(path));
    if (isNestedDeeperThan(kMaxDepth, text)) {
        return notOne(path, "it is nested too deeply");
    }
    nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object() || textAt(json, "format") != kManifestFormat) {
        return notOne(path, "it has another format");
    }
    const auto version = json.find("format_version");
    if (version == json.end() || !version->is_number_integer()) {
        return notOne(path, "it has no version");
    }
    if (*version > kManifestVersion) {
        return Error{ErrorCode::Unsupported,
                     "'" + path.string() + "' was written by a newer version of this program"};
    }
    for (const char* list : {"files", "documents", "templates", "models"}) {
        if (!isListOfObjects(json, list)) {
            return notOne(path, std::string("it has no list of ") + list);
        }
    }
    for (const auto& file : json["files"]) {
        if (!isPlainFileName(textAt(file, "name"))) {
            return notOne(path, "it names a file outside its folder");
        }
    }
    return json;
}

Result<std::vector<std::string>> filesOfManifest(const fs::path& manifest) {
    ATTEST_TRY_ASSIGN(const nlohmann::json json, readManifest(manifest));
    std::vector<std::string> names = {manifest.filename().string()};
    for (const auto& file : json["files"]) {
        names.push_back(textAt(file, "name"));
    }
    return names;
}

} // namespace attest::extract
