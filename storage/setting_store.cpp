#include "storage/setting_store.h"

#include "storage/audit_log.h"
#include "storage/database.h"
#include "storage/internal/current_time.h"
#include "storage/internal/json_text.h"
#include "storage/statement.h"

namespace attest::storage {

namespace {

// Which models the user has and chose, and which folders are read, decide about results.
Result<void> audit(Database& db, std::string_view action, std::string_view subject) {
    return appendAudit(db, action, subject, "attest", currentTime());
}

bool isAudited(std::string_view settingKey) {
    return settingKey == "model.default" || settingKey.starts_with("model.for.");
}

} // namespace

Result<std::optional<std::string>> setting(Database& db, std::string_view key) {
    ATTEST_TRY_ASSIGN(auto query,
                      Statement::prepare(db, "SELECT value FROM setting WHERE key = ?"));
    ATTEST_TRY_ASSIGN(const bool hasRow, query.bind(1, key).step());
    return hasRow ? query.optionalText(0) : std::nullopt;
}

Result<void>
setSetting(Database& db, std::string_view key, const std::optional<std::string>& value) {
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::beginOrJoin(db));
    if (value) {
        ATTEST_TRY_ASSIGN(
            auto upsert,
            Statement::prepare(db,
                               "INSERT INTO setting(key, value) VALUES (?, ?)"
                               " ON CONFLICT(key) DO UPDATE SET value = excluded.value"));
        ATTEST_TRY(upsert.bind(1, key).bind(2, *value).run());
    } else {
        ATTEST_TRY_ASSIGN(auto remove, Statement::prepare(db, "DELETE FROM setting WHERE key = ?"));
        ATTEST_TRY(remove.bind(1, key).run());
    }
    if (isAudited(key)) {
        ATTEST_TRY(audit(db, "setting.changed", "{\"setting\":" + jsonText(key) + "}"));
    }
    return transaction.commit();
}

Result<std::vector<WatchedFolder>> watchedFolders(Database& db) {
    ATTEST_TRY_ASSIGN(auto query,
                      Statement::prepare(db,
                                         "SELECT path, template_id, is_recursive, added_at"
                                         " FROM watched_folder ORDER BY path"));
    std::vector<WatchedFolder> folders;
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) {
            return folders;
        }
        folders.push_back({query.text(0), query.text(1), query.int64(2) != 0, query.int64(3)});
    }
}

Result<void> saveWatchedFolder(Database& db, const WatchedFolder& folder) {
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::beginOrJoin(db));
    ATTEST_TRY_ASSIGN(auto upsert,
                      Statement::prepare(db,
                                         "INSERT INTO watched_folder(path, template_id,"
                                         " is_recursive, added_at) VALUES (?, ?, ?, ?)"
                                         " ON CONFLICT(path) DO UPDATE SET"
                                         " template_id = excluded.template_id,"
                                         " is_recursive = excluded.is_recursive,"
                                         " added_at = excluded.added_at"));
    ATTEST_TRY(upsert.bind(1, folder.path)
                   .bind(2, folder.templateId)
                   .bind(3, std::int64_t{folder.isRecursive})
                   .bind(4, folder.addedAt)
                   .run());
    if (db.changedRows() > 0) {
        ATTEST_TRY(
            audit(db, "folder.watched", "{\"template\":" + jsonText(folder.templateId) + "}"));
    }
    return transaction.commit();
}

Result<void> removeWatchedFolder(Database& db, std::string_view path) {
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::beginOrJoin(db));
    ATTEST_TRY_ASSIGN(auto remove,
                      Statement::prepare(db, "DELETE FROM watched_folder WHERE path = ?"));
    ATTEST_TRY(remove.bind(1, path).run());
    if (db.changedRows() > 0) {
        ATTEST_TRY(audit(db, "folder.left", "{}"));
    }
    return transaction.commit();
}

Result<std::vector<UserModel>> userModels(Database& db) {
    ATTEST_TRY_ASSIGN(auto query,
                      Statement::prepare(db,
                                         "SELECT path, sha256, name, card, tokens_per_second,"
                                         " prompt_tokens_per_second, added_at FROM user_model"
                                         " ORDER BY name, path"));
    std::vector<UserModel> models;
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) {
            return models;
        }
        models.push_back({query.text(0),
                          query.text(1),
                          query.text(2),
                          query.text(3),
                          query.real(4),
                          query.real(5),
                          query.int64(6)});
    }
}

Result<void> saveUserModel(Database& db, const UserModel& model) {
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::beginOrJoin(db));
    ATTEST_TRY_ASSIGN(
        auto upsert,
        Statement::prepare(db,
                           "INSERT INTO user_model(path, sha256, name, card, tokens_per_second,"
                           " prompt_tokens_per_second, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
                           " ON CONFLICT(path) DO UPDATE SET sha256 = excluded.sha256,"
                           " name = excluded.name, card = excluded.card,"
                           " tokens_per_second = excluded.tokens_per_second,"
                           " prompt_tokens_per_second = excluded.prompt_tokens_per_second,"
                           " added_at = excluded.added_at"));
    ATTEST_TRY(upsert.bind(1, model.path)
                   .bind(2, model.sha256)
                   .bind(3, model.name)
                   .bind(4, model.cardJson)
                   .bind(5, model.tokensPerSecond)
                   .bind(6, model.promptTokensPerSecond)
                   .bind(7, model.addedAt)
                   .run());
    if (db.changedRows() > 0) {
        ATTEST_TRY(audit(db, "model.saved", "{\"sha256\":" + jsonText(model.sha256) + "}"));
    }
    return transaction.commit();
}

Result<void> removeUserModel(Database& db, std::string_view path) {
    ATTEST_TRY_ASSIGN(auto transaction, Transaction::beginOrJoin(db));
    ATTEST_TRY_ASSIGN(auto remove, Statement::prepare(db, "DELETE FROM user_model WHERE path = ?"));
    ATTEST_TRY(remove.bind(1, path).run());
    if (db.changedRows() > 0) {
        ATTEST_TRY(audit(db, "model.removed", "{}"));
    }
    return transaction.commit();
}

} // namespace attest::storage
