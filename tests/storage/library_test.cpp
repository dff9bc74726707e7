#include "storage/library.h"

#include "storage/migrations.h"
#include "storage/result_store.h"
#include "storage/sample_run.h"
#include "storage/statement.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using attest::ErrorCode;
using attest::storage::Access;
using attest::storage::Database;
using attest::storage::Library;
using attest::storage::Statement;
using attest::test::sampleRun;
using attest::test::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

std::string bytesOf(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

std::string queryText(const Database& db, std::string_view sql) {
    auto statement = Statement::prepare(db, sql);
    REQUIRE(statement.ok());
    REQUIRE(statement.value().step().value());
    return statement.value().text(0);
}

mode_t modeOf(const fs::path& path) {
    struct stat info = {};
    REQUIRE(::stat(path.c_str(), &info) == 0);
    return info.st_mode & 0777;
}

// A library with one run, closed again.
void makeLibrary(const fs::path& folder) {
    auto library = Library::open(folder, Access::ReadWrite);
    REQUIRE(library.ok());
    REQUIRE(saveRun(library.value().database(), sampleRun("a.pdf")).ok());
}

} // namespace

TEST_CASE("a new library is readable for its owner only", "[storage][library]") {
    const TemporaryFolder folder;
    const std::filesystem::path temp = folder.path();
    const mode_t before = ::umask(0);
    {
        auto library = Library::open(temp / "deep/library", Access::ReadWrite);
        REQUIRE(library.ok());
        REQUIRE(saveRun(library.value().database(), sampleRun("a.pdf")).ok());

        CHECK(modeOf(temp / "deep/library") == 0700);
        for (const auto& entry : fs::directory_iterator(temp / "deep/library")) {
            CAPTURE(entry.path().string());
            CHECK(modeOf(entry.path()) == 0600);
        }
    }
    ::umask(before);
}

TEST_CASE("a library has the settings everything relies on", "[storage][library]") {
    const TemporaryFolder folder;
    const std::filesystem::path temp = folder.path();
    auto library = Library::open(temp / "l", Access::ReadWrite);
    REQUIRE(library.ok());
    const Database& db = library.value().database();

    CHECK(queryText(db, "PRAGMA journal_mode") == "wal");
    CHECK(queryText(db, "PRAGMA synchronous") == "2");
    CHECK(queryText(db, "PRAGMA foreign_keys") == "1");
    CHECK(queryText(db, "PRAGMA page_size") == "4096");
    CHECK(queryText(db, "PRAGMA secure_delete") == "1");
    CHECK(queryText(db, "PRAGMA trusted_schema") == "0");
    CHECK(queryText(db, "PRAGMA temp_store") == "2");
    CHECK(queryText(db, "PRAGMA cell_size_check") == "1");
    CHECK(queryText(db, "PRAGMA application_id") ==
          std::to_string(attest::storage::kApplicationId));
    // Double quotes are names, never strings, and extensions cannot be loaded.
    CHECK_FALSE(Statement::prepare(db, "SELECT \"no such column\"").ok());
    auto load = Statement::prepare(db, "SELECT load_extension('x')");
    CHECK((!load.ok() || !load.value().step().ok()));
    CHECK(library.value().database().verify().ok());
}

TEST_CASE("a second writer is refused and told who has the library", "[storage][library]") {
    const TemporaryFolder folder;
    const std::filesystem::path temp = folder.path();
    auto first = Library::open(temp / "l", Access::ReadWrite);
    REQUIRE(first.ok());

    auto second = Library::open(temp / "l", Access::ReadWrite);

    REQUIRE_FALSE(second.ok());
    CHECK(second.error().code == ErrorCode::Storage);
    CHECK(second.error().message.find("in use by another process (" + std::to_string(::getpid()) +
                                      ")") != std::string::npos);
}

TEST_CASE("the lock ends with the library", "[storage][library]") {
    const TemporaryFolder folder;
    const std::filesystem::path temp = folder.path();
    makeLibrary(temp / "l");

    CHECK(Library::open(temp / "l", Access::ReadWrite).ok());
}

