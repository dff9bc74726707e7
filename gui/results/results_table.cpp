#include "gui/results/results_table.h"

#include "extract/template.h"

#include <QCoreApplication>
#include <QDate>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace attest::gui {

namespace {

QString tr(const char* text, int n = -1) {
    return QCoreApplication::translate("attest::gui::ResultsTable", text, nullptr, n);
}

QString qt(const std::string& text) {
    return QString::fromStdString(text);
}

CellState stateOf(const storage::FinalValue& value, double threshold) {
    if (value.review) {
        switch (value.review->verdict) {
        case storage::Verdict::Accepted:
            return CellState::Accepted;
        case storage::Verdict::Corrected:
        case storage::Verdict::RowAdded:
            return CellState::Corrected;
        case storage::Verdict::Rejected:
            return CellState::Rejected;
        case storage::Verdict::NotStated:
            return CellState::NotStated;
        case storage::Verdict::None:
        case storage::Verdict::RowDeleted:
            break;
        }
    }
    return storage::needsReview(value, threshold) ? CellState::ToReview : CellState::Machine;
}

QString stateText(CellState state) {
    switch (state) {
    case CellState::ToReview:
        return tr("to review");
    case CellState::Machine:
        return tr("not reviewed");
    case CellState::Accepted:
        return tr("accepted");
    case CellState::Corrected:
        return tr("corrected");
    case CellState::Rejected:
        return tr("rejected");
    case CellState::NotStated:
        return tr("not stated");
    case CellState::Failed:
        return tr("could not be read");
    case CellState::Plain:
        break;
    }
    return {};
}

QString toolTipOf(const storage::FinalValue& value, CellState state) {
    QStringList lines;
    if (value.normalised && value.text && *value.normalised != *value.text) {
        lines.append(tr("Normal form: %1 %2").arg(qt(*value.normalised), qt(value.unit)).trimmed());
    }
    if (value.span) {
        lines.append(tr("Page %1").arg(value.span->pageIndex + 1));
    }
    const bool isChanged = value.machine && value.machine->text != value.text;
    if (isChanged) {
        lines.append(tr("The model read: %1")
                         .arg(value.machine->text ? qt(*value.machine->text) : tr("not stated")));
    }
    QString last = stateText(state);
    if (value.machine && !value.review) {
        const QString sure = QLocale().toString(storage::confidenceOf(*value.machine), 'f', 2);
        last += QStringLiteral(" · ") + (value.machine->confidence
                                             ? tr("confidence %1").arg(sure)
                                             : tr("confidence %1, raw").arg(sure));
    }
    lines.append(last);
    return lines.join(QLatin1Char('\n'));
}

ResultsCell cellOf(const storage::FinalValue& value, bool isDate, double threshold) {
    ResultsCell cell;
    cell.state = stateOf(value, threshold);
    cell.text = value.text ? qt(*value.text) : QString();
    cell.pointer = qt(value.pointer);
    cell.unit = qt(value.unit);
    cell.toolTip = toolTipOf(value, cell.state);
    if (value.text && value.normalised) {
        cell.number = numberOf(qt(*value.normalised), isDate);
    }
    return cell;
}

ResultsCell documentCell(const ResultsRun& run) {
    ResultsCell cell;
    cell.text = qt(run.run.run.fileName);
    if (!run.run.run.sourceId.empty()) {
        cell.text += QLatin1Char('#') + qt(run.run.run.sourceId);
    }
    return cell;
}

ResultsCell plainCell(const QString& text, std::optional<double> number = std::nullopt) {
    ResultsCell cell;
    cell.text = text;
    cell.number = number;
    return cell;
}

class Builder {
public:
    Builder(const std::vector<ResultsField>& fields, double threshold)
        : fields_(fields), threshold_(threshold) {
        addColumn(tr("Document"), {}, {});
    }

    void addColumn(const QString& title, const QString& group, const QString& field) {
        table_.columns.push_back({title, group, field, false});
    }

    ResultsRow& addRow(const ResultsRun& run) {
        ResultsRow row;
        row.documentId = run.run.documentId;
        row.runId = run.run.id;
        row.cells.resize(table_.columns.size());
        row.cells[0] = documentCell(run);
        table_.rows.push_back(std::move(row));
        return table_.rows.back();
    }

    void addUnreadable(const ResultsRun& run) {
        ResultsRow& row = addRow(run);
        row.cells[0].state = CellState::Failed;
        row.cells[0].toolTip = tr("There is no text in this document to read from");
    }

    // Which column a field of `group` stands in; nullopt: none.
    std::optional<std::size_t> columnOf(const std::string& group, const std::string& field) const {
        for (std::size_t i = 1; i < table_.columns.size(); ++i) {
            if (table_.columns[i].group == qt(group) && table_.columns[i].field == qt(field)) {
                return i;
            }
        }
        return std::nullopt;
    }

