// Adapters from outside for one good model: as bytes of a file, and as damage to a good adapter.
// What loads computes a few tokens.
#include "fuzz/byte_source.h"
#include "fuzz/fuzz_target.h"
#include "fuzz/memory_file.h"

#include "base/check.h"
#include "engine/lora_adapter.h"
#include "engine/model.h"
#include "engine/session.h"
#include "engine/thread_pool.h"
#include "engine/tiny_adapter.h"
#include "engine/tiny_model.h"

#include <iterator>
#include <string>
#include <string_view>
#include <utility>

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

namespace {

constexpr std::string_view kMagic = "GGUF";

std::shared_ptr<const Model> makeModel() {
    const MemoryFile file(TinyModel(TensorType::Q8_0).bytes());
    auto model = Model::load(file.path());
    ATTEST_CHECK(model.ok());
    return std::move(model).value();
}

void tryAdapter(std::string_view bytes, const std::shared_ptr<const Model>& model, float scale) {
    static ThreadPool pool(1);
    const MemoryFile file(bytes);
    const auto adapter = LoraAdapter::load(file.path(), model);
    if (!adapter.ok()) {
        ATTEST_CHECK(!adapter.error().message.empty());
        return;
    }
    SessionOptions options;
    options.contextLength = 16;
    options.adapters = {{adapter.value(), scale}};
    auto session = Session::create(model, pool, options);
    if (session.ok()) {
        ATTEST_CHECK(session.value().append(std::vector<TokenId>{1, 70, 71}).ok());
    }
}

void damage(TinyAdapter& adapter, ByteSource& bytes) {
    const auto at = [&](auto& map) {
        return std::next(map.begin(), std::ptrdiff_t(bytes.below(map.size())));
    };
    const auto tensor = at(adapter.tensors);
    switch (bytes.below(7)) {
    case 0:
        adapter.f32("adapter.lora.alpha", bytes.number<float>());
        break;
    case 1:
        adapter.string(at(adapter.keys)->first, bytes.text());
        break;
    case 2:
        if (adapter.tensors.size() > 1) {
            adapter.tensors.erase(tensor);
        }
        break;
    case 3: // of the size that the file then needs, up to a limit
        tensor->second.shape = {1 + bytes.below(600), 1 + bytes.below(600)};
        tensor->second.data.resize(4 * tensor->second.shape[0] * tensor->second.shape[1]);
        break;
    case 4:
        tensor->second.shape.resize(1 + bytes.below(4), bytes.number<std::uint16_t>());
        break;
    case 5:
        tensor->second.type = bytes.number<std::uint8_t>() % 48;
        break;
    default: {
        const TinyModel::Tensor moved = tensor->second;
        const std::string name = tensor->first;
        adapter.tensors.erase(tensor);
        adapter.tensors[name + bytes.text()] = moved;
        break;
    }
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::shared_ptr<const Model> model = makeModel();
    static const TinyAdapter good = [] {
        TinyAdapter adapter;
        adapter.cover(TinyModel(TensorType::Q8_0), 2);
        return adapter;
    }();
    const std::string_view whole(reinterpret_cast<const char*>(data), size);
    if (whole.starts_with(kMagic)) {
        tryAdapter(whole, model, 1);
        return 0;
    }
    ByteSource bytes(data, size);
    const auto scale = bytes.number<float>();
    TinyAdapter adapter = good;
    constexpr int kMostDamages = 4;
    for (int i = 0; i < kMostDamages && !bytes.empty(); ++i) {
        damage(adapter, bytes);
    }
    tryAdapter(adapter.bytes(), model, scale);
    return 0;
}
