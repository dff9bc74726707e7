// The user's own templates. Each save is a version that stays; runs keep the version they came
// from.
#pragma once

#include "base/result.h"
#include "storage/result_store.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace attest::storage {

class Database;

// The newest version of `record.id` is `record` from now on.
Result<void> saveUserTemplate(Database& db, const TemplateRecord& record, std::int64_t now);

// The newest version of each, by title.
Result<std::vector<TemplateRecord>> userTemplates(Database& db);

// Every version of `id` that was saved or used by a run or job, newest first.
Result<std::vector<TemplateRecord>> templateVersions(Database& db, std::string_view id);

// Out of the list; versions that runs came from stay.
Result<void> removeUserTemplate(Database& db, std::string_view id);

// How many runs came from any version of `id`.
Result<std::int64_t> runCountOfTemplate(Database& db, std::string_view id);

} // namespace attest::storage
