#include "extract/gold.h"

#include "extract/gold_run.h"
#include "extract/model_gate.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

#include <fstream>
#include <string>

using namespace attest::extract;
using attest::ErrorCode;
using attest::test::TemporaryFolder;

namespace {

constexpr const char* kTemplate = R"({"$id":"attest:t","title":"T","type":"object",
    "x-attest":{"version":1,"layout":"rows"},"properties":{
    "date":{"type":["string","null"],"x-attest":{"kind":"verbatim","normalise":"date"}},
    "tags":{"type":"array","items":{"type":"string","x-attest":{"kind":"verbatim"}}},
    "items":{"type":"array","items":{"type":"object","properties":{
        "name":{"type":"string","x-attest":{"kind":"verbatim","anchor":true}},
        "dose":{"type":["string","null"],"x-attest":{"kind":"verbatim","normalise":"quantity"}},
        "status":{"enum":["on","off",null],"x-attest":{"kind":"judged"}}},
        "required":["name","dose","status"]}}},"required":["date","tags","items"]})";

Template parsed(const std::string& json) {
    auto asked = Template::parse(json, "t.json");
    CAPTURE(asked.ok() ? "" : asked.error().message);
    REQUIRE(asked.ok());
    return std::move(asked).value();
}

void write(const std::filesystem::path& path, const std::string& text) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

bool contains(const std::string& text, const std::string& part) {
    CAPTURE(text, part);
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("gold is read with its comparators and notes", "[extract][gold]") {
    const TemporaryFolder folder;
    const auto path = folder.path() / "t.jsonl";
    write(path,
          R"({"compare":{"items.name":"normalised","tags":"set"}})"
          "\n"
          R"({"id":"n1","text":"1 May","values":{"date":"1 May","tags":["a"],"items":[]}})"
          "\n\n"
          R"({"file":"a.txt","values":{"items":[{"name":"x","dose":5,"status":null}]}})");
    write(folder.path() / "a.txt", "x");
    const Template asked = parsed(kTemplate);

    const auto gold = readGold(path, {&asked});

    REQUIRE(gold.ok());
    CHECK(gold.value().comparators ==
          FieldComparators{{"items.name", Comparator::Normalised}, {"tags", Comparator::Set}});
    REQUIRE(gold.value().documents.size() == 2);
    CHECK(gold.value().documents[0].text == "1 May");
    CHECK(gold.value().documents[1].line == 4);
    const auto documents = goldDocuments(gold.value());
    REQUIRE(documents.ok());
    REQUIRE(documents.value().size() == 2);
    CHECK(documents.value()[0].text == "1 May");
    CHECK(documents.value()[0].name == "n1");
    CHECK(std::filesystem::equivalent(documents.value()[1].path, folder.path() / "a.txt"));
}

TEST_CASE("bad gold is refused with file, line and place", "[extract][gold]") {
    struct Case {
        std::string line;
        std::string place;
        std::string what;
    };

    const auto bad = GENERATE(values<Case>({
        {R"({"id":"2","values":{"dat":null}})", "/values/dat", "no template"},
        {R"({"id":"2","values":{"items":[{"name":"x"},{"nam":"x"}]}})",
         "/values/items/1/nam",
         "no template"},
        {R"({"id":"2","values":{"items":{"name":"x"}}})", "/values/items", "a list is wanted"},
        {R"({"id":"2","values":{"items":["x"]}})", "/values/items/0", "an object is wanted"},
        {R"({"id":"2","values":{"tags":["x",{}]}})", "/values/tags/1", "a single value"},
        {R"({"id":"2","values":{"date":["1 May"]}})", "/values/date", "a single value"},
        {R"({"id":"2","values":{"items":[{"status":"maybe"}]}})",
         "/values/items/0/status",
         "none of the choices, which are on, off"},
        {R"({"id":"2","values":[]})", "", "no object \"values\""},
        {R"({"values":{}})", "", "neither \"id\" nor \"file\""},
        {R"({"id":"1","values":{}})", "", "the same document as in line 1"},
        {R"({"id":"2","text":5,"values":{}})", "/text", "the note itself"},
        {R"({"compare":{"date":"fuzzy"}})", "/compare/date", "exact, normalised, numeric, date"},
        {R"({"compare":{"dose":"exact"}})", "", "no field 'dose' to compare; there are date, "},
        {R"({"compare":[]})", "/compare", "an object"},
        {"nonsense", "", "not a JSON object"},
    }));
    const TemporaryFolder folder;
    const auto path = folder.path() / "gold.jsonl";
    write(path,
          R"({"id":"1","values":{}})"
          "\n" +
              bad.line + "\n");
    const Template asked = parsed(kTemplate);

    const auto gold = readGold(path, {&asked});

    CAPTURE(bad.line);
    REQUIRE_FALSE(gold.ok());
    CHECK(gold.error().code == ErrorCode::InvalidInput);
    CHECK(contains(gold.error().message, "gold.jsonl, line 2: " + bad.place));
    CHECK(contains(gold.error().message, bad.what));
}

TEST_CASE("gold without a document, and documents that are not there, are errors",
          "[extract][gold]") {
    const TemporaryFolder folder;
    const auto path = folder.path() / "gold.jsonl";
    const Template asked = parsed(kTemplate);

    write(path, "\n\n");
    CHECK(contains(readGold(path, {&asked}).error().message, "no documents in it"));
    CHECK(readGold(folder.path() / "none", {&asked}).error().code == ErrorCode::NotFound);

    write(path, R"({"file":"gone.pdf","values":{}})");
    const auto gold = readGold(path, {&asked});
    REQUIRE(gold.ok());
    CHECK(goldDocuments(gold.value()).error().code == ErrorCode::NotFound);
    CHECK(contains(goldDocuments(gold.value()).error().message,
                   "gold.jsonl, line 1: no file 'gone.pdf'"));

    write(path, R"({"id":"5","values":{}})");
    const auto nameless = readGold(path, {&asked});
    REQUIRE(nameless.ok());
    CHECK(contains(goldDocuments(nameless.value()).error().message, "neither \"file\" nor"));
}

TEST_CASE("a gold folder is searched in three places", "[extract][gold]") {
    const TemporaryFolder folder;
    const Template asked = parsed(kTemplate);
    const auto found = [&] {
        return findGoldFile(folder.path(), asked);
    };

    CHECK(found().error().code == ErrorCode::NotFound);
    CHECK(contains(found().error().message, "neither t.jsonl nor gold/t.jsonl nor gold.jsonl"));
    write(folder.path() / "gold.jsonl", "");
    CHECK(found().value() == folder.path() / "gold.jsonl");
    write(folder.path() / "gold" / "t.jsonl", "");
    CHECK(found().value() == folder.path() / "gold" / "t.jsonl");
    write(folder.path() / "t.jsonl", "");
    CHECK(found().value() == folder.path() / "t.jsonl");
    CHECK(findGoldFile(folder.path() / "x.jsonl", asked).value() == folder.path() / "x.jsonl");
}

TEST_CASE("what one of two templates knows is no mistake of the gold", "[extract][gold]") {
    const TemporaryFolder folder;
    const auto path = folder.path() / "gold.jsonl";
    write(path, R"({"id":"1","values":{"date":"1 May","place":"here"}})");
    const Template first = parsed(kTemplate);
    const Template second = parsed(R"({"$id":"attest:t","title":"T","type":"object",
        "x-attest":{"version":2,"layout":"rows"},"properties":{
        "place":{"type":["string","null"],"x-attest":{"kind":"verbatim"}}},"required":["place"]})");

    CHECK_FALSE(readGold(path, {&first}).ok());
    CHECK(readGold(path, {&first, &second}).ok());
}

