// The models a person can choose from, and which is used for what.
#pragma once

#include "base/result.h"
#include "extract/model_card.h"
#include "storage/setting_store.h"

#include <QString>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attest::storage {
class Database;
} // namespace attest::storage

namespace attest::gui {

struct ModelEntry {
    extract::ModelCard card;
    bool isBundled = false;
    bool isThere = true; // the file is where it was, and as long as it was
    std::string sha256;  // empty: not computed yet
    extract::ModelSpeed speed;

    // It cannot be used before somebody says how it is spoken to.
    bool lacksFormat() const { return !card.formatProblem.empty() && card.chosenFormat.empty(); }
};

struct ModelCatalog {
    std::vector<ModelEntry> models; // the bundled one first
    std::string defaultPath;        // never empty
    std::map<std::string, std::string> pathByTemplate;
    std::vector<std::pair<QString, QString>> templates; // id, title

    const ModelEntry* find(const std::string& path) const;
};

// Reads metadata of the bundled file (milliseconds) and what the library knows of the others.
Result<ModelCatalog> loadModelCatalog(storage::Database& db);

// nullopt: the bundled model again.
Result<void> setDefaultModel(storage::Database& db, const std::optional<std::string>& path);
// nullopt: the default.
Result<void> setModelForTemplate(storage::Database& db,
                                 const std::string& templateId,
                                 const std::optional<std::string>& path);
Result<void>
saveModelSpeed(storage::Database& db, const std::string& path, const extract::ModelSpeed& speed);
Result<void>
saveModelHash(storage::Database& db, const std::string& path, const std::string& sha256);

// What undoing a removal needs.
struct RemovedModel {
    storage::UserModel model;
    bool wasDefault = false;
    std::vector<std::string> templateIds; // it was chosen for
};

// Takes the model off the list and out of every choice; the file stays. Errors: NotFound.
Result<RemovedModel> removeModel(storage::Database& db, const std::string& path);
Result<void> bringBackModel(storage::Database& db, const RemovedModel& removed);

} // namespace attest::gui
