#include "extract/model_choice.h"

#include "engine/chat_format.h"
#include "extract/resources.h"
#include "storage/database.h"
#include "storage/setting_store.h"

#include <chrono>
#include <optional>
#include <utility>

namespace attest::extract {

namespace {

constexpr std::string_view kDefault = "model.default";
constexpr std::string_view kFor = "model.for.";

std::int64_t now() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

Result<std::optional<storage::UserModel>> listedModel(storage::Database& db,
                                                      const std::filesystem::path& path) {
    ATTEST_TRY_ASSIGN(auto models, storage::userModels(db));
    for (storage::UserModel& model : models) {
        if (model.path == path.string()) {
            return std::optional(std::move(model));
        }
    }
    return std::optional<storage::UserModel>();
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

Result<std::string> chosenChatFormat(storage::Database& db, const std::filesystem::path& model) {
    ATTEST_TRY_ASSIGN(const auto listed, listedModel(db, model));
    return listed ? cardFromJson(listed->cardJson).chosenFormat : std::string();
}

Result<void> chooseChatFormat(storage::Database& db,
                              const std::filesystem::path& model,
                              const std::string& name) {
    if (!name.empty()) {
        ATTEST_TRY(engine::ChatFormat::named(name));
    }
    ATTEST_TRY_ASSIGN(auto transaction, storage::Transaction::begin(db));
    ATTEST_TRY_ASSIGN(auto listed, listedModel(db, model));
    if (!listed) {
        return Error{ErrorCode::NotFound, "'" + model.string() + "' is not in the list of models"};
    }
    ModelCard card = cardFromJson(listed->cardJson);
    card.chosenFormat = name;
    listed->cardJson = cardToJson(card);
    ATTEST_TRY(storage::saveUserModel(db, *listed));
    return transaction.commit();
}

Result<void>
setDefaultModel(storage::Database& db, const ModelCard& card, const std::string& sha256) {
    const auto bundled = bundledModel();
    if (bundled.ok() && bundled.value() == card.path) {
        return storage::setSetting(db, kDefault, std::nullopt);
    }
    ATTEST_TRY_ASSIGN(auto transaction, storage::Transaction::begin(db));
    const std::string path = card.path.string();
    ATTEST_TRY_ASSIGN(auto listed, listedModel(db, card.path));
    const std::string formatThere =
        listed ? cardFromJson(listed->cardJson).chosenFormat : std::string();
    ModelCard kept = card;
    if (kept.chosenFormat.empty()) {
        kept.chosenFormat = formatThere;
    }
    const bool isSameFile = listed && listed->sha256 == sha256;
    if (!isSameFile || kept.chosenFormat != formatThere) {
        storage::UserModel model = isSameFile ? *listed : storage::UserModel();
        model.path = path;
        model.sha256 = sha256;
        model.name = card.name;
        model.cardJson = cardToJson(kept);
        model.addedAt = isSameFile ? model.addedAt : now();
        ATTEST_TRY(storage::saveUserModel(db, model));
    }
    ATTEST_TRY(storage::setSetting(db, kDefault, path));
    return transaction.commit();
}

} // namespace attest::extract
