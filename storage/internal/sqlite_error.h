// What an SQLite result code means for the user.
#pragma once

#include "base/error.h"

#include <string>

struct sqlite3;

namespace attest::storage {

// Codes: OutOfResources (disk or memory full), Io (the operating system refused), Storage (all
// else). `what` says what was being done. The message never holds bound values.
Error sqliteError(sqlite3* db, int resultCode, const std::string& what);

} // namespace attest::storage
