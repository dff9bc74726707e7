#pragma once

#include "base/result.h"
#include "storage/result_store.h"

#include <cstdint>

namespace attest::storage {

// Keeps the version when it is not there yet. Call within a transaction.
Result<void> addTemplate(Database& db, const TemplateRecord& record, std::int64_t now);

} // namespace attest::storage
