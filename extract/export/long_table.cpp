#include "extract/export/long_table.h"

#include "extract/export/places.h"

#include <array>

namespace attest::extract {

namespace {

constexpr std::array kColumns = {"document",
                                 "id",
                                 "group",
                                 "instance",
                                 "field",
                                 "value",
                                 "unit",
                                 "normalised",
                                 "comparator",
                                 "status",
                                 "ambiguous_value",
                                 "ambiguous_place",
                                 "file",
                                 "page",
                                 "begin",
                                 "end",
                                 "text",
                                 "kind",
                                 "template",
                                 "model"};

void writeSource(CsvWriter& csv, const storage::StoredRun& run) {
    csv.text(run.templateId + "@" + std::to_string(run.templateVersion)).text(run.modelName);
}

Result<void> writeValue(CsvWriter& csv,
                        const storage::StoredRun& run,
                        const storage::ValueRecord& value,
                        Places& places) {
    csv.integer(run.documentId).text(run.run.sourceId).text(value.group);
    value.instance < 0 ? csv.empty() : csv.integer(value.instance + 1);
    csv.text(value.field)
        .text(value.text.value_or(""))
        .text(value.unit)
        .typed(value.normalised.value_or(""))
        .symbol(value.comparator)
        .text(value.status)
        .integer(value.isNormAmbiguous ? 1 : 0)
        .integer(value.isAmbiguousPlace ? 1 : 0)
        .text(run.run.fileName);
    if (value.span) {
        ATTEST_TRY_ASSIGN(const std::string text, places.textAt(*value.span));
        csv.integer(value.span->pageIndex + 1)
            .integer(static_cast<long long>(value.span->begin))
            .integer(static_cast<long long>(value.span->end))
            .text(text);
    } else {
        csv.empty().empty().empty().empty();
    }
    csv.text(value.kind);
    writeSource(csv, run);
    return csv.endRow();
}

// The row of a document that gave no value at all: it says why, so that no document is missing.
Result<void> writeNothing(CsvWriter& csv, const storage::StoredRun& run) {
    const bool hasNoText = run.run.status == "nothing-to-read";
    csv.integer(run.documentId).text(run.run.sourceId);
    for (int i = 0; i < 7; ++i) {
        csv.empty();
    }
    csv.text(hasNoText ? run.documentStatus : "none-found").empty().empty();
    csv.text(run.run.fileName).empty().empty().empty().empty().empty();
    writeSource(csv, run);
    return csv.endRow();
}

} // namespace

Result<void>
writeLongTable(CsvWriter& csv, storage::Database& db, const std::vector<storage::StoredRun>& runs) {
    for (const char* column : kColumns) {
        csv.text(column);
    }
    ATTEST_TRY(csv.endRow());
    for (const storage::StoredRun& run : runs) {
        ATTEST_TRY_ASSIGN(const auto values, storage::valuesOf(db, run.id));
        Places places(db, run.readingId);
        for (const storage::ValueRecord& value : values) {
            ATTEST_TRY(writeValue(csv, run, value, places));
        }
        if (values.empty()) {
            ATTEST_TRY(writeNothing(csv, run));
        }
    }
    return {};
}

} // namespace attest::extract
