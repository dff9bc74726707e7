// Logits against the reference program's, on tiny random models; see the README of the fixtures.
#include "engine/gguf.h"
#include "engine/kernels/unpack.h"
#include "engine/model_support.h"
#include "support/gguf_writer.h"

#include <nlohmann/json.hpp>

#include <iterator>

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

namespace {

const std::filesystem::path kFixtures = std::filesystem::path(ATTEST_SHARED_DIR) / "fixtures";

// What the fixtures' manifest says of each quantized model, by folder.
nlohmann::json quantizedManifest() {
    auto types = nlohmann::json::parse(readFile(kFixtures / "quantized/manifest.json")).at("types");
    for (auto it = types.begin(); it != types.end();) { // the base has nothing to compare
        it = it->contains("nmse_quantized_path_vs_exact") ? std::next(it) : types.erase(it);
    }
    return types;
}

} // namespace

TEST_CASE("models of every family give the reference's logits", "[engine][parity]") {
    struct Case {
        const char* name;
        // The reference's own one-by-one and batch runs differ by 2e-5. It looks GELU up in a
        // half-precision table, which moves Gemma's logits by 3e-3.
        double tolerance = 1e-4;
        const char* logits = "logits.f32";
        std::uint32_t contextLength = 256;
    };

    constexpr double kGelu = 5e-3;
    const Case c = GENERATE_COPY(Case{"llama-spm"},
                                 Case{"llama3-ropefreqs"},
                                 Case{"llama-headdim"},
                                 Case{"llama-rope-linear"},
                                 Case{"llama-rope-yarn"},
                                 Case{"llama-bias"},
                                 Case{"mistral3"},
                                 Case{"smollm2"},
                                 Case{"smollm3"},
                                 Case{"qwen2"},
                                 Case{"qwen2-untied"},
                                 Case{"qwen3"},
                                 Case{"phi3"},
                                 Case{"phi3-longrope"},
                                 Case{"phi3-longrope", 1e-4, "logits.n_ctx512.f32", 512},
                                 Case{"gemma", kGelu},
                                 Case{"gemma2", kGelu},
                                 Case{"gemma3", kGelu},
                                 Case{"bitnet"},
                                 Case{"bitnet-b1.58"});
    CAPTURE(c.name, c.contextLength);
    const auto folder = kFixtures / "models" / c.name;
    const std::vector<TokenId> tokens = readTokens(kFixtures / "models/tokens.json");
    const std::vector<float> expected = readFloats(folder / c.logits);
    const auto model = loadModel(folder / "model.gguf");
    ThreadPool pool(2);

    for (const Isa isa : availableIsas()) {
        CAPTURE(toString(isa));
        const IsaScope scope(isa);
        Session session =
            createSession(model, pool, {.contextLength = c.contextLength, .batchSize = 512});

        const std::vector<float> logits = allLogits(session, tokens);

        CHECK(largestDifference(logits, expected) < c.tolerance);
    }
}

TEST_CASE("quantized rows expand to the reference's bytes", "[engine][parity]") {
    const auto manifest = quantizedManifest();
    CHECK(manifest.size() >= 23);
    for (const auto& [name, about] : manifest.items()) {
        CAPTURE(name);
        const auto folder = kFixtures / "quantized" / name;
        if (name.ends_with("-mix")) { // of types that have a model of their own
            continue;
        }
        const std::vector<float> expected = readFloats(folder / "blk.0.attn_q.weight.rows0-63.f32");
        const auto file = GgufFile::open(folder / "model.gguf");
        REQUIRE(file.ok());
        const TensorInfo* tensor = file.value().findTensor("blk.0.attn_q.weight");
        REQUIRE(tensor != nullptr);

        std::vector<float> rows(expected.size());
        dequantizeRow(tensor->type, tensor->data.data(), rows);

        CHECK(sameBytes(rows, expected));
    }
}

TEST_CASE("quantized models stay near the exact result for their weights", "[engine][parity]") {
    const std::vector<TokenId> tokens = readTokens(kFixtures / "models/tokens.json");
    const auto manifest = quantizedManifest();
    ThreadPool pool(2);
    for (const auto& [name, about] : manifest.items()) {
        // The reference's own error with 8-bit activations, and a tenth; F16 and BF16 weights are
        // multiplied in f32 here, so only rounding remains.
        const bool isFloat = name == "f16-pure" || name == "bf16-pure";
        const double limit =
            isFloat ? 1e-9 : 1.1 * about.at("nmse_quantized_path_vs_exact").get<double>();
        const auto folder = kFixtures / "quantized" / name;
        const std::vector<float> expected = readFloats(folder / "logits_dequantized.f32");
        const auto model = loadModel(folder / "model.gguf");
        for (const Isa isa : availableIsas()) {
            CAPTURE(name, toString(isa));
            const IsaScope scope(isa);
            Session session = createSession(model, pool);

            const double error = normalisedError(allLogits(session, tokens), expected);

            CHECK(error < limit);
        }
    }
}
