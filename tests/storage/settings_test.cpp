#include "base/sha256.h"
#include "storage/audit_log.h"
#include "storage/database.h"
#include "storage/setting_store.h"
#include "storage/storage_support.h"
#include "storage/template_store.h"
#include "support/catch.h"

#include <string>

using namespace attest::storage;
using attest::ErrorCode;
using attest::sha256Hex;
using attest::test::memoryLibrary;
using attest::test::must;
using attest::test::sampleRun;

namespace {

TemplateRecord version(const std::string& id, std::int64_t number) {
    const std::string json = "{\"id\":\"" + id + "\",\"version\":" + std::to_string(number) + "}";
    return {sha256Hex(json), id, number, "Title of " + id, json};
}

std::vector<std::int64_t> numbers(const std::vector<TemplateRecord>& records) {
    std::vector<std::int64_t> all;
    for (const TemplateRecord& record : records) {
        all.push_back(record.version);
    }
    return all;
}

} // namespace

TEST_CASE("settings are kept, changed and taken away", "[storage][setting_store]") {
    Database db = memoryLibrary();

    CHECK(must(setting(db, "model.default")) == std::nullopt);
    must(setSetting(db, "model.default", "/models/a.gguf"));
    must(setSetting(db, "model.default", ""));
    CHECK(must(setting(db, "model.default")) == "");
    must(setSetting(db, "model.default", std::nullopt));
    CHECK(must(setting(db, "model.default")) == std::nullopt);
}

TEST_CASE("what decides about results is recorded, without paths", "[storage][setting_store]") {
    Database db = memoryLibrary();
    must(setSetting(db, "model.default", "/home/jane/a.gguf"));
    must(setSetting(db, "review.position.7", "/labs/0"));
    must(saveUserModel(db, {"/home/jane/a.gguf", "cafe", "A", "{}", 0, 0, 2}));
    must(removeUserModel(db, "/home/jane/a.gguf"));
    must(removeUserModel(db, "/home/jane/a.gguf")); // is not there any more
    must(saveWatchedFolder(db, {"/home/jane", "labs", true, 5}));
    must(removeWatchedFolder(db, "/home/jane"));

    std::string log;
    for (const AuditRecord& record : must(auditRecords(db, 0, 100))) {
        log += record.action + record.subject + "\n";
    }

    CHECK(log == "folder.left{}\n"
                 "folder.watched{\"template\":\"labs\"}\n"
                 "model.removed{}\n"
                 "model.saved{\"sha256\":\"cafe\"}\n"
                 "setting.changed{\"setting\":\"model.default\"}\n");
}

TEST_CASE("several settings can be one transaction", "[storage][setting_store]") {
    Database db = memoryLibrary();
    {
        auto transaction = must(Transaction::begin(db));
        must(setSetting(db, "a", "1"));
        must(setSetting(db, "b", "2"));
    }
    CHECK(must(setting(db, "a")) == std::nullopt);
    {
        auto transaction = must(Transaction::begin(db));
        must(setSetting(db, "a", "1"));
        must(removeUserModel(db, "/m"));
        must(transaction.commit());
    }
    CHECK(must(setting(db, "a")) == "1");
}

TEST_CASE("watched folders are kept by path", "[storage][setting_store]") {
    Database db = memoryLibrary();
    must(saveWatchedFolder(db, {"/b", "labs", true, 5}));
    must(saveWatchedFolder(db, {"/a", "", false, 6}));
    must(saveWatchedFolder(db, {"/b", "medications", false, 7}));

    const auto folders = must(watchedFolders(db));

    REQUIRE(folders.size() == 2);
    CHECK(folders[0].path == "/a");
    CHECK(folders[1].templateId == "medications");
    CHECK_FALSE(folders[1].isRecursive);
    CHECK(folders[1].addedAt == 7);
    must(removeWatchedFolder(db, "/a"));
    CHECK(must(watchedFolders(db)).size() == 1);
}

TEST_CASE("the user's models are kept by path", "[storage][setting_store]") {
    Database db = memoryLibrary();
    must(saveUserModel(db, {"/m/b.gguf", "beef", "B", "{}", 0, 0, 1}));
    must(saveUserModel(db, {"/m/a.gguf", "cafe", "A", "{}", 0, 0, 2}));
    must(saveUserModel(db, {"/m/b.gguf", "beef", "B", "{\"x\":1}", 12.5, 99.25, 1}));

    const auto models = must(userModels(db));

    REQUIRE(models.size() == 2);
    CHECK(models[0].name == "A");
    CHECK(models[1].cardJson == "{\"x\":1}");
    CHECK(models[1].tokensPerSecond == 12.5);
    CHECK(models[1].promptTokensPerSecond == 99.25);
    must(removeUserModel(db, "/m/a.gguf"));
    CHECK(must(userModels(db)).size() == 1);
}

TEST_CASE("every save of a template is a version that stays", "[storage][template_store]") {
    Database db = memoryLibrary();
    must(saveUserTemplate(db, version("labs", 1), 10));
    must(saveUserTemplate(db, version("labs", 2), 20));
    must(saveUserTemplate(db, version("allergies", 1), 30));

    const auto newest = must(userTemplates(db));
    REQUIRE(newest.size() == 2);
    CHECK(newest[0].id == "allergies");
    CHECK(newest[1].json == version("labs", 2).json);
    CHECK(numbers(must(templateVersions(db, "labs"))) == std::vector<std::int64_t>{2, 1});

    // Going back to an older version makes it the newest again.
    must(saveUserTemplate(db, version("labs", 1), 40));
    CHECK(must(userTemplates(db))[1].version == 1);
    CHECK(numbers(must(templateVersions(db, "labs"))) == std::vector<std::int64_t>{1, 2});
}

TEST_CASE("versions that runs and jobs used are known, and outlive the template",
          "[storage][template_store]") {
    Database db = memoryLibrary();
    NewRun run = sampleRun("a.pdf");
    run.asked = version("labs", 1);
    run.run.finishedAt = 5;
    const SavedRun saved = must(saveRun(db, run));
    must(saveRun(db, run));
    NewJob job = attest::test::sampleJob(saved.documentId);
    job.asked = version("labs", 2);
    must(enqueue(db, {job}, 6));
    must(saveUserTemplate(db, version("labs", 3), 7));

    CHECK(numbers(must(templateVersions(db, "labs"))) == std::vector<std::int64_t>{3, 2, 1});
    CHECK(must(runCountOfTemplate(db, "labs")) == 2);
    CHECK(must(runCountOfTemplate(db, "none")) == 0);

    must(removeUserTemplate(db, "labs"));
    CHECK(must(userTemplates(db)).empty());
    CHECK(must(templateVersions(db, "labs")).size() == 3);
    CHECK(must(storedTemplate(db, run.asked.sha256)).version == 1);
}

TEST_CASE("a template that is not what its hash says is refused", "[storage][template_store]") {
    Database db = memoryLibrary();
    TemplateRecord forged = version("labs", 1);
    forged.json += " ";

    CHECK(saveUserTemplate(db, forged, 1).error().code == ErrorCode::InvalidInput);
    CHECK(saveUserTemplate(db, {sha256Hex("{}"), "", 1, "", "{}"}, 1).error().code ==
          ErrorCode::InvalidInput);
    CHECK(must(userTemplates(db)).empty());
}
