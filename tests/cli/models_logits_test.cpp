// attest models logits, on the committed reference model.
#include "cli/attest_program.h"
#include "support/catch.h"
#include "support/run_program.h"
#include "support/temporary_folder.h"

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using attest::test::ProgramRun;
using attest::test::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

const fs::path kModel = fs::path(ATTEST_SOURCE_DIR) / "tests/data/engine/llama-spm";

std::vector<float> readFloats(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    std::vector<float> values(bytes.size() / sizeof(float));
    std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
    return values;
}

std::vector<std::string> logits(const fs::path& tokens, const fs::path& out) {
    return {"models",
            "logits",
            (kModel / "model.gguf").string(),
            "--tokens",
            tokens.string(),
            "--out",
            out.string()};
}

double largestDifference(const std::vector<float>& a, const std::vector<float>& b) {
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        largest = std::fmax(largest, std::fabs(double(a[i]) - double(b[i])));
    }
    return largest;
}

} // namespace

TEST_CASE("models logits writes the reference's logits", "[cli][logits]") {
    const TemporaryFolder folder;
    const fs::path out = folder.path() / "logits.f32";
    const std::vector<float> expected = readFloats(kModel / "logits.f32");

    REQUIRE(attest::test::attest(logits(kModel / "tokens.json", out)).exitCode == 0);
    const std::vector<float> written = readFloats(out);
    REQUIRE(written.size() == expected.size());
    CHECK(largestDifference(written, expected) < 1e-4);

    auto half = logits(kModel / "tokens.json", out);
    half.insert(half.end(), {"--kv", "f16", "--ctx", "64"});
    REQUIRE(attest::test::attest(half).exitCode == 0);
    const double moved = largestDifference(readFloats(out), expected);
    CHECK(moved > 1e-4); // the option does something
    CHECK(moved < 0.02);
}

TEST_CASE("models logits says what is wrong and writes nothing", "[cli][logits]") {
    const TemporaryFolder folder;
    const fs::path out = folder.path() / "logits.f32";
    const fs::path tokens = folder.path() / "tokens.json";

    struct Case {
        const char* json;
        int exitCode;
        const char* named;
    };

    for (const Case& c : {Case{"[1, 2", 2, "byte 5"},
                          Case{"[]", 2, "a token id"},
                          Case{"{\"tokens\": [1]}", 2, "'['"},
                          Case{"[1] 2", 2, "the end"},
                          Case{"[99999999999]", 2, "a token id"},
                          Case{"[1, 384]", 4, "384"},
                          Case{"[-1]", 4, "-1"}}) {
        CAPTURE(c.json);
        std::ofstream(tokens) << c.json;
        const ProgramRun run = attest::test::attest(logits(tokens, out));
        CHECK(run.exitCode == c.exitCode);
        CHECK(run.errors.find(c.named) != std::string::npos);
        CHECK_FALSE(fs::exists(out));
    }
    CHECK(attest::test::attest(logits("/nowhere.json", out)).exitCode == 2);
    CHECK(attest::test::attest(logits(kModel / "tokens.json", "/nowhere/logits.f32")).exitCode ==
          6);
    auto unknown = logits(kModel / "tokens.json", out);
    unknown.insert(unknown.end(), {"--kv", "f8"});
    CHECK(attest::test::attest(unknown).exitCode == 2);
}
