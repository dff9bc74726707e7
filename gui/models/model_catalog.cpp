#include "gui/models/model_catalog.h"

#include "extract/resources.h"
#include "storage/database.h"
#include "storage/template_store.h"

#include <QStringList>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace attest::gui {

namespace {

constexpr const char* kDefault = "model.default";
constexpr const char* kFor = "model.for.";
constexpr const char* kBundledSpeed = "model.bundled.speed"; // "<prompt> <answer>"
constexpr const char* kBundledHash = "model.bundled.sha256"; // "<bytes> <hash>"

QString fromUtf8(const std::string& text) {
    return QString::fromStdString(text);
}

bool isBundledPath(const std::string& path) {
    const auto bundled = extract::bundledModel();
    return bundled.ok() && bundled.value().string() == path;
}

Result<ModelEntry> bundledEntry(storage::Database& db) {
    ModelEntry entry;
    entry.isBundled = true;
    ATTEST_TRY_ASSIGN(const auto path, extract::bundledModel());
    ATTEST_TRY_ASSIGN(entry.card, extract::inspectModel(path));
    ATTEST_TRY_ASSIGN(const auto speed, storage::setting(db, kBundledSpeed));
    const QStringList speeds = fromUtf8(speed.value_or("")).split(QLatin1Char(' '));
    if (speeds.size() == 2) {
        entry.speed = {speeds[0].toDouble(), speeds[1].toDouble()};
    }
    // Of another release's model the hash is another one.
    ATTEST_TRY_ASSIGN(const auto hash, storage::setting(db, kBundledHash));
    const QStringList parts = fromUtf8(hash.value_or("")).split(QLatin1Char(' '));
    if (parts.size() == 2 && parts[0].toULongLong() == entry.card.fileBytes) {
        entry.sha256 = parts[1].toStdString();
    }
    return entry;
}

ModelEntry userEntry(const storage::UserModel& model) {
    ModelEntry entry;
    entry.card = extract::cardFromJson(model.cardJson);
    entry.card.path = model.path;
    if (entry.card.name.empty()) {
        entry.card.name = model.name;
    }
    entry.sha256 = model.sha256;
    entry.speed = {model.promptTokensPerSecond, model.tokensPerSecond};
    std::error_code error;
    const auto bytes = std::filesystem::file_size(entry.card.path, error);
    entry.isThere = !error && bytes == entry.card.fileBytes;
    return entry;
}

Result<std::optional<storage::UserModel>> userModel(storage::Database& db,
                                                    const std::string& path) {
    ATTEST_TRY_ASSIGN(const auto models, storage::userModels(db));
    for (const storage::UserModel& model : models) {
        if (model.path == path) {
            return std::optional(model);
        }
    }
    return std::optional<storage::UserModel>();
}

Result<std::vector<std::pair<QString, QString>>> templateTitles(storage::Database& db) {
    std::vector<std::pair<QString, QString>> titles;
    ATTEST_TRY_ASSIGN(const auto builtIn, extract::builtInTemplates());
    for (const extract::Template& each : builtIn) {
        titles.emplace_back(fromUtf8(each.id()), fromUtf8(each.title()));
    }
    ATTEST_TRY_ASSIGN(const auto own, storage::userTemplates(db));
    for (const storage::TemplateRecord& record : own) {
        const QString id = fromUtf8(record.id);
        const bool isKnown = std::any_of(
            titles.begin(), titles.end(), [&](const auto& known) { return known.first == id; });
        if (!isKnown) {
            titles.emplace_back(id, fromUtf8(record.title));
        }
    }
    std::sort(titles.begin(), titles.end(), [](const auto& a, const auto& b) {
        return a.second.localeAwareCompare(b.second) < 0;
    });
    return titles;
}

} // namespace

const ModelEntry* ModelCatalog::find(const std::string& path) const {
    const auto found = std::find_if(models.begin(), models.end(), [&](const ModelEntry& entry) {
        return entry.card.path.string() == path;
    });
    return found == models.end() ? nullptr : &*found;
}

