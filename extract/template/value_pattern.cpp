#include "extract/template/value_pattern.h"

#include <re2/re2.h>
#include <string>
#include <utility>

namespace attest::extract {

namespace {

constexpr std::size_t kMaxBytes = 1000;
constexpr std::int64_t kMaxMemory = std::int64_t(1) << 20; // of an expression and its automata

re2::StringPiece piece(std::string_view text) {
    return {text.data(), text.size()};
}

} // namespace

ValuePattern::ValuePattern(std::unique_ptr<re2::RE2> expression)
    : expression_(std::move(expression)) {}

ValuePattern::ValuePattern(ValuePattern&&) noexcept = default;
ValuePattern& ValuePattern::operator=(ValuePattern&&) noexcept = default;
ValuePattern::~ValuePattern() = default;

Result<ValuePattern> ValuePattern::compile(std::string_view expression) {
    if (expression.empty() || expression.size() > kMaxBytes) {
        return Error{ErrorCode::InvalidInput, "a pattern has 1 to 1000 bytes"};
    }
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_never_capture(true);
    options.set_max_mem(kMaxMemory);
    auto compiled = std::make_unique<re2::RE2>(piece(expression), options);
    if (!compiled->ok()) {
        return Error{ErrorCode::InvalidInput,
                     "the pattern is not understood (" + compiled->error() +
                         "); it is a regular expression without look-around and back references"};
    }
    return ValuePattern(std::move(compiled));
}

bool ValuePattern::matches(std::string_view value) const {
    return re2::RE2::PartialMatch(piece(value), *expression_);
}

} // namespace attest::extract
