#include "gui/jobs/jobs_model.h"

#include "gui/jobs/job_words.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <utility>

namespace attest::gui {

namespace {

bool isSame(const storage::Job& a, const storage::Job& b) {
    return a.id == b.id && a.state == b.state && a.errorMessage == b.errorMessage &&
           a.finishedAt == b.finishedAt && a.fileName == b.fileName;
}

} // namespace

void JobsModel::setJobs(std::vector<storage::Job> jobs) {
    const bool isSameOrder =
        jobs.size() == jobs_.size() &&
        std::equal(
            jobs.begin(), jobs.end(), jobs_.begin(), [](auto& a, auto& b) { return a.id == b.id; });
    if (!isSameOrder) {
        beginResetModel();
        jobs_ = std::move(jobs);
        endResetModel();
        return;
    }
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        if (!isSame(jobs[i], jobs_[i])) {
            const auto row = static_cast<int>(i);
            jobs_[i] = std::move(jobs[i]);
            emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
}

void JobsModel::setCurrent(const std::optional<CurrentJob>& current) {
    current_ = current;
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
        if (current && jobs_[i].id == current->jobId) {
            const auto row = static_cast<int>(i);
            emit dataChanged(index(row, State), index(row, Detail));
        }
    }
}

int JobsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(jobs_.size());
}

int JobsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString JobsModel::detail(const storage::Job& job) const {
    if (current_ && current_->jobId == job.id) {
        return current_->total > 0 ? tr("%1, %2 of %3")
                                         .arg(current_->stage)
                                         .arg(current_->done)
                                         .arg(current_->total)
                                   : current_->stage;
    }
    if (job.state == storage::JobState::Failed) {
        return QString::fromStdString(job.errorMessage);
    }
    return job.pageCount > 0 ? tr("%n page(s)", nullptr, static_cast<int>(job.pageCount))
                             : QString();
}

QVariant JobsModel::data(const QModelIndex& index, int role) const {
    const storage::Job& job = this->job(index.row());
    const bool isCurrent = current_ && current_->jobId == job.id;
    const StateWords words = jobStateWords(isCurrent ? storage::JobState::Running : job.state);
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Document:
            return QString::fromStdString(job.fileName);
        case Template:
            return QString::fromStdString(job.asked.title);
        case State:
            return words.text;
        case Detail:
            return detail(job);
        case Created:
            return QLocale().toString(QDateTime::fromSecsSinceEpoch(job.createdAt),
                                      QLocale::ShortFormat);
        case Took:
            return job.finishedAt > 0 && job.startedAt > 0
                       ? tr("%1 s").arg(job.finishedAt - job.startedAt)
                       : QString();
        default:
            return {};
        }
    case Qt::ToolTipRole:
        return index.column() == Detail ? detail(job) : QVariant();
    case Qt::AccessibleTextRole:
        return data(index, Qt::DisplayRole);
    case ToneRole:
        return static_cast<int>(words.tone);
    case StateTextRole:
        return words.text;
    case Qt::TextAlignmentRole:
        return index.column() == Took ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    default:
        return {};
    }
}

QVariant JobsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Document:
        return tr("Document");
    case Template:
        return tr("Template");
    case State:
        return tr("Status");
    case Detail:
        return tr("Detail");
    case Created:
        return tr("Asked");
    case Took:
        return tr("Took");
    default:
        return {};
    }
}

} // namespace attest::gui
