#include "gui/library/library_model.h"

#include "base/check.h"

#include <QDataStream>
#include <QIODevice>
#include <QLocale>
#include <QMimeData>

#include <algorithm>
#include <numeric>
#include <utility>

namespace attest::gui {

namespace {

template <typename T>
int compare(const T& a, const T& b) {
    return a < b ? -1 : (b < a ? 1 : 0);
}

// Rows without a run come after those with one, whatever the order of the numbers.
std::int64_t reviewRank(const storage::LibraryRow& row) {
    return row.runId == 0 ? -1 : row.toReviewCount;
}

double confidenceRank(const storage::LibraryRow& row) {
    return row.runId == 0 || row.lowestField.empty() ? 2.0 : row.lowestConfidence;
}

} // namespace

LibraryModel::LibraryModel(double threshold, QObject* parent)
    : QAbstractTableModel(parent), threshold_(threshold) {}

void LibraryModel::setItems(std::vector<LibraryItem> items, ItemFilter filter) {
    // The rows are the same ones when the same documents are shown in the same order; then nothing
    // but their contents has changed, and selection, scroll position and an open editor stay.
    const std::vector<std::int64_t> before = shownIds();
    filter_ = std::move(filter);
    std::vector<LibraryItem> old = std::exchange(items_, std::move(items));
    std::vector<std::size_t> shown = arrange();
    const bool isSame = std::equal(
        before.begin(), before.end(), shown.begin(), shown.end(), [this](auto id, auto index) {
            return items_[index].row.documentId == id;
        });
    if (isSame) {
        shown_ = std::move(shown);
        if (!shown_.empty()) {
            emit dataChanged(index(0, 0), index(int(shown_.size()) - 1, kColumns - 1));
        }
        return;
    }
    // Views may ask for old rows until the reset begins.
    std::vector<LibraryItem> fresh = std::exchange(items_, std::move(old));
    beginResetModel();
    items_ = std::move(fresh);
    show(std::move(shown));
    endResetModel();
}

void LibraryModel::setFilter(ItemFilter filter) {
    filter_ = std::move(filter);
    rearrange();
}

void LibraryModel::setFindings(std::optional<Findings> findings) {
    beginResetModel();
    findings_ = std::move(findings);
    show(arrange());
    endResetModel();
}

void LibraryModel::setThreshold(double threshold) {
    threshold_ = threshold;
}

void LibraryModel::setCurrentJob(const std::optional<CurrentJob>& job) {
    const std::int64_t before = job_ ? job_->documentId : 0;
    job_ = job;
    for (const std::int64_t documentId : {before, job_ ? job_->documentId : 0}) {
        if (const int row = rowOf(documentId); row >= 0) {
            emit dataChanged(index(row, Status), index(row, Status));
        }
    }
}

const LibraryItem& LibraryModel::item(int row) const {
    ATTEST_DCHECK(row >= 0 && std::size_t(row) < shown_.size());
    return items_[shown_[std::size_t(row)]];
}

const FoundText* LibraryModel::found(int row) const {
    if (!findings_) {
        return nullptr;
    }
    const auto found = findings_->find(item(row).row.documentId);
    return found == findings_->end() ? nullptr : &found->second;
}

const CurrentJob* LibraryModel::currentJob(int row) const {
    return job_ && job_->documentId == item(row).row.documentId ? &*job_ : nullptr;
}

StateText LibraryModel::state(int row) const {
    return stateText(item(row).row, currentJob(row));
}

Tone LibraryModel::confidenceTone(int row) const {
    const storage::LibraryRow& r = item(row).row;
    return r.lowestConfidence < threshold_ ? Tone::Warn : Tone::Ok;
}

int LibraryModel::rowOf(std::int64_t documentId) const {
    const auto found = rows_.find(documentId);
    return found == rows_.end() ? -1 : found->second;
}

std::vector<std::int64_t> LibraryModel::shownIds() const {
    std::vector<std::int64_t> ids;
    ids.reserve(shown_.size());
    for (const std::size_t index : shown_) {
        ids.push_back(items_[index].row.documentId);
    }
    return ids;
}

std::int64_t LibraryModel::fieldsToReview() const {
    return std::accumulate(
        shown_.begin(), shown_.end(), std::int64_t{0}, [this](std::int64_t sum, std::size_t index) {
            const storage::LibraryRow& row = items_[index].row;
            return sum + (row.state == storage::DocumentState::ToReview ? row.toReviewCount : 0);
        });
}

std::vector<std::pair<std::string, QString>> LibraryModel::templatesInUse() const {
    std::vector<std::pair<std::string, QString>> used;
    std::set<std::string> seen;
    for (const LibraryItem& item : items_) {
        if (!item.row.templateId.empty() && seen.insert(item.row.templateId).second) {
            used.emplace_back(item.row.templateId, item.templateTitle);
        }
    }
    std::sort(used.begin(), used.end(), [](const auto& a, const auto& b) {
        return a.second.localeAwareCompare(b.second) < 0;
    });
    return used;
}

bool LibraryModel::isShown(const LibraryItem& item) const {
    const storage::LibraryRow& row = item.row;
    if (findings_) { // a search looks through the whole library
        if (!findings_->contains(row.documentId)) {
            return false;
        }
    } else {
        if (filter_.list != storage::SmartList::Trash && !belongsTo(filter_.list, row.state)) {
            return false;
        }
        if (!filter_.collection.isEmpty() &&
            QString::fromStdString(row.collection) != filter_.collection) {
            return false;
        }
    }
    return (filter_.templateIds.empty() || filter_.templateIds.contains(row.templateId)) &&
           (filter_.states.empty() || filter_.states.contains(row.state)) &&
           (filter_.kinds.empty() || filter_.kinds.contains(row.kind));
}

bool LibraryModel::isBefore(std::size_t a, std::size_t b) const {
    const LibraryItem& x = items_[a];
    const LibraryItem& y = items_[b];
    int order = 0;
    switch (sortColumn_) {
    case Document:
        order = x.nameKey.compare(y.nameKey);
        break;
    case Template:
        order = compare(x.row.templateTitle, y.row.templateTitle);
        break;
    case Pages:
        order = compare(x.row.pageCount, y.row.pageCount);
        break;
    case Status:
        order = compare(x.row.state, y.row.state);
        break;
    case ToReview:
        order = compare(reviewRank(x.row), reviewRank(y.row));
        break;
    case Confidence:
        order = compare(confidenceRank(x.row), confidenceRank(y.row));
        break;
    case Kind:
        order = compare(x.row.kind, y.row.kind);
        break;
    case Size:
        order = compare(x.row.byteSize, y.row.byteSize);
        break;
    case Added:
        order = compare(x.row.addedAt, y.row.addedAt);
        break;
    default:
        break;
    }
    if (order == 0) { // newest first among equals, so that the order is always the same
        return a < b;
    }
    return sortOrder_ == Qt::AscendingOrder ? order < 0 : order > 0;
}

std::vector<std::size_t> LibraryModel::arrange() const {
    std::vector<std::size_t> shown;
    shown.reserve(items_.size());
    for (std::size_t i = 0; i < items_.size(); ++i) {
        if (isShown(items_[i])) {
            shown.push_back(i);
        }
    }
    if (sortColumn_ >= 0) {
        std::sort(shown.begin(), shown.end(), [this](auto a, auto b) { return isBefore(a, b); });
    } else if (findings_) {
        std::sort(shown.begin(), shown.end(), [this](auto a, auto b) {
            return findings_->at(items_[a].row.documentId).order <
                   findings_->at(items_[b].row.documentId).order;
        });
    }
    return shown; // otherwise as loaded: newest first
}

void LibraryModel::show(std::vector<std::size_t> shown) {
    shown_ = std::move(shown);
    rows_.clear();
    rows_.reserve(shown_.size());
    for (std::size_t i = 0; i < shown_.size(); ++i) {
        rows_.emplace(items_[shown_[i]].row.documentId, int(i));
    }
}

void LibraryModel::rearrange() {
    std::vector<std::size_t> shown = arrange();
    if (shown == shown_) {
        return;
    }
    beginResetModel();
    show(std::move(shown));
    endResetModel();
}

void LibraryModel::sort(int column, Qt::SortOrder order) {
    sortColumn_ = column;
    sortOrder_ = order;
    rearrange();
}

int LibraryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(shown_.size());
}

int LibraryModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

QVariant LibraryModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return text(index.row(), index.column());
    case Qt::AccessibleTextRole:
        return spokenText(index.row(), index.column());
    case Qt::ToolTipRole:
        return toolTip(index.row(), index.column());
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter |
                   (index.column() == Pages || index.column() == ToReview || index.column() == Size
                        ? Qt::AlignRight
                        : Qt::AlignLeft));
    default:
        return {};
    }
}

bool LibraryModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::EditRole || !index.isValid() || index.column() != Document) {
        return false;
    }
    const QString name = value.toString().simplified();
    LibraryItem& edited = items_[shown_[std::size_t(index.row())]];
    if (name.isEmpty() || name == edited.name) {
        return false;
    }
    edited.name = name; // shown at once; the library's answer replaces the row
    emit dataChanged(index, index);
    emit renameRequested(edited.row.documentId, name);
    return true;
}

QString LibraryModel::text(int row, int column) const {
    const LibraryItem& shown = item(row);
    switch (column) {
    case Document:
        return shown.name;
    case Template:
        return shown.templateTitle.isEmpty() ? QStringLiteral("–") : shown.templateTitle;
    case Pages:
        return shown.row.pageCount > 0 ? QLocale().toString(qint64(shown.row.pageCount))
                                       : QStringLiteral("–");
    case Status:
        return state(row).text;
    case ToReview:
        return toReviewText(shown.row);
    case Confidence:
        return confidenceText(shown.row);
    case Added:
        return addedText(shown.row.addedAt, QDateTime::currentDateTime());
    case Kind:
        return kindText(shown.row.kind);
    case Size:
        return byteText(shown.row.byteSize);
    default:
        return {};
    }
}

