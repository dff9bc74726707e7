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

// How the model is spoken to, as a person chose: a name that engine::ChatFormat::named() knows.
// Empty: nobody chose, it is spoken to as its file says. Kept with the model in the library's list,
// so it goes and comes back with it. Errors: those of the library.
Result<std::string> chosenChatFormat(storage::Database& db, const std::filesystem::path& model);
// An empty name: as the file says. Errors: NotFound (the model is not on the list, or there is no
// such format), those of the library.
Result<void> chooseChatFormat(storage::Database& db,
                              const std::filesystem::path& model,
                              const std::string& name);

// Makes it the default, and puts it on the list of models if it is not there yet. The bundled one
// is the default when no other is. The card's chosen format is kept with it; an empty one leaves
// what is there. Errors: those of the library. REQUIRES: the card's path is absolute.
Result<void>
setDefaultModel(storage::Database& db, const ModelCard& card, const std::string& sha256);

} // namespace attest::extract
