// `attest models logits` with adapters, against the logits of another engine.
#include "cli/attest_program.h"
#include "support/catch.h"
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

const fs::path kFixtures = fs::path(ATTEST_SHARED_DIR) / "fixtures";

std::vector<float> floatsOf(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    std::vector<float> values(bytes.size() / sizeof(float));
    std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
    return values;
}

} // namespace

TEST_CASE("models logits applies adapters with their scales", "[cli][lora]") {
    const TemporaryFolder folder;
    const fs::path out = folder.path() / "logits.f32";
    const std::string adapter = (kFixtures / "lora/adapter.gguf").string();

    struct Case {
        std::vector<std::string> options;
        const char* reference;
    };

    const std::vector<Case> cases = {
        {{}, "models/llama-spm/logits.f32"},
        {{"--lora", adapter}, "lora/logits.scale1.0.f32"},
        {{"--lora", adapter + ":0.5"}, "lora/logits.scale0.5.f32"},
        {{"--lora", adapter + ":0.75", "--lora", adapter + ":-.25"}, "lora/logits.scale0.5.f32"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.options);
        std::vector<std::string> arguments = {"models",
                                              "logits",
                                              (kFixtures / "models/llama-spm/model.gguf").string(),
                                              "--tokens",
                                              (kFixtures / "models/tokens.json").string(),
                                              "--out",
                                              out.string(),
                                              "--ctx",
                                              "256"};
        arguments.insert(arguments.end(), c.options.begin(), c.options.end());

        const ProgramRun run = attest::test::attest(arguments);

        CHECK(run.exitCode == 0);
        const std::vector<float> logits = floatsOf(out);
        const std::vector<float> reference = floatsOf(kFixtures / c.reference);
        REQUIRE(logits.size() == reference.size());
        for (std::size_t i = 0; i < logits.size(); ++i) {
            REQUIRE(std::fabs(logits[i] - reference[i]) < 1e-4F);
        }
    }
}

TEST_CASE("models logits refuses an adapter that is none", "[cli][lora]") {
    const TemporaryFolder folder;
    const std::string model = (kFixtures / "models/llama-spm/model.gguf").string();
    for (const std::string& adapter : {model, std::string("/does/not/exist.gguf")}) {
        const ProgramRun run = attest::test::attest({"models",
                                                     "logits",
                                                     model,
                                                     "--tokens",
                                                     (kFixtures / "models/tokens.json").string(),
                                                     "--out",
                                                     (folder.path() / "logits.f32").string(),
                                                     "--lora",
                                                     adapter});
        CHECK(run.exitCode == 4);
        CHECK(run.errors.find(adapter) != std::string::npos);
        CHECK_FALSE(fs::exists(folder.path() / "logits.f32"));
    }
}