QString LibraryModel::spokenText(int row, int column) const {
    const LibraryItem& shown = item(row);
    const QString status = state(row).text.mid(2); // without the sign
    switch (column) {
    case Document: {
        // A screen reader that walks down the rows hears what a glance shows.
        QStringList parts{shown.name, status};
        if (shown.row.valueCount > 0) {
            parts << tr("%1 fields to review").arg(toReviewText(shown.row));
        }
        if (const FoundText* text = found(row)) {
            parts << text->snippet.text;
        }
        return parts.join(QStringLiteral(", "));
    }
    case Status:
        return status;
    default:
        return headerData(column, Qt::Horizontal, Qt::DisplayRole).toString() +
               QStringLiteral(": ") + text(row, column);
    }
}

QString LibraryModel::toolTip(int row, int column) const {
    const LibraryItem& shown = item(row);
    switch (column) {
    case Document:
        return shown.row.path.empty() ? shown.name : QString::fromStdString(shown.row.path);
    case Status:
        return shown.row.detail.empty() ? QString() : QString::fromStdString(shown.row.detail);
    case ToReview:
        if (shown.row.runId != 0 && shown.row.valueCount == 0) {
            return tr("Nothing was found with this template");
        }
        return shown.row.runId == 0
                   ? QString()
                   : tr("Fields that nobody has decided, with a confidence below %1")
                         .arg(QLocale().toString(threshold_, 'f', 2));
    case Confidence:
        return shown.row.runId == 0
                   ? QString()
                   : tr("How sure the machine is of its least certain undecided field: how often "
                        "such values are right where that was measured for the model, else the "
                        "model's own probability");
    case Added:
        return QLocale().toString(QDateTime::fromSecsSinceEpoch(shown.row.addedAt),
                                  QLocale::LongFormat);
    default:
        return {};
    }
}

QVariant LibraryModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter |
                   (section == Pages || section == ToReview || section == Size ? Qt::AlignRight
                                                                               : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Document:
        return tr("Document");
    case Template:
        return tr("Template");
    case Pages:
        return tr("Pages");
    case Status:
        return tr("Status");
    case ToReview:
        return tr("To review");
    case Confidence:
        return tr("Lowest confidence");
    case Added:
        return tr("Added");
    case Kind:
        return tr("Type");
    case Size:
        return tr("Size");
    default:
        return {};
    }
}

Qt::ItemFlags LibraryModel::flags(const QModelIndex& index) const {
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!index.isValid()) {
        return flags;
    }
    flags |= Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
    if (index.column() == Document && filter_.list != storage::SmartList::Trash) {
        flags |= Qt::ItemIsEditable;
    }
    return flags;
}

QStringList LibraryModel::mimeTypes() const {
    return {QLatin1String(kMimeType)};
}

QMimeData* LibraryModel::mimeData(const QModelIndexList& indexes) const {
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    for (const QModelIndex& index : indexes) {
        if (index.column() == Document) {
            stream << qint64(item(index.row()).row.documentId);
        }
    }
    auto* data = new QMimeData; // Qt takes ownership
    data->setData(QLatin1String(kMimeType), bytes);
    return data;
}

std::vector<std::int64_t> documentIdsOf(const QMimeData& data) {
    std::vector<std::int64_t> ids;
    QDataStream stream(data.data(QLatin1String(LibraryModel::kMimeType)));
    while (!stream.atEnd()) {
        qint64 id = 0;
        stream >> id;
        if (stream.status() != QDataStream::Ok) {
            break;
        }
        ids.push_back(id);
    }
    return ids;
}

} // namespace attest::gui
