// Templates as the gallery lists them, and saving, removing and bringing them back.
#pragma once

#include "base/result.h"
#include "extract/template_json.h"
#include "storage/result_store.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace attest::storage {
class Database;
} // namespace attest::storage

namespace attest::gui {

struct GalleryEntry {
    storage::TemplateRecord record;
    std::string layout;
    bool isBuiltIn = false;
    bool isNew = false;                   // only a draft so far
    std::optional<std::string> draftJson; // edited and not saved
    std::int64_t runCount = 0;            // results that came from any version of it
    std::int64_t fieldCount = 0;
};

// Own ones first, then the built-in ones, each by title. An own one with the id of a built-in one
// stands in its place.
Result<std::vector<GalleryEntry>> loadGallery(storage::Database& db);

// The draft is the newest version: one more than every version that was ever saved or used. Its
// unsaved copy is gone then. Errors: those of Template::parse() and of storing.
Result<storage::TemplateRecord>
saveDraft(storage::Database& db, extract::TemplateDraft draft, std::int64_t now);

// What the editor keeps of unsaved work, so that nothing is lost with the window. nullopt: nothing.
Result<void>
keepUnsaved(storage::Database& db, const std::string& id, const std::optional<std::string>& json);

// An id nobody has: "medications-2".
std::string freeTemplateId(const std::vector<GalleryEntry>& gallery, const std::string& wanted);

Result<void> removeTemplate(storage::Database& db, const std::string& id);
Result<void>
bringBackTemplate(storage::Database& db, const storage::TemplateRecord& record, std::int64_t now);

} // namespace attest::gui
