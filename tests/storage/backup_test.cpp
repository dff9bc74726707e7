#include "storage/backup.h"

#include "storage/audit_log.h"
#include "storage/library.h"
#include "storage/migrations.h"
#include "storage/search.h"
#include "storage/storage_support.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

using namespace attest::storage;
using attest::ErrorCode;
using attest::test::must;
using attest::test::queryInt;
using attest::test::sampleRun;
using attest::test::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kNow = 1795252500; // 2026-11-21 09:15:00 UTC
constexpr std::int64_t kDay = 86400;

Library openLibrary(const fs::path& folder) {
    return must(Library::open(folder, Access::ReadWrite));
}

std::string bytesOf(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

size_t entryCount(const fs::path& folder) {
    return static_cast<size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

size_t documentCount(const fs::path& folder) {
    auto library = openLibrary(folder);
    must(library.database().verify());
    must(verifyAudit(library.database()));
    return must(listDocuments(library.database())).size();
}

} // namespace

TEST_CASE("a backup is one file, private, sound and named after its time", "[storage][backup]") {
    const TemporaryFolder temp;
    const fs::path folder = temp.path() / "l";
    auto library = openLibrary(folder);
    must(saveRun(library.database(), sampleRun("a.pdf")));

    const BackupFile backup = must(backUp(library.database(), folder, kNow));

    CHECK(backup.path == folder / "backups/library-20261121T091500Z.sqlite");
    CHECK(backup.madeAt == kNow);
    CHECK(backup.byteSize == fs::file_size(backup.path));
    CHECK(entryCount(folder / "backups") == 1);
    struct stat info = {};
    REQUIRE(::stat(backup.path.c_str(), &info) == 0);
    CHECK((info.st_mode & 0777U) == 0600);
    auto copy = must(Database::openOlder(backup.path));
    must(copy.verify());
    CHECK(must(listDocuments(copy)).size() == 1);
    CHECK(entryCount(folder / "backups") == 1); // looking at it leaves nothing beside it
    const auto listed = must(listBackups(folder));
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].madeAt == kNow);
}

TEST_CASE("a backup can be made by a reader while the writer goes on", "[storage][backup]") {
    const TemporaryFolder temp;
    auto library = openLibrary(temp.path() / "l");
    must(saveRun(library.database(), sampleRun("a.pdf")));
    auto reader = must(Library::open(temp.path() / "l", Access::ReadOnly));
    must(saveRun(library.database(), sampleRun("b.pdf")));

    const BackupFile backup = must(backUp(reader.database(), temp.path() / "l", kNow));

    auto copy = must(Database::openOlder(backup.path));
    CHECK(must(listDocuments(copy)).size() == 2);
}

TEST_CASE("seven backups are kept, other files are left alone", "[storage][backup]") {
    const TemporaryFolder temp;
    const fs::path folder = temp.path() / "l";
    auto library = openLibrary(folder);
    must(backUp(library.database(), folder, kNow));
    write(folder / "backups/library-mine.sqlite", "mine");
    write(folder / "backups/library-20261399T999999Z.sqlite", "no time");

    for (int day = 1; day < 12; ++day) {
        must(backUp(library.database(), folder, kNow + day * kDay));
    }

    const auto backups = must(listBackups(folder));
    REQUIRE(backups.size() == kBackupsKept);
    CHECK(backups.front().madeAt == kNow + 11 * kDay);
    CHECK(backups.back().madeAt == kNow + 5 * kDay);
    CHECK(entryCount(folder / "backups") == kBackupsKept + 2);
}

TEST_CASE("a backup is due daily, and at once where there is something to lose",
          "[storage][backup]") {
    const TemporaryFolder temp;
    const fs::path folder = temp.path() / "l";
    auto library = openLibrary(folder);
    Database& db = library.database();

    CHECK_FALSE(must(isBackupDue(db, folder, kNow)));
    must(saveRun(db, sampleRun("a.pdf")));
    CHECK(must(isBackupDue(db, folder, kNow)));
    must(backUp(db, folder, kNow));
    CHECK_FALSE(must(isBackupDue(db, folder, kNow)));
    CHECK_FALSE(must(isBackupDue(db, folder, kNow + kDay - 1)));
    CHECK(must(isBackupDue(db, folder, kNow + kDay)));
}