    ResultsCell cell(const storage::FinalValue& value) const {
        const auto field = std::find_if(fields_.begin(), fields_.end(), [&](const auto& each) {
            return each.group == qt(value.group) && each.name == qt(value.field);
        });
        return cellOf(value, field != fields_.end() && field->isDate, threshold_);
    }

    ResultsTable take() && {
        for (std::size_t i = 1; i < table_.columns.size(); ++i) {
            int filled = 0;
            int numbers = 0;
            for (const ResultsRow& row : table_.rows) {
                filled += row.cells[i].text.isEmpty() ? 0 : 1;
                numbers += row.cells[i].number ? 1 : 0;
            }
            table_.columns[i].isNumeric = numbers > 0 && numbers * 2 >= filled;
        }
        return std::move(table_);
    }

private:
    const std::vector<ResultsField>& fields_;
    double threshold_;
    ResultsTable table_;
};

bool isReadable(const ResultsRun& run) {
    return run.run.run.status != "nothing-to-read";
}

void addDocuments(Builder& builder,
                  const std::vector<ResultsRun>& runs,
                  const std::vector<ResultsField>& fields) {
    const std::vector<QString> groups = groupsOf(fields);
    for (const ResultsField& field : fields) {
        if (field.group.isEmpty()) {
            builder.addColumn(field.name, {}, field.name);
        }
    }
    for (const QString& group : groups) {
        builder.addColumn(group, group, {});
    }
    for (const ResultsRun& run : runs) {
        if (!isReadable(run)) {
            builder.addUnreadable(run);
            continue;
        }
        ResultsRow& row = builder.addRow(run);
        std::map<std::string, std::map<std::int64_t, bool>> items;
        for (const storage::FinalValue& value : run.values) {
            if (value.isRowDeleted || value.field.empty()) {
                continue;
            }
            if (!value.group.empty()) {
                items[value.group][value.instance] |= value.text.has_value();
            } else if (const auto column = builder.columnOf({}, value.field)) {
                row.cells[*column] = builder.cell(value);
            }
        }
        for (const QString& group : groups) {
            if (const auto column = builder.columnOf(group.toStdString(), {})) {
                const auto& found = items[group.toStdString()];
                const auto count = std::count_if(
                    found.begin(), found.end(), [](const auto& item) { return item.second; });
                row.cells[*column] = plainCell(QLocale().toString(qlonglong(count)), double(count));
            }
        }
    }
}

void addItems(Builder& builder,
              const std::vector<ResultsRun>& runs,
              const std::vector<ResultsField>& fields,
              const QString& group) {
    for (const ResultsField& field : fields) {
        if (field.group == group) {
            builder.addColumn(field.name, group, field.name);
        }
    }
    for (const ResultsRun& run : runs) {
        if (!isReadable(run)) {
            builder.addUnreadable(run);
            continue;
        }
        std::optional<std::int64_t> current;
        ResultsRow* row = nullptr;
        for (const storage::FinalValue& value : run.values) {
            if (value.isRowDeleted || value.field.empty() || qt(value.group) != group) {
                continue;
            }
            if (current != value.instance) {
                current = value.instance;
                row = &builder.addRow(run);
            }
            if (const auto column = builder.columnOf(value.group, value.field)) {
                row->cells[*column] = builder.cell(value);
            }
        }
    }
}

void addValues(Builder& builder, const std::vector<ResultsRun>& runs) {
    enum Column : std::size_t {
        Document,
        Group,
        Item,
        Field,
        Value,
        Normal,
        Unit,
        State,
        Confidence
    };

    for (const QString& title : {tr("Group"),
                                 tr("Item"),
                                 tr("Field"),
                                 tr("Value"),
                                 tr("Normal form"),
                                 tr("Unit"),
                                 tr("Status"),
                                 tr("Confidence")}) {
        builder.addColumn(title, {}, {});
    }
    for (const ResultsRun& run : runs) {
        if (!isReadable(run)) {
            builder.addUnreadable(run);
            continue;
        }
        for (const storage::FinalValue& value : run.values) {
            if (value.isRowDeleted || value.field.empty()) {
                continue;
            }
            ResultsRow& row = builder.addRow(run);
            row.cells[Group] = plainCell(qt(value.group));
            if (value.instance >= 0) {
                const auto item = double(value.instance + 1);
                row.cells[Item] = plainCell(QString::number(value.instance + 1), item);
            }
            row.cells[Field] = plainCell(qt(value.field));
            row.cells[Value] = builder.cell(value);
            row.cells[Normal] =
                plainCell(value.normalised ? qt(value.comparator + *value.normalised) : QString(),
                          row.cells[Value].number);
            row.cells[Unit] = plainCell(qt(value.unit));
            row.cells[State] = plainCell(stateText(row.cells[Value].state));
            if (value.machine) {
                const double confidence = storage::confidenceOf(*value.machine);
                row.cells[Confidence] =
                    plainCell(QLocale().toString(confidence, 'f', 2), confidence);
            }
        }
    }
}

} // namespace

