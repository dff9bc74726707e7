#include "extract/text/json_reading.h"

#include <nlohmann/json.hpp>

#include <cstddef>

namespace attest::extract {

namespace {

template <typename Json>
std::string stringAt(const Json& object, std::string_view key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->template get<std::string>()
                                                       : std::string();
}

} // namespace

bool isNestedDeeperThan(int levels, std::string_view json) {
    int depth = 0;
    bool isInString = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (isInString) {
            i += c == '\\' ? 1U : 0U;
            isInString = c != '"';
        } else if (c == '"') {
            isInString = true;
        } else if ((c == '[' || c == '{') && ++depth > levels) {
            return true;
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return false;
}

std::string textAt(const nlohmann::json& object, std::string_view key) {
    return stringAt(object, key);
}

std::string textAt(const nlohmann::ordered_json& object, std::string_view key) {
    return stringAt(object, key);
}

} // namespace attest::extract
