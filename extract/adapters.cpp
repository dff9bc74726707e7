#include "extract/adapters.h"

#include "extract/model_card.h"

#include <utility>

namespace attest::extract {

Result<LoadedAdapters> loadAdapters(const std::vector<AdapterChoice>& choices,
                                    const std::shared_ptr<const engine::Model>& model) {
    LoadedAdapters loaded;
    for (const AdapterChoice& choice : choices) {
        ATTEST_TRY_ASSIGN(auto adapter, engine::LoraAdapter::load(choice.path, model));
        ATTEST_TRY_ASSIGN(std::string hash, hashFile(choice.path, {}, {}));
        loaded.applied.push_back({std::move(adapter), choice.scale});
        loaded.records.push_back({choice.path.filename().string(), std::move(hash), choice.scale});
    }
    return loaded;
}

} // namespace attest::extract
