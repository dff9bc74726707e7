// Logits with an adapter, as another engine computed them.
#include "engine/lora_adapter.h"
#include "engine/model_support.h"

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

namespace {

const std::filesystem::path kFixtures = std::filesystem::path(ATTEST_SHARED_DIR) / "fixtures";

} // namespace

TEST_CASE("logits with an adapter equal the reference", "[engine][lora][parity]") {
    const auto model = loadModel(kFixtures / "models/llama-spm/model.gguf");
    const std::vector<TokenId> tokens = readTokens(kFixtures / "models/tokens.json");
    const auto loaded = LoraAdapter::load(kFixtures / "lora/adapter.gguf", model);
    INFO((loaded.ok() ? "" : loaded.error().message));
    REQUIRE(loaded.ok());
    const auto& adapter = loaded.value();
    CHECK(adapter->info().rank == 4);
    CHECK(adapter->info().alpha == 16);
    ThreadPool pool(2);
    for (const Isa isa : availableIsas()) {
        CAPTURE(toString(isa));
        const IsaScope scope(isa);
        const auto logits = [&](const std::vector<AppliedAdapter>& adapters) {
            Session session =
                createSession(model, pool, {.contextLength = 256, .adapters = adapters});
            return allLogits(session, tokens);
        };
        const std::vector<float> whole = readFloats(kFixtures / "lora/logits.scale1.0.f32");
        const std::vector<float> half = readFloats(kFixtures / "lora/logits.scale0.5.f32");
        constexpr double kTolerance = 1e-4; // as the fixtures' README says

        CHECK(largestDifference(logits({{adapter, 1}}), whole) < kTolerance);
        CHECK(largestDifference(logits({{adapter, 0.5F}}), half) < kTolerance);
        // Twice half of it, and what is left of one and a half.
        CHECK(largestDifference(logits({{adapter, 0.5F}, {adapter, 0.5F}}), whole) < kTolerance);
        CHECK(largestDifference(logits({{adapter, 1.5F}, {adapter, -1}}), half) < kTolerance);
    }
}
