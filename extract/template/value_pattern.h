// The form that a verbatim value must have: JSON Schema's "pattern", in the syntax of RE2
// (github.com/google/re2/wiki/Syntax), which has no look-around and no back references, so that a
// match takes time linear in the value whatever the template says.
#pragma once

#include "base/result.h"

#include <memory>
#include <string_view>

namespace re2 {
class RE2;
} // namespace re2

namespace attest::extract {

class ValuePattern {
public:
    // Errors: InvalidInput saying what in the expression is not understood.
    static Result<ValuePattern> compile(std::string_view expression);

    ValuePattern(ValuePattern&&) noexcept;
    ValuePattern& operator=(ValuePattern&&) noexcept;
    ~ValuePattern();

    // Anywhere in the value, as JSON Schema has it: "^…$" is for the whole of it. UTF-8.
    bool matches(std::string_view value) const;

private:
    explicit ValuePattern(std::unique_ptr<re2::RE2> expression);

    std::unique_ptr<re2::RE2> expression_;
};

} // namespace attest::extract
