#include "gui/results/results_model.h"

#include "gui/theme/tokens.h"

#include <QCollator>
#include <QMap>

#include <algorithm>
#include <map>
#include <utility>

namespace attest::gui {

namespace {

Tone toneOf(CellState state) {
    switch (state) {
    case CellState::ToReview:
        return Tone::Warn;
    case CellState::Accepted:
        return Tone::Ok;
    case CellState::Corrected:
        return Tone::Accent;
    case CellState::Rejected:
    case CellState::Failed:
        return Tone::Bad;
    default:
        return Tone::Neutral;
    }
}

// Colour is never alone: the sign says the same.
QString signOf(CellState state) {
    switch (state) {
    case CellState::ToReview:
        return QStringLiteral("? ");
    case CellState::Corrected:
        return QStringLiteral("✎ ");
    case CellState::Rejected:
        return QStringLiteral("✕ ");
    case CellState::Failed:
        return QStringLiteral("! ");
    default:
        return {};
    }
}

QString singleLine(QString text) {
    for (const QChar mark : {QLatin1Char('\t'), QLatin1Char('\n'), QLatin1Char('\r')}) {
        text.replace(mark, QLatin1Char(' '));
    }
    return text;
}

} // namespace

bool ResultsFilter::isMetBy(const ResultsRow& row) const {
    const ResultsCell& cell = row.cells[column];
    if (!texts.isEmpty() && !texts.contains(cell.text)) {
        return false;
    }
    if (from || to) {
        return cell.number && (!from || *cell.number >= *from) && (!to || *cell.number <= *to);
    }
    return true;
}

void ResultsModel::setTable(ResultsTable table) {
    beginResetModel();
    table_ = std::move(table);
    std::erase_if(filters_, [&](const ResultsFilter& filter) {
        return filter.column >= table_.columns.size();
    });
    arrange();
    endResetModel();
}

void ResultsModel::setFilters(std::vector<ResultsFilter> filters) {
    beginResetModel();
    filters_ = std::move(filters);
    arrange();
    endResetModel();
}

void ResultsModel::arrange() {
    shown_.clear();
    for (const ResultsRow& row : table_.rows) {
        const bool isShown = std::all_of(filters_.begin(), filters_.end(), [&](const auto& filter) {
            return filter.isMetBy(row);
        });
        if (isShown) {
            shown_.push_back(&row);
        }
    }
    if (sortColumn_ < 0 || sortColumn_ >= static_cast<int>(table_.columns.size())) {
        return;
    }
    const auto column = static_cast<std::size_t>(sortColumn_);
    const bool isNumeric = table_.columns[column].isNumeric || column > 0;
    QCollator collator;
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    const bool isDescending = sortOrder_ == Qt::DescendingOrder;
    std::stable_sort(shown_.begin(), shown_.end(), [&](const ResultsRow* a, const ResultsRow* b) {
        const ResultsCell& first = a->cells[column];
        const ResultsCell& second = b->cells[column];
        // What is missing stands last in both orders.
        if (first.text.isEmpty() != second.text.isEmpty()) {
            return second.text.isEmpty();
        }
        if (isNumeric && first.number && second.number && *first.number != *second.number) {
            return isDescending ? *first.number > *second.number : *first.number < *second.number;
        }
        if (isNumeric && first.number.has_value() != second.number.has_value()) {
            return first.number.has_value();
        }
        const int order = collator.compare(first.text, second.text);
        return isDescending ? order > 0 : order < 0;
    });
}

std::vector<FacetEntry> ResultsModel::facet(std::size_t column, std::size_t most) const {
    std::map<QString, int> counts;
    for (const ResultsRow& row : table_.rows) {
        const bool isOthersMet =
            std::all_of(filters_.begin(), filters_.end(), [&](const ResultsFilter& filter) {
                return filter.column == column || filter.isMetBy(row);
            });
        if (isOthersMet) {
            ++counts[row.cells[column].text];
        }
    }
    std::vector<FacetEntry> entries;
    for (const auto& [text, count] : counts) {
        entries.push_back({text, count});
    }
    std::stable_sort(entries.begin(), entries.end(), [](const FacetEntry& a, const FacetEntry& b) {
        return a.count > b.count;
    });
    if (entries.size() > most) {
        entries.resize(most);
    }
    return entries;
}

QString ResultsModel::asTsv(const QModelIndexList& cells) const {
    QMap<int, QMap<int, QString>> lines;
    QSet<int> columns;
    for (const QModelIndex& index : cells) {
        lines[index.row()][index.column()] =
            singleLine(row(index.row()).cells[static_cast<std::size_t>(index.column())].text);
        columns.insert(index.column());
    }
    QList<int> order(columns.begin(), columns.end());
    std::sort(order.begin(), order.end());
    QStringList text;
    QStringList titles;
    for (const int column : order) {
        titles.append(singleLine(table_.columns[static_cast<std::size_t>(column)].title));
    }
    text.append(titles.join(QLatin1Char('\t')));
    for (const auto& line : lines) {
        QStringList values;
        for (const int column : order) {
            values.append(line.value(column));
        }
        text.append(values.join(QLatin1Char('\t')));
    }
    return text.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

QString ResultsModel::asTsv() const {
    QModelIndexList all;
    for (int row = 0; row < rowCount(); ++row) {
        for (int column = 0; column < columnCount(); ++column) {
            all.append(index(row, column));
        }
    }
    return asTsv(all);
}

int ResultsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

int ResultsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(table_.columns.size());
}

QVariant ResultsModel::data(const QModelIndex& index, int role) const {
    const auto column = static_cast<std::size_t>(index.column());
    const ResultsCell& cell = row(index.row()).cells[column];
    switch (role) {
    case Qt::DisplayRole:
        if (cell.text.isEmpty() && !cell.pointer.isEmpty()) {
            return cell.state == CellState::Rejected ? QStringLiteral("✕ –") : QStringLiteral("–");
        }
        return signOf(cell.state) + cell.text;
    case Qt::EditRole:
        return cell.text;
    case Qt::ToolTipRole:
        return cell.toolTip;
    case Qt::AccessibleTextRole:
        return cell.toolTip.isEmpty() ? cell.text : cell.text + QStringLiteral(", ") + cell.toolTip;
    case Qt::TextAlignmentRole:
        return QVariant((table_.columns[column].isNumeric ? Qt::AlignRight : Qt::AlignLeft) |
                        Qt::AlignVCenter);
    case ToneRole:
        return static_cast<int>(toneOf(cell.state));
    case CellRole:
        return static_cast<int>(cell.state);
    default:
        return {};
    }
}

bool ResultsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const auto column = static_cast<std::size_t>(index.column());
    const ResultsRow& changed = row(index.row());
    const QString text = value.toString().trimmed();
    if (role != Qt::EditRole || changed.cells[column].pointer.isEmpty() ||
        text == changed.cells[column].text) {
        return false;
    }
    emit edited(changed, column, text);
    return true;
}

Qt::ItemFlags ResultsModel::flags(const QModelIndex& index) const {
    const auto column = static_cast<std::size_t>(index.column());
    const bool isValue = !row(index.row()).cells[column].pointer.isEmpty();
    const Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return isValue ? flags | Qt::ItemIsEditable : flags;
}

QVariant ResultsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    const auto column = static_cast<std::size_t>(section);
    if (orientation != Qt::Horizontal || column >= table_.columns.size()) {
        return {};
    }
    return role == Qt::DisplayRole ? QVariant(table_.columns[column].title) : QVariant();
}

void ResultsModel::sort(int column, Qt::SortOrder order) {
    beginResetModel();
    sortColumn_ = column;
    sortOrder_ = order;
    arrange();
    endResetModel();
}

} // namespace attest::gui