TEST_CASE("values that are no span of the text are counted", "[extract][gold]") {
    const Template asked = parsed(kTemplate);
    ExtractionResult result;
    result.document.pages.push_back({"taken: x\n5  mg off", {}, 0, 0});
    result.valuesJson =
        R"({"date":null,"tags":[],"items":[{"name":"x","dose":"5 mg","status":"off"}]})";
    const auto add =
        [&](const char* field, const char* text, FieldKind kind, size_t begin, size_t end) {
            ExtractedValue value;
            value.pointer = std::string("/items/0/") + field;
            value.group = "items";
            value.instance = 0;
            value.field = field;
            value.kind = kind;
            value.text = text;
            value.span = attest::SourceSpan{0, begin, end};
            result.values.push_back(value);
        };
    add("name", "x", FieldKind::Verbatim, 7, 8);
    add("dose", "5 mg", FieldKind::Verbatim, 9, 14);
    add("status", "off", FieldKind::Judged, 7, 8);
    const auto invented = [&] {
        const Grounding grounding = checkGrounding(asked, result);
        CHECK(grounding.values == 3);
        return grounding.invented;
    };

    CHECK(invented() == 0);

    SECTION("a place with another text") {
        result.values[1].span = attest::SourceSpan{0, 8, 14};
        CHECK(invented() == 1);
    }
    SECTION("a place outside the document") {
        result.values[0].span = attest::SourceSpan{1, 7, 8};
        CHECK(invented() == 1);
        result.values[0].span = attest::SourceSpan{0, 7, 80};
        CHECK(invented() == 1);
        result.values[0].span = attest::SourceSpan{-1, 7, 8};
        CHECK(invented() == 1);
    }
    SECTION("no place") {
        result.values[0].span.reset();
        CHECK(invented() == 1);
    }
    SECTION("no choice of the template") {
        result.values[2].text = "maybe";
        CHECK(invented() == 1);
    }
    SECTION("another text in the results than the value has") {
        result.valuesJson =
            R"({"date":null,"tags":[],"items":[{"name":"y","dose":"5 mg","status":"off"}]})";
        CHECK(invented() == 1);
    }
    SECTION("a text in the results that no value accounts for") {
        result.values.pop_back();
        CHECK(invented() == 1);
    }
}

TEST_CASE("the gate refuses what is clearly or much worse", "[extract][gate]") {
    const auto verdictOf = [](double before, double after, double low, double high) {
        Comparison comparison;
        comparison.overall = {"all", before, after, {low, high}};
        return judgeModel(comparison);
    };

    CHECK_FALSE(verdictOf(0.8, 0.8, 0, 0).isWorse);
    CHECK_FALSE(verdictOf(0.8, 0.9, -0.1, 0.2).isWorse);
    CHECK_FALSE(verdictOf(0.8, 0.795, -0.02, 0.01).isWorse); // within the noise and 0.01
    CHECK(verdictOf(0.8, 0.795, -0.008, -0.001).isWorse);    // little, but certain
    CHECK(verdictOf(0.8, 0.78, -0.1, 0.05).isWorse);         // not certain, but much
    CHECK(contains(verdictOf(0.8, 0.78, -0.1, 0.05).reason,
                   "F1 0.800 before, 0.780 after: 0.020 lower (95 % interval of the difference "
                   "-0.100 to 0.050); at most 0.010 lower is let through"));
    CHECK(contains(verdictOf(0.8, 0.795, -0.008, -0.001).reason, "the whole interval is below"));
}