TEST_CASE("readers work beside the writer and cannot write", "[storage][library]") {
    const TemporaryFolder folder;
    const std::filesystem::path temp = folder.path();
    auto writer = Library::open(temp / "l", Access::ReadWrite);
    REQUIRE(writer.ok());
    REQUIRE(saveRun(writer.value().database(), sampleRun("a.pdf")).ok());

    auto reader = Library::open(temp / "l", Access::ReadOnly);

    REQUIRE(reader.ok());
    CHECK(attest::storage::listDocuments(reader.value().database()).value().size() == 1);
    CHECK_FALSE(reader.value().database().execute("DELETE FROM document").ok());
    CHECK_FALSE(saveRun(reader.value().database(), sampleRun("b.pdf")).ok());
    REQUIRE(saveRun(writer.value().database(), sampleRun("c.pdf")).ok());
    CHECK(attest::storage::listDocuments(reader.value().database()).value().size() == 2);
}

TEST_CASE("a reader alone opens a library that was closed", "[storage][library]") {
    const TemporaryFolder folder;
    const std::filesystem::path temp = folder.path();
    makeLibrary(temp / "l");

    auto reader = Library::open(temp / "l", Access::ReadOnly);

    REQUIRE(reader.ok());
    CHECK(attest::storage::listDocuments(reader.value().database()).value().size() == 1);
}

TEST_CASE("a library that is not there is not found by readers", "[storage][library]") {
    const TemporaryFolder folder;
    const std::filesystem::path temp = folder.path();

    auto reader = Library::open(temp / "none", Access::ReadOnly);

    REQUIRE_FALSE(reader.ok());
    CHECK(reader.error().code == ErrorCode::NotFound);
    CHECK_FALSE(fs::exists(temp / "none"));
}

TEST_CASE("a folder that others can write is refused", "[storage][library]") {
    const TemporaryFolder folder;
    const std::filesystem::path temp = folder.path();
    fs::create_directory(temp / "l");
    REQUIRE(::chmod((temp / "l").c_str(), 0777) == 0);

    auto library = Library::open(temp / "l", Access::ReadWrite);

    REQUIRE_FALSE(library.ok());
    CHECK(library.error().message.find("other users") != std::string::npos);
}

TEST_CASE("a library file that is a symbolic link is refused", "[storage][library]") {
    const TemporaryFolder folder;
    const std::filesystem::path temp = folder.path();
    makeLibrary(temp / "real");
    fs::create_directory(temp / "l");
    fs::create_symlink(temp / "real/library.sqlite", temp / "l/library.sqlite");

    CHECK_FALSE(Library::open(temp / "l", Access::ReadWrite).ok());
}

TEST_CASE("files that are no library of this version are refused untouched", "[storage][library]") {
    const TemporaryFolder folder;
    const std::filesystem::path temp = folder.path();
    makeLibrary(temp / "l");
    const fs::path file = temp / "l/library.sqlite";
    const auto forge = [&](const char* sql) {
        // The plain command line tool's view of the file: no checks of ours.
        auto db = Database::open(file, Access::ReadWrite);
        REQUIRE(db.ok());
        REQUIRE(db.value().execute(sql).ok());
    };
    ErrorCode expected = ErrorCode::InvalidInput;

    SECTION("newer") {
        forge("PRAGMA user_version = 999");
        expected = ErrorCode::Unsupported;
    }
    SECTION("another program's database") {
        forge("PRAGMA application_id = 7");
    }
    SECTION("a database without an owner") {
        forge("PRAGMA application_id = 0; PRAGMA user_version = 0");
    }
    SECTION("not a database") {
        write(file, std::string(5000, 'x'));
        expected = ErrorCode::Storage;
    }
    SECTION("shorter than a header") {
        write(file, "SQLite format 3");
        expected = ErrorCode::Storage;
    }
    const std::string before = bytesOf(file);

    for (const Access access : {Access::ReadWrite, Access::ReadOnly}) {
        auto library = Library::open(temp / "l", access);

        REQUIRE_FALSE(library.ok());
        CHECK(library.error().code == expected);
        CHECK(library.error().message.find("library.sqlite") != std::string::npos);
    }
    CHECK(bytesOf(file) == before);
}

