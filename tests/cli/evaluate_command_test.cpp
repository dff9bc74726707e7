// `attest evaluate` and the gate in front of the default model: the real program with the bundled
// model and with one of random weights.
#include "cli/attest_program.h"
#include "extract/model_choice.h"
#include "extract/resources.h"
#include "storage/library.h"
#include "support/catch.h"
#include "support/random_model/write_model.h"
#include "support/strange_model.h"
#include "support/temporary_folder.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using attest::test::ProgramRun;
using attest::test::TemporaryFolder;
using nlohmann::json;

namespace fs = std::filesystem;

namespace {

enum Code { Done = 0, Usage = 2, SomeFailed = 3, Model = 4, Output = 6, Worse = 8 };

constexpr const char* kNote = "Medications: Metformin 500 mg PO BID for diabetes.\n"
                              "Lisinopril 10 mg PO daily for hypertension.\n";

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string write(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
}

// A gold folder of two notes.
std::string makeGold(const TemporaryFolder& folder) {
    const fs::path gold = folder.path() / "gold";
    fs::create_directories(gold);
    write(gold / "a.txt", kNote);
    const json drugs = {{{"drug", "Metformin"}, {"dose", "500mg"}},
                        {{"drug", "Lisinopril"}, {"dose", "10 mg"}}};
    const json first = {{"file", "a.txt"}, {"values", {{"medications", drugs}}}};
    const json second = {{"id", "b"}, {"text", kNote}, {"values", {{"medications", drugs}}}};
    write(gold / "medications.jsonl", first.dump() + "\n" + second.dump() + "\n");
    return gold.string();
}

std::string randomModel(const TemporaryFolder& folder) {
    const fs::path path = folder.path() / "random.gguf";
    REQUIRE(attest::test::writeRandomModel(
                *attest::test::findShape("tiny"), "Q8_0", attest::test::Mix::AsQuantized, 1, path)
                .empty());
    return path.string();
}

// In a library of its own, so that no default of the tester's is used.
ProgramRun evaluate(const TemporaryFolder& folder, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"evaluate", "-t", "medications"});
    arguments.insert(arguments.end(), {"--library", (folder.path() / "library").string()});
    return attest::test::attest(arguments);
}

fs::path defaultOf(const TemporaryFolder& folder) {
    auto library = attest::storage::Library::open(folder.path() / "library",
                                                  attest::storage::Access::ReadOnly);
    REQUIRE(library.ok());
    return attest::extract::defaultModel(library.value().database()).value();
}

} // namespace

TEST_CASE("evaluate asks the model about a gold folder and stores nothing", "[cli][evaluate]") {
    const TemporaryFolder folder;
    const std::string gold = makeGold(folder);

    const ProgramRun run = evaluate(folder, {"--gold", gold, "--worst", "9", "--mistakes"});

    INFO(run.output << run.errors);
    CHECK(run.exitCode == Done);
    for (const char* part : {"medications.drug",
                             "numeric",
                             "95 % interval",
                             "2 documents; F1 ",
                             "NULL PREC.",
                             "Values that are no piece of their document's text: 0 of ",
                             "Speed: 2 pages in "}) {
        CAPTURE(part);
        CHECK(contains(run.output, part));
    }
    CHECK_FALSE(fs::exists(folder.path() / "library"));
}

TEST_CASE("evaluate says whether confidence holds, and writes it answer by answer",
          "[cli][evaluate]") {
    const TemporaryFolder folder;
    const std::string gold = makeGold(folder);
    const fs::path answers = folder.path() / "answers.jsonl";

    const ProgramRun run =
        evaluate(folder, {"--gold", gold, "--json", "--answers", answers.string()});

    INFO(run.errors);
    REQUIRE(run.exitCode == Done);
    const json report = json::parse(run.output, nullptr, false);
    REQUIRE(report.is_object());
    // The model that comes with the program was measured.
    REQUIRE(report["confidence"]["calibrated"] == true);
    const json& values = report["confidence"]["values"];
    size_t stated = 0;
    size_t right = 0;
    std::ifstream lines(answers);
    for (std::string line; std::getline(lines, line);) {
        const json answer = json::parse(line, nullptr, false);
        REQUIRE(answer.is_object());
        CHECK(answer["part"] == "list");
        CHECK(answer["probability"].get<double>() > 0);
        CHECK(answer["confidence"].get<double>() > 0);
        CHECK(answer["confidence"].get<double>() < 1);
        stated += answer["answer"] == "value" ? 1U : 0U;
        right += answer["answer"] == "value" && answer["right"] == true ? 1U : 0U;
    }
    CHECK(stated > 0);
    CHECK(values["answers"] == stated);
    CHECK(values["right"] == right);

    SECTION("asked in another way than it was measured, it has its own probability only") {
        const ProgramRun quick = evaluate(folder, {"--gold", gold, "--json", "--quick"});
        CHECK(json::parse(quick.output, nullptr, false)["confidence"]["calibrated"] == false);
    }
    SECTION("people are told in words") {
        const ProgramRun words = evaluate(folder, {"--gold", gold});
        CHECK(contains(words.output, "Confidence, calibrated"));
        CHECK(contains(words.output, "off by "));
        CHECK(contains(words.output, "VALUES WITH"));
    }
    SECTION("results that a library has kept were as sure") {
        const fs::path own = folder.path() / "gold" / "a.txt";
        REQUIRE(attest::test::attest({"extract",
                                      own.string(),
                                      "-t",
                                      "medications",
                                      "--library",
                                      (folder.path() / "library").string()})
                    .exitCode == Done);
        const std::string file = (folder.path() / "gold" / "medications.jsonl").string();
        const ProgramRun kept = evaluate(folder, {"--gold", file, "--json"});
        INFO(kept.output << kept.errors);
        const json confidence = json::parse(kept.output, nullptr, false)["confidence"];
        CHECK(confidence["calibrated"] == true);
        CHECK(confidence["values"]["answers"].get<size_t>() * 2 == stated); // one note of two
        CHECK(confidence["value_bands"] ==
              json::parse(evaluate(folder, {"--gold", file, own.string(), "--json"}).output,
                          nullptr,
                          false)["confidence"]["value_bands"]);
    }
}

