// Adapters against a model whose weights they were added to.
#include "engine/lora_adapter.h"

#include "engine/kernels/unpack.h"
#include "engine/model_support.h"
#include "engine/tiny_adapter.h"
#include "engine/tiny_model.h"

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

namespace {

const std::vector<TokenId> kTokens = {1, 70, 75, 260, 9, 100, 101, 102, 103, 70,
                                      3, 4,  5,  6,   7, 8,   200, 201, 202, 203};

std::shared_ptr<const LoraAdapter> loadAdapter(const std::filesystem::path& path,
                                               const std::shared_ptr<const Model>& model) {
    auto adapter = LoraAdapter::load(path, model);
    INFO((adapter.ok() ? "" : adapter.error().message));
    REQUIRE(adapter.ok());
    return std::move(adapter).value();
}

std::shared_ptr<const LoraAdapter> loadAdapter(const TinyAdapter& adapter,
                                               const std::shared_ptr<const Model>& model) {
    const TemporaryFile file(adapter.bytes());
    return loadAdapter(file.path(), model);
}

std::vector<float> logitsWith(const std::shared_ptr<const Model>& model,
                              const std::vector<AppliedAdapter>& adapters,
                              std::size_t threads = 1,
                              std::uint32_t batchSize = 512) {
    ThreadPool pool(threads);
    Session session = createSession(model, pool, {.batchSize = batchSize, .adapters = adapters});
    return allLogits(session, kTokens);
}

std::shared_ptr<const Model> load(const TinyModel& model) {
    const TemporaryFile file(model.bytes());
    return loadModel(file.path());
}

// The F32 model with scale · alpha / rank · B A added to each matrix, summed in f64.
TinyModel merged(TinyModel model, const TinyAdapter& adapter, double factor) {
    for (auto& [name, tensor] : model.tensors) {
        if (!adapter.tensors.contains(name + ".lora_a")) {
            continue;
        }
        const std::vector<float> a = adapter.values(name + ".lora_a");
        const std::vector<float> b = adapter.values(name + ".lora_b");
        const std::size_t in = tensor.shape[0];
        const std::size_t out = tensor.shape[1];
        const std::size_t rank = b.size() / (name == "token_embd.weight" ? in : out);
        for (std::size_t row = 0; row < out; ++row) {
            for (std::size_t i = 0; i < in; ++i) {
                double sum = 0;
                for (std::size_t r = 0; r < rank; ++r) {
                    sum += name == "token_embd.weight"
                               ? double(a[row * rank + r]) * double(b[i * rank + r])
                               : double(b[row * rank + r]) * double(a[r * in + i]);
                }
                float weight = 0;
                char* at = tensor.data.data() + (row * in + i) * sizeof weight;
                std::memcpy(&weight, at, sizeof weight);
                weight = float(double(weight) + factor * sum);
                std::memcpy(at, &weight, sizeof weight);
            }
        }
    }
    return model;
}

// Q, K and V of a layer as one tensor.
void fuse(TinyModel& model, const std::string& block) {
    TinyModel::Tensor all = model.tensors.at(block + "attn_q.weight");
    for (const char* name : {"attn_k.weight", "attn_v.weight"}) {
        const TinyModel::Tensor part = model.tensors.at(block + name);
        all.shape[1] += part.shape[1];
        all.data += part.data;
        model.tensors.erase(block + name);
    }
    model.tensors.erase(block + "attn_q.weight");
    model.tensors[block + "attn_qkv.weight"] = all;
}

// Sums in another order; logits are about 8.
constexpr double kTolerance = 2e-4;

} // namespace

