#include "extract/text/line_file.h"

#include "extract/text/json_reading.h"

#include <fstream>
#include <string>
#include <system_error>

namespace attest::extract {

namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr std::uintmax_t kMaxBytes = 256U << 20;
constexpr int kMaxDepth = 64;

} // namespace

Result<void> forEachJsonLine(const fs::path& path,
                             const std::function<Result<void>(const ordered_json&, size_t)>& use) {
    std::error_code error;
    if (!fs::exists(path, error)) {
        return Error{ErrorCode::NotFound, "no file '" + path.string() + "'"};
    }
    if (!fs::is_regular_file(path, error)) {
        return Error{ErrorCode::Io, "'" + path.string() + "' is not a regular file"};
    }
    if (fs::file_size(path, error) > kMaxBytes) {
        return Error{ErrorCode::InvalidInput, path.string() + ": larger than 256 MiB"};
    }
    std::ifstream in(path, std::ios::binary);
    std::string line;
    size_t number = 0;
    while (std::getline(in, line)) {
        ++number;
        if (line.ends_with('\r')) {
            line.pop_back();
        }
        if (number == 1 && line.starts_with("\xEF\xBB\xBF")) {
            line.erase(0, 3);
        }
        if (line.find_first_not_of(" \t") == std::string::npos) {
            continue;
        }
        const std::string place = path.string() + ", line " + std::to_string(number);
        if (isNestedDeeperThan(kMaxDepth, line)) {
            return Error{ErrorCode::InvalidInput, place + ": nested deeper than 64"};
        }
        const ordered_json json = ordered_json::parse(line, nullptr, false);
        if (!json.is_object()) {
            return Error{ErrorCode::InvalidInput, place + ": not a JSON object"};
        }
        auto used = use(json, number);
        if (!used.ok()) {
            return std::move(used).error().in(place);
        }
    }
    if (in.bad() || (!in.is_open())) {
        return Error{ErrorCode::Io, "read '" + path.string() + "'"};
    }
    return {};
}

} // namespace attest::extract
