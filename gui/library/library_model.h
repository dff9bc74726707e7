// The table of documents: filters, sorts and answers what the view shows. Everything is in memory,
// so switching lists, filtering and sorting 10,000 rows never asks the library.
#pragma once

#include "gui/jobs/job_queue.h"
#include "gui/library/library_item.h"
#include "gui/library/library_text.h"

#include <QAbstractTableModel>

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace attest::gui {

// What of the loaded documents is shown.
struct ItemFilter {
    storage::SmartList list = storage::SmartList::All;
    QString collection;
    std::set<std::string> templateIds;       // empty: all
    std::set<storage::DocumentState> states; // empty: all
    std::set<std::string> kinds;             // empty: all
};

// What a search found; `order` is its ranking.
struct FoundText {
    std::size_t order = 0;
    std::int64_t pageIndex = -1;
    MarkedText snippet;
};

using Findings = std::unordered_map<std::int64_t, FoundText>; // by document

// Lives on the GUI thread.
class LibraryModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Document, Template, Pages, Status, ToReview, Confidence, Added, Kind, Size };

    static constexpr int kColumns = Size + 1;
    static constexpr const char* kMimeType = "application/x-attest-documents";

    // `threshold`: confidence below it asks for a person.
    explicit LibraryModel(double threshold, QObject* parent = nullptr);

    // Replaces all documents and what of them is shown. Emits dataChanged() when the rows stay the
    // same ones, else a reset.
    void setItems(std::vector<LibraryItem> items, ItemFilter filter);
    void setFilter(ItemFilter filter);
    // nullopt: no search. While there is one, its ranking is the order until a column is sorted.
    void setFindings(std::optional<Findings> findings);
    void setThreshold(double threshold);
    // The job being worked on; its row shows the progress.
    void setCurrentJob(const std::optional<CurrentJob>& job);

    const ItemFilter& filter() const { return filter_; }

    double threshold() const { return threshold_; }

    bool isSearching() const { return findings_.has_value(); }

    // REQUIRES: 0 <= row < rowCount().
    const LibraryItem& item(int row) const;
    const FoundText* found(int row) const;       // null: no search
    const CurrentJob* currentJob(int row) const; // null: nothing works on it
    StateText state(int row) const;
    Tone confidenceTone(int row) const;

    int rowOf(std::int64_t documentId) const; // -1: not shown
    std::vector<std::int64_t> shownIds() const;
    std::int64_t fieldsToReview() const; // of the rows shown

    // Templates of all loaded documents, by title, for the filter's menu.
    std::vector<std::pair<std::string, QString>> templatesInUse() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    void sort(int column, Qt::SortOrder order) override; // -1: newest first, or as found
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;

signals:
    void renameRequested(qint64 documentId, const QString& name);

private:
    bool isShown(const LibraryItem& item) const;
    bool isBefore(std::size_t a, std::size_t b) const;
    std::vector<std::size_t> arrange() const;
    void show(std::vector<std::size_t> shown);
    void rearrange();
    QString text(int row, int column) const;
    QString spokenText(int row, int column) const;
    QString toolTip(int row, int column) const;

    std::vector<LibraryItem> items_;
    std::vector<std::size_t> shown_; // indexes into items_
    std::unordered_map<std::int64_t, int> rows_;
    ItemFilter filter_;
    std::optional<Findings> findings_;
    std::optional<CurrentJob> job_;
    double threshold_;
    int sortColumn_ = -1;
    Qt::SortOrder sortOrder_ = Qt::DescendingOrder;
};

// Ids out of what mimeData() made; empty when it is something else.
std::vector<std::int64_t> documentIdsOf(const QMimeData& data);

} // namespace attest::gui
