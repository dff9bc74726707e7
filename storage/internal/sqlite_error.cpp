#include "storage/internal/sqlite_error.h"

#include <sqlite3.h>

namespace attest::storage {

namespace {

constexpr int kPrimaryCodeMask = 0xff; // the rest of an extended code is detail

ErrorCode codeOf(int resultCode) {
    switch (resultCode & kPrimaryCodeMask) {
    case SQLITE_FULL:
    case SQLITE_NOMEM:
    case SQLITE_TOOBIG:
        return ErrorCode::OutOfResources;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
        return ErrorCode::Io;
    default:
        return ErrorCode::Storage;
    }
}

const char* explanation(int resultCode) {
    switch (resultCode & kPrimaryCodeMask) {
    case SQLITE_FULL:
        return "the disk is full";
    case SQLITE_NOTADB:
        return "the file is not an SQLite database";
    case SQLITE_CORRUPT:
        return "the file is damaged";
    default:
        return nullptr;
    }
}

} // namespace

Error sqliteError(sqlite3* db, int resultCode, const std::string& what) {
    std::string message = what + ": ";
    if (const char* plain = explanation(resultCode); plain != nullptr) {
        message += std::string(plain) + " (";
    }
    message += db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(resultCode);
    if (explanation(resultCode) != nullptr) {
        message += ")";
    }
    return Error{codeOf(resultCode), std::move(message)};
}

} // namespace attest::storage
