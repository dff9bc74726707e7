// Keys of every family with values that cannot be: refused with a message that names the key.
#include "base/utf8.h"
#include "engine/families/families.h"
#include "engine/model_support.h"
#include "engine/tiny_family.h"

#include <algorithm>
#include <limits>

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kTiny = 1e-310; // 0 as a float

// Without tensors, which are looked for when the keys are sound: so a file is small.
TinyModel keysOf(const std::string& architecture) {
    TinyModel model = TinyFamily::make(architecture, TensorType::Q1_0);
    model.tensors.clear();
    return model;
}

std::string errorOf(const TinyModel& model, ErrorCode code = ErrorCode::InvalidInput) {
    const TemporaryFile file(model.bytes());
    const auto loaded = Model::load(file.path());
    if (loaded.ok()) {
        return "loaded";
    }
    CHECK(loaded.error().code == code);
    return loaded.error().message;
}

std::string keyError(const TinyModel& good,
                     const std::string& key,
                     std::uint32_t type,
                     const std::string& value) {
    TinyModel model = good;
    model.keys[key] = [&](GgufWriter& w, const std::string& name) {
        w.raw(name, type, value);
    };
    const TemporaryFile file(model.bytes());
    const auto loaded = Model::load(file.path());
    REQUIRE_FALSE(loaded.ok());
    return loaded.error().message;
}

struct FloatKey {
    const char* name;
    bool zeroIsOff;
};

std::vector<FloatKey> floatKeys(const std::string& architecture) {
    std::vector<FloatKey> keys = {{"attention.layer_norm_rms_epsilon", false},
                                  {"rope.freq_base", false},
                                  {"rope.scaling.factor", true},
                                  {"rope.scaling.attn_factor", false},
                                  {"attention.scale", true}};
    if (architecture == "gemma2") {
        keys.push_back({"attn_logit_softcapping", true});
    }
    if (architecture == "gemma2" || architecture == "gemma3") {
        keys.push_back({"final_logit_softcapping", true});
    }
    if (architecture == "gemma3") {
        keys.push_back({"rope.freq_base_swa", false});
    }
    if (architecture == "mistral3") {
        keys.push_back({"rope.scaling.yarn_beta_fast", false});
        keys.push_back({"rope.scaling.yarn_beta_slow", false});
        keys.push_back({"rope.scaling.yarn_log_multiplier", true});
        keys.push_back({"attention.temperature_scale", true});
    } else {
        keys.push_back({"rope.scale_linear", true}); // where rope.scaling.factor is not there
    }
    return keys;
}

constexpr const char* kCounts[] = {"context_length",
                                   "embedding_length",
                                   "block_count",
                                   "feed_forward_length",
                                   "attention.head_count",
                                   "attention.head_count_kv",
                                   "attention.key_length",
                                   "attention.value_length",
                                   "rope.dimension_count",
                                   "rope.scaling.original_context_length"};

} // namespace

TEST_CASE("numbers of every family that cannot be are refused by key",
          "[engine][families][hostile]") {
    for (const Family& family : kFamilies) {
        const std::string architecture(family.architecture);
        const TinyModel good = keysOf(architecture);
        CHECK_THAT(errorOf(good), Catch::Matchers::Contains("'token_embd.weight' is missing"));
        for (const FloatKey& key : floatKeys(architecture)) {
            const std::string name = architecture + "." + key.name;
            const std::string named = "key '" + name + "' ";
            for (const double bad :
                 {kNan, kInfinity, -kInfinity, -1.0, -1e-5, 1e30, 1e300, kTiny}) {
                if (bad == kTiny &&
                    std::string_view(key.name).find("log_multiplier") != std::string_view::npos) {
                    continue; // next to nothing of a sum
                }
                if (bad == kTiny && name == "mistral3.attention.temperature_scale") {
                    continue; // likewise
                }
                CAPTURE(name, bad);
                CHECK_THAT(keyError(good, name, GgufWriter::F64, rawNumber(bad)),
                           Catch::Matchers::Contains(named));
                CHECK_THAT(keyError(good, name, GgufWriter::F32, rawNumber(float(bad))),
                           Catch::Matchers::Contains(
                               bad == kTiny && key.zeroIsOff ? "'token_embd.weight'" : named));
            }
            CAPTURE(name);
            CHECK_THAT(keyError(good, name, GgufWriter::F32, rawNumber(0.0F)),
                       Catch::Matchers::Contains(key.zeroIsOff ? "'token_embd.weight'" : named));
            CHECK_THAT(keyError(good, name, GgufWriter::U32, rawNumber(std::uint32_t(1))),
                       Catch::Matchers::Contains(named + "is u32, not"));
            CHECK_THAT(keyError(good, name, GgufWriter::String, rawString("1.0")),
                       Catch::Matchers::Contains(named + "is a string, not"));
        }
    }
}

