#include "base/sha256.h"
#include "extract/resources.h"
#include "extract/template_json.h"
#include "support/catch.h"

#include <random>
#include <string>
#include <vector>

using namespace attest;
using namespace attest::extract;

namespace {

std::vector<std::string> builtInTexts() {
    const auto known = builtInTemplates();
    REQUIRE(known.ok());
    std::vector<std::string> texts;
    for (const Template& each : known.value()) {
        const auto text = templateText(each.id());
        REQUIRE(text.ok());
        texts.push_back(text.value());
    }
    REQUIRE(texts.size() >= 11);
    return texts;
}

TemplateDraft draftOf(const std::string& json) {
    auto draft = parseDraft(json, "test.json");
    if (!draft.ok()) {
        FAIL(draft.error().message);
    }
    return std::move(draft).value();
}

// One change that a person could make.
void changeSomething(TemplateDraft& draft, std::mt19937& random) {
    const auto pick = [&](std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
    };
    std::vector<DraftField>* fields = &draft.fields;
    DraftField* field = &(*fields)[pick(fields->size())];
    if (field->kind == FieldKind::Group && pick(2) == 0) {
        fields = &field->fields;
        field = &(*fields)[pick(fields->size())];
    }
    switch (pick(8)) {
    case 0:
        field->description = "Says \"this\", \\ that and\ta tab; ü.";
        break;
    case 1:
        field->isIdentifier = field->kind == FieldKind::Verbatim;
        break;
    case 2:
        if (field->kind == FieldKind::Verbatim) {
            field->normalise = Normalise::Date;
            field->pattern = field->isNullable ? "^\\d{1,2}[./]\"?" : "";
        }
        break;
    case 3:
        if (field->kind == FieldKind::Judged) {
            field->choices.push_back("other " + std::to_string(field->choices.size()));
        }
        break;
    case 4:
        std::swap((*fields)[pick(fields->size())], (*fields)[pick(fields->size())]);
        break;
    case 5: {
        DraftField added;
        added.name = "added/" + std::to_string(random());
        added.boundary = Boundary::Line;
        fields->insert(fields->begin() + std::ptrdiff_t(pick(fields->size())), added);
        break;
    }
    case 6:
        field->otherJson = R"("title":"Shown","examples":["a",{"b":[1,2.5,null]}])";
        break;
    default:
        draft.title += "!";
        draft.version += 1;
        break;
    }
}

} // namespace

TEST_CASE("built-in templates are written as they were read, byte for byte", "[gui][templates]") {
    for (const std::string& text : builtInTexts()) {
        const TemplateDraft draft = draftOf(text);
        CAPTURE(draft.id);
        CHECK(writeDraft(draft) == text);
    }
}

TEST_CASE("an edited draft is read as it was written", "[gui][templates]") {
    std::mt19937 random(20261121);
    for (const std::string& text : builtInTexts()) {
        TemplateDraft draft = draftOf(text);
        for (int step = 0; step < 40; ++step) {
            changeSomething(draft, random);
            const std::string json = writeDraft(draft);
            CAPTURE(json);
            const TemplateDraft again = draftOf(json);
            REQUIRE(writeDraft(again) == json);
            REQUIRE(again == draft);
        }
    }
}

TEST_CASE("keywords that the editor does not show survive it", "[gui][templates]") {
    const std::string json = R"({"$id":"attest:x","title":"X","type":"object","$comment":"mine",
        "properties":{"a":{"type":["null","string"],"maxLength":20,"examples":["b"]},
        "rows":{"type":"array","title":"Rows","maxItems":9,"items":{"type":"object",
        "$comment":"of an item","properties":{"n":{"type":"string","default":"z"}},
        "required":["n"]}}},"required":["a","rows"]})";

    const TemplateDraft draft = draftOf(json);
    const std::string written = writeDraft(draft);

    CHECK(written.find(R"("$comment": "mine")") != std::string::npos);
    CHECK(written.find(R"("maxLength": 20)") != std::string::npos);
    CHECK(written.find(R"("$comment": "of an item")") != std::string::npos);
    CHECK(written.find(R"("default": "z")") != std::string::npos);
    CHECK(written.find(R"("maxItems": 9)") != std::string::npos);
    const TemplateDraft again = draftOf(written);
    CHECK(again == draft);
}

TEST_CASE("a draft that is not valid is written, and parsing says what is wrong",
          "[gui][templates]") {
    TemplateDraft draft = draftOf(builtInTexts().front());
    DraftField twin;
    twin.name = draft.fields.front().name;
    draft.fields.push_back(twin);

    const auto parsed = parseDraft(writeDraft(draft), "twin.json");

    REQUIRE(!parsed.ok());
    CHECK(parsed.error().message.find("/properties/" + twin.name) != std::string::npos);
}

TEST_CASE("what is not a template is no draft", "[gui][templates]") {
    for (const std::string& text : {std::string(),
                                    std::string("{"),
                                    std::string("[]"),
                                    std::string(200, '['),
                                    std::string("{\"type\":\"object\",\"properties\":7}"),
                                    std::string("\xff\xfe")}) {
        CAPTURE(text);
        CHECK_FALSE(parseDraft(text, "bad.json").ok());
    }
    // Cut at every byte of a real one: never more than an error.
    const std::string whole = builtInTexts().front();
    for (std::size_t size = 0; size + 2 < whole.size(); size += 7) {
        CHECK_FALSE(parseDraft(whole.substr(0, size), "cut.json").ok());
    }
}
