#include "engine/families/key_reader.h"

#include <array>
#include <cstdio>

namespace attest::engine {

namespace {

// An absent key without a default is the file's fault, not a failed look-up.
template <typename T>
Result<T> required(Result<T> value) {
    if (!value.ok() && value.error().code == ErrorCode::NotFound) {
        return Error{ErrorCode::InvalidInput, value.error().message};
    }
    return value;
}

std::string text(double value) {
    std::array<char, 32> digits = {};
    std::snprintf(digits.data(), digits.size(), "%g", value);
    return digits.data();
}

} // namespace

KeyReader::KeyReader(const GgufFile& file, std::string_view architecture)
    : file_(&file), architecture_(architecture) {}

Error KeyReader::invalid(std::string_view name, const std::string& what) const {
    return Error{ErrorCode::InvalidInput, "key '" + keyOf(name) + "' " + what};
}

Result<std::uint32_t> KeyReader::count(std::string_view name, std::uint64_t maximum) const {
    ATTEST_TRY_ASSIGN(const std::uint64_t value, required(file_->unsignedValue(keyOf(name))));
    return checkedCount(name, value, 1, maximum);
}

Result<std::uint32_t>
KeyReader::countOr(std::string_view name, std::uint64_t maximum, std::uint64_t fallback) const {
    ATTEST_TRY_ASSIGN(const std::uint64_t value, file_->unsignedOr(keyOf(name), fallback));
    return checkedCount(name, value, 1, maximum);
}

Result<std::uint32_t>
KeyReader::sizeOr(std::string_view name, std::uint64_t maximum, std::uint64_t fallback) const {
    ATTEST_TRY_ASSIGN(const std::uint64_t value, file_->unsignedOr(keyOf(name), fallback));
    return checkedCount(name, value, 0, maximum);
}

Result<double> KeyReader::number(std::string_view name, Range range) const {
    ATTEST_TRY_ASSIGN(const double value, required(file_->floatValue(keyOf(name))));
    return checkedNumber(name, value, range);
}

Result<double> KeyReader::numberOr(std::string_view name, Range range, double fallback) const {
    ATTEST_TRY_ASSIGN(const double value, file_->floatOr(keyOf(name), fallback));
    return checkedNumber(name, value, range);
}

Result<double> KeyReader::numberOrOff(std::string_view name, Range range, double fallback) const {
    ATTEST_TRY_ASSIGN(const double value, file_->floatOr(keyOf(name), fallback));
    return value == 0 ? 0 : checkedNumber(name, value, range);
}

Result<std::string_view> KeyReader::stringOr(std::string_view name,
                                             std::string_view fallback) const {
    return file_->stringOr(keyOf(name), fallback);
}

Result<std::uint32_t> KeyReader::checkedCount(std::string_view name,
                                              std::uint64_t value,
                                              std::uint64_t minimum,
                                              std::uint64_t maximum) const {
    if (value < minimum || value > maximum) {
        return invalid(name,
                       "is " + std::to_string(value) + ", outside " + std::to_string(minimum) +
                           " to " + std::to_string(maximum));
    }
    return std::uint32_t(value);
}

Result<double> KeyReader::checkedNumber(std::string_view name, double value, Range range) const {
    if (!(value >= range.least && value <= range.most)) { // NaN is outside too
        return invalid(name,
                       "is " + text(value) + ", outside " + text(range.least) + " to " +
                           text(range.most));
    }
    return value;
}

} // namespace attest::engine
