// Adapters that break a rule or belong to another model: refused with a message that names the key
// or tensor.
#include "engine/lora_adapter.h"
#include "engine/model_support.h"
#include "engine/tiny_adapter.h"
#include "engine/tiny_model.h"
#include "support/byte_mutator.h"

#include <limits>

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

namespace {

constexpr std::uint64_t kWidth = TinyModel::kWidth;
constexpr std::uint64_t kHidden = TinyModel::kHidden;
constexpr const char* kUp = "blk.0.ffn_up.weight";

struct Case {
    std::string about;
    std::function<void(TinyAdapter&)> damage;
    ErrorCode code;
    std::string message; // what it ends with
};

Case text(const std::string& key, const std::string& value, ErrorCode code, std::string message) {
    return {key + " is " + value,
            [key, value](TinyAdapter& a) { a.string(key, value); },
            code,
            std::move(message)};
}

Case without(const std::string& name, std::string message) {
    return {"without " + name,
            [name](TinyAdapter& a) {
                a.keys.erase(name);
                a.tensors.erase(name);
            },
            ErrorCode::InvalidInput,
            std::move(message)};
}

Case shaped(const std::string& name, std::uint64_t in, std::uint64_t out, std::string message) {
    return {name + " with another shape",
            [name, in, out](TinyAdapter& a) { a.matrix(name, in, out); },
            ErrorCode::InvalidInput,
            std::move(message)};
}

Case alpha(float value) {
    return {"alpha " + std::to_string(value),
            [value](TinyAdapter& a) { a.f32("adapter.lora.alpha", value); },
            ErrorCode::InvalidInput,
            "key 'adapter.lora.alpha' is outside 0 to 1000000"};
}

std::vector<Case> cases() {
    const std::string up = kUp;
    std::vector<Case> all = {
        text("general.type",
             "model",
             ErrorCode::Unsupported,
             "key 'general.type' is 'model', not 'adapter'"),
        text("adapter.type",
             "control_vector",
             ErrorCode::Unsupported,
             "key 'adapter.type' is 'control_vector', not 'lora'"),
        text("general.architecture",
             "qwen2",
             ErrorCode::InvalidInput,
             "key 'general.architecture' is 'qwen2', the model's is 'llama'"),
        text("adapter.lora.alpha",
             "16",
             ErrorCode::InvalidInput,
             "key 'adapter.lora.alpha' is a string, not a floating-point number"),
        without("general.type", "key 'general.type' is not in the file"),
        without("adapter.type", "key 'adapter.type' is not in the file"),
        without("general.architecture", "key 'general.architecture' is not in the file"),
        without(up + ".lora_a", "tensor '" + up + ".lora_b' is there without its '.lora_a'"),
        without(up + ".lora_b", "tensor '" + up + ".lora_a' is there without its '.lora_b'"),
        // Turned round, of another model, ranks that differ.
        shaped(up + ".lora_a",
               4,
               kWidth,
               "tensor '" + up +
                   ".lora_a' has shape 4 x 256, expected 256 x 4 for the model's "
                   "tensor"),
        shaped(up + ".lora_a",
               kWidth - 1,
               4,
               "tensor '" + up +
                   ".lora_a' has shape 255 x 4, expected 256 x 4 for the model's "
                   "tensor"),
        shaped(up + ".lora_a",
               kWidth,
               5,
               "tensor '" + up +
                   ".lora_a' has shape 256 x 5, expected 256 x 4 for the model's "
                   "tensor"),
        shaped(up + ".lora_b",
               4,
               kHidden + 1,
               "tensor '" + up +
                   ".lora_b' has shape 4 x 513, expected 4 x 512 for the model's "
                   "tensor"),
        shaped(up + ".lora_b",
               4097,
               1,
               "tensor '" + up +
                   ".lora_b' has rank 4097; at most 4096 "
                   "is possible"),
        // The roles of the embedding's factors differ from those of all others.
        shaped("token_embd.weight.lora_a",
               kWidth,
               4,
               "tensor 'token_embd.weight.lora_a' has shape 256 x 4, expected 4 x 270 for the "
               "model's tensor"),
    };
    const float infinity = std::numeric_limits<float>::infinity();
    for (const float value : {-1.0F, infinity, std::nanf(""), 1e7F}) {
        all.push_back(alpha(value));
    }
    all.push_back({"a name without a known ending",
                   [](TinyAdapter& a) { a.matrix("blk.0.ffn_up.weight.lora_m", 4, 4); },
                   ErrorCode::InvalidInput,
                   "tensor 'blk.0.ffn_up.weight.lora_m' ends neither in '.lora_a' nor in "
                   "'.lora_b'"});
    all.push_back({"a tensor that the model does not have",
                   [](TinyAdapter& a) { a.pair("blk.2.ffn_up.weight", kWidth, 4, kHidden); },
                   ErrorCode::InvalidInput,
                   "tensor 'blk.2.ffn_up.weight.lora_a' changes a tensor that the model does not "
                   "have"});
    all.push_back({"a norm",
                   [](TinyAdapter& a) { a.pair("output_norm.weight", kWidth, 4, 1); },
                   ErrorCode::InvalidInput,
                   "tensor 'output_norm.weight.lora_a' changes a tensor that is no matrix"});
    all.push_back({"three dimensions",
                   [](TinyAdapter& a) {
                       a.matrix("output.weight.lora_a", kWidth, 4);
                       a.tensors["output.weight.lora_a"].shape = {kWidth, 2, 2};
                   },
                   ErrorCode::InvalidInput,
                   "tensor 'output.weight.lora_a' has more than two dimensions"});
    all.push_back({"a type that is no weight",
                   [](TinyAdapter& a) {
                       a.tensors[std::string(kUp) + ".lora_a"].type = 26; // I32
                   },
                   ErrorCode::Unsupported,
                   "tensor 'blk.0.ffn_up.weight.lora_a' has type I32, which this build cannot "
                   "compute with"});
    all.push_back({"no pair",
                   [](TinyAdapter& a) { a.tensors.clear(); },
                   ErrorCode::InvalidInput,
                   "there is no tensor whose name ends in '.lora_a'"});
    all.push_back({"only a norm",
                   [](TinyAdapter& a) {
                       a.tensors.clear();
                       a.matrix("output_norm.weight", kWidth, 1);
                   },
                   ErrorCode::InvalidInput,
                   "there is no tensor whose name ends in '.lora_a'"});
    all.push_back({"invocation tokens",
                   [](TinyAdapter& a) {
                       a.keys["adapter.alora.invocation_tokens"] = [](GgufWriter& w,
                                                                      const std::string& k) {
                           w.ints(k, {1, 2, 3});
                       };
                   },
                   ErrorCode::Unsupported,
                   "key 'adapter.alora.invocation_tokens': adapters that begin at a sequence of "
                   "tokens are not supported"});
    return all;
}

std::shared_ptr<const Model> tinyModel() {
    const TemporaryFile file(TinyModel(TensorType::Q8_0).bytes());
    return loadModel(file.path());
}

TinyAdapter goodAdapter() {
    TinyAdapter adapter;
    adapter.cover(TinyModel(TensorType::Q8_0), 4);
    return adapter;
}

} // namespace

