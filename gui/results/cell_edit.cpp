#include "gui/results/cell_edit.h"

#include "extract/normalise.h"
#include "extract/template.h"
#include "gui/app/error_text.h"
#include "gui/app/navigator.h"
#include "gui/app/settings.h"
#include "gui/app/store.h"

#include <QCoreApplication>
#include <QDateTime>

#include <utility>

namespace attest::gui {

namespace {

extract::Normalise ruleOf(const storage::FinalValue& value, const std::string& templateJson) {
    const auto parsed = extract::Template::parse(templateJson, "template");
    if (!parsed.ok()) {
        return extract::Normalise::None;
    }
    for (const extract::Field& field : parsed.value().fields()) {
        if (value.group.empty() && field.name == value.field) {
            return field.normalise;
        }
        if (field.name == value.group) {
            for (const extract::Field& inner : field.fields) {
                if (inner.name == value.field || field.kind == extract::FieldKind::List) {
                    return inner.normalise;
                }
            }
        }
    }
    return extract::Normalise::None;
}

} // namespace

storage::Review correctionOf(const storage::FinalValue& value,
                             const std::string& text,
                             const std::string& templateJson) {
    storage::Review review;
    review.pointer = value.pointer;
    review.group = value.group;
    review.instance = value.instance;
    review.field = value.field;
    if (value.review) {
        review.note = value.review->note;
        review.isFlagged = value.review->isFlagged;
    }
    if (text.empty()) {
        review.verdict = storage::Verdict::Rejected;
        return review;
    }
    const bool isMachineValue = value.machine && value.machine->text == text;
    if (isMachineValue) {
        review.verdict = storage::Verdict::Accepted;
        return review;
    }
    review.verdict = storage::Verdict::Corrected;
    review.text = text;
    if (const auto normal = extract::normalise(ruleOf(value, templateJson), text)) {
        review.normalised = normal->text;
        review.unit = normal->unit;
        review.comparator = normal->comparator;
        review.normRule = normal->rule;
    }
    return review;
}

CellEdit::CellEdit(AppContext& app,
                   QObject* context,
                   std::int64_t runId,
                   std::optional<storage::Review> before,
                   storage::Review after)
    : app_(app)
    , context_(context)
    , runId_(runId)
    , pointer_(after.pointer)
    , before_(std::move(before))
    , after_(std::move(after)) {
    setText(QCoreApplication::translate("attest::gui::CellEdit", "edit %1")
                .arg(QString::fromStdString(after_.field)));
}

void CellEdit::redo() {
    save(after_);
}

void CellEdit::undo() {
    save(before_);
}

void CellEdit::save(const std::optional<storage::Review>& review) {
    const auto work = [runId = runId_,
                       change = storage::ReviewChange{pointer_, review},
                       reviewer = app_.settings.reviewer().toStdString()](storage::Database& db) {
        return storage::saveReviews(
            db, runId, {change}, reviewer, QDateTime::currentSecsSinceEpoch());
    };
    app_.store.write(context_, work, [&app = app_, runId = runId_](const Result<void>& saved) {
        if (!saved.ok()) {
            app.navigator.showToast({errorText(saved.error()), {}, {}});
        }
        emit app.store.reviewsChanged(runId); // also after an error: the table shows what is stored
        emit app.store.documentsChanged();
    });
}

} // namespace attest::gui