TEST_CASE("evaluate writes JSON and CSV", "[cli][evaluate]") {
    const TemporaryFolder folder;
    const std::string gold = makeGold(folder);
    const fs::path table = folder.path() / "fields.csv";

    const ProgramRun run = evaluate(folder, {"--gold", gold, "--json", "--csv", table.string()});

    INFO(run.errors);
    REQUIRE(run.exitCode == Done);
    const json report = json::parse(run.output, nullptr, false);
    REQUIRE(report.is_object());
    CHECK(report["documents"] == 2);
    CHECK(report["grounding"]["not_in_the_text"] == 0);
    CHECK(report["grounding"]["values"].get<int>() > 0);
    CHECK(report["template"]["id"] == "medications");
    CHECK(report["model"]["sha256"].get<std::string>().size() == 64);
    REQUIRE(report["fields"].size() == 2); // what the gold has
    CHECK(report["fields"][1]["comparator"] == "numeric");
    CHECK(report["documents_worst_first"].size() == 2);
    CHECK_FALSE(report.contains("comparison"));
    std::ifstream lines(table);
    std::string header;
    std::getline(lines, header);
    CHECK(header.starts_with("level,field,comparator,gold,answered,precision,"));
    size_t rows = 0;
    for (std::string line; std::getline(lines, line); ++rows) {
        CHECK(std::count(line.begin(), line.end(), ',') ==
              std::count(header.begin(), header.end(), ','));
    }
    CHECK(rows == 4); // two fields, their group, all
}

TEST_CASE("results are compared with other results", "[cli][evaluate]") {
    const TemporaryFolder folder;
    const std::string gold =
        write(folder.path() / "gold.jsonl",
              R"({"id":"1","values":{"medications":[{"drug":"Aspirin","dose":"5 mg"}]}})");
    const std::string good =
        write(folder.path() / "good.jsonl",
              R"({"id":"1","values":{"medications":[{"drug":"aspirin","dose":"5mg"}]}})");
    const std::string bad =
        write(folder.path() / "bad.jsonl", R"({"id":"1","values":{"medications":[]}})");

    const ProgramRun run = evaluate(folder,
                                    {"--gold",
                                     gold,
                                     "--results",
                                     good,
                                     "--against-results",
                                     bad,
                                     "--compare",
                                     "medications.drug=normalised"});

    INFO(run.output << run.errors);
    CHECK(run.exitCode == Done);
    CHECK(contains(run.output, "F1 1.000"));
    CHECK(contains(run.output, "+1.000"));
    CHECK(contains(run.output, "1 document better, 0 worse, 0 the same"));
}

TEST_CASE("mistakes in gold and options are named", "[cli][evaluate]") {
    const TemporaryFolder folder;
    const std::string gold = write(folder.path() / "gold.jsonl",
                                   "\n"
                                   R"({"id":"1","values":{"medications":[{"durg":"x"}]}})");
    const ProgramRun typo = evaluate(folder, {"--gold", gold, "--results", gold});
    CHECK(typo.exitCode == Usage);
    CHECK(contains(typo.errors, "gold.jsonl, line 2: /values/medications/0/durg: no template"));

    const std::string fine = makeGold(folder);
    CHECK(contains(evaluate(folder, {"--gold", fine, "--compare", "medications.drug=fuzzy"}).errors,
                   "FIELD=COMPARATOR is wanted"));
    CHECK(contains(evaluate(folder, {"--gold", fine, "--compare", "drug=exact"}).errors,
                   "no field 'drug'"));
    fs::create_directories(folder.path() / "empty");
    const ProgramRun none = evaluate(folder, {"--gold", (folder.path() / "empty").string()});
    CHECK(none.exitCode == Usage);
    CHECK(contains(none.errors, "neither medications.jsonl nor gold/medications.jsonl nor"));
    CHECK(evaluate(folder, {"--gold", fine, "--model", gold}).exitCode == Model);
    CHECK(evaluate(folder, {"--gold", fine, "--csv", "/nowhere/x.csv"}).exitCode == Output);

    fs::remove(fs::path(fine) / "a.txt");
    const ProgramRun gone = evaluate(folder, {"--gold", fine});
    CHECK(gone.exitCode == Usage);
    CHECK(contains(gone.errors, "medications.jsonl, line 1: no file 'a.txt'"));
}

