#pragma once

#include "base/result.h"
#include "storage/document_store.h"

#include <cstdint>

namespace attest::storage {

// Adds the row of a document whose hash is not known yet, without its pages, and makes its name
// findable. Returns its id. Call within a transaction.
Result<std::int64_t> insertDocument(Database& db, const NewDocument& document, std::int64_t now);

} // namespace attest::storage
