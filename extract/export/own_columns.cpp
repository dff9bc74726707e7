#include "extract/export/own_columns.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <optional>
#include <utility>

namespace attest::extract {

namespace {

// Trailing zeros are left away.
std::string fraction(double value, int digits) {
    std::array<char, 32> buffer = {};
    const auto end = std::to_chars(
        buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, digits);
    std::string text(buffer.data(), end.ptr);
    while (text.ends_with('0')) {
        text.pop_back();
    }
    return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

std::string boxesText(const std::vector<PageBox>& boxes) {
    constexpr int kDigits = 5; // 0.01 mm on a page
    std::string text;
    for (const PageBox& box : boxes) {
        text += text.empty() ? "" : "; ";
        const char* gap = "";
        for (const float edge : {box.left, box.top, box.right, box.bottom}) {
            text += gap + fraction(double(edge), kDigits);
            gap = " ";
        }
    }
    return text;
}

using ConfidenceOf = std::optional<double> (*)(const storage::ValueRecord&);

std::optional<double> calibrated(const storage::ValueRecord& value) {
    return value.confidence;
}

std::optional<double> raw(const storage::ValueRecord& value) {
    return storage::rawConfidence(value);
}

Cell confidenceCell(std::optional<double> confidence) {
    constexpr int kDigits = 4;
    return confidence ? numberCell(fraction(std::clamp(*confidence, 0.0, 1.0), kDigits)) : Cell();
}

void addSource(ReportTable& table) {
    addColumn(table,
              "source_file",
              CellKind::Text,
              "name of the document's file",
              [](const ReportRecord& r) { return textCell(r.run->run.run.fileName); });
    addColumn(table,
              "source_sha256",
              CellKind::Code,
              "SHA-256 of the document",
              [](const ReportRecord& r) { return codeCell(r.run->run.documentSha256); });
}

void addMaking(ReportTable& table) {
    addColumn(table,
              "model_sha256",
              CellKind::Code,
              "SHA-256 of the model file",
              [](const ReportRecord& r) { return codeCell(r.run->run.modelSha256); });
    addColumn(
        table, "template", CellKind::Text, "template and its version", [](const ReportRecord& r) {
            return textCell(r.run->run.templateId + "@" +
                            std::to_string(r.run->run.templateVersion));
        });
    addColumn(table,
              "run_id",
              CellKind::Number,
              "number of the run in the library",
              [](const ReportRecord& r) { return integerCell(r.run->run.id); });
}

using ValueChoice = const ReportValue* (*)(const ReportRecord&);
using ValueCell = Cell (*)(const ReportValue&);

void addPlace(ReportTable& table, ValueChoice choose) {
    const auto add = [&](const char* name, CellKind kind, const char* label, ValueCell cell) {
        addColumn(table, name, kind, label, [choose, cell](const ReportRecord& record) -> Cell {
            const ReportValue* value = choose(record);
            const bool hasPlace = value != nullptr && !value->isLeftOut && value->final.span;
            return hasPlace ? cell(*value) : Cell();
        });
    };
    add("page", CellKind::Number, "page, from 1", [](const ReportValue& value) {
        return integerCell(value.final.span->pageIndex + 1);
    });
    add("char_start", CellKind::Number, "first character, from 0", [](const ReportValue& value) {
        return integerCell(static_cast<long long>(value.charBegin));
    });
    add("char_end", CellKind::Number, "behind the last character", [](const ReportValue& value) {
        return integerCell(static_cast<long long>(value.charEnd));
    });
    add("bbox",
        CellKind::Code,
        "left top right bottom as fractions of the page",
        [](const ReportValue& value) { return codeCell(boxesText(value.final.boxes)); });
    add("snippet", CellKind::Text, "what stands there", [](const ReportValue& value) {
        return textCell(value.snippet);
    });
}

const ReportValue* ownValue(const ReportRecord& record) {
    return record.value;
}

const storage::Review* decisionOf(const ReportValue& value) {
    const auto& review = value.final.review;
    return review && review->verdict != storage::Verdict::None ? &*review : nullptr;
}

// Of a value, else the newest among the values of an item.
const storage::Review* decisionOf(const ReportRecord& record) {
    if (record.value != nullptr) {
        return decisionOf(*record.value);
    }
    const storage::Review* newest = nullptr;
    if (record.item != nullptr) {
        for (const auto& [field, value] : record.item->values) {
            const storage::Review* decision = decisionOf(*value);
            if (decision != nullptr &&
                (newest == nullptr || decision->reviewedAt > newest->reviewedAt)) {
                newest = decision;
            }
        }
    }
    return newest;
}

void addReviewer(ReportTable& table) {
    addColumn(table, "reviewed_by", CellKind::Text, "who decided", [](const ReportRecord& record) {
        const storage::Review* decision = decisionOf(record);
        return decision != nullptr ? textCell(decision->reviewer) : Cell();
    });
    addColumn(table, "reviewed_at", CellKind::Code, "when, in UTC", [](const ReportRecord& record) {
        const storage::Review* decision = decisionOf(record);
        return decision != nullptr ? codeCell(isoTime(decision->reviewedAt)) : Cell();
    });
}

template <ConfidenceOf of>
Cell lowestConfidence(const ReportRecord& record) {
    std::optional<double> lowest;
    if (record.item != nullptr) {
        for (const auto& [field, value] : record.item->values) {
            if (value->final.machine && value->final.machine->text && !value->isLeftOut) {
                if (const auto confidence = of(*value->final.machine)) {
                    lowest = std::min(lowest.value_or(*confidence), *confidence);
                }
            }
        }
    }
    return confidenceCell(lowest);
}

template <ConfidenceOf of>
Cell ownConfidence(const ReportValue& value) {
    return value.final.machine ? confidenceCell(of(*value.final.machine)) : Cell();
}

void addOfValue(
    ReportTable& table, const char* name, CellKind kind, const char* label, ValueCell cell) {
    addColumn(table, name, kind, label, [cell](const ReportRecord& record) -> Cell {
        return record.value != nullptr ? cell(*record.value) : Cell();
    });
}

} // namespace

std::string isoTime(std::int64_t seconds) {
    const std::time_t time = seconds;
    std::tm parts = {};
    std::array<char, 40> buffer = {};
    if (seconds == 0 || ::gmtime_r(&time, &parts) == nullptr) {
        return {};
    }
    return {buffer.data(),
            std::strftime(buffer.data(), buffer.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

const ReportValue* anchorOf(const ReportRecord& record) {
    if (record.item == nullptr) {
        return nullptr;
    }
    const auto hasPlace = [](const ReportValue* value) {
        return !value->isLeftOut && value->final.span.has_value();
    };
    const ValueOfField& values = record.item->values;
    const auto anchor = values.find(record.group->anchor);
    if (anchor != values.end() && hasPlace(anchor->second)) {
        return anchor->second;
    }
    const auto other = std::find_if(
        values.begin(), values.end(), [&](const auto& value) { return hasPlace(value.second); });
    return other == values.end() ? nullptr : other->second;
}

void addColumn(ReportTable& table,
               std::string name,
               CellKind kind,
               std::string label,
               std::function<Cell(const ReportRecord&)> cell) {
    TableColumn column;
    column.column.name = std::move(name);
    column.column.kind = kind;
    column.column.label = std::move(label);
    column.cell = std::move(cell);
    table.columns.push_back(std::move(column));
}

void addKeyColumns(ReportTable& table) {
    addColumn(table, "record_id", CellKind::Text, "record", [](const ReportRecord& r) {
        return textCell(r.run->recordId);
    });
    addColumn(table,
              "document_id",
              CellKind::Number,
              "number of the document",
              [](const ReportRecord& r) { return integerCell(r.run->run.documentId); });
}

void addInstanceColumn(ReportTable& table) {
    addColumn(table,
              "instance",
              CellKind::Number,
              "number of the item, from 1",
              [](const ReportRecord& r) {
                  return r.item != nullptr ? integerCell(r.item->instance) : Cell();
              });
}

void addDocumentColumns(ReportTable& table) {
    addColumn(
        table, "document_status", CellKind::Code, "how reading ended", [](const ReportRecord& r) {
            const storage::StoredRun& run = r.run->run;
            return codeCell(run.run.status == "incomplete" ? "incomplete" : run.documentStatus);
        });
    addColumn(table,
              "document_reviewed",
              CellKind::Number,
              "1: a person finished it",
              [](const ReportRecord& r) { return integerCell(r.run->isReviewed ? 1 : 0); });
    table.columns.back().column.isYesNo = true;
}

void addDocumentProvenance(ReportTable& table) {
    addSource(table);
    addColumn(
        table, "page_count", CellKind::Number, "pages of the document", [](const ReportRecord& r) {
            return integerCell(r.run->run.pageCount);
        });
    addColumn(table, "reviewed_by", CellKind::Text, "who finished it", [](const ReportRecord& r) {
        return textCell(r.run->run.finishedReviewBy);
    });
    addColumn(table, "reviewed_at", CellKind::Code, "when, in UTC", [](const ReportRecord& r) {
        return codeCell(isoTime(r.run->run.finishedReviewAt));
    });
    addColumn(table, "model", CellKind::Text, "name of the model", [](const ReportRecord& r) {
        return textCell(r.run->run.modelName);
    });
    addMaking(table);
}

void addItemProvenance(ReportTable& table) {
    addSource(table);
    addPlace(table, &anchorOf);
    addColumn(table,
              "confidence",
              CellKind::Number,
              "how often the least certain of such values are right",
              &lowestConfidence<calibrated>);
    addColumn(table,
              "confidence_raw",
              CellKind::Number,
              "lowest probability of the machine's values, not calibrated",
              &lowestConfidence<raw>);
    addReviewer(table);
    addMaking(table);
}

void addValueProvenance(ReportTable& table) {
    addSource(table);
    addPlace(table, &ownValue);
    addOfValue(table, "origin", CellKind::Code, "read, computed, judged, human", [](const auto& v) {
        return codeCell(v.origin);
    });
    addOfValue(table, "rule_id", CellKind::Code, "how its normal form was made", [](const auto& v) {
        return v.origin != "human" && v.hasValue() ? codeCell(v.final.machine->normRule) : Cell();
    });
    addOfValue(table,
               "confidence",
               CellKind::Number,
               "how often such values are right",
               &ownConfidence<calibrated>);
    addOfValue(table,
               "confidence_raw",
               CellKind::Number,
               "probability of the machine's value, not calibrated",
               &ownConfidence<raw>);
    addReviewer(table);
    addOfValue(table, "review_note", CellKind::Text, "what the reviewer noted", [](const auto& v) {
        return v.final.review ? textCell(v.final.review->note) : Cell();
    });
    addOfValue(table, "machine_value", CellKind::Text, "what the machine read", [](const auto& v) {
        return v.final.machine ? textCell(v.final.machine->text.value_or("")) : Cell();
    });
    addMaking(table);
}

} // namespace attest::extract
