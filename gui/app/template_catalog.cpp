#include "gui/app/template_catalog.h"

#include "extract/resources.h"
#include "extract/template.h"
#include "gui/app/store.h"
#include "storage/template_store.h"

#include <algorithm>
#include <utility>

namespace attest::gui {

namespace {

Result<CatalogEntry> builtInEntry(const std::string& id) {
    ATTEST_TRY_ASSIGN(std::string json, extract::templateText(id));
    ATTEST_TRY_ASSIGN(const extract::Template parsed, extract::Template::parse(json, id));
    CatalogEntry entry;
    entry.record = {
        parsed.sha256(), parsed.id(), parsed.version(), parsed.title(), std::move(json)};
    entry.layout = QString::fromStdString(parsed.layout());
    entry.isBuiltIn = true;
    return entry;
}

void sortByTitle(std::vector<CatalogEntry>::iterator begin,
                 std::vector<CatalogEntry>::iterator end) {
    std::sort(begin, end, [](const CatalogEntry& a, const CatalogEntry& b) {
        return a.record.title < b.record.title;
    });
}

Result<std::vector<CatalogEntry>> allTemplates(storage::Database& db) {
    ATTEST_TRY_ASSIGN(const std::vector<storage::TemplateRecord> own, storage::userTemplates(db));
    ATTEST_TRY_ASSIGN(const std::vector<extract::Template> builtIn, extract::builtInTemplates());
    std::vector<CatalogEntry> entries;
    for (const extract::Template& each : builtIn) {
        const bool isReplaced = std::any_of(
            own.begin(), own.end(), [&](const auto& record) { return record.id == each.id(); });
        if (!isReplaced) {
            ATTEST_TRY_ASSIGN(CatalogEntry entry, builtInEntry(each.id()));
            entries.push_back(std::move(entry));
        }
    }
    const auto builtInCount = static_cast<std::ptrdiff_t>(entries.size());
    for (const storage::TemplateRecord& record : own) {
        const auto parsed = extract::Template::parse(record.json, record.id);
        if (parsed.ok()) {
            entries.push_back({record, QString::fromStdString(parsed.value().layout()), false});
        }
    }
    sortByTitle(entries.begin(), entries.begin() + builtInCount);
    sortByTitle(entries.begin() + builtInCount, entries.end());
    return entries;
}

} // namespace

void listTemplates(Store& store,
                   QObject* context,
                   std::function<void(Result<std::vector<CatalogEntry>>)> then) {
    store.read(
        context, [](storage::Database& db) { return allTemplates(db); }, std::move(then));
}

void findTemplateRecord(Store& store,
                        QObject* context,
                        const QString& id,
                        std::function<void(Result<storage::TemplateRecord>)> then) {
    const auto find =
        [id = id.toStdString()](storage::Database& db) -> Result<storage::TemplateRecord> {
        ATTEST_TRY_ASSIGN(const auto own, storage::userTemplates(db));
        for (const storage::TemplateRecord& record : own) {
            if (record.id == id) {
                return record;
            }
        }
        ATTEST_TRY_ASSIGN(CatalogEntry entry, builtInEntry(id));
        return std::move(entry.record);
    };
    store.read(context, find, std::move(then));
}

QString runKindOf(const storage::TemplateRecord& record) {
    const auto parsed = extract::Template::parse(record.json, record.id);
    const bool isSummary = parsed.ok() && parsed.value().layout() == "summary";
    const std::string_view kind = isSummary ? storage::kRunSummary : storage::kRunExtraction;
    return QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size()));
}

} // namespace attest::gui
