// Models that break a rule: refused with a message that names the key or tensor, never a crash.
#include "engine/model_support.h"
#include "engine/tiny_model.h"

#include <limits>

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

namespace {

struct Case {
    std::string about;
    std::function<void(TinyModel&)> damage;
    ErrorCode code;
    std::string named; // in the message
};

Case key(const std::string& name, std::uint32_t value) {
    return {name + " = " + std::to_string(value),
            [name, value](TinyModel& m) { m.u32(name, value); },
            ErrorCode::InvalidInput,
            name};
}

Case number(const std::string& name, float value) {
    return {name + " = " + std::to_string(value),
            [name, value](TinyModel& m) { m.f32(name, value); },
            ErrorCode::InvalidInput,
            name};
}

Case without(const std::string& name) {
    return {"without " + name,
            [name](TinyModel& m) {
                m.keys.erase(name);
                m.tensors.erase(name);
            },
            ErrorCode::InvalidInput,
            name};
}

Case shaped(const std::string& name, std::uint64_t in, std::uint64_t out) {
    return {name + " with another shape",
            [name, in, out](TinyModel& m) { m.matrix(name, TensorType::F32, in, out); },
            ErrorCode::InvalidInput,
            name};
}

std::vector<Case> cases() {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float infinity = std::numeric_limits<float>::infinity();
    const std::uint32_t most = std::numeric_limits<std::uint32_t>::max();
    std::vector<Case> all;
    for (const char* name : {"llama.context_length",
                             "llama.embedding_length",
                             "llama.block_count",
                             "llama.feed_forward_length",
                             "llama.attention.head_count",
                             "llama.attention.head_count_kv",
                             "llama.attention.key_length",
                             "llama.attention.value_length",
                             "llama.rope.dimension_count"}) {
        all.push_back(key(name, 0));
        all.push_back(key(name, most));
        all.push_back({std::string(name) + " as text",
                       [name](TinyModel& m) { m.string(name, "four"); },
                       ErrorCode::InvalidInput,
                       name});
    }
    all.push_back(key("llama.attention.head_count_kv", 3)); // does not divide 4
    all.push_back(key("llama.attention.head_count_kv", 8)); // more than heads
    all.push_back(key("llama.attention.key_length", 47));   // odd, and not the value length
    all.back().code = ErrorCode::Unsupported;
    all.back().named = "llama.attention.value_length";
    all.push_back(key("llama.rope.dimension_count", 32));
    all.push_back(key("llama.embedding_length", 512)); // not what the tensors have
    all.back().named = "token_embd.weight";
    all.push_back(key("llama.block_count", 3));
    all.back().named = "blk.2.attn_norm.weight";
    all.push_back(key("llama.block_count", 1)); // tensors of the second block are left over
    all.back().code = ErrorCode::Unsupported;
    all.back().named = "blk.1.";
    all.push_back(key("llama.block_count", 1024));
    all.back().named = "blk.2.attn_norm.weight";
    all.push_back(key("llama.vocab_size", 271));
    all.push_back(key("llama.expert_count", 8));
    all.back().code = ErrorCode::Unsupported;
    all.push_back(key("llama.rope.scaling.original_context_length", 0));

    const std::string epsilon = "llama.attention.layer_norm_rms_epsilon";
    for (const float bad : {nan, infinity, 0.0F, -1e-5F, 2.0F}) {
        all.push_back(number(epsilon, bad));
    }
    for (const float bad : {nan, infinity, 0.0F, -1.0F, 1.0F}) {
        all.push_back(number("llama.rope.freq_base", bad));
    }
    for (const float bad : {nan, infinity, -4.0F, 1e-20F, 1e20F}) {
        all.push_back(number("llama.rope.scaling.factor", bad));
    }
    all.push_back(number("llama.rope.scaling.attn_factor", nan));
    all.push_back(number("llama.attention.scale", infinity));

    for (const char* name : {"general.architecture",
                             "llama.context_length",
                             "llama.embedding_length",
                             "llama.block_count",
                             "llama.feed_forward_length",
                             "llama.attention.head_count",
                             "tokenizer.ggml.tokens",
                             "token_embd.weight",
                             "output_norm.weight",
                             "blk.0.attn_q.weight",
                             "blk.1.ffn_down.weight"}) {
        all.push_back(without(name));
    }
    all.push_back(without(epsilon));

    all.push_back(shaped("blk.0.attn_q.weight", 256, 191));
    all.push_back(shaped("blk.1.attn_k.weight", 96, 256)); // turned round
    all.push_back(shaped("token_embd.weight", 256, TinyModel::kVocabulary - 1));
    all.push_back(shaped("output.weight", 256, TinyModel::kVocabulary + 1));
    all.push_back({"a norm that is too short",
                   [](TinyModel& m) { m.vector("blk.0.ffn_norm.weight", 255); },
                   ErrorCode::InvalidInput,
                   "blk.0.ffn_norm.weight"});
    all.push_back({"a bias that is too long",
                   [](TinyModel& m) { m.vector("blk.0.attn_q.bias", 193); },
                   ErrorCode::InvalidInput,
                   "blk.0.attn_q.bias"});
    all.push_back({"rope factors that are too few",
                   [](TinyModel& m) { m.vector("rope_freqs.weight", 23); },
                   ErrorCode::InvalidInput,
                   "rope_freqs.weight"});
    all.push_back({"a rope factor of zero",
                   [](TinyModel& m) {
                       m.vector("rope_freqs.weight", 24);
                       m.tensors["rope_freqs.weight"].data.replace(8, 4, 4, '\0');
                   },
                   ErrorCode::InvalidInput,
                   "rope_freqs.weight"});
    all.push_back({"one of two sets of rope factors",
                   [](TinyModel& m) { m.vector("rope_factors_long.weight", 24); },
                   ErrorCode::InvalidInput,
                   "rope_factors_short.weight"});

    all.push_back({"another architecture",
                   [](TinyModel& m) { m.string("general.architecture", "qwen9"); },
                   ErrorCode::Unsupported,
                   "qwen9"});
    all.push_back({"an unknown rope scaling",
                   [](TinyModel& m) { m.string("llama.rope.scaling.type", "magic"); },
                   ErrorCode::Unsupported,
                   "llama.rope.scaling.type"});
    all.push_back({"a norm in half precision",
                   [](TinyModel& m) {
                       m.tensors["output_norm.weight"] = {{256}, 1, std::string(512, '\0')};
                   },
                   ErrorCode::Unsupported,
                   "output_norm.weight"});
    all.push_back({"a weight type that cannot be computed with",
                   [](TinyModel& m) {
                       auto& tensor = m.tensors["blk.0.attn_v.weight"];
                       tensor.type = 16;
                       tensor.data.resize(66 * 96);
                   },
                   ErrorCode::Unsupported,
                   "'blk.0.attn_v.weight' has type IQ2_XXS"});
    all.push_back({"a weight type nobody knows",
                   [](TinyModel& m) { m.tensors["output.weight"].type = 4'000'000'000; },
                   ErrorCode::Unsupported,
                   "'output.weight' has type type 4000000000"});
    all.push_back({"a tensor without its scale",
                   [](TinyModel& m) {
                       m.matrix("blk.1.ffn_up.weight", TensorType::I2_S, 256, 512);
                       auto& data = m.tensors["blk.1.ffn_up.weight"].data;
                       m.tensors["blk.1.zzz"] = {{1}, 0, std::string(4, '\0')};
                       data.resize(data.size() - 32);
                   },
                   ErrorCode::InvalidInput,
                   "blk.1.ffn_up.weight"});
    all.push_back({"rows that are not whole blocks of I2_S",
                   [](TinyModel& m) {
                       auto& tensor = m.tensors["blk.0.attn_output.weight"];
                       tensor.type = std::uint32_t(TensorType::I2_S); // 192 in a row
                   },
                   ErrorCode::InvalidInput,
                   "blk.0.attn_output.weight"});
    all.push_back({"a tensor the architecture does not have",
                   [](TinyModel& m) { m.vector("blk.0.attn_q_norm.weight", 48); },
                   ErrorCode::Unsupported,
                   "blk.0.attn_q_norm.weight"});
    return all;
}

} // namespace

TEST_CASE("a damaged model is refused and the message names the place",
          "[engine][model][hostile]") {
    const TinyModel good(TensorType::Q8_0);
    for (const Case& c : cases()) {
        CAPTURE(c.about);
        TinyModel model = good;
        c.damage(model);
        const TemporaryFile file(model.bytes());

        const auto loaded = Model::load(file.path());

        REQUIRE_FALSE(loaded.ok());
        CHECK(loaded.error().code == c.code);
        CHECK_THAT(loaded.error().message, Catch::Matchers::Contains(c.named));
    }
}

TEST_CASE("a model file that ends early is refused", "[engine][model][hostile]") {
    const std::string bytes = TinyModel(TensorType::Q4_0).bytes();
    for (const std::size_t size :
         {std::size_t(0), std::size_t(3), std::size_t(100), bytes.size() / 2, bytes.size() - 1}) {
        CAPTURE(size);
        const TemporaryFile file(std::string_view(bytes).substr(0, size));
        CHECK_FALSE(Model::load(file.path()).ok());
    }
    const auto missing = Model::load("/does/not/exist.gguf");
    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().code == ErrorCode::NotFound);
}