TEST_CASE("a damaged library is not backed up over good backups", "[storage][backup]") {
    const TemporaryFolder temp;
    const fs::path folder = temp.path() / "l";
    {
        auto library = openLibrary(folder);
        for (int i = 0; i < 20; ++i) {
            must(saveRun(library.database(), sampleRun(std::to_string(i))));
        }
        must(backUp(library.database(), folder, kNow));
    }
    std::string bytes = bytesOf(folder / "library.sqlite");
    // The last pages hold data; opening reads the schema only.
    for (size_t at = bytes.size() - 4096; at > bytes.size() / 2; at -= size_t{5} * 4096) {
        bytes.replace(at, 64, std::string(64, '\x7f'));
    }
    write(folder / "library.sqlite", bytes);
    auto library = Library::open(folder, Access::ReadWrite);
    REQUIRE(library.ok());

    const auto backup = backUp(library.value().database(), folder, kNow + kDay);

    REQUIRE_FALSE(backup.ok());
    CHECK(backup.error().code == ErrorCode::Storage);
    CHECK(entryCount(folder / "backups") == 1);
}

TEST_CASE("a lost library comes back from its backup", "[storage][backup]") {
    const TemporaryFolder temp;
    const fs::path folder = temp.path() / "l";
    BackupFile backup;
    {
        auto library = openLibrary(folder);
        for (int i = 0; i < 5; ++i) {
            must(saveRun(library.database(), sampleRun(std::to_string(i))));
        }
        backup = must(backUp(library.database(), folder, kNow));
    }
    size_t expectedFiles = 4; // library, lock, backups, what was there before

    SECTION("deleted") {
        fs::remove(folder / "library.sqlite");
        expectedFiles = 3;
    }
    SECTION("overwritten") {
        write(folder / "library.sqlite", std::string(100000, 'x'));
    }
    SECTION("gone on with") {
        auto library = openLibrary(folder);
        must(saveRun(library.database(), sampleRun("later")));
    }
    const std::string before =
        fs::exists(folder / "library.sqlite") ? bytesOf(folder / "library.sqlite") : "";

    must(restoreBackup(folder, backup.path, kNow + 60));

    CHECK(documentCount(folder) == 5);
    CHECK(entryCount(folder) == expectedFiles);
    if (!before.empty()) {
        CHECK(bytesOf(folder / "library-before-restore-20261121T091600Z.sqlite") == before);
    }
    auto library = openLibrary(folder);
    CHECK(must(auditRecords(library.database(), 0, 1)).front().action == "library.restored");
    must(saveRun(library.database(), sampleRun("works")));
}

TEST_CASE("the log of a library that was not closed is kept with it", "[storage][backup]") {
    const TemporaryFolder temp;
    const fs::path folder = temp.path() / "l";
    const fs::path crashed = temp.path() / "crashed";
    BackupFile backup;
    {
        auto library = openLibrary(folder);
        must(saveRun(library.database(), sampleRun("a")));
        backup = must(backUp(library.database(), folder, kNow));
        must(saveRun(library.database(), sampleRun("b")));
        // What kill -9 leaves behind.
        fs::create_directory(crashed);
        fs::copy(folder / "library.sqlite", crashed);
        fs::copy(folder / "library.sqlite-wal", crashed);
    }
    REQUIRE(::chmod(crashed.c_str(), 0700) == 0);

    must(restoreBackup(crashed, backup.path, kNow + 60));

    CHECK(documentCount(crashed) == 1);
    const fs::path kept = temp.path() / "kept";
    fs::create_directory(kept);
    REQUIRE(::chmod(kept.c_str(), 0700) == 0);
    fs::copy(crashed / "library-before-restore-20261121T091600Z.sqlite", kept / "library.sqlite");
    CHECK(documentCount(kept) == 2);
}

