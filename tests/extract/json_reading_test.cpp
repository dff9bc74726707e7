#include "extract/text/json_reading.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>

namespace attest::extract {

TEST_CASE("brackets count where they nest, not in strings and not side by side",
          "[extract][json]") {
    CHECK_FALSE(isNestedDeeperThan(2, R"({"a": [1, 2], "b": [3], "c": {}})"));
    CHECK(isNestedDeeperThan(2, R"({"a": [1, {}]})"));
    CHECK_FALSE(isNestedDeeperThan(1, R"({"a": "[[[{{{"})"));
    CHECK_FALSE(isNestedDeeperThan(1, R"({"a": "\"[[", "b": "\\"})"));
    CHECK(isNestedDeeperThan(1, R"({"a": "\\", "b": [1]})"));
    CHECK_FALSE(isNestedDeeperThan(0, "1"));
    CHECK(isNestedDeeperThan(0, "[]"));
}

TEST_CASE("a megabyte of brackets is known for what it is before it is parsed", "[extract][json]") {
    CHECK(isNestedDeeperThan(64, std::string(1 << 20, '[')));
    CHECK_FALSE(isNestedDeeperThan(64, std::string(1 << 20, ']')));
    CHECK_FALSE(isNestedDeeperThan(64, "\"\\"));
}

TEST_CASE("a key that is not there, or holds something else, reads as no text", "[extract][json]") {
    const auto read = [](const auto& object) {
        CHECK(textAt(object, "name") == "note");
        CHECK(textAt(object, "size").empty());
        CHECK(textAt(object, "other").empty());
    };
    const std::string text = R"({"name": "note", "size": 3})";
    read(nlohmann::json::parse(text));
    read(nlohmann::ordered_json::parse(text));
}

} // namespace attest::extract
