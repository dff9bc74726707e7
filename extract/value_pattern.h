// The form that a verbatim value must have: JSON Schema's "pattern", in the syntax of RE2
// (github.com/google/re2/wiki/Syntax), which has no look-around and no back references, so that a
// match takes time linear in the value whatever the template says.
#pragma once

#include "base/result.h"

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
} // namespace re2

namespace attest::extract {

// A value: copies share what was compiled. May be used by several threads at once.
class ValuePattern {
public:
    // Errors: InvalidInput saying what in the expression is not understood, or that it is too large
    // to be matched quickly.
    static Result<ValuePattern> compile(std::string_view expression);

    // Anywhere in the value, as JSON Schema has it: "^…$" is for the whole of it. UTF-8.
    bool matches(std::string_view value) const;

    const std::string& expression() const { return expression_; }

    bool operator==(const ValuePattern& other) const { return expression_ == other.expression_; }

private:
    ValuePattern(std::string expression, std::shared_ptr<const re2::RE2> compiled);

    std::string expression_;
    std::shared_ptr<const re2::RE2> compiled_;
};

} // namespace attest::extract
