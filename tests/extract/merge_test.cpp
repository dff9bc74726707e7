#include "extract/merge/part_merge.h"
#include "support/catch.h"

#include <cmath>

using attest::SourceSpan;
using attest::extract::DecodedPart;
using attest::extract::DecodedValue;
using attest::extract::ExtractedValue;
using attest::extract::Field;
using attest::extract::FieldKind;
using attest::extract::Look;
using attest::extract::mergePart;
using attest::extract::TemplatePart;
using attest::extract::valuesJson;

namespace {

Field verbatim(std::string name, bool isAnchor = false) {
    Field field;
    field.name = std::move(name);
    field.isAnchor = isAnchor;
    field.isNullable = !isAnchor;
    return field;
}

TemplatePart medicationPart() {
    Field status;
    status.name = "status";
    status.kind = FieldKind::Judged;
    status.choices = {"active", "stopped"};
    Field group;
    group.name = "medications";
    group.kind = FieldKind::Group;
    group.fields = {verbatim("drug", true), verbatim("dose"), status};
    return {"Medications", {group}};
}

TemplatePart headerPart() {
    return {"Header", {verbatim("name"), verbatim("mrn")}};
}

DecodedValue value(std::string pointer,
                   std::string text,
                   SourceSpan span,
                   float logProbability = -0.1F,
                   FieldKind kind = FieldKind::Verbatim) {
    DecodedValue decoded;
    decoded.pointer = std::move(pointer);
    decoded.text = std::move(text);
    decoded.kind = kind;
    if (kind == FieldKind::Verbatim) {
        decoded.span = span;
    }
    decoded.logProbability = logProbability;
    return decoded;
}

DecodedValue nothing(std::string pointer) {
    DecodedValue decoded;
    decoded.pointer = std::move(pointer);
    return decoded;
}

DecodedPart answer(std::vector<DecodedValue> values) {
    DecodedPart part;
    part.values = std::move(values);
    return part;
}

std::string json(const TemplatePart& part, const std::vector<DecodedPart>& answers) {
    return valuesJson(part.fields, mergePart(part, answers));
}

} // namespace

TEST_CASE("items of several chunks stand in the order of the document", "[extract][merge]") {
    const auto later = answer({value("/medications/0/drug", "Aspirin", {2, 10, 17}),
                               nothing("/medications/0/dose"),
                               nothing("/medications/0/status")});
    const auto earlier = answer({value("/medications/0/drug", "Metformin", {0, 5, 14}),
                                 value("/medications/0/dose", "500 mg", {0, 15, 21}),
                                 nothing("/medications/0/status")});

    CHECK(json(medicationPart(), {later, earlier}) ==
          R"({"medications":[{"drug":"Metformin","dose":"500 mg","status":null},)"
          R"({"drug":"Aspirin","dose":null,"status":null}]})");
}

TEST_CASE("equal values at different places are two items", "[extract][merge]") {
    const auto first = answer({value("/medications/0/drug", "Aspirin", {0, 0, 7})});
    const auto second = answer({value("/medications/0/drug", "Aspirin", {0, 90, 97})});

    const auto merged = mergePart(medicationPart(), {first, second});

    REQUIRE(merged.size() == 2);
    CHECK(merged[0].pointer == "/medications/0/drug");
    CHECK(merged[1].pointer == "/medications/1/drug");
    CHECK(merged[1].instance == 1);
}

TEST_CASE("of two readings of one place the more probable one stays", "[extract][merge]") {
    const auto unsure = answer({value("/medications/0/drug", "Aspirin", {0, 0, 7}, -3.0F),
                                value("/medications/0/dose", "10 mg", {0, 30, 35}, -3.0F)});
    const auto sure = answer({value("/medications/0/drug", "Aspirin 81", {0, 0, 10}, -0.2F),
                              value("/medications/0/dose", "81 mg", {0, 8, 13}, -0.2F)});

    const auto merged = mergePart(medicationPart(), {unsure, sure});

    REQUIRE(merged.size() == 2);
    CHECK(merged[0].text == "Aspirin 81");
    CHECK(merged[1].text == "81 mg");
}

TEST_CASE("a judged value shows the anchor of its record as evidence", "[extract][merge]") {
    const auto merged = mergePart(
        medicationPart(),
        {answer({value("/medications/0/drug", "Aspirin", {3, 4, 11}),
                 value("/medications/0/status", "active", {}, -0.1F, FieldKind::Judged)})});

    REQUIRE(merged.size() == 2);
    REQUIRE(merged[1].span.has_value());
    CHECK(*merged[1].span == SourceSpan{3, 4, 11});
}

