// How sure an answer is: what was measured for the model, and nothing else.
#include "extract/confidence/calibration.h"

#include "support/catch.h"
#include "support/temporary_folder.h"

#include <filesystem>
#include <fstream>
#include <limits>
#include <string>

namespace attest::extract {

using Catch::Matchers::WithinAbs;
using test::TemporaryFolder;

namespace {

constexpr AnswerKind kListValue{true, true, true};

std::string header(const std::string& model) {
    return R"({"format":"attest-calibration","version":1,"model_sha256":")" + model + "\"}\n";
}

std::string curve(const std::string& probability, const std::string& right) {
    return R"({"template":"built-in","part":"list","answer":"value","probability":[)" +
           probability + R"(],"right":[)" + right + "]}\n";
}

struct Model {
    TemporaryFolder folder;
    std::filesystem::path path = folder.path() / "reader.gguf";

    Result<std::optional<Calibration>> calibrated(const std::string& text) const {
        std::ofstream(folder.path() / "reader.calibration.jsonl", std::ios::binary) << text;
        return Calibration::ofModel(path, "abc");
    }

    std::string complaintAbout(const std::string& text) const {
        const auto read = calibrated(text);
        REQUIRE_FALSE(read.ok());
        return read.error().message;
    }
};

} // namespace

TEST_CASE("between two measured probabilities confidence is interpolated, beyond them it stays",
          "[extract][calibration]") {
    const Model model;
    const auto read = model.calibrated(header("abc") + curve("0.5, 0.9, 1", "0.2, 0.6, 0.95"));
    REQUIRE(read.ok());
    REQUIRE(read.value());
    const Calibration& calibration = *read.value();
    const auto at = [&](double probability) {
        return calibration.confidence(kListValue, probability).value();
    };

    CHECK(at(0) == 0.2);
    CHECK(at(0.5) == 0.2);
    CHECK_THAT(at(0.7), WithinAbs(0.4, 1e-12));
    CHECK_THAT(at(0.9), WithinAbs(0.6, 1e-12));
    CHECK_THAT(at(0.95), WithinAbs(0.775, 1e-12));
    CHECK(at(1) == 0.95);
    CHECK(at(std::numeric_limits<double>::quiet_NaN()) == 0.2);
    for (double last = 0, probability = 0; probability <= 1; probability += 0.001) {
        CHECK(at(probability) >= last); // surer stays surer
        last = at(probability);
    }
}

TEST_CASE("answers of a kind that was not measured have no confidence", "[extract][calibration]") {
    const Model model;
    const auto read = model.calibrated(header("abc") + curve("1", "0.9"));
    REQUIRE(read.ok());
    REQUIRE(read.value());

    CHECK(read.value()->confidence({true, true, true}, 1) == 0.9);
    CHECK_FALSE(read.value()->confidence({false, true, true}, 1));
    CHECK_FALSE(read.value()->confidence({true, false, true}, 1));
    CHECK_FALSE(read.value()->confidence({true, true, false}, 1));
}

TEST_CASE("a model without a calibration of its own has none", "[extract][calibration]") {
    const Model model;
    const auto missing = Calibration::ofModel(model.path, "abc");
    REQUIRE(missing.ok());
    CHECK_FALSE(missing.value());

    // A model that came under the name of another.
    const auto other = model.calibrated(header("def") + curve("1", "0.9"));
    REQUIRE(other.ok());
    CHECK_FALSE(other.value());
}

TEST_CASE("a damaged calibration is refused with file, line and place", "[extract][calibration]") {
    const Model model;
    const auto says = [&](const std::string& text, const std::string& part) {
        const std::string complaint = model.complaintAbout(text);
        INFO(complaint);
        CHECK(complaint.find("reader.calibration.jsonl") != std::string::npos);
        CHECK(complaint.find(part) != std::string::npos);
    };

    says("", "empty");
    says("{}", "line 1: /format");
    says(R"({"format":"attest-calibration","version":2})", "line 1: /version");
    says("nothing", "line 1");
    says(header("abc") + "{}", "line 2: /template");
    says(header("abc") + R"({"template":"own","part":"page"})", "line 2: /part");
    says(header("abc") + curve("", ""), "line 2: /probability");
    says(header("abc") + curve("0.9, 0.5", "0.1, 0.2"), "line 2: /probability/1");
    says(header("abc") + curve("0.5, 0.9", "0.2, 0.1"), "line 2: /right/1");
    says(header("abc") + curve("0.5, 1.5", "0.1, 0.2"), "line 2: /probability/1");
    says(header("abc") + curve(R"("a")", "0.1"), "line 2: /probability/0");
    says(header("abc") + curve("0.5, 0.9", "0.1"), "line 2: /right");
    says(header("abc") + curve("1", "0.9") + curve("1", "0.9"), "line 3");
}

} // namespace attest::extract