TEST_CASE("weights of any value run without harm", "[engine][model][hostile]") {
    std::vector<TensorType> types(std::begin(kQuantTypes), std::end(kQuantTypes));
    types.insert(types.end(), {TensorType::F32, TensorType::F16, TensorType::BF16});
    const TensorType type = GENERATE_COPY(from_range(types));
    CAPTURE(toString(type));
    TinyModel model(type);
    std::mt19937 random(9);
    for (auto& [name, tensor] : model.tensors) {
        for (char& byte : tensor.data) {
            byte = char(random()); // NaN, infinities and huge numbers among them
        }
    }
    const TemporaryFile file(model.bytes());
    const auto loaded = loadModel(file.path());
    ThreadPool pool(2);
    for (const Isa isa : availableIsas()) {
        CAPTURE(toString(isa));
        const IsaScope scope(isa);
        Session session = createSession(loaded, pool);
        const std::vector<float> logits = allLogits(session, std::vector<TokenId>(20, 7));
        // NaN stays NaN: nothing turns rubbish into a number that looks right.
        CHECK(std::isnan(logits.back()));
    }
}

TEST_CASE("a context whose keys and values cannot be had is refused",
          "[engine][session][hostile]") {
    TinyModel model(TensorType::Q8_0);
    model.u32("llama.context_length", 1U << 24U);
    const TemporaryFile file(model.bytes());
    const auto loaded = loadModel(file.path());
    ThreadPool pool(1);

    // About 26 GB of address space: either the system grants it, and then untouched pages cost
    // nothing, or the session is refused.
    const auto session = Session::create(loaded, pool, {});

    if (!session.ok()) {
        CHECK(session.error().code == ErrorCode::OutOfResources);
    } else {
        CHECK(session.value().contextLength() == 1U << 24U);
    }
}
