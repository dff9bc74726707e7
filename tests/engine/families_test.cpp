// Every family of the registration table: its layers run, and files that are not of it are refused.
#include "engine/families/families.h"

#include "engine/refusal.h"

#include <iterator>

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

namespace {

// What a file may leave out.
bool isOptional(const std::string& architecture, const std::string& tensor) {
    const std::string_view name = tensor;
    return name == "output.weight" || name.ends_with(".scale") ||
           (name.ends_with(".bias") && architecture != "qwen2") ||
           name.find("rope_factors") != std::string_view::npos;
}

void checkRefused(const TinyModel& model, const std::string& named) {
    const TemporaryFile file(model.bytes());
    const auto loaded = Model::load(file.path());
    CAPTURE(named);
    REQUIRE_FALSE(loaded.ok());
    CHECK(loaded.error().code == ErrorCode::InvalidInput);
    CHECK_THAT(loaded.error().message, Catch::Matchers::Contains("'" + named + "'"));
}

// One of every kind of tensor: the first layer has them all.
bool isRepeated(const std::string& tensor) {
    return tensor.rfind("blk.", 0) == 0 && tensor.rfind("blk.0.", 0) != 0;
}

} // namespace

TEST_CASE("logits of every family are the same bytes for every split and thread count",
          "[engine][families][row_invariance]") {
    const TensorType type = GENERATE(TensorType::F32, TensorType::Q8_0);
    for (const Family& family : kFamilies) {
        const std::string architecture(family.architecture);
        const TemporaryFile file(TinyFamily::make(architecture, type).bytes());
        const auto model = loadModel(file.path());
        CHECK(model->info().architecture == architecture);
        for (const Isa isa : availableIsas()) {
            const IsaScope scope(isa);
            const bool isReference = isa == Isa::Reference; // slow in debug builds
            const std::vector<TokenId> tokens = someTokens(isReference ? 19 : 37);
            std::vector<float> expected;
            for (const std::size_t threads : {1U, 3U}) {
                ThreadPool pool(threads);
                for (const std::size_t step : {tokens.size(), std::size_t(1), std::size_t(5)}) {
                    if (isReference && (threads != 3 || step == 1)) {
                        continue;
                    }
                    CAPTURE(architecture, toString(type), toString(isa), threads, step);
                    Session session = createSession(model, pool);
                    const std::vector<float> logits = logitsInSteps(session, tokens, step);
                    if (expected.empty()) {
                        expected = logits;
                        REQUIRE(std::isfinite(logits.back()));
                    }
                    CHECK(sameBytes(logits, expected));
                }
            }
        }
    }
}

TEST_CASE("the instruction sets agree on every family", "[engine][families]") {
    ThreadPool pool(2);
    for (const Family& family : kFamilies) {
        const std::string architecture(family.architecture);
        const TemporaryFile file(TinyFamily::make(architecture, TensorType::F32).bytes());
        const auto model = loadModel(file.path());
        std::vector<float> expected;
        for (const Isa isa : availableIsas()) {
            CAPTURE(architecture, toString(isa));
            const IsaScope scope(isa);
            Session session = createSession(model, pool);
            const std::vector<float> logits = allLogits(session, someTokens(20));
            if (expected.empty()) {
                expected = logits;
            }
            CHECK(normalisedError(logits, expected) < 1e-9);
        }
    }
}

TEST_CASE("a tensor that a family needs is missed by name", "[engine][families][hostile]") {
    for (const Family& family : kFamilies) {
        const std::string architecture(family.architecture);
        CAPTURE(architecture);
        const TinyModel good = TinyFamily::make(architecture, TensorType::Q8_0);
        for (const auto& [name, tensor] : good.tensors) {
            if (!isRepeated(name) && !isOptional(architecture, name)) {
                TinyModel model = good;
                model.tensors.erase(name);
                // The three apart would do as well as the fused one, so they are missed.
                checkRefused(model, name == "blk.0.attn_qkv.weight" ? "blk.0.attn_q.weight" : name);
            }
        }
    }
}

TEST_CASE("a tensor of a wrong shape is refused by name", "[engine][families][hostile]") {
    for (const Family& family : kFamilies) {
        const std::string architecture(family.architecture);
        CAPTURE(architecture);
        const TinyModel good = TinyFamily::make(architecture, TensorType::F32);
        for (const auto& [name, tensor] : good.tensors) {
            if (isRepeated(name)) {
                continue;
            }
            TinyModel model = good;
            if (tensor.shape.size() == 1) {
                model.vector(name, tensor.shape[0] + 1);
            } else {
                model.matrix(name, TensorType::F32, tensor.shape[0], tensor.shape[1] + 1);
            }
            checkRefused(model, name);
        }
    }
}

TEST_CASE("a tensor of another family is refused by name", "[engine][families][hostile]") {
    struct Case {
        const char* architecture;
        const char* tensor;
    };

    const Case c = GENERATE(Case{"llama", "blk.0.attn_q_norm.weight"},
                            Case{"qwen2", "blk.0.attn_sub_norm.weight"},
                            Case{"qwen3", "blk.0.post_ffw_norm.weight"},
                            Case{"phi3", "blk.0.ffn_gate.weight"},
                            Case{"gemma", "blk.3.post_attention_norm.weight"},
                            Case{"bitnet", "blk.1.attn_k_norm.weight"});
    CAPTURE(c.architecture, c.tensor);
    TinyModel model = TinyFamily::make(c.architecture, TensorType::F32);
    model.vector(c.tensor, 48);
    const TemporaryFile file(model.bytes());

    const auto loaded = Model::load(file.path());

    REQUIRE_FALSE(loaded.ok());
    CHECK(loaded.error().code == ErrorCode::Unsupported);
    CHECK_THAT(loaded.error().message, Catch::Matchers::Contains(c.tensor));
    CHECK_THAT(loaded.error().message, Catch::Matchers::Contains(c.architecture));
}

