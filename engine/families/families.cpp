#include "engine/families/families.h"

#include "engine/families/common.h"
#include "engine/quoted_text.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace attest::engine {

namespace {

Error unknownArchitecture(std::string_view name) {
    std::string known;
    for (const Family& family : kFamilies) {
        known += (known.empty() ? "" : ", ") + std::string(family.architecture);
    }
    return Error{ErrorCode::Unsupported,
                 "architecture " + quoted(name) + " is not supported; this build runs " + known};
}

} // namespace

Result<TransformerParameters> readParameters(const GgufFile& file) {
    const auto architecture = file.stringValue("general.architecture");
    if (!architecture.ok()) {
        return Error{ErrorCode::InvalidInput, architecture.error().message};
    }
    const auto* family =
        std::find_if(std::begin(kFamilies), std::end(kFamilies), [&](const Family& known) {
            return known.architecture == architecture.value();
        });
    if (family == std::end(kFamilies)) {
        return unknownArchitecture(architecture.value());
    }
    const KeyReader keys(file, family->architecture);
    ATTEST_TRY_ASSIGN(TransformerParameters parameters, readCommon(keys));
    ATTEST_TRY(family->read(keys, parameters));
    return parameters;
}

} // namespace attest::engine