TEST_CASE("a damaged adapter is refused and the message names the place",
          "[engine][lora][hostile]") {
    const auto model = tinyModel();
    for (const Case& c : cases()) {
        CAPTURE(c.about);
        TinyAdapter adapter = goodAdapter();
        c.damage(adapter);
        const TemporaryFile file(adapter.bytes());

        const auto loaded = LoraAdapter::load(file.path(), model);

        REQUIRE_FALSE(loaded.ok());
        CHECK(loaded.error().code == c.code);
        CHECK(loaded.error().message ==
              "load adapter '" + file.path().string() + "': " + c.message);
    }
}

TEST_CASE("norms in an adapter are ignored and listed", "[engine][lora]") {
    TinyAdapter adapter = goodAdapter();
    adapter.matrix("blk.0.attn_norm.weight", kWidth, 1);
    const TemporaryFile file(adapter.bytes());

    const auto loaded = LoraAdapter::load(file.path(), tinyModel());

    REQUIRE(loaded.ok());
    CHECK(loaded.value()->info().ignored == std::vector<std::string>{"blk.0.attn_norm.weight"});
}

TEST_CASE("an adapter of rank 1 may leave the dimension out", "[engine][lora]") {
    TinyAdapter adapter;
    adapter.pair(kUp, kWidth, 1, kHidden);
    adapter.tensors[std::string(kUp) + ".lora_a"].shape = {kWidth};
    const TemporaryFile file(adapter.bytes());

    const auto loaded = LoraAdapter::load(file.path(), tinyModel());

    REQUIRE(loaded.ok());
    CHECK(loaded.value()->info().rank == 1);
}

TEST_CASE("a model is no adapter, and an adapter no model", "[engine][lora][hostile]") {
    const TemporaryFile model(TinyModel(TensorType::Q8_0).bytes());
    const TemporaryFile adapter(goodAdapter().bytes());

    const auto notAdapter = LoraAdapter::load(model.path(), tinyModel());
    const auto notModel = Model::load(adapter.path());

    REQUIRE_FALSE(notAdapter.ok());
    CHECK_THAT(notAdapter.error().message, Catch::Matchers::Contains("'general.type'"));
    REQUIRE_FALSE(notModel.ok());
    CHECK_THAT(notModel.error().message, Catch::Matchers::Contains("'general.type'"));
    const auto missing = LoraAdapter::load("/does/not/exist.gguf", tinyModel());
    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().code == ErrorCode::NotFound);
}

TEST_CASE("an adapter cut at any place is refused", "[engine][lora][hostile]") {
    TinyAdapter adapter;
    adapter.pair(kUp, kWidth, 1, kHidden);
    const std::string bytes = adapter.bytes();
    const auto model = tinyModel();
    TemporaryFile file("");
    for (std::size_t size = 0; size < bytes.size(); size += size < 600 ? 1 : 97) {
        CAPTURE(size);
        file.rewrite(std::string_view(bytes).substr(0, size));
        CHECK_FALSE(LoraAdapter::load(file.path(), model).ok());
    }
}

TEST_CASE("factors that are not numbers give logits that are not", "[engine][lora][hostile]") {
    const auto model = tinyModel();
    TinyAdapter adapter = goodAdapter();
    adapter.tensors["output.weight.lora_b"].data.replace(0, 4, rawNumber(std::nanf("")));
    const TemporaryFile file(adapter.bytes());
    auto loaded = LoraAdapter::load(file.path(), model);
    REQUIRE(loaded.ok());
    ThreadPool pool(1);
    for (const Isa isa : availableIsas()) {
        CAPTURE(toString(isa));
        const IsaScope scope(isa);
        Session session = createSession(model, pool, {.adapters = {{loaded.value(), 1}}});
        CHECK(std::isnan(allLogits(session, std::vector<TokenId>{5, 6}).front()));
    }
}
