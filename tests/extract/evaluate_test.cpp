#include "extract/evaluate.h"

#include "extract/evaluate/bootstrap.h"
#include "extract/evaluate/pairing.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

#include <fstream>
#include <map>
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
    auto evaluation =
        evaluate(listTemplate(), {{"1", "", gold, {}, 0}}, {{"1", "", result, {}, 0}});
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

TEST_CASE("answers whose confidence is known stand beside their gold", "[extract][evaluate]") {
    const std::vector<Labelled> gold = {
        {"1",
         "",
         R"({"date":null,"items":[{"name":"a","dose":"1"},{"name":"b","dose":null}]})",
         {},
         0}};
    Labelled result = {
        "1",
        "",
        R"({"date":"2","items":[{"name":"x","dose":null},{"name":"b","dose":null},{"name":"a","dose":"9"}]})",
        {},
        0};
    result.confidences = {{"/date", {0.1, {}}},
                          {"/items/0/name", {0.2, 0.25}},
                          {"/items/0/dose", {0.3, {}}},
                          {"/items/1/name", {0.4, {}}},
                          {"/items/1/dose", {0.5, {}}},
                          {"/items/2/dose", {0.6, {}}}};

    const auto evaluation = evaluate(listTemplate(), gold, {result});

    REQUIRE(evaluation.ok());
    CHECK(evaluation.value().judgements.front().pointer == "/date");
    std::map<double, std::string> said; // by the model's probability
    for (const Judgement& judgement : evaluation.value().judgements) {
        said[judgement.confidence.raw] =
            judgement.field + (judgement.isInList ? " list" : " single") +
            (judgement.isStated ? " value" : " null") + (judgement.isRight ? " right" : " wrong");
    }
    // The null of an item that the gold does not have is nothing; what has no confidence is left
    // out.
    CHECK(said == std::map<double, std::string>{{0.1, "date single value wrong"},
                                                {0.2, "items.name list value wrong"},
                                                {0.4, "items.name list value right"},
                                                {0.5, "items.dose list null right"},
                                                {0.6, "items.dose list value wrong"}});
}

TEST_CASE("documents are matched by id or file name, and missing ones count as missed",
          "[extract][evaluate]") {
    const std::vector<Labelled> gold = {{"", "a.pdf", R"({"date":"1"})", {}, 0},
                                        {"7", "", R"({"date":"2"})", {}, 0},
                                        {"8", "", R"({"date":"3"})", {}, 0}};
    const std::vector<Labelled> results = {{"7", "notes.jsonl", R"({"date":"2"})", {}, 0},
                                           {"a.pdf", "/x/a.pdf", R"({"date":"1"})", {}, 0}};

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
        gold.push_back({std::to_string(i), "", R"({"date":"x"})", {}, 0});
        results.push_back({std::to_string(i), "", i % 4 == 0 ? "{}" : R"({"date":"x"})", {}, 0});
    }

    const auto first = evaluate(listTemplate(), gold, results).value();
    const auto second = evaluate(listTemplate(), gold, results).value();

    CHECK(first.overall.f1.low < first.overall.counts.f1());
    CHECK(first.overall.f1.high > first.overall.counts.f1());
    CHECK(first.overall.f1.low == second.overall.f1.low);
    CHECK(first.overall.f1.high == second.overall.f1.high);
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

TEST_CASE("confusion tells missed from invented and from other values", "[extract][evaluate]") {
    const std::vector<Labelled> gold = {{"1", "", R"({"date":"a"})", {}, 0},
                                        {"2", "", R"({"date":"a"})", {}, 0},
                                        {"3", "", R"({"date":"a"})", {}, 0},
                                        {"4", "", R"({"date":null})", {}, 0},
                                        {"5", "", R"({"date":null})", {}, 0},
                                        {"6", "", R"({"date":null})", {}, 0},
                                        {"7", "", R"({})", {}, 0}};
    const std::vector<Labelled> results = {{"1", "", R"({"date":"a"})", {}, 0},
                                           {"2", "", R"({"date":"b"})", {}, 0},
                                           {"3", "", R"({"date":null})", {}, 0},
                                           {"4", "", R"({"date":"b"})", {}, 0},
                                           {"5", "", R"({"date":null})", {}, 0},
                                           {"6", "", R"({})", {}, 0},
                                           {"7", "", R"({"date":"b"})", {}, 0}};

    const auto evaluation = evaluate(listTemplate(), gold, results).value();

    const Confusion& confusion = evaluation.fields.at(0).confusion;
    CHECK(confusion.agreed == 1);
    CHECK(confusion.different == 1);
    CHECK(confusion.unanswered == 1);
    CHECK(confusion.unfounded == 1);
    CHECK(confusion.empty == 2);
    CHECK(confusion.lost + confusion.surplus == 0);
    check(confusion.counts(), 1, 2, 2);
    check(evaluation.fields[0].counts, 1, 2, 2);
    CHECK_THAT(confusion.nullPrecision(), Catch::Matchers::WithinAbs(2.0 / 3.0, 1e-12));
    CHECK_THAT(confusion.nullRecall(), Catch::Matchers::WithinAbs(2.0 / 3.0, 1e-12));
}

