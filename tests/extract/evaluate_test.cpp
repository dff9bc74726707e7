#include "extract/evaluate.h"

#include "extract/evaluate/pairing.h"
#include "support/catch.h"
#include "support/run_program.h"

#include <fstream>
#include <string>

using namespace attest::extract;
using attest::ErrorCode;

namespace {

Template listTemplate() {
    auto asked = Template::parse(R"({"$id":"attest:t","title":"T","type":"object",
        "x-attest":{"version":1,"layout":"rows"},"properties":{
        "date":{"type":["string","null"],"x-attest":{"kind":"verbatim"}},
        "items":{"type":"array","items":{"type":"object","properties":{
            "name":{"type":"string","x-attest":{"kind":"verbatim","anchor":true}},
            "dose":{"type":["string","null"],"x-attest":{"kind":"verbatim"}}},
            "required":["name","dose"]}}},"required":["date","items"]})",
                                 "t.json");
    CAPTURE(asked.ok() ? "" : asked.error().message);
    REQUIRE(asked.ok());
    return std::move(asked).value();
}

Evaluation one(const std::string& gold, const std::string& result) {
    auto evaluation = evaluate(listTemplate(), {{"1", "", gold}}, {{"1", "", result}});
    REQUIRE(evaluation.ok());
    return std::move(evaluation).value();
}

void check(const Counts& counts, size_t found, size_t wrong, size_t missed) {
    CHECK(counts.found == found);
    CHECK(counts.wrong == wrong);
    CHECK(counts.missed == missed);
}

} // namespace

TEST_CASE("equal values count, different ones count twice, nulls not at all",
          "[extract][evaluate]") {
    check(one(R"({"date":"1 May"})", R"({"date":"1  May "})").overall.exact, 1, 0, 0);
    check(one(R"({"date":"1 May"})", R"({"date":"2 May"})").overall.exact, 0, 1, 1);
    check(one(R"({"date":"1 May"})", R"({"date":null})").overall.exact, 0, 0, 1);
    check(one(R"({"date":null})", R"({"date":"1 May"})").overall.exact, 0, 1, 0);
    check(one(R"({"date":null})", R"({})").overall.exact, 0, 0, 0);
    // What the gold does not mention was not annotated.
    check(one(R"({})", R"({"date":"1 May"})").overall.exact, 0, 0, 0);
    check(one(R"({"date":"May"})", R"({"date":"may"})").overall.exact, 0, 1, 1);
}

TEST_CASE("the lenient score forgives case, punctuation and extra words", "[extract][evaluate]") {
    check(one(R"({"date":"1 May"})", R"({"date":"1 MAY."})").overall.lenient, 1, 0, 0);
    check(one(R"({"date":"1 May"})", R"({"date":"on 1 May 2024"})").overall.lenient, 1, 0, 0);
    check(one(R"({"date":"1 May"})", R"({"date":"11 Mayor"})").overall.lenient, 0, 1, 1);
}

TEST_CASE("items are paired by their anchors, whatever their order", "[extract][evaluate]") {
    const Evaluation evaluation = one(
        R"({"items":[{"name":"a","dose":"1"},{"name":"b","dose":"2"},{"name":"c","dose":null}]})",
        R"({"items":[{"name":"b","dose":"2"},{"name":"a","dose":"9"},{"name":"x","dose":null}]})");

    REQUIRE(evaluation.fields.size() == 2);
    CHECK(evaluation.fields[0].field == "items.name");
    check(evaluation.fields[0].exact, 2, 1, 1);
    CHECK(evaluation.fields[1].field == "items.dose");
    check(evaluation.fields[1].exact, 1, 1, 1);
    check(evaluation.overall.exact, 3, 2, 2);
    CHECK_THAT(evaluation.overall.exact.f1(), Catch::Matchers::WithinAbs(6.0 / 10.0, 1e-12));
}

TEST_CASE("items with a wrong anchor are paired by their other values", "[extract][evaluate]") {
    const Evaluation evaluation = one(R"({"items":[{"name":"aspirin","dose":"1"}]})",
                                      R"({"items":[{"name":"Aspirin","dose":"1"}]})");

    check(evaluation.fields[0].exact, 0, 1, 1);
    check(evaluation.fields[0].lenient, 1, 0, 0);
    check(evaluation.fields[1].exact, 1, 0, 0);
}