TEST_CASE("an adapter computes what merged weights compute", "[engine][lora]") {
    const Isa isa = GENERATE(from_range(availableIsas()));
    CAPTURE(toString(isa));
    const IsaScope scope(isa);
    TinyModel plain(TensorType::F32);
    fuse(plain, "blk.1."); // one product of low rank for three matrices
    const auto model = load(plain);
    TinyAdapter made;
    made.cover(plain, 3);
    const auto adapter = loadAdapter(made, model);
    CHECK(adapter->info().rank == 3);
    CHECK(adapter->info().matrices == 14);

    const std::vector<float> logits = logitsWith(model, {{adapter, 0.75F}});

    const std::vector<float> reference =
        logitsWith(load(merged(plain, made, 0.75 * 8.0 / 3.0)), {});
    CHECK(largestDifference(logits, reference) < kTolerance);
    CHECK(largestDifference(logits, logitsWith(model, {})) > 0.1); // it does change something
}

TEST_CASE("an adapter without alpha is applied with the scale alone", "[engine][lora]") {
    const TinyModel plain(TensorType::F32);
    const auto model = load(plain);
    TinyAdapter made;
    made.keys.erase("adapter.lora.alpha");
    made.cover(plain, 5);

    const std::vector<float> logits = logitsWith(model, {{loadAdapter(made, model), 1.5F}});

    CHECK(largestDifference(logits, logitsWith(load(merged(plain, made, 1.5)), {})) < kTolerance);
}

TEST_CASE("the adapter of a tied embedding changes what is looked up only", "[engine][lora]") {
    TinyModel plain(TensorType::F32);
    plain.tensors.erase("output.weight");
    const auto model = load(plain);
    TinyAdapter made;
    made.matrix("token_embd.weight.lora_a", 4, TinyModel::kVocabulary);
    made.matrix("token_embd.weight.lora_b", 4, TinyModel::kWidth);

    const std::vector<float> logits = logitsWith(model, {{loadAdapter(made, model), 1}});

    TinyModel reference = merged(plain, made, 2);
    reference.tensors["output.weight"] = plain.tensors["token_embd.weight"];
    CHECK(largestDifference(logits, logitsWith(load(reference), {})) < kTolerance);
}

TEST_CASE("several adapters add up", "[engine][lora]") {
    const TinyModel plain(TensorType::F32);
    const auto model = load(plain);
    TinyAdapter first(1);
    first.cover(plain, 4);
    TinyAdapter second(2);
    second.pair("blk.0.ffn_up.weight", TinyModel::kWidth, 2, TinyModel::kHidden);
    second.pair("output.weight", TinyModel::kWidth, 7, TinyModel::kVocabulary);

    const std::vector<float> logits =
        logitsWith(model, {{loadAdapter(first, model), 1}, {loadAdapter(second, model), -0.5F}});

    TinyModel reference = merged(plain, first, 2);
    second.f32("adapter.lora.alpha", 0);
    for (const auto& [target, rank] :
         {std::pair("blk.0.ffn_up.weight", 2.0), std::pair("output.weight", 7.0)}) {
        TinyAdapter one = second;
        std::erase_if(one.tensors,
                      [&name = target](const auto& t) { return !t.first.starts_with(name); });
        reference = merged(reference, one, -0.5 * 8 / rank);
    }
    CHECK(largestDifference(logits, logitsWith(load(reference), {})) < kTolerance);
}

TEST_CASE("an adapter of scale 0 changes nothing", "[engine][lora]") {
    const TinyModel plain(TensorType::Q8_0);
    const auto model = load(plain);
    TinyAdapter made;
    made.cover(plain, 4);

    CHECK(largestDifference(logitsWith(model, {{loadAdapter(made, model), 0}}),
                            logitsWith(model, {})) == 0);
}

