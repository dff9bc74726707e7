// Weights of every type that are not whole, and scales that are no numbers: refused by tensor.
#include "engine/families/families.h"
#include "engine/refusal.h"

#include <iterator>
#include <limits>

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

namespace {

std::vector<TensorType> everyType() {
    std::vector<TensorType> types(std::begin(kQuantTypes), std::end(kQuantTypes));
    types.insert(types.end(), {TensorType::F32, TensorType::F16, TensorType::BF16});
    return types;
}

std::string errorOf(std::string_view bytes) {
    const TemporaryFile file(bytes);
    const auto loaded = Model::load(file.path());
    if (loaded.ok()) {
        return "loaded";
    }
    CHECK(loaded.error().code == ErrorCode::InvalidInput);
    return loaded.error().message;
}

// As large a vocabulary as Llama 3's would be too slow to write for every family; the texts of
// this one take more than a megabyte too.
TinyModel withLargeVocabulary(TinyModel model) {
    constexpr std::uint32_t kTokens = 40'000;
    model.keys["tokenizer.ggml.tokens"] = [](GgufWriter& w, const std::string& key) {
        std::vector<std::string> tokens;
        for (std::uint32_t i = 0; i < kTokens; ++i) {
            tokens.push_back("a token that is long enough for this " + std::to_string(i));
        }
        w.strings(key, tokens);
    };
    TinyModel::Tensor& embedding = model.tensors["token_embd.weight"];
    embedding.shape[1] = kTokens;
    embedding.data.assign(std::size_t(kTokens) * 2 * 18, '\0');
    if (const auto head = model.tensors.find("output.weight"); head != model.tensors.end()) {
        head->second = embedding;
    }
    return model;
}

} // namespace

TEST_CASE("weights of every type that end early are refused by name", "[engine][model][hostile]") {
    const TensorType type = GENERATE_COPY(from_range(everyType()));
    CAPTURE(toString(type));
    const TinyModel good(type);
    const std::string bytes = good.bytes();
    const std::string last = "token_embd.weight";
    REQUIRE(good.tensors.rbegin()->first == last);
    const std::size_t size = good.tensors.at(last).data.size();
    for (const std::size_t missing : {std::size_t(1), std::size_t(31), size / 2, size}) {
        CAPTURE(missing);
        CHECK_THAT(errorOf(std::string_view(bytes).substr(0, bytes.size() - missing)),
                   Catch::Matchers::Contains("tensor '" + last + "' needs " + std::to_string(size) +
                                             " bytes"));
    }
    // In the middle of the file the next tensor begins too early.
    for (const std::string name : {"blk.0.ffn_up.weight", "output.weight"}) {
        TinyModel model = good;
        std::string& data = model.tensors.at(name).data;
        data.resize(data.size() - 32);
        CHECK_THAT(errorOf(model.bytes()),
                   Catch::Matchers::Contains("tensors '" + name + "' and '") &&
                       Catch::Matchers::Contains("' overlap"));
    }
}

TEST_CASE("weights of every type with one element too many are refused by name",
          "[engine][model][hostile]") {
    const TensorType type = GENERATE_COPY(from_range(everyType()));
    CAPTURE(toString(type));
    const std::string name = "blk.1.ffn_down.weight";
    TinyModel model(type);
    model.tensors.at(name).shape[0] += 1;
    CHECK_THAT(errorOf(model.bytes()), Catch::Matchers::Contains("'" + name + "'"));
}

TEST_CASE("the scale of a whole tensor must be a number", "[engine][model][hostile]") {
    const float infinity = std::numeric_limits<float>::infinity();
    const TinyModel good(TensorType::I2_S);
    for (const float scale : {std::numeric_limits<float>::quiet_NaN(), infinity, -infinity}) {
        for (const std::string name : {"blk.0.ffn_up.weight", "token_embd.weight"}) {
            CAPTURE(name, scale);
            TinyModel model = good;
            std::string& data = model.tensors.at(name).data;
            data.replace(data.size() - 32, sizeof scale, rawNumber(scale));
            CHECK_THAT(errorOf(model.bytes()),
                       Catch::Matchers::Contains("tensor '" + name +
                                                 "' has a scale that is not a finite number"));
        }
    }
    TinyModel zero = good;
    std::string& data = zero.tensors.at("blk.0.ffn_up.weight").data;
    data.replace(data.size() - 32, sizeof(float), rawNumber(0.0F));
    CHECK(errorOf(zero.bytes()) == "loaded");

    // Each of the two scales is a number, their product is none.
    TinyModel product = good;
    std::string& large = product.tensors.at("blk.0.ffn_up.weight").data;
    large.replace(large.size() - 32, sizeof(float), rawNumber(3e38F));
    product.vector("blk.0.ffn_up.scale", 1);
    product.tensors.at("blk.0.ffn_up.scale").data = rawNumber(3e38F);
    CHECK_THAT(errorOf(product.bytes()),
               Catch::Matchers::Contains("tensor 'blk.0.ffn_up.scale' is not a finite number"));
}

TEST_CASE("every family is refused before a megabyte is allocated", "[engine][families][hostile]") {
    constexpr std::size_t kMost = 1U << 20U;
    for (const Family& family : kFamilies) {
        const std::string architecture(family.architecture);
        CAPTURE(architecture);
        const TinyModel good =
            withLargeVocabulary(TinyFamily::make(architecture, TensorType::Q1_0));
        // The tensor that is looked for last of all that every family has.
        const std::string name =
            "blk." + std::to_string(TinyFamily::kLayers - 1) + ".ffn_down.weight";
        TinyModel missing = good;
        missing.tensors.erase(name);
        CHECK(bytesToRefuse(missing, "'" + name + "'") < kMost);
        TinyModel turned = good;
        std::swap(turned.tensors.at(name).shape[0], turned.tensors.at(name).shape[1]);
        CHECK(bytesToRefuse(turned, "'" + name + "'") < kMost);
        TinyModel unknown = good;
        unknown.tensors.at(name).type = 99;
        CHECK(bytesToRefuse(unknown, "'" + name + "'") < kMost);
        // The measure works: the whole tokenizer does take more.
        CHECK(bytesToRefuse(good, "'tokenizer.ggml.token_type'") > kMost);
    }
}