TEST_CASE("equal anchors go to the items that agree in more values", "[extract][evaluate]") {
    const Evaluation evaluation =
        one(R"({"items":[{"name":"a","dose":"1"},{"name":"a","dose":"2"}]})",
            R"({"items":[{"name":"a","dose":"2"},{"name":"a","dose":"1"}]})");

    check(evaluation.overall.exact, 4, 0, 0);
}

TEST_CASE("every item is in exactly one pair", "[extract][evaluate]") {
    for (size_t gold = 0; gold < 8; ++gold) {
        for (size_t result = 0; result < 8; ++result) {
            const auto pairs = pairItems(gold, result, [](size_t g, size_t r) {
                return Likeness{(g * 3 + r) % 5 == 0, (g + r * 7) % 3};
            });
            std::vector<int> seenGold(gold, 0);
            std::vector<int> seenResult(result, 0);
            for (const ItemPair& pair : pairs) {
                if (pair.gold) {
                    ++seenGold.at(*pair.gold);
                }
                if (pair.result) {
                    ++seenResult.at(*pair.result);
                }
            }
            CHECK(seenGold == std::vector<int>(gold, 1));
            CHECK(seenResult == std::vector<int>(result, 1));
        }
    }
}

TEST_CASE("documents are matched by id or file name, and missing ones count as missed",
          "[extract][evaluate]") {
    const std::vector<Labelled> gold = {{"", "a.pdf", R"({"date":"1"})"},
                                        {"7", "", R"({"date":"2"})"},
                                        {"8", "", R"({"date":"3"})"}};
    const std::vector<Labelled> results = {{"7", "notes.jsonl", R"({"date":"2"})"},
                                           {"a.pdf", "/x/a.pdf", R"({"date":"1"})"}};

    const auto evaluation = evaluate(listTemplate(), gold, results);

    REQUIRE(evaluation.ok());
    CHECK(evaluation.value().documents == 3);
    CHECK(evaluation.value().withoutResult == 1);
    check(evaluation.value().overall.exact, 2, 0, 1);
}

TEST_CASE("the bootstrap interval holds the score and is the same every time",
          "[extract][evaluate]") {
    std::vector<Labelled> gold;
    std::vector<Labelled> results;
    for (int i = 0; i < 40; ++i) {
        gold.push_back({std::to_string(i), "", R"({"date":"x"})"});
        results.push_back({std::to_string(i), "", i % 4 == 0 ? "{}" : R"({"date":"x"})"});
    }

    const auto first = evaluate(listTemplate(), gold, results).value();
    const auto second = evaluate(listTemplate(), gold, results).value();

    CHECK(first.f1Low < first.overall.exact.f1());
    CHECK(first.f1High > first.overall.exact.f1());
    CHECK(first.f1Low == second.f1Low);
    CHECK(first.f1High == second.f1High);
}

TEST_CASE("labelled lines are read, and broken ones named", "[extract][evaluate]") {
    const attest::test::TemporaryFolder folder;
    const auto path = folder.path() / "gold.jsonl";
    const auto readingOf = [&](const std::string& text) {
        std::ofstream(path, std::ios::binary) << text;
        return readLabelled(path);
    };

    const auto good = readingOf("\xEF\xBB\xBF{\"id\":7,\"values\":{\"date\":\"x\"}}\r\n\n"
                                "{\"file\":\"a\",\"values\":{}}");
    REQUIRE(good.ok());
    REQUIRE(good.value().size() == 2);
    CHECK(good.value()[0].id == "7");
    CHECK(good.value()[1].file == "a");

    for (const std::string bad : {"{\"id\":1,\"values\":{}}\nnonsense\n",
                                  "{\"id\":1,\"values\":{}}\n{\"id\":1}\n",
                                  "{\"id\":1,\"values\":{}}\n{\"values\":{}}\n",
                                  "{\"id\":1,\"values\":{}}\n[]\n"}) {
        CAPTURE(bad);
        const auto result = readingOf(bad);
        REQUIRE_FALSE(result.ok());
        CHECK(result.error().code == ErrorCode::InvalidInput);
        CHECK(result.error().message.find("gold.jsonl, line 2") != std::string::npos);
    }
    CHECK_FALSE(readingOf("{\"id\":1,\"values\":" + std::string(100000, '[')).ok());
    CHECK(readLabelled(folder.path() / "none").error().code == ErrorCode::NotFound);
    CHECK(readLabelled(folder.path()).error().code == ErrorCode::Io);
}