TEST_CASE("counts of every family that cannot be are refused by key",
          "[engine][families][hostile]") {
    for (const Family& family : kFamilies) {
        const std::string architecture(family.architecture);
        const TinyModel good = keysOf(architecture);
        for (const char* count : kCounts) {
            const std::string name = architecture + "." + count;
            CAPTURE(name);
            const std::string named = "key '" + name + "' ";
            const std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
            CHECK_THAT(keyError(good, name, GgufWriter::U32, rawNumber(std::uint32_t(0))),
                       Catch::Matchers::Contains(named + "is 0, outside 1 to "));
            CHECK_THAT(keyError(good, name, GgufWriter::U64, rawNumber(most)),
                       Catch::Matchers::Contains(named + "is 18446744073709551615, outside 1 to "));
            CHECK_THAT(keyError(good, name, GgufWriter::I32, rawNumber(std::int32_t(-4))),
                       Catch::Matchers::Contains(named + "holds a number that is out of range"));
            CHECK_THAT(keyError(good, name, GgufWriter::F32, rawNumber(4.0F)),
                       Catch::Matchers::Contains(named + "is f32, not an integer"));
            // A number for every layer, as some families have it.
            CHECK_THAT(keyError(good,
                                name,
                                GgufWriter::Array,
                                rawNumber(std::uint32_t(GgufWriter::U32)) +
                                    rawNumber(std::uint64_t(2)) + rawNumber(most)),
                       Catch::Matchers::Contains(named + "is an array"));
        }
        TinyModel experts = good;
        experts.u32(architecture + ".expert_count", 8);
        CHECK_THAT(errorOf(experts, ErrorCode::Unsupported),
                   Catch::Matchers::Contains("'" + architecture + ".expert_count'"));
        experts.u32(architecture + ".expert_count", 0xFFFFFFFF);
        CHECK_THAT(errorOf(experts),
                   Catch::Matchers::Contains("'" + architecture + ".expert_count' is 4294967295"));
        TinyModel uneven = good;
        uneven.u32(architecture + ".attention.head_count_kv", 3);
        CHECK_THAT(errorOf(uneven),
                   Catch::Matchers::Contains("head_count_kv' is 3, which does not divide 4 heads"));
        // Heads of the usual size, and 7 of them.
        TinyModel seven = good;
        seven.keys.erase(architecture + ".attention.key_length");
        seven.keys.erase(architecture + ".attention.head_count_kv");
        seven.u32(architecture + ".attention.head_count", 7);
        CHECK_THAT(errorOf(seven),
                   Catch::Matchers::Contains("head_count' is 7, which does not divide"));
    }
}

TEST_CASE("a tokenizer that is not whole is the file's fault, by key", "[engine][model][hostile]") {
    const TinyModel good(TensorType::Q1_0);
    for (const char* key : {"tokenizer.ggml.model",
                            "tokenizer.ggml.tokens",
                            "tokenizer.ggml.token_type",
                            "tokenizer.ggml.scores"}) {
        CAPTURE(key);
        TinyModel model = good;
        model.keys.erase(key);
        CHECK_THAT(errorOf(model), Catch::Matchers::Contains("'" + std::string(key) + "'"));
    }
    TinyModel unmerged = good;
    unmerged.string("tokenizer.ggml.model", "gpt2");
    CHECK_THAT(errorOf(unmerged), Catch::Matchers::Contains("'tokenizer.ggml.merges'"));
    TinyModel unknown = unmerged;
    unknown.string("tokenizer.ggml.pre", "gemma4");
    CHECK_THAT(errorOf(unknown, ErrorCode::Unsupported),
               Catch::Matchers::Contains("key 'tokenizer.ggml.pre' is 'gemma4'"));
}

TEST_CASE("names from a file are shown on one line, cut between characters",
          "[engine][model][hostile]") {
    const TinyModel good(TensorType::Q1_0);
    std::string name = "a\x1b[2J\n\xC2\x9B";
    for (int i = 0; i < 40; ++i) {
        name += "\u00E9"; // two bytes: 40 bytes end inside one
    }
    for (const char* key :
         {"general.architecture", "general.type", "tokenizer.ggml.model", "tokenizer.ggml.pre"}) {
        CAPTURE(key);
        TinyModel model = good;
        if (std::string(key) == "tokenizer.ggml.pre") {
            model.string("tokenizer.ggml.model", "gpt2");
        }
        model.string(key, name);
        const std::string message = errorOf(model, ErrorCode::Unsupported);
        CHECK_THAT(message, Catch::Matchers::Contains("'a [2J  \u00E9"));
        CHECK(isValidUtf8(message));
        CHECK(std::none_of(
            message.begin(), message.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }));
    }
    // 80 bytes of a tensor's name.
    TinyModel model = good;
    model.vector("b" + name.substr(8), 1);
    model.vector("blk.0.x" + name.substr(8) + name.substr(8), 1);
    CHECK(isValidUtf8(errorOf(model, ErrorCode::Unsupported)));
}
