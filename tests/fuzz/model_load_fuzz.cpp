// Complete small models of every family and weight type, damaged as the fuzzer's bytes say: keys,
// shapes, types and data. Each loads or is refused; what loads computes a few tokens.
#include "fuzz/byte_source.h"
#include "fuzz/fuzz_target.h"
#include "fuzz/memory_file.h"

#include "base/check.h"
#include "engine/families/families.h"
#include "engine/model.h"
#include "engine/session.h"
#include "engine/thread_pool.h"
#include "engine/tiny_family.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

namespace {

// Quantized types and, beyond them, these.
constexpr TensorType kFloatTypes[] = {TensorType::F32, TensorType::F16, TensorType::BF16};

TensorType pickType(ByteSource& bytes) {
    const std::size_t index = bytes.below(std::size(kQuantTypes) + std::size(kFloatTypes));
    return index < std::size(kQuantTypes) ? kQuantTypes[index]
                                          : kFloatTypes[index - std::size(kQuantTypes)];
}

// Beyond what the models have; "%" is the architecture.
constexpr const char* kKeys[] = {"%.rope.freq_base",
                                 "%.rope.freq_base_swa",
                                 "%.rope.scaling.type",
                                 "%.rope.scaling.factor",
                                 "%.rope.scaling.attn_factor",
                                 "%.rope.scaling.original_context_length",
                                 "%.rope.scaling.yarn_beta_fast",
                                 "%.rope.scaling.yarn_beta_slow",
                                 "%.rope.scaling.yarn_log_multiplier",
                                 "%.rope.scale_linear",
                                 "%.rope.dimension_count",
                                 "%.attention.sliding_window",
                                 "%.attention.sliding_window_pattern",
                                 "%.attention.scale",
                                 "%.attention.temperature_scale",
                                 "%.attn_logit_softcapping",
                                 "%.final_logit_softcapping",
                                 "%.vocab_size",
                                 "%.expert_count",
                                 "general.type",
                                 "tokenizer.chat_template",
                                 "tokenizer.ggml.pre"};
constexpr const char* kStrings[] = {"none", "linear", "yarn", "longrope", "llama", "gpt2", "qwen2"};
constexpr const char* kTensors[] = {"rope_freqs.weight",
                                    "rope_factors_short.weight",
                                    "rope_factors_long.weight",
                                    "output.weight",
                                    "output.bias",
                                    "output.scale",
                                    "blk.0.attn_qkv.weight",
                                    "blk.0.attn_qkv.bias",
                                    "blk.0.attn_q.bias",
                                    "blk.0.attn_q.scale",
                                    "blk.1.attn_output.bias",
                                    "blk.1.ffn_down.scale",
                                    "blk.1.ffn_up.bias",
                                    "blk.0.attn_q_norm.weight",
                                    "blk.2.attn_norm.weight"};

const TinyModel& baseModel(const std::string& family, TensorType type) {
    static std::map<std::pair<std::string, TensorType>, TinyModel> made;
    const auto key = std::pair(family, type);
    auto found = made.find(key);
    if (found == made.end()) {
        found = made.emplace(key, TinyFamily::make(family, type)).first;
    }
    return found->second;
}

template <typename Map>
auto pick(Map& map, ByteSource& bytes) {
    return std::next(map.begin(), std::ptrdiff_t(bytes.below(map.size())));
}

void setKey(TinyModel& model, const std::string& name, ByteSource& bytes) {
    switch (bytes.below(6)) {
    case 0:
        model.u32(name, bytes.number<std::uint32_t>());
        break;
    case 1:
        model.u32(name, bytes.number<std::uint8_t>());
        break;
    case 2:
        model.f32(name, bytes.number<float>());
        break;
    case 3:
        model.string(name, kStrings[bytes.below(std::size(kStrings))]);
        break;
    case 4:
        model.string(name, bytes.text());
        break;
    default: {
        const auto type = std::uint32_t(bytes.below(13));
        const std::string value = rawNumber(bytes.number<std::uint64_t>());
        model.keys[name] = [type, value](GgufWriter& w, const std::string& key) {
            constexpr std::size_t kSizes[] = {1, 1, 2, 2, 4, 4, 4, 1, 8, 12, 8, 8, 8};
            w.raw(key, type, (value + std::string(4, '\0')).substr(0, kSizes[type]));
        };
        break;
    }
    }
}

// Data of the size that shape and type ask for, so that the tensor is not refused for its bytes.
void refill(TinyModel::Tensor& tensor, ByteSource& bytes) {
    const auto layout = blockLayout(TensorType(tensor.type));
    std::uint64_t elements = 1;
    for (const std::uint64_t size : tensor.shape) {
        elements = std::min<std::uint64_t>(elements, 1U << 20U) * size;
    }
    if (!layout || elements > 1U << 20U) {
        return;
    }
    const std::size_t old = tensor.data.size();
    tensor.data.resize(std::size_t(elements / layout->elements * layout->bytes));
    if (tensor.data.size() > old) {
        std::fill(tensor.data.begin() + std::ptrdiff_t(old),
                  tensor.data.end(),
                  char(bytes.number<std::uint8_t>()));
    }
}

void damage(TinyModel& model, const std::string& family, ByteSource& bytes) {
    const auto tensor = pick(model.tensors, bytes);
    switch (bytes.below(10)) {
    case 0:
        setKey(model, pick(model.keys, bytes)->first, bytes);
        break;
    case 1:
    case 2: {
        std::string name = kKeys[bytes.below(std::size(kKeys))];
        if (name.front() == '%') {
            name.replace(0, 1, family);
        }
        setKey(model, name, bytes);
        break;
    }
    case 3:
        model.keys.erase(pick(model.keys, bytes));
        break;
    case 4:
        if (model.tensors.size() > 1) {
            model.tensors.erase(tensor);
        }
        break;
    case 5:
        tensor->second.shape[bytes.below(tensor->second.shape.size())] =
            bytes.below(2) == 0 ? bytes.number<std::uint64_t>() : bytes.number<std::uint16_t>();
        refill(tensor->second, bytes);
        break;
    case 6:
        tensor->second.type = bytes.number<std::uint8_t>() % 48;
        refill(tensor->second, bytes);
        break;
    case 7: {
        std::string& data = tensor->second.data;
        const std::string pattern = bytes.text();
        if (pattern.size() <= data.size()) {
            data.replace(bytes.below(data.size() - pattern.size() + 1), pattern.size(), pattern);
        }
        break;
    }
    case 8: {
        const std::string name = kTensors[bytes.below(std::size(kTensors))];
        model.vector(name, 1 + bytes.below(512));
        if (bytes.below(2) == 0) {
            model.tensors[name].shape.push_back(1 + bytes.below(512));
            refill(model.tensors[name], bytes);
        }
        break;
    }
    default: {
        const auto other = pick(model.tensors, bytes);
        std::swap(tensor->second, other->second);
        break;
    }
    }
}

void compute(const std::shared_ptr<const Model>& model, ByteSource& bytes) {
    static ThreadPool pool(1);
    constexpr std::uint32_t kContext = 48;
    SessionOptions options;
    options.contextLength = std::min(kContext, model->info().contextLength);
    options.batchSize = std::uint32_t(1 + bytes.below(8));
    auto session = Session::create(model, pool, options);
    if (!session.ok()) {
        return;
    }
    const std::size_t count = std::min<std::size_t>(1 + bytes.below(9), options.contextLength);
    std::vector<TokenId> tokens;
    for (std::size_t i = 0; i < count; ++i) {
        tokens.push_back(TokenId(bytes.below(model->info().vocabularySize)));
    }
    const auto logits = session.value().appendRows(tokens, count);
    ATTEST_CHECK(logits.ok());
    ATTEST_CHECK(logits.value().size() == count * model->info().vocabularySize);
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ByteSource bytes(data, size);
    const std::string family(kFamilies[bytes.below(std::size(kFamilies))].architecture);
    TinyModel model = baseModel(family, pickType(bytes));
    constexpr int kMostDamages = 8;
    for (int i = 0; i < kMostDamages && !bytes.empty(); ++i) {
        damage(model, family, bytes);
    }
    const MemoryFile file(model.bytes());
    if (const auto loaded = Model::load(file.path()); loaded.ok()) {
        compute(loaded.value(), bytes);
    } else {
        ATTEST_CHECK(!loaded.error().message.empty());
    }
    return 0;
}
