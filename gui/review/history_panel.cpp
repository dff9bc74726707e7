#include "gui/review/history_panel.h"

#include "gui/app/context.h"
#include "gui/app/store.h"
#include "gui/review/review_session.h"
#include "gui/review/review_words.h"
#include "storage/audit_log.h"

#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <vector>

namespace attest::gui {

namespace {

constexpr std::int64_t kMostRecords = 500;

QString verdictText(const QString& verdict) {
    if (verdict == QLatin1String("accepted")) {
        return HistoryPanel::tr("accepted");
    }
    if (verdict == QLatin1String("corrected")) {
        return HistoryPanel::tr("corrected");
    }
    if (verdict == QLatin1String("rejected")) {
        return HistoryPanel::tr("rejected");
    }
    if (verdict == QLatin1String("not-stated")) {
        return HistoryPanel::tr("not stated");
    }
    if (verdict == QLatin1String("row-added")) {
        return HistoryPanel::tr("row added");
    }
    if (verdict == QLatin1String("row-deleted")) {
        return HistoryPanel::tr("row deleted");
    }
    if (verdict == QLatin1String("removed")) {
        return HistoryPanel::tr("taken back");
    }
    return HistoryPanel::tr("flag or note");
}

// "/medications/0/dose" → "Dose · medication 1".
QString placeText(const QString& pointer) {
    const QStringList steps = pointer.split(QLatin1Char('/'), Qt::SkipEmptyParts);
    if (steps.size() < 2) {
        return fieldTitle(steps.value(0).toStdString());
    }
    const QString item = HistoryPanel::tr("%1 %2")
                             .arg(itemTitle(steps[0].toStdString()))
                             .arg(steps[1].toLongLong() + 1);
    return steps.size() == 2
               ? item
               : fieldTitle(steps.last().toStdString()) + QStringLiteral(" · ") + item;
}

QString whatText(const storage::AuditRecord& record) {
    if (record.action == "run.saved") {
        return HistoryPanel::tr("Extracted and stored");
    }
    if (record.action == "run.finished") {
        return HistoryPanel::tr("Document finished");
    }
    if (record.action == "run.reopened") {
        return HistoryPanel::tr("Document opened again");
    }
    if (record.action == "review.changed") {
        const QJsonArray changes =
            QJsonDocument::fromJson(QByteArray::fromStdString(record.subject))
                .object()
                .value(QLatin1String("changes"))
                .toArray();
        if (changes.size() == 1) {
            const QJsonObject change = changes.at(0).toObject();
            return HistoryPanel::tr("%1: %2").arg(
                placeText(change.value(QLatin1String("at")).toString()),
                verdictText(change.value(QLatin1String("verdict")).toString()));
        }
        return HistoryPanel::tr(
            "%n values decided together", nullptr, static_cast<int>(changes.size()));
    }
    return fromUtf8(record.action);
}

} // namespace

HistoryPanel::HistoryPanel(AppContext& app, ReviewSession& session, QWidget* parent)
    : QWidget(parent), app_(app), session_(session), list_(new QTreeWidget(this)) {
    list_->setAccessibleName(tr("History of this document"));
    list_->setToolTip(tr("Who did what and when; records cannot be changed"));
    list_->setRootIsDecorated(false);
    list_->setUniformRowHeights(true);
    list_->setSelectionMode(QAbstractItemView::SingleSelection);
    list_->setHeaderLabels({tr("What"), tr("Who"), tr("When")});
    list_->header()->setStretchLastSection(false);
    list_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    list_->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(list_);
    connect(&session, &ReviewSession::saved, this, [this] {
        if (isVisible()) {
            refresh();
        }
    });
}

void HistoryPanel::refresh() {
    const std::int64_t run = session_.runId();
    if (run == 0) {
        list_->clear();
        return;
    }
    app_.store.read(
        this,
        [run](storage::Database& db) { return storage::auditRecords(db, run, kMostRecords); },
        [this, run](const Result<std::vector<storage::AuditRecord>>& records) {
            if (run != session_.runId()) {
                return;
            }
            list_->clear();
            if (!records.ok()) {
                new QTreeWidgetItem(list_, {tr("The history cannot be read"), {}, {}});
                return;
            }
            for (const storage::AuditRecord& record : records.value()) {
                auto* item = new QTreeWidgetItem(
                    list_, {whatText(record), fromUtf8(record.actor), timeText(record.at)});
                item->setToolTip(0, whatText(record));
            }
        });
}

} // namespace attest::gui