TEST_CASE("keys of a family are checked", "[engine][families][hostile]") {
    struct Case {
        const char* architecture;
        const char* key;
        float value;
    };

    const float nan = std::numeric_limits<float>::quiet_NaN();
    const Case c = GENERATE_COPY(Case{"gemma2", "attn_logit_softcapping", nan},
                                 Case{"gemma2", "final_logit_softcapping", -1},
                                 Case{"gemma3", "final_logit_softcapping", nan},
                                 Case{"gemma3", "rope.freq_base_swa", 0},
                                 Case{"mistral3", "rope.scaling.yarn_beta_fast", 0},
                                 Case{"mistral3", "rope.scaling.yarn_beta_slow", nan},
                                 Case{"mistral3", "rope.scaling.yarn_log_multiplier", -2},
                                 Case{"mistral3", "attention.temperature_scale", nan},
                                 Case{"qwen3", "rope.freq_base", nan});
    const std::string key = std::string(c.architecture) + "." + c.key;
    TinyModel model = TinyFamily::make(c.architecture, TensorType::F32);
    model.f32(key, c.value);
    checkRefused(model, key);
    model.string(key, "four");
    checkRefused(model, key);
}

TEST_CASE("window and rotated part are bounded", "[engine][families][hostile]") {
    struct Case {
        const char* architecture;
        const char* key;
        std::uint32_t value;
    };

    const Case c = GENERATE(Case{"gemma2", "attention.sliding_window", 0xFFFFFFFF},
                            Case{"gemma3", "attention.sliding_window", 0xFFFFFFFF},
                            Case{"gemma3", "attention.sliding_window_pattern", 0},
                            Case{"phi3", "rope.dimension_count", 0},
                            Case{"phi3", "rope.dimension_count", 31},
                            Case{"phi3", "rope.dimension_count", TinyModel::kHeadSize + 2},
                            Case{"mistral3", "rope.scaling.original_context_length", 0});
    const std::string key = std::string(c.architecture) + "." + c.key;
    TinyModel model = TinyFamily::make(c.architecture, TensorType::F32);
    model.u32(key, c.value);
    checkRefused(model, key);
}

TEST_CASE("an unknown architecture is named, and what there is instead",
          "[engine][families][hostile]") {
    TinyModel model(TensorType::F32);
    model.string("general.architecture", "mamba");
    const TemporaryFile file(model.bytes());

    const auto loaded = Model::load(file.path());

    REQUIRE_FALSE(loaded.ok());
    CHECK(loaded.error().code == ErrorCode::Unsupported);
    CHECK_THAT(loaded.error().message, Catch::Matchers::Contains("'mamba'"));
    for (const Family& family : kFamilies) {
        CHECK_THAT(loaded.error().message,
                   Catch::Matchers::Contains(std::string(family.architecture)));
    }
}

TEST_CASE("a file is refused before a megabyte is allocated", "[engine][families][hostile]") {
    // As large a vocabulary as Llama 3's, whose texts alone take megabytes.
    constexpr std::uint32_t kTokens = 128'256;
    TinyModel good(TensorType::Q8_0);
    good.keys["tokenizer.ggml.tokens"] = [](GgufWriter& w, const std::string& key) {
        std::vector<std::string> tokens;
        for (std::uint32_t i = 0; i < kTokens; ++i) {
            tokens.push_back("token" + std::to_string(i));
        }
        w.strings(key, tokens);
    };
    good.matrix("token_embd.weight", TensorType::Q8_0, TinyModel::kWidth, kTokens);
    good.tensors.erase("output.weight");

    TinyModel unknown = good;
    unknown.string("general.architecture", "mamba");
    CHECK(bytesToRefuse(unknown, "mamba") < 1U << 20U);
    TinyModel withoutTensor = good;
    withoutTensor.tensors.erase("blk.1.ffn_down.weight");
    CHECK(bytesToRefuse(withoutTensor, "blk.1.ffn_down.weight") < 1U << 20U);
    TinyModel wrongShape = good;
    wrongShape.vector("output_norm.weight", 3);
    CHECK(bytesToRefuse(wrongShape, "output_norm.weight") < 1U << 20U);
    TinyModel unknownType = good;
    unknownType.tensors["blk.0.attn_v.weight"].type = 99;
    CHECK(bytesToRefuse(unknownType, "blk.0.attn_v.weight") < 1U << 20U);
    TinyModel unknownTensor = good;
    unknownTensor.vector("blk.0.mystery.weight", 3);
    CHECK(bytesToRefuse(unknownTensor, "blk.0.mystery.weight") < 1U << 20U);
    // The measure works: the whole tokenizer does take more.
    TinyModel badScores = good;
    CHECK(bytesToRefuse(badScores, "tokenizer") > 1U << 20U);
}
