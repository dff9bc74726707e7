#include "extract/model_choice.h"

#include "extract/resources.h"
#include "storage/database.h"
#include "storage/setting_store.h"

#include <algorithm>
#include <chrono>
#include <optional>

namespace attest::extract {

namespace {

constexpr std::string_view kDefault = "model.default";
constexpr std::string_view kFor = "model.for.";

std::int64_t now() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

Result<std::filesystem::path> chosenModel(storage::Database& db, std::string_view templateId) {
    ATTEST_TRY_ASSIGN(const auto own,
                      storage::setting(db, std::string(kFor) + std::string(templateId)));
    if (own && !own->empty()) {
        return std::filesystem::path(*own);
    }
    return defaultModel(db);
}

Result<std::filesystem::path> defaultModel(storage::Database& db) {
    ATTEST_TRY_ASSIGN(const auto chosen, storage::setting(db, kDefault));
    return chosen && !chosen->empty() ? Result<std::filesystem::path>(*chosen) : bundledModel();
}

Result<void>
setDefaultModel(storage::Database& db, const ModelCard& card, const std::string& sha256) {
    const auto bundled = bundledModel();
    if (bundled.ok() && bundled.value() == card.path) {
        return storage::setSetting(db, kDefault, std::nullopt);
    }
    ATTEST_TRY_ASSIGN(auto transaction, storage::Transaction::begin(db));
    ATTEST_TRY_ASSIGN(const auto models, storage::userModels(db));
    const std::string path = card.path.string();
    const bool isListed =
        std::any_of(models.begin(), models.end(), [&](const storage::UserModel& each) {
            return each.path == path && each.sha256 == sha256;
        });
    if (!isListed) {
        storage::UserModel model;
        model.path = path;
        model.sha256 = sha256;
        model.name = card.name;
        model.cardJson = cardToJson(card);
        model.addedAt = now();
        ATTEST_TRY(storage::saveUserModel(db, model));
    }
    ATTEST_TRY(storage::setSetting(db, kDefault, path));
    return transaction.commit();
}

} // namespace attest::extract
