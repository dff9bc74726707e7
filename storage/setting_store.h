// Settings that belong to the library rather than to the screen: watched folders, models the user
// added, which model serves which template.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attest::storage {

class Database;

// Keys are lower-case words with dots: "model.default", "model.for.medications".
Result<std::optional<std::string>> setting(Database& db, std::string_view key);
Result<void>
setSetting(Database& db, std::string_view key, const std::optional<std::string>& value);

struct WatchedFolder {
    std::string path;
    std::string templateId; // empty: add without extracting
    bool isRecursive = true;
    std::int64_t addedAt = 0;
};

Result<std::vector<WatchedFolder>> watchedFolders(Database& db);
Result<void> saveWatchedFolder(Database& db, const WatchedFolder& folder);
Result<void> removeWatchedFolder(Database& db, std::string_view path);

// A model file of the user's, used where it lies.
struct UserModel {
    std::string path;
    std::string sha256;
    std::string name;
    std::string cardJson;       // what inspection found, see extract/model_card.h
    double tokensPerSecond = 0; // decoding, measured on this machine; 0: not measured
    double promptTokensPerSecond = 0;
    std::int64_t addedAt = 0;
};

Result<std::vector<UserModel>> userModels(Database& db);
Result<void> saveUserModel(Database& db, const UserModel& model); // by path
Result<void> removeUserModel(Database& db, std::string_view path);

} // namespace attest::storage
