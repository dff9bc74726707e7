#include "extract/value_pattern.h"

#include <re2/re2.h>
#include <utility>

namespace attest::extract {

namespace {

constexpr std::size_t kMaxBytes = 1000;
// Steps of the compiled expression. Larger ones outgrow the memory that RE2 keeps its automaton in
// and are then matched a hundred times slower; counting a class like \p{L} up to ten is as large.
constexpr int kMaxSteps = 4'000;
constexpr std::int64_t kMaxMemory = std::int64_t(4) << 20;

re2::StringPiece piece(std::string_view text) {
    return {text.data(), text.size()};
}

} // namespace

ValuePattern::ValuePattern(std::string expression, std::shared_ptr<const re2::RE2> compiled)
    : expression_(std::move(expression)), compiled_(std::move(compiled)) {}

Result<ValuePattern> ValuePattern::compile(std::string_view expression) {
    if (expression.empty() || expression.size() > kMaxBytes) {
        return Error{ErrorCode::InvalidInput, "a pattern has 1 to 1000 bytes"};
    }
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_never_capture(true);
    options.set_max_mem(kMaxMemory);
    auto compiled = std::make_shared<const re2::RE2>(piece(expression), options);
    if (!compiled->ok()) {
        return Error{ErrorCode::InvalidInput,
                     "the pattern is not understood (" + compiled->error() +
                         "); it is a regular expression without look-around and back references"};
    }
    if (compiled->ProgramSize() > kMaxSteps) {
        return Error{ErrorCode::InvalidInput,
                     "the pattern is too large to be matched quickly; count smaller classes "
                     "([a-z] instead of \\p{L}), or up to less"};
    }
    return ValuePattern(std::string(expression), std::move(compiled));
}

bool ValuePattern::matches(std::string_view value) const {
    return re2::RE2::PartialMatch(piece(value), *compiled_);
}

} // namespace attest::extract