std::vector<ResultsField> fieldsOf(const std::vector<ResultsRun>& runs, const std::string& json) {
    std::vector<ResultsField> fields;
    const auto parsed = extract::Template::parse(json, "template");
    if (!parsed.ok()) {
        return fields;
    }
    const auto add = [&](const QString& group, const extract::Field& field) {
        fields.push_back({group,
                          qt(field.name),
                          field.isIdentifier,
                          field.normalise == extract::Normalise::Date});
    };
    for (const extract::Field& field : parsed.value().fields()) {
        if (field.kind == extract::FieldKind::Group) {
            for (const extract::Field& inner : field.fields) {
                add(qt(field.name), inner);
            }
        } else if (field.kind == extract::FieldKind::List) {
            add(qt(field.name), field.fields.empty() ? field : field.fields.front());
        } else {
            add({}, field);
        }
    }
    // Older versions of the template had other fields; their values are shown as well.
    for (const ResultsRun& run : runs) {
        for (const storage::FinalValue& value : run.values) {
            const bool isKnown =
                value.field.empty() ||
                std::any_of(fields.begin(), fields.end(), [&](const ResultsField& field) {
                    return field.group == qt(value.group) && field.name == qt(value.field);
                });
            if (!isKnown) {
                fields.push_back({qt(value.group), qt(value.field), false, false});
            }
        }
    }
    return fields;
}

std::vector<QString> groupsOf(const std::vector<ResultsField>& fields) {
    std::vector<QString> groups;
    for (const ResultsField& field : fields) {
        if (!field.group.isEmpty() &&
            std::find(groups.begin(), groups.end(), field.group) == groups.end()) {
            groups.push_back(field.group);
        }
    }
    return groups;
}

ResultsTable buildResultsTable(const std::vector<ResultsRun>& runs,
                               const std::vector<ResultsField>& fields,
                               ResultsLayout layout,
                               const QString& group,
                               double reviewThreshold) {
    Builder builder(fields, reviewThreshold);
    switch (layout) {
    case ResultsLayout::Documents:
        addDocuments(builder, runs, fields);
        break;
    case ResultsLayout::Items:
        addItems(builder, runs, fields, group);
        break;
    case ResultsLayout::Values:
        addValues(builder, runs);
        break;
    }
    return std::move(builder).take();
}

std::optional<double> numberOf(const QString& normalised, bool isDate) {
    if (isDate) {
        const QString full = normalised.size() == 4   ? normalised + QStringLiteral("-01-01")
                             : normalised.size() == 7 ? normalised + QStringLiteral("-01")
                                                      : normalised;
        const QDate date = QDate::fromString(full, Qt::ISODate);
        return date.isValid() ? std::optional<double>(double(QDate(1970, 1, 1).daysTo(date)))
                              : std::nullopt;
    }
    QString digits = normalised.trimmed();
    while (!digits.isEmpty() && QStringLiteral("<>=≤≥ ").contains(digits.front())) {
        digits.remove(0, 1);
    }
    bool isNumber = false;
    const double number = QLocale::c().toDouble(digits, &isNumber);
    return isNumber && std::isfinite(number) ? std::optional<double>(number) : std::nullopt;
}

ColumnSummary summarizeColumn(const std::vector<const ResultsRow*>& rows, std::size_t column) {
    ColumnSummary summary;
    std::vector<double> numbers;
    for (const ResultsRow* row : rows) {
        const auto& number = row->cells[column].number;
        if (number) {
            numbers.push_back(*number);
        } else {
            ++summary.missing;
        }
    }
    summary.count = static_cast<int>(numbers.size());
    if (numbers.empty()) {
        return summary;
    }
    std::sort(numbers.begin(), numbers.end());
    double sum = 0;
    for (const double number : numbers) {
        sum += number;
    }
    const std::size_t middle = numbers.size() / 2;
    summary.mean = sum / double(numbers.size());
    summary.median =
        numbers.size() % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
    summary.smallest = numbers.front();
    summary.largest = numbers.back();
    return summary;
}

std::vector<HistogramBin> histogramOf(const std::vector<double>& numbers, int most) {
    std::vector<HistogramBin> bins;
    if (numbers.empty() || most < 1) {
        return bins;
    }
    const auto [low, high] = std::minmax_element(numbers.begin(), numbers.end());
    // Sturges' rule, bounded by what can be told apart on the screen.
    const int wanted = static_cast<int>(std::ceil(std::log2(double(numbers.size())))) + 1;
    const int count = *low == *high ? 1 : std::clamp(wanted, 1, most);
    const double step = *low == *high ? 1 : (*high - *low) / count;
    for (int i = 0; i < count; ++i) {
        bins.push_back({*low + step * i, *low + step * (i + 1), 0});
    }
    for (const double number : numbers) {
        const auto bin = static_cast<int>((number - *low) / step);
        ++bins[static_cast<std::size_t>(std::clamp(bin, 0, count - 1))].count;
    }
    return bins;
}

} // namespace attest::gui