TEST_CASE("a library cut off or damaged at any place gives errors, not crashes",
          "[storage][library]") {
    const TemporaryFolder folder;
    const std::filesystem::path temp = folder.path();
    makeLibrary(temp / "l");
    const fs::path file = temp / "l/library.sqlite";
    const std::string whole = bytesOf(file);
    REQUIRE(whole.size() > 4096);

    const auto useAll = [&] {
        auto library = Library::open(temp / "l", Access::ReadWrite);
        if (!library.ok()) {
            return false;
        }
        Database& db = library.value().database();
        return db.verify().ok() && attest::storage::listDocuments(db).ok() &&
               latestRuns(db, {}).ok() && attest::storage::valuesOf(db, 1).ok() &&
               attest::storage::pagesOf(db, 1).ok();
    };
    for (size_t size = 1; size < whole.size(); size += 2039) {
        CAPTURE(size);
        write(file, whole.substr(0, size));
        const bool isAllThere = useAll();
        // SQLite reads zeros behind the end: where only those are missing, nothing is.
        CHECK(isAllThere == (whole.find_first_not_of('\0', size) == std::string::npos));
    }
    for (size_t at = 0; at < whole.size(); at += 211) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x5a);
        write(file, damaged);
        useAll(); // a changed letter of a text goes unnoticed; nothing may crash
    }
    write(file, whole);
    CHECK(useAll());
}

TEST_CASE("a library whose writer was killed is checked before use", "[storage][library]") {
    const TemporaryFolder folder;
    const std::filesystem::path temp = folder.path();
    makeLibrary(temp / "l");
    // A killed writer leaves its log. The child ends without closing the connection.
    const pid_t child = ::fork();
    if (child == 0) {
        auto library = Library::open(temp / "l", Access::ReadWrite);
        const bool saved = library.ok() && saveRun(library.value().database(), sampleRun("b")).ok();
        ::_exit(saved ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE((WIFEXITED(status) && WEXITSTATUS(status) == 0));
    REQUIRE(fs::file_size(temp / "l/library.sqlite-wal") > 0);

    SECTION("and opened when it is sound") {
        auto library = Library::open(temp / "l", Access::ReadWrite);
        REQUIRE(library.ok());
        CHECK(attest::storage::listDocuments(library.value().database()).value().size() == 2);
    }
    SECTION("and refused when it is not") {
        // Overwrites the content area of all pages but the first, in the file and not in the log.
        std::string bytes = bytesOf(temp / "l/library.sqlite");
        for (size_t page = 4096 * 3; page + 8 < bytes.size(); page += 4096) {
            bytes.replace(page, 8, std::string(8, '\x7f'));
        }
        write(temp / "l/library.sqlite", bytes);

        auto library = Library::open(temp / "l", Access::ReadWrite);

        REQUIRE_FALSE(library.ok());
        CHECK(library.error().code == ErrorCode::Storage);
        CHECK(library.error().message.find("damaged") != std::string::npos);
    }
}

TEST_CASE("the default place follows the desktop's rules", "[storage][library]") {
    const char* home = std::getenv("HOME");
    const std::string homeBefore = home != nullptr ? home : "";
    const char* data = std::getenv("XDG_DATA_HOME");
    const std::string dataBefore = data != nullptr ? data : "";
    const auto restore = [](const char* name, const std::string& value) {
        value.empty() ? ::unsetenv(name) : ::setenv(name, value.c_str(), 1);
    };

    ::setenv("HOME", "/home/x", 1);
    ::setenv("XDG_DATA_HOME", "/data", 1);
    CHECK(attest::storage::defaultLibraryFolder().value() == "/data/attest");
    ::setenv("XDG_DATA_HOME", "relative", 1);
    CHECK(attest::storage::defaultLibraryFolder().value() == "/home/x/.local/share/attest");
    ::unsetenv("XDG_DATA_HOME");
    ::unsetenv("HOME");
    CHECK_FALSE(attest::storage::defaultLibraryFolder().ok());

    restore("HOME", homeBefore);
    restore("XDG_DATA_HOME", dataBefore);
}
