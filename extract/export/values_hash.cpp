#include "base/sha256.h"
#include "extract/export/report_run.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace attest::extract {

namespace {

using nlohmann::json;

json orNull(const std::optional<std::string>& text) {
    return text ? json(*text) : json();
}

} // namespace

std::string valuesHash(const std::vector<storage::FinalValue>& values) {
    Sha256 hash;
    for (const storage::FinalValue& value : values) {
        const auto verdict = value.review ? value.review->verdict : storage::Verdict::None;
        const json line = json::array({value.pointer,
                                       value.isRowDeleted,
                                       orNull(value.text),
                                       orNull(value.normalised),
                                       value.unit,
                                       value.comparator,
                                       storage::toString(verdict),
                                       value.review ? value.review->reason : std::string(),
                                       value.machine ? orNull(value.machine->text) : json()});
        hash.update(line.dump(-1, ' ', false, json::error_handler_t::replace) + "\n");
    }
    return hash.hexDigest();
}

} // namespace attest::extract
