// Logits against the reference program's, on tiny random models; see the README of the fixtures.
#include "engine/gguf.h"
#include "engine/kernels/unpack.h"
#include "engine/model_support.h"
#include "support/gguf_writer.h"

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

namespace {

const std::filesystem::path kFixtures = std::filesystem::path(ATTEST_SHARED_DIR) / "fixtures";

} // namespace

TEST_CASE("llama models of every form give the reference's logits", "[engine][parity]") {
    const std::string name = GENERATE(as<std::string>(),
                                      "llama-spm",
                                      "llama3-ropefreqs",
                                      "llama-headdim",
                                      "llama-rope-linear",
                                      "llama-rope-yarn",
                                      "llama-bias",
                                      "smollm2");
    CAPTURE(name);
    const std::vector<TokenId> tokens = readTokens(kFixtures / "models/tokens.json");
    const std::vector<float> expected = readFloats(kFixtures / "models" / name / "logits.f32");
    const auto model = loadModel(kFixtures / "models" / name / "model.gguf");
    ThreadPool pool(2);

    for (const Isa isa : availableIsas()) {
        CAPTURE(toString(isa));
        const IsaScope scope(isa);
        Session session = createSession(model, pool);

        const std::vector<float> logits = allLogits(session, tokens);

        // The reference's own one-by-one and batch runs differ by 2e-5.
        CHECK(largestDifference(logits, expected) < 1e-4);
    }
}

TEST_CASE("quantized rows expand to the reference's bytes", "[engine][parity]") {
    const std::string name = GENERATE(as<std::string>(),
                                      "f16-pure",
                                      "bf16-pure",
                                      "q8_0-pure",
                                      "q4_0-pure",
                                      "q4_k_s-pure",
                                      "q6_k-pure");
    CAPTURE(name);
    const auto folder = kFixtures / "quantized" / name;
    const std::vector<float> expected = readFloats(folder / "blk.0.attn_q.weight.rows0-63.f32");
    const auto file = GgufFile::open(folder / "model.gguf");
    REQUIRE(file.ok());
    const TensorInfo* tensor = file.value().findTensor("blk.0.attn_q.weight");
    REQUIRE(tensor != nullptr);

    std::vector<float> rows(expected.size());
    dequantizeRow(tensor->type, tensor->data.data(), rows);

    CHECK(sameBytes(rows, expected));
}

TEST_CASE("quantized models stay near the exact result for their weights", "[engine][parity]") {
    struct Case {
        const char* name;
        double limit; // normalised error
    };

    // 1.1 times the reference's own error with 8-bit activations (manifest.json); F16 and BF16
    // weights are multiplied in f32 here, so only rounding remains.
    const Case c = GENERATE(Case{"f16-pure", 1e-9},
                            Case{"bf16-pure", 1e-9},
                            Case{"q8_0-pure", 5.1e-4},
                            Case{"q4_0-pure", 4.1e-4},
                            Case{"q4_k_s-pure", 7.2e-4},
                            Case{"q6_k-pure", 1.02e-3},
                            Case{"q4_k_m-mix", 7.3e-4});
    CAPTURE(c.name);
    const auto folder = kFixtures / "quantized" / c.name;
    const std::vector<TokenId> tokens = readTokens(kFixtures / "models/tokens.json");
    const std::vector<float> expected = readFloats(folder / "logits_dequantized.f32");
    const auto model = loadModel(folder / "model.gguf");
    ThreadPool pool(2);

    for (const Isa isa : availableIsas()) {
        CAPTURE(toString(isa));
        const IsaScope scope(isa);
        Session session = createSession(model, pool);

        const double error = normalisedError(allLogits(session, tokens), expected);

        CHECK(error < c.limit);
    }
}