TEST_CASE("single fields are voted on and a null never outvotes a value", "[extract][merge]") {
    const auto empty = answer({nothing("/name"), nothing("/mrn")});
    const auto wrong = answer({value("/name", "Ward 3", {1, 0, 6}, -0.5F), nothing("/mrn")});
    const auto right = answer({value("/name", "Ada Example", {0, 0, 11}, -0.6F), nothing("/mrn")});
    const auto again = answer({value("/name", "Ada Example", {2, 0, 11}, -0.6F), nothing("/mrn")});

    CHECK(json(headerPart(), {empty, empty, wrong, empty}) == R"({"name":"Ward 3","mrn":null})");
    CHECK(json(headerPart(), {right, empty, wrong, again}) ==
          R"({"name":"Ada Example","mrn":null})");
}

TEST_CASE("a document without chunks gives nulls and empty lists", "[extract][merge]") {
    CHECK(json(headerPart(), {}) == R"({"name":null,"mrn":null})");
    CHECK(json(medicationPart(), {}) == R"({"medications":[]})");
}

TEST_CASE("names with slashes and tildes survive pointers", "[extract][merge]") {
    const TemplatePart part{"Odd", {verbatim("a/b~c")}};

    CHECK(json(part, {answer({value("/a~1b~0c", "x", {0, 0, 1})})}) == R"({"a/b~c":"x"})");
}

TEST_CASE("of an item that only one look saw the mean probability decides", "[extract][merge]") {
    const DecodedPart seen =
        answer({value("/medications/0/drug", "Aspirin", {0, 0, 7}, std::log(0.9F))});
    const DecodedPart blank;

    const auto kept = mergePart(medicationPart(), {Look{seen}, Look{blank}}, {.onItems = 0.4});
    REQUIRE(kept.size() == 1);
    CHECK(std::exp(kept[0].logProbability) == Approx(0.45));
    CHECK(mergePart(medicationPart(), {Look{seen}, Look{blank}}, {.onItems = 0.5}).empty());
    CHECK(mergePart(medicationPart(), {Look{seen}, Look{seen}}, {.onItems = 0.5}).size() == 1);
}

TEST_CASE("what two looks say of an item is voted on, and nothing may win", "[extract][merge]") {
    const auto first = answer({value("/medications/0/drug", "Aspirin", {0, 0, 7}, std::log(0.8F)),
                               value("/medications/0/dose", "10 mg", {0, 30, 35}, std::log(0.4F))});
    DecodedValue noDose = nothing("/medications/0/dose");
    noDose.logProbability = std::log(0.9F);
    const auto second =
        answer({value("/medications/0/drug", "Aspirin EC", {0, 0, 10}, std::log(0.9F)),
                noDose,
                value("/medications/0/status", "active", {}, std::log(0.6F), FieldKind::Judged)});

    const auto merged = mergePart(medicationPart(), {Look{first}, Look{second}}, {.onItems = 0.45});

    REQUIRE(merged.size() == 3);
    CHECK(merged[0].text == "Aspirin EC");
    CHECK_FALSE(merged[1].text.has_value());
    CHECK(merged[2].text == "active");
    CHECK(*merged[2].span == SourceSpan{0, 0, 10});
    CHECK(std::exp(merged[0].logProbability) == Approx(0.45));
}

TEST_CASE("two names in one look and one in the other are as many items as the looks can agree on",
          "[extract][merge]") {
    const auto apart = answer({value("/medications/0/drug", "Aspirin", {0, 0, 7}),
                               value("/medications/1/drug", "EC", {0, 8, 10})});
    const auto together = answer({value("/medications/0/drug", "Aspirin EC", {0, 0, 10})});

    for (const auto& looks :
         {std::vector{Look{apart}, Look{together}}, std::vector{Look{together}, Look{apart}}}) {
        const auto merged = mergePart(medicationPart(), looks, {.onItems = 0.45});
        for (size_t i = 1; i < merged.size(); ++i) {
            CHECK(merged[i - 1].span->end <= merged[i].span->begin);
        }
        CHECK_FALSE(merged.empty());
    }
}

TEST_CASE("a single field that both looks read alike is surer than one look's",
          "[extract][merge]") {
    const auto one = answer({value("/name", "Ada Example", {0, 0, 11}, std::log(0.6F)),
                             value("/mrn", "77", {0, 20, 22}, std::log(0.8F))});
    const auto other =
        answer({value("/name", "Ada Example", {0, 0, 11}, std::log(0.8F)), nothing("/mrn")});

    const auto merged = mergePart(headerPart(), {Look{one}, Look{other}}, {.onItems = 0.45});

    REQUIRE(merged.size() == 2);
    CHECK(merged[0].text == "Ada Example");
    CHECK(std::exp(merged[0].logProbability) == Approx(0.7));
    CHECK(merged[1].text == "77");
    CHECK(std::exp(merged[1].logProbability) == Approx(0.4));

    const auto strict = mergePart(headerPart(), {Look{one}, Look{other}}, {.onFields = 0.5});
    CHECK(strict[0].text == "Ada Example");
    CHECK_FALSE(strict[1].text.has_value());
    CHECK(std::exp(strict[1].logProbability) == Approx(0.6));
}