TEST_CASE("nulls of an item without a partner are no answers", "[extract][evaluate]") {
    const Evaluation evaluation =
        one(R"({"items":[{"name":"a","dose":null}]})", R"({"items":[{"name":"b","dose":null}]})");

    CHECK(evaluation.fields.at(1).field == "items.dose");
    CHECK(evaluation.fields[1].confusion.empty == 0);
    CHECK(evaluation.fields[0].confusion.lost == 1);
    CHECK(evaluation.fields[0].confusion.surplus == 1);
    CHECK(evaluation.fields[0].confusion.nullPrecision() == 1); // nobody said "not stated"
}

TEST_CASE("an item too many is not wrong in fields that the gold never has",
          "[extract][evaluate]") {
    check(one(R"({"items":[{"name":"a"}]})",
              R"({"items":[{"name":"a","dose":"1"},{"name":"b","dose":"2"}]})")
              .overall.exact,
          1,
          1,
          0);
    // An empty list says that there is nothing at all.
    check(one(R"({"items":[]})", R"({"items":[{"name":"a","dose":"1"}]})").overall.exact, 0, 2, 0);
}

TEST_CASE("a comparator decides what is equal, and who is whose partner", "[extract][evaluate]") {
    const std::string gold = R"({"items":[{"name":"Aspirin","dose":"1,5 mg"}]})";
    const std::string result = R"({"items":[{"name":"x","dose":"1"},)"
                               R"({"name":"ASPIRIN","dose":"1.5mg"}]})";
    const auto scored = evaluate(listTemplate(),
                                 {{"1", "", gold, {}, 0}},
                                 {{"1", "", result, {}, 0}},
                                 {{"items.name", Comparator::Normalised},
                                  {"items.dose", Comparator::Numeric},
                                  {"of.another.template", Comparator::Set}})
                            .value();

    check(scored.overall.counts, 2, 2, 0);
    check(scored.overall.exact, 0, 4, 2);
    CHECK(scored.fields[0].comparator == Comparator::Normalised);
    CHECK(scored.byDocument.at(0).differences.size() == 2);
    CHECK(scored.byDocument[0].differences[0].gold == std::nullopt);
    CHECK(scored.byDocument[0].differences[0].result == "x");
}

TEST_CASE("groups have scores of their own", "[extract][evaluate]") {
    const Evaluation evaluation = one(R"({"date":"1","items":[{"name":"a","dose":"1"}]})",
                                      R"({"date":"2","items":[{"name":"a","dose":"1"}]})");

    REQUIRE(evaluation.groups.size() == 2);
    CHECK(evaluation.groups[0].field == kSingleFields);
    check(evaluation.groups[0].counts, 0, 1, 1);
    CHECK(evaluation.groups[1].field == "items");
    check(evaluation.groups[1].counts, 2, 0, 0);
    check(evaluation.overall.counts, 2, 1, 1);
}

TEST_CASE("the worst documents come first", "[extract][evaluate]") {
    const std::string two = R"({"date":"x","items":[{"name":"a"}]})";
    const auto scored = evaluate(listTemplate(),
                                 {{"good", "", two, {}, 0},
                                  {"half", "", two, {}, 0},
                                  {"none", "", two, {}, 0},
                                  {"small", "", R"({"date":"x"})", {}, 0}},
                                 {{"good", "", two, {}, 0}, {"half", "", R"({"date":"x"})", {}, 0}})
                            .value();

    // Of the two with F1 0 the one with more mistakes.
    CHECK(scored.worstFirst() == std::vector<size_t>{2, 3, 1, 0});
    CHECK_FALSE(scored.byDocument[2].hasResult);
    CHECK(scored.withoutResult == 2);
}

