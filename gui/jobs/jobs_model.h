// The jobs of the queue as a table.
#pragma once

#include "gui/jobs/job_queue.h"
#include "storage/job_store.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace attest::gui {

// Lives on the GUI thread.
class JobsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Document, Template, State, Detail, Created, Took, ColumnCount };

    enum Role { JobRole = Qt::UserRole, ToneRole, StateTextRole };

    using QAbstractTableModel::QAbstractTableModel;

    // Keeps what is selected where the jobs are still there.
    void setJobs(std::vector<storage::Job> jobs);
    void setCurrent(const std::optional<CurrentJob>& current);

    const storage::Job& job(int row) const { return jobs_[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString detail(const storage::Job& job) const;

    std::vector<storage::Job> jobs_;
    std::optional<CurrentJob> current_;
};

} // namespace attest::gui
