// Documents in, a grounded table out: what a new user does, with the program as it is shipped.
#include "support/catch.h"
#include "support/run_program.h"
#include "support/temporary_folder.h"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

using attest::test::ProgramRun;
using attest::test::runProgram;
using attest::test::TemporaryFolder;
using nlohmann::json;

namespace {

const std::filesystem::path kSamples =
    std::filesystem::path(ATTEST_SOURCE_DIR) / "resources" / "samples";

// F1 that the bundled model reaches on the samples, with room for processors that round
// differently. It guards against breakage; how good the model is says its card.
constexpr double kLeastF1 = 0.6;

ProgramRun attestProgram(const std::vector<std::string>& arguments) {
    const char* program = std::getenv("ATTEST_PROGRAM"); // NOLINT(concurrency-mt-unsafe)
    REQUIRE(program != nullptr);
    return runProgram(program, arguments);
}

std::string contents(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

double overallF1(const std::string& table) {
    const size_t at = table.find("F1 0.");
    REQUIRE(at != std::string::npos);
    return std::stod(table.substr(at + 3));
}

} // namespace

TEST_CASE("the bundled model reads the sample documents well enough", "[end_to_end]") {
    const auto* asked = GENERATE("medications", "laboratory_results", "invoice");
    CAPTURE(asked);
    const TemporaryFolder folder;
    const std::string library = (folder.path() / "library").string();
    std::vector<std::string> arguments{"extract", "--template", asked, "--library", library};
    std::istringstream gold(contents(kSamples / "gold" / (std::string(asked) + ".jsonl")));
    for (std::string line; std::getline(gold, line);) {
        arguments.push_back((kSamples / json::parse(line)["file"].get<std::string>()).string());
    }

    const ProgramRun extracted = attestProgram(arguments);
    const ProgramRun evaluated =
        attestProgram({"evaluate",
                       "--template",
                       asked,
                       "--library",
                       library,
                       "--gold",
                       (kSamples / "gold" / (std::string(asked) + ".jsonl")).string()});

    INFO(extracted.errors << evaluated.output << evaluated.errors);
    REQUIRE(extracted.exitCode == 0);
    REQUIRE(evaluated.exitCode == 0);
    CHECK(overallF1(evaluated.output) > kLeastF1);
}

TEST_CASE("every value in the results has its place, and a scan is listed, not guessed",
          "[end_to_end]") {
    const TemporaryFolder folder;
    const std::string lines = (folder.path() / "results.jsonl").string();
    const std::string table = (folder.path() / "results.csv").string();

    const ProgramRun run = attestProgram({"extract",
                                          (kSamples / "medication_list.pdf").string(),
                                          (kSamples / "scanned_page.pdf").string(),
                                          (kSamples / "referral_note.txt").string(),
                                          "--template",
                                          "medications",
                                          "--library",
                                          (folder.path() / "library").string(),
                                          "--csv",
                                          table,
                                          "--jsonl",
                                          lines});

    INFO(run.errors);
    CHECK(run.exitCode == 3);
    CHECK_THAT(run.output + run.errors, Catch::Matchers::Contains("scanned_page.pdf"));
    CHECK(contents(table).size() > 100);
    std::istringstream in(contents(lines));
    size_t documents = 0;
    for (std::string line; std::getline(in, line); ++documents) {
        const json result = json::parse(line);
        CAPTURE(line);
        if (result["file"].get<std::string>().ends_with("scanned_page.pdf")) {
            CHECK(result["status"] == "no-text");
            CHECK(result["evidence"].empty());
            continue;
        }
        CHECK(result["status"] == "ok");
        REQUIRE_FALSE(result["evidence"].empty());
        for (const json& evidence : result["evidence"]) {
            CHECK(evidence["page"].get<int>() >= 1);
            CHECK(evidence["begin"].get<int>() < evidence["end"].get<int>());
            const json& value = result["values"].at(json::json_pointer(evidence["path"]));
            CHECK(value.is_string());
        }
    }
    CHECK(documents == 3);
}

TEST_CASE("a strict summary consists of sentences with places", "[end_to_end]") {
    const TemporaryFolder folder;

    const ProgramRun run = attestProgram({"summarize",
                                          (kSamples / "discharge_letter.pdf").string(),
                                          "--library",
                                          (folder.path() / "library").string()});

    INFO(run.errors);
    CHECK(run.exitCode == 0);
    CHECK(run.output.size() > 40);
}

TEST_CASE("the notes of a file of notes are summarised one by one", "[end_to_end]") {
    const TemporaryFolder folder;
    const auto notes = folder.write(
        "notes.jsonl",
        R"({"id": "first", "note": "Mr. Miller was admitted with chest pain. His troponin was normal."})"
        "\n"
        R"({"id": "second", "note": "The wound has healed well. She may return to work on Monday."})"
        "\n");

    const ProgramRun run = attestProgram({"summarize",
                                          notes.string(),
                                          "--text-field",
                                          "note",
                                          "--library",
                                          (folder.path() / "library").string()});

    INFO(run.errors);
    CHECK(run.exitCode == 0);
    const auto first = run.output.find("first\n");
    const auto second = run.output.find("second\n");
    REQUIRE(first != std::string::npos);
    REQUIRE(second != std::string::npos);
    CHECK(run.output.find("chest pain") < second);
    CHECK(run.output.find("healed well") > second);
}

TEST_CASE("the program checks itself", "[end_to_end]") {
    const ProgramRun run = attestProgram({"self-test"});

    INFO(run.output << run.errors);
    CHECK(run.exitCode == 0);
}