TEST_CASE("what cannot be restored leaves the library as it is", "[storage][backup]") {
    const TemporaryFolder temp;
    const fs::path folder = temp.path() / "l";
    fs::path backup;
    {
        auto library = openLibrary(folder);
        must(saveRun(library.database(), sampleRun("a")));
        backup = must(backUp(library.database(), folder, kNow)).path;
    }
    const std::string good = bytesOf(backup);
    ErrorCode expected = ErrorCode::Storage;

    SECTION("cut off") {
        write(backup, good.substr(0, good.size() / 2));
    }
    SECTION("damaged") {
        std::string bad = good;
        for (size_t page = 3; page * 4096 + 100 < bad.size(); page += 3) {
            bad.replace(page * 4096, 64, std::string(64, '\x7f'));
        }
        write(backup, bad);
    }
    SECTION("empty") {
        write(backup, "");
    }
    SECTION("another file") {
        write(backup, std::string(10000, 'x'));
    }
    SECTION("not there") {
        fs::remove(backup);
        expected = ErrorCode::NotFound;
    }
    SECTION("a folder") {
        backup = temp.path();
        expected = ErrorCode::NotFound;
    }
    const std::string before = bytesOf(folder / "library.sqlite");

    const auto restored = restoreBackup(folder, backup, kNow);

    REQUIRE_FALSE(restored.ok());
    CHECK(restored.error().code == expected);
    CHECK(bytesOf(folder / "library.sqlite") == before);
    CHECK(documentCount(folder) == 1);
}

TEST_CASE("a library that is in use is not replaced", "[storage][backup]") {
    const TemporaryFolder temp;
    const fs::path folder = temp.path() / "l";
    auto library = openLibrary(folder);
    const BackupFile backup = must(backUp(library.database(), folder, kNow));

    const auto restored = restoreBackup(folder, backup.path, kNow);

    REQUIRE_FALSE(restored.ok());
    CHECK(restored.error().code == ErrorCode::Storage);
    CHECK(restored.error().message.find(std::to_string(::getpid())) != std::string::npos);
}

TEST_CASE("a library of the first schema is upgraded with all it holds, after a backup",
          "[storage][backup][migrations]") {
    const TemporaryFolder temp;
    const fs::path folder = temp.path() / "l";
    fs::create_directory(folder);
    REQUIRE(::chmod(folder.c_str(), 0700) == 0);
    fs::copy(fs::path(ATTEST_SOURCE_DIR) / "tests/data/db/schema_v1.sqlite",
             folder / "library.sqlite");
    CHECK(Library::open(folder, Access::ReadOnly).error().code == ErrorCode::Unsupported);

    {
        auto library = openLibrary(folder);
        Database& db = library.database();

        must(db.verify());
        CHECK(queryInt(db, "PRAGMA user_version") == schemaVersion());
        const auto rows = must(listLibrary(db, {}));
        REQUIRE(rows.size() == 3);
        CHECK(rows[0].fileName == "scan.pdf");
        CHECK(rows[0].state == DocumentState::NoText);
        CHECK(rows[0].detail == "The pages hold no text.");
        CHECK(rows[1].fileName == "note-7");
        CHECK(rows[2].fileName == "a.pdf");
        CHECK(rows[2].state == DocumentState::ToReview);
        CHECK(rows[2].toReviewCount == 3);
        CHECK(rows[2].templateTitle == "Medications");
        CHECK(rows[2].runId == 2); // the newest extraction, not the summary after it
        const auto values = must(valuesOf(db, 1));
        CHECK(values.size() == 3);
        CHECK_FALSE(values[0].confidence); // nobody had measured it
        CHECK(must(sentencesOf(db, 3)).size() == 1);
        CHECK(must(latestRuns(db, {})).size() == 4);
        CHECK(must(searchLibrary(db, "gemess", 10)).size() == 1); // of the newer reading only
        CHECK(must(searchLibrary(db, "grosse", 10)).empty());
        CHECK(must(searchLibrary(db, "metformin", 10)).size() == 2);
        CHECK(must(searchLibrary(db, "scan", 10)).size() == 1);
        must(db.execute(
            "INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)"));
        must(saveRun(db, sampleRun("new.pdf")));
        CHECK(must(verifyAudit(db)) == 1);
    }
    const auto backups = must(listBackups(folder));
    REQUIRE(backups.size() == 1);
    auto old = must(Database::openOlder(backups[0].path));
    CHECK(queryInt(old, "PRAGMA user_version") == 1);

    // And back again: a backup of an older schema is upgraded while it is restored.
    must(restoreBackup(folder, backups[0].path, kNow));
    CHECK(documentCount(folder) == 3);
    CHECK(must(listBackups(folder)).size() == 1);
}

TEST_CASE("opening a library of this schema makes no backup", "[storage][backup]") {
    const TemporaryFolder temp;
    { auto library = openLibrary(temp.path() / "l"); }
    { auto library = openLibrary(temp.path() / "l"); }
    CHECK(must(listBackups(temp.path() / "l")).empty());
}
