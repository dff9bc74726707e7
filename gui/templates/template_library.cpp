#include "gui/templates/template_library.h"

#include "base/sha256.h"
#include "extract/resources.h"
#include "storage/database.h"
#include "storage/setting_store.h"
#include "storage/template_store.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <utility>

namespace attest::gui {

namespace {

// Ids of drafts that are not saved: a JSON list; each draft under a key of its own.
constexpr const char* kDraftIds = "template.drafts";
constexpr const char* kDraft = "template.draft.";

Result<QStringList> draftIds(storage::Database& db) {
    ATTEST_TRY_ASSIGN(const auto text, storage::setting(db, kDraftIds));
    QStringList ids;
    for (const QJsonValue& id :
         QJsonDocument::fromJson(QByteArray::fromStdString(text.value_or("[]"))).array()) {
        ids.append(id.toString());
    }
    return ids;
}

Result<void> addUse(storage::Database& db, GalleryEntry& entry) {
    ATTEST_TRY_ASSIGN(entry.runCount, storage::runCountOfTemplate(db, entry.record.id));
    ATTEST_TRY_ASSIGN(entry.draftJson, storage::setting(db, kDraft + entry.record.id));
    return {};
}

Result<GalleryEntry> builtInEntry(storage::Database& db, const extract::Template& known) {
    GalleryEntry entry;
    entry.isBuiltIn = true;
    ATTEST_TRY_ASSIGN(std::string json, extract::templateText(known.id()));
    entry.record = {known.sha256(), known.id(), known.version(), known.title(), std::move(json)};
    entry.layout = known.layout();
    entry.fieldCount = static_cast<std::int64_t>(known.fields().size());
    ATTEST_TRY(addUse(db, entry));
    return entry;
}

void sortByTitle(std::vector<GalleryEntry>& entries) {
    std::sort(entries.begin(), entries.end(), [](const GalleryEntry& a, const GalleryEntry& b) {
        return QString::fromStdString(a.record.title)
                   .localeAwareCompare(QString::fromStdString(b.record.title)) < 0;
    });
}

// Drafts of templates that were never saved. A draft that is not valid still has a title in it; the
// editor sorts that out.
Result<void> addNewOnes(storage::Database& db, std::vector<GalleryEntry>& own) {
    ATTEST_TRY_ASSIGN(const QStringList ids, draftIds(db));
    for (const QString& id : ids) {
        const bool isListed = std::any_of(own.begin(), own.end(), [&](const auto& entry) {
            return entry.record.id == id.toStdString();
        });
        if (isListed) {
            continue;
        }
        GalleryEntry entry;
        entry.record.id = id.toStdString();
        entry.record.title = entry.record.id;
        entry.isNew = true;
        ATTEST_TRY(addUse(db, entry));
        if (!entry.draftJson) {
            continue;
        }
        entry.record.json = *entry.draftJson;
        if (const auto draft = extract::parseDraft(*entry.draftJson, "draft"); draft.ok()) {
            entry.record.title = draft.value().title;
            entry.layout = draft.value().layout;
            entry.fieldCount = static_cast<std::int64_t>(draft.value().fields.size());
        }
        own.push_back(std::move(entry));
    }
    return {};
}

} // namespace

Result<std::vector<GalleryEntry>> loadGallery(storage::Database& db) {
    std::vector<GalleryEntry> own;
    ATTEST_TRY_ASSIGN(const auto saved, storage::userTemplates(db));
    for (const storage::TemplateRecord& record : saved) {
        GalleryEntry entry;
        entry.record = record;
        if (const auto parsed = extract::Template::parse(record.json, record.id); parsed.ok()) {
            entry.layout = parsed.value().layout();
            entry.fieldCount = static_cast<std::int64_t>(parsed.value().fields().size());
        }
        ATTEST_TRY(addUse(db, entry));
        own.push_back(std::move(entry));
    }
    std::vector<GalleryEntry> builtIn;
    ATTEST_TRY_ASSIGN(const auto known, extract::builtInTemplates());
    for (const extract::Template& each : known) {
        const bool isReplaced = std::any_of(own.begin(), own.end(), [&](const auto& entry) {
            return entry.record.id == each.id();
        });
        if (!isReplaced) {
            ATTEST_TRY_ASSIGN(GalleryEntry entry, builtInEntry(db, each));
            builtIn.push_back(std::move(entry));
        }
    }
    ATTEST_TRY(addNewOnes(db, own));
    sortByTitle(own);
    sortByTitle(builtIn);
    std::move(builtIn.begin(), builtIn.end(), std::back_inserter(own));
    return own;
}

Result<storage::TemplateRecord>
saveDraft(storage::Database& db, extract::TemplateDraft draft, std::int64_t now) {
    ATTEST_TRY_ASSIGN(const auto versions, storage::templateVersions(db, draft.id));
    draft.version = 1;
    for (const storage::TemplateRecord& version : versions) {
        draft.version = std::max(draft.version, version.version + 1);
    }
    storage::TemplateRecord record;
    record.id = draft.id;
    record.version = draft.version;
    record.title = draft.title;
    record.json = extract::writeDraft(draft);
    record.sha256 = sha256Hex(record.json);
    ATTEST_TRY(extract::Template::parse(record.json, record.title));
    ATTEST_TRY(storage::saveUserTemplate(db, record, now));
    ATTEST_TRY(keepUnsaved(db, record.id, std::nullopt));
    return record;
}

Result<void>
keepUnsaved(storage::Database& db, const std::string& id, const std::optional<std::string>& json) {
    ATTEST_TRY_ASSIGN(QStringList ids, draftIds(db));
    const QString name = QString::fromStdString(id);
    if (json && !ids.contains(name)) {
        ids.append(name);
    } else if (!json) {
        ids.removeAll(name);
    }
    const QByteArray list =
        QJsonDocument(QJsonArray::fromStringList(ids)).toJson(QJsonDocument::Compact);
    ATTEST_TRY(storage::setSetting(db, kDraft + id, json));
    return storage::setSetting(db, kDraftIds, list.toStdString());
}

std::string freeTemplateId(const std::vector<GalleryEntry>& gallery, const std::string& wanted) {
    const auto isTaken = [&](const std::string& id) {
        return std::any_of(gallery.begin(), gallery.end(), [&](const GalleryEntry& entry) {
            return entry.record.id == id;
        });
    };
    std::string id = wanted.empty() ? "template" : wanted;
    for (int number = 2; isTaken(id); ++number) {
        id = (wanted.empty() ? "template" : wanted) + '-' + std::to_string(number);
    }
    return id;
}

Result<void> removeTemplate(storage::Database& db, const std::string& id) {
    ATTEST_TRY(keepUnsaved(db, id, std::nullopt));
    return storage::removeUserTemplate(db, id);
}

Result<void>
bringBackTemplate(storage::Database& db, const storage::TemplateRecord& record, std::int64_t now) {
    return storage::saveUserTemplate(db, record, now);
}

} // namespace attest::gui