TEST_CASE("intervals are as a bootstrap by hand has them, and open when nothing is known",
          "[extract][evaluate]") {
    // Of n documents each right or wrong, recall in a resample is a binomial share; 1000 resamples
    // of 100 with p = 0.8 have their 2.5 % tails within 0.80 +- 2 * 0.04, give or take 0.02.
    std::vector<Counts> documents;
    for (size_t i = 0; i < 100; ++i) {
        documents.push_back(i % 5 == 0 ? Counts{0, 0, 1} : Counts{1, 0, 0});
    }
    const Interval recall = bootstrap(documents, recallOf);
    CHECK_THAT(recall.low, Catch::Matchers::WithinAbs(0.72, 0.02));
    CHECK_THAT(recall.high, Catch::Matchers::WithinAbs(0.88, 0.02));
    const Interval precision = bootstrap(documents, precisionOf);
    CHECK(precision.low == 1);
    CHECK(precision.high == 1);

    const Interval unknown = bootstrap({{0, 0, 0}, {0, 0, 0}}, f1Of);
    CHECK(unknown.low == 0);
    CHECK(unknown.high == 1);
    CHECK(bootstrap({}, f1Of).high == 1);
    // Resamples that miss the only document with a value say nothing, and are left out.
    CHECK(bootstrap({{0, 0, 0}, {0, 0, 1}}, f1Of).high == 0);
}

TEST_CASE("pairing makes a small steady difference certain", "[extract][evaluate]") {
    // Documents differ much from each other; `after` finds one value less in each of them.
    std::vector<Counts> before;
    std::vector<Counts> after;
    for (size_t i = 0; i < 30; ++i) {
        const size_t found = 5 + i % 20;
        before.push_back({found, 0, 25 - found});
        after.push_back({found - 1, 0, 26 - found});
    }

    const Interval paired = pairedBootstrap(before, after);

    CHECK(paired.high < 0);
    CHECK(bootstrap(before, f1Of).low < bootstrap(after, f1Of).high); // unpaired they overlap
    const Interval same = pairedBootstrap(before, before);
    CHECK(same.low == 0);
    CHECK(same.high == 0);
}

TEST_CASE("two evaluations are compared field by field and document by document",
          "[extract][evaluate]") {
    const std::vector<Labelled> gold = {
        {"1", "", R"({"date":"x","items":[{"name":"a","dose":"1"}]})", {}, 0},
        {"2", "", R"({"date":"x"})", {}, 0}};
    const std::vector<Labelled> good = gold;
    const std::vector<Labelled> bad = {{"1", "", R"({"date":"x","items":[]})", {}, 0},
                                       {"2", "", R"({"date":"x"})", {}, 0}};
    const Evaluation before = evaluate(listTemplate(), gold, good).value();
    const Evaluation after = evaluate(listTemplate(), gold, bad).value();

    const auto comparison = compareEvaluations(before, after);

    REQUIRE(comparison.ok());
    CHECK(comparison.value().overall.before == 1);
    CHECK_THAT(comparison.value().overall.change(),
               Catch::Matchers::WithinAbs(2 * 2.0 / (4.0 + 2.0) - 1, 1e-12));
    REQUIRE(comparison.value().fields.size() == 3);
    CHECK(comparison.value().fields[0].change() == 0);
    CHECK(comparison.value().fields[1].change() == -1);
    CHECK(comparison.value().worse == 1);
    CHECK(comparison.value().same == 1);
    CHECK(comparison.value().onlyInOne.empty());

    const Evaluation other = evaluate(listTemplate(), {gold[0]}, good).value();
    CHECK(compareEvaluations(before, other).error().code == ErrorCode::InvalidInput);
}

TEST_CASE("versions of a template are compared in the fields that both have",
          "[extract][evaluate]") {
    auto smaller = Template::parse(R"({"$id":"attest:t","title":"T","type":"object",
        "x-attest":{"version":2,"layout":"record"},"properties":{
        "date":{"type":["string","null"],"x-attest":{"kind":"verbatim"}}},"required":["date"]})",
                                   "t2.json");
    REQUIRE(smaller.ok());
    const std::vector<Labelled> gold = {
        {"1", "", R"({"date":"x","items":[{"name":"a","dose":"1"}]})", {}, 0}};
    const std::vector<Labelled> results = {{"1", "", R"({"date":"x"})", {}, 0}};

    const auto comparison = compareEvaluations(evaluate(listTemplate(), gold, results).value(),
                                               evaluate(smaller.value(), gold, results).value());

    REQUIRE(comparison.ok());
    CHECK(comparison.value().fields.size() == 1);
    CHECK(comparison.value().overall.change() == 0);
    CHECK(comparison.value().onlyInOne == std::vector<std::string>{"items.name", "items.dose"});
}