TEST_CASE("the gate refuses a worse model, says by how much, and can be overruled",
          "[cli][evaluate][gate]") {
    const TemporaryFolder folder;
    const std::string gold = makeGold(folder);
    const std::string worse = randomModel(folder);
    const std::string library = (folder.path() / "library").string();
    const auto setDefault = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"models", "set-default"});
        more.insert(more.end(), {"--library", library});
        return attest::test::attest(more);
    };
    const fs::path bundled = attest::extract::bundledModel().value();

    const ProgramRun refused = setDefault({worse, "--gate", gold, "-t", "medications"});
    INFO(refused.output << refused.errors);
    CHECK(refused.exitCode == Worse);
    CHECK(contains(refused.errors, "not made the default, because it is worse. F1 "));
    CHECK(contains(refused.errors, " lower (95 % interval of the difference "));
    CHECK(contains(refused.errors, "--force makes it the default"));
    CHECK(defaultOf(folder).filename() == bundled.filename());

    const ProgramRun forced = setDefault({worse, "--gate", gold, "-t", "medications", "--force"});
    INFO(forced.output << forced.errors);
    CHECK(forced.exitCode == Done);
    CHECK(contains(forced.errors, "worse, but --force: F1 "));
    CHECK(defaultOf(folder) == fs::canonical(worse));

    // From there the bundled one is better.
    const ProgramRun better = setDefault({"bundled", "--gate", gold, "-t", "medications"});
    INFO(better.output << better.errors);
    CHECK(better.exitCode == Done);
    CHECK(contains(better.output, "The gate lets it through."));
    CHECK(defaultOf(folder).filename() == bundled.filename());

    CHECK(contains(setDefault({"bundled"}).output, "is the default already"));
    CHECK(setDefault({worse, "--gate", gold}).exitCode == Usage);
    CHECK(setDefault({gold}).exitCode == Model);
    CHECK(setDefault({worse, "--gate", worse, "-t", "medications"}).exitCode == Usage);
}

TEST_CASE("commands without --model use the library's default", "[cli][evaluate]") {
    const TemporaryFolder folder;
    const std::string gold = makeGold(folder);
    const std::string other = randomModel(folder);
    REQUIRE(attest::test::attest(
                {"models", "set-default", other, "--library", (folder.path() / "library").string()})
                .exitCode == Done);

    const ProgramRun run = evaluate(folder, {"--gold", gold, "--json", "--against", "bundled"});

    INFO(run.errors);
    REQUIRE(run.exitCode == Done);
    const json report = json::parse(run.output, nullptr, false);
    CHECK(report["model"]["sha256"] != report["against"]["model"]["sha256"]);
    CHECK(report["comparison"]["all"]["difference"].get<double>() < 0);
    CHECK(report["comparison"]["all"]["difference_interval"][1].get<double>() < 0);
}

TEST_CASE("a model of an unknown chat format becomes the default with a chosen one",
          "[cli][evaluate]") {
    const TemporaryFolder folder;
    const std::string gold = makeGold(folder);
    const std::string strange =
        attest::test::writeStrangeModel(attest::extract::bundledModel().value(), folder.path())
            .string();
    const auto setDefault = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"models", "set-default", strange});
        more.insert(more.end(), {"--library", (folder.path() / "library").string()});
        return attest::test::attest(more);
    };

    const ProgramRun info = attest::test::attest({"models", "info", strange});
    CHECK(info.exitCode == Model);
    CHECK(contains(info.errors, "'<|turn|>'"));
    CHECK(contains(info.errors, "Choose one with --chat-format NAME"));
    const ProgramRun refused = setDefault({});
    CHECK(refused.exitCode == Model);
    CHECK(contains(refused.errors, "Choose one with --chat-format NAME"));
    CHECK(setDefault({"--chat-format", "esperanto"}).exitCode == Usage);
    const ProgramRun chosen = setDefault({"--chat-format", "chatml"});
    INFO(chosen.errors);
    REQUIRE(chosen.exitCode == Done);
    CHECK(contains(setDefault({}).output, "is the default already"));
    CHECK(attest::test::attest({"models",
                                "set-default",
                                "bundled",
                                "--chat-format",
                                "chatml",
                                "--library",
                                (folder.path() / "library").string()})
              .exitCode == Usage);

    // Commands that take the default speak to it so.
    const ProgramRun run = evaluate(folder, {"--gold", gold, "--against", "bundled"});
    INFO(run.errors);
    CHECK(run.exitCode == Done);
    // A file that the command line names is spoken to as the command line says.
    CHECK(evaluate(folder, {"--gold", gold, "--model", strange}).exitCode == Model);
}