TEST_CASE("factors may be of every type", "[engine][lora]") {
    std::vector<TensorType> types(std::begin(kQuantTypes), std::end(kQuantTypes));
    types.insert(types.end(), {TensorType::F16, TensorType::BF16});
    const TensorType type = GENERATE_COPY(from_range(types));
    CAPTURE(toString(type));
    const TinyModel plain(TensorType::F32);
    const auto model = load(plain);
    TinyModel factors(type, 3);
    TinyAdapter made;
    factors.matrix("a", type, TinyModel::kWidth, 32);
    const bool isWhole = 32 % blockLayout(type)->elements == 0;
    factors.matrix("b", isWhole ? type : TensorType::F16, 32, TinyModel::kHidden);
    made.tensors["blk.0.ffn_up.weight.lora_a"] = factors.tensors["a"];
    made.tensors["blk.0.ffn_up.weight.lora_b"] = factors.tensors["b"];

    const std::vector<float> logits = logitsWith(model, {{loadAdapter(made, model), 1}});

    TinyAdapter widened = made;
    for (auto& [name, tensor] : widened.tensors) {
        std::vector<float> values(tensor.shape[0] * tensor.shape[1]);
        dequantizeRow(TensorType(tensor.type),
                      reinterpret_cast<const std::byte*>(tensor.data.data()),
                      values);
        const float scale = tensorScale({.name = name,
                                         .type = TensorType(tensor.type),
                                         .shape = tensor.shape,
                                         .data = std::as_bytes(std::span(tensor.data))});
        for (float& value : values) {
            value *= scale;
        }
        tensor.type = 0;
        tensor.data.assign(reinterpret_cast<const char*>(values.data()),
                           values.size() * sizeof(float));
    }
    const std::vector<float> reference = logitsWith(load(merged(plain, widened, 8.0 / 32)), {});
    // Quantized factors are multiplied with activations of 8 bits.
    CHECK(normalisedError(logits, reference) < 1e-4);
}

TEST_CASE("logits with adapters are the same bytes for any batch and thread count",
          "[engine][lora][invariance]") {
    const Isa isa = GENERATE(from_range(availableIsas()));
    const TensorType type = GENERATE(TensorType::F32, TensorType::Q4_K);
    CAPTURE(toString(isa), toString(type));
    const IsaScope scope(isa);
    const TinyModel plain(type);
    const auto model = load(plain);
    TinyAdapter made;
    made.cover(plain, 16);
    const std::vector<AppliedAdapter> adapters = {{loadAdapter(made, model), 1},
                                                  {loadAdapter(made, model), 0.3F}};

    const std::vector<float> whole = logitsWith(model, adapters);

    CHECK(sameBytes(whole, logitsWith(model, adapters, 3)));
    CHECK(sameBytes(whole, logitsWith(model, adapters, 2, 1)));
    CHECK(sameBytes(whole, logitsWith(model, adapters, 2, 7)));
}

TEST_CASE("a session refuses adapters that are not its model's, or whose scale is no number",
          "[engine][lora]") {
    const TinyModel plain(TensorType::Q8_0);
    const auto model = load(plain);
    const auto other = load(plain);
    TinyAdapter made;
    made.string("general.name", "Terse");
    made.cover(plain, 2);
    const auto adapter = loadAdapter(made, model);
    ThreadPool pool(1);

    const auto foreign = Session::create(other, pool, {.adapters = {{adapter, 1}}});
    const auto nan = Session::create(model, pool, {.adapters = {{adapter, std::nanf("")}}});

    REQUIRE_FALSE(foreign.ok());
    CHECK(foreign.error().code == ErrorCode::InvalidInput);
    CHECK(foreign.error().message == "adapter 'Terse' was loaded for another model");
    REQUIRE_FALSE(nan.ok());
    CHECK(nan.error().message == "the scale of adapter 'Terse' is not a number");
}

TEST_CASE("an adapter keeps its model and survives in a session", "[engine][lora]") {
    const TinyModel plain(TensorType::Q8_0);
    ThreadPool pool(1);
    std::optional<Session> session;
    {
        auto model = load(plain);
        TinyAdapter made;
        made.cover(plain, 2);
        auto adapter = loadAdapter(made, model);
        session = createSession(model, pool, {.adapters = {{adapter, 1}}});
    }
    CHECK(std::isfinite(allLogits(*session, kTokens).back()));
}
