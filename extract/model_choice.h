// Which model a library uses: for a template its own, else the default, else the bundled one.
#pragma once

#include "base/result.h"
#include "extract/model_card.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace attest::storage {
class Database;
} // namespace attest::storage

namespace attest::extract {

// Errors: those of the library and of bundledModel(). The file need not be there any more.
Result<std::filesystem::path> chosenModel(storage::Database& db, std::string_view templateId);
// The same for templates that have no model of their own.
Result<std::filesystem::path> defaultModel(storage::Database& db);

// Makes it the default, and puts it on the list of models if it is not there yet. The bundled one
// is the default when no other is. Errors: those of the library. REQUIRES: the card's path is
// absolute.
Result<void>
setDefaultModel(storage::Database& db, const ModelCard& card, const std::string& sha256);

} // namespace attest::extract