Result<ModelCatalog> loadModelCatalog(storage::Database& db) {
    ModelCatalog catalog;
    ATTEST_TRY_ASSIGN(ModelEntry bundled, bundledEntry(db));
    catalog.defaultPath = bundled.card.path.string();
    catalog.models.push_back(std::move(bundled));
    ATTEST_TRY_ASSIGN(const auto own, storage::userModels(db));
    for (const storage::UserModel& model : own) {
        catalog.models.push_back(userEntry(model));
    }
    ATTEST_TRY_ASSIGN(const auto chosen, storage::setting(db, kDefault));
    if (chosen && catalog.find(*chosen) != nullptr) {
        catalog.defaultPath = *chosen;
    }
    ATTEST_TRY_ASSIGN(catalog.templates, templateTitles(db));
    for (const auto& [id, title] : catalog.templates) {
        ATTEST_TRY_ASSIGN(const auto path, storage::setting(db, kFor + id.toStdString()));
        if (path && catalog.find(*path) != nullptr) {
            catalog.pathByTemplate[id.toStdString()] = *path;
        }
    }
    return catalog;
}

Result<void> setDefaultModel(storage::Database& db, const std::optional<std::string>& path) {
    return storage::setSetting(db, kDefault, path && isBundledPath(*path) ? std::nullopt : path);
}

Result<void> setModelForTemplate(storage::Database& db,
                                 const std::string& templateId,
                                 const std::optional<std::string>& path) {
    return storage::setSetting(db, kFor + templateId, path);
}

Result<void>
saveModelSpeed(storage::Database& db, const std::string& path, const extract::ModelSpeed& speed) {
    if (isBundledPath(path)) {
        return storage::setSetting(db,
                                   kBundledSpeed,
                                   std::to_string(speed.promptTokensPerSecond) + ' ' +
                                       std::to_string(speed.answerTokensPerSecond));
    }
    ATTEST_TRY_ASSIGN(auto model, userModel(db, path));
    if (!model) {
        return {}; // removed meanwhile
    }
    model->promptTokensPerSecond = speed.promptTokensPerSecond;
    model->tokensPerSecond = speed.answerTokensPerSecond;
    return storage::saveUserModel(db, *model);
}

Result<void>
saveModelHash(storage::Database& db, const std::string& path, const std::string& sha256) {
    if (isBundledPath(path)) {
        std::error_code error;
        const auto bytes = std::filesystem::file_size(path, error);
        return error ? Result<void>()
                     : storage::setSetting(db, kBundledHash, std::to_string(bytes) + ' ' + sha256);
    }
    ATTEST_TRY_ASSIGN(auto model, userModel(db, path));
    if (!model) {
        return {};
    }
    model->sha256 = sha256;
    return storage::saveUserModel(db, *model);
}

Result<RemovedModel> removeModel(storage::Database& db, const std::string& path) {
    ATTEST_TRY_ASSIGN(const auto model, userModel(db, path));
    if (!model) {
        return Error{ErrorCode::NotFound, "'" + path + "' is not in the list of models"};
    }
    RemovedModel removed;
    removed.model = *model;
    ATTEST_TRY_ASSIGN(const auto chosen, storage::setting(db, kDefault));
    removed.wasDefault = chosen == path;
    ATTEST_TRY_ASSIGN(const auto templates, templateTitles(db));
    for (const auto& [id, title] : templates) {
        ATTEST_TRY_ASSIGN(const auto used, storage::setting(db, kFor + id.toStdString()));
        if (used == path) {
            removed.templateIds.push_back(id.toStdString());
        }
    }
    ATTEST_TRY_ASSIGN(auto transaction, storage::Transaction::begin(db));
    ATTEST_TRY(storage::removeUserModel(db, path));
    if (removed.wasDefault) {
        ATTEST_TRY(storage::setSetting(db, kDefault, std::nullopt));
    }
    for (const std::string& id : removed.templateIds) {
        ATTEST_TRY(storage::setSetting(db, kFor + id, std::nullopt));
    }
    ATTEST_TRY(transaction.commit());
    return removed;
}

Result<void> bringBackModel(storage::Database& db, const RemovedModel& removed) {
    ATTEST_TRY_ASSIGN(auto transaction, storage::Transaction::begin(db));
    ATTEST_TRY(storage::saveUserModel(db, removed.model));
    if (removed.wasDefault) {
        ATTEST_TRY(storage::setSetting(db, kDefault, removed.model.path));
    }
    for (const std::string& id : removed.templateIds) {
        ATTEST_TRY(storage::setSetting(db, kFor + id, removed.model.path));
    }
    return transaction.commit();
}

} // namespace attest::gui
