// What the keys and buttons of the review do to values and places.
#include "gui/app/settings.h"
#include "gui/review/field_list.h"
#include "gui/review/field_pane.h"
#include "gui/review/flag_dialog.h"
#include "gui/review/key_sheet.h"
#include "gui/review/page_pane.h"
#include "gui/review/places.h"
#include "gui/review/review_actions.h"
#include "gui/review/review_page.h"
#include "gui/review/review_session.h"
#include "gui/review/review_top_bar.h"
#include "gui/review/review_words.h"
#include "gui/review/summary_panel.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLocale>
#include <QMenu>
#include <QUndoGroup>

#include <algorithm>
#include <utility>

namespace attest::gui {

namespace {

// Marks of values have their index; these two stand for places that are no value's.
constexpr int kPlaceMark = 1 << 28;
constexpr int kCitationMark = kPlaceMark + 1;
constexpr double kZoomStep = 1.2;

} // namespace

void ReviewPage::connectActions() {
    const auto on = [this](QAction* action, auto call) {
        connect(action, &QAction::triggered, this, call);
    };
    on(actions_->back, [this] { app_.navigator.goBack(); });
    on(actions_->undo, [this] { takeBack(false); });
    on(actions_->redo, [this] { takeBack(true); });
    on(actions_->next, [this] { next(); });
    on(actions_->finish, [this] { hasUsableSelection_ ? useSelection() : finish(); });
    on(actions_->accept, [this] { accept(); });
    on(actions_->edit, [this] { fields().startEditing(); });
    on(actions_->reject, [this] { reject(); });
    on(actions_->notStated, [this] { notStated(); });
    on(actions_->flag, [this] { flag(); });
    on(actions_->clear, [this] { clearDecision(); });
    on(actions_->previousPlace, [this] { stepPlace(-1); });
    on(actions_->nextPlace, [this] { stepPlace(1); });
    on(actions_->usePlace, [this] { usePlace(); });
    on(actions_->assign, [this] { useSelection(); });
    on(actions_->addRow, [this] { addRow(); });
    on(actions_->deleteRow, [this] { deleteRow(); });
    on(actions_->acceptShown, [this] { acceptShown(); });
    on(actions_->nextDocument, [this] { goToDocument(1); });
    on(actions_->previousDocument, [this] { goToDocument(-1); });
    on(actions_->skip, [this] { goToDocument(1); });
    on(actions_->goToPage, [this] { pagePane_->goToPageByKeyboard(); });
    on(actions_->find, [this] { pagePane_->openFind(); });
    on(actions_->zoomIn,
       [this] { pagePane_->view().setZoom(pagePane_->view().zoom() * kZoomStep); });
    on(actions_->zoomOut,
       [this] { pagePane_->view().setZoom(pagePane_->view().zoom() / kZoomStep); });
    on(actions_->fitWidth, [this] { pagePane_->view().setFit(PageView::Fit::Width); });
    on(actions_->otherPane, [this] {
        if (fieldPane_->isAncestorOf(QApplication::focusWidget())) {
            pagePane_->view().setFocus(Qt::ShortcutFocusReason);
        } else {
            focusFields();
        }
    });
    on(actions_->help, [this] { keySheet_->open(); });

    const auto refreshUndo = [this] {
        QUndoGroup& group = session_->undoGroup();
        actions_->undo->setEnabled(group.canUndo());
        actions_->redo->setEnabled(group.canRedo());
        actions_->undo->setToolTip(group.canUndo() ? tr("Take back: %1").arg(group.undoText())
                                                   : tr("Nothing to undo"));
        actions_->redo->setToolTip(group.canRedo() ? tr("Do again: %1").arg(group.redoText())
                                                   : tr("Nothing to redo"));
    };
    QUndoGroup* group = &session_->undoGroup();
    connect(group, &QUndoGroup::canUndoChanged, this, refreshUndo);
    connect(group, &QUndoGroup::canRedoChanged, this, refreshUndo);
    connect(group, &QUndoGroup::undoTextChanged, this, refreshUndo);
    connect(group, &QUndoGroup::redoTextChanged, this, refreshUndo);
    refreshUndo();

    connect(&fields(), &FieldList::currentMoved, this, &ReviewPage::currentMoved);
    connect(&fields(), &FieldList::editSubmitted, this, [this](const QString& text) {
        correct({text.toStdString(), std::nullopt, {}});
    });
    connect(&fields(), &FieldList::pageStepRequested, pagePane_, &PagePane::stepPage);
    connect(fieldPane_, &FieldPane::fieldRequested, this, [this](const QString& pointer) {
        fields().setCurrent(pointer.toStdString());
        focusFields();
    });
    connect(pagePane_, &PagePane::useSelectionRequested, this, &ReviewPage::useSelection);
    connect(pagePane_, &PagePane::closed, this, &ReviewPage::focusFields);
    connect(pagePane_, &PagePane::selectionUsable, this, [this](bool isUsable) {
        hasUsableSelection_ = isUsable;
        topBar_->setFinishKeyShown(!isUsable);
    });
    connect(&pagePane_->view(), &PageView::markClicked, this, &ReviewPage::markClicked);
    connect(&fieldPane_->summary(), &SummaryPanel::citationChosen, this, &ReviewPage::showCitation);
}

void ReviewPage::focusFields() {
    fields().setFocus(Qt::OtherFocusReason);
}

void ReviewPage::perform(Changes changes, const QString& verb) {
    if (changes.empty()) {
        return;
    }
    fieldPane_->setBlockers({});
    session_->perform(std::move(changes), verb);
    emit statusTextChanged();
}

void ReviewPage::currentMoved() {
    const ReviewModel* model = session_->model();
    const auto field = fields().currentField();
    QString use;
    if (model != nullptr && field) {
        const ReviewField& current = model->fields()[*field];
        if (!model->records()[current.record].isDeleted) {
            use = tr("Use as %1").arg(fieldTitle(model->askedOf(current).name));
        }
    }
    session_->setPosition(fields().currentPointer());
    pagePane_->setUseText(use);
    refreshMarks();
    refreshPlaces();
    refreshTop();
    if (model != nullptr && field) {
        const storage::FinalValue value = model->finalValue(*field);
        if (value.span) {
            pagePane_->view().ensureVisible({static_cast<int>(*field), *value.span, value.boxes});
        }
    }
}

void ReviewPage::refreshMarks() {
    const ReviewModel* model = session_->model();
    std::vector<PageMark> marks;
    const auto current = fields().currentField();
    if (model != nullptr) {
        for (std::size_t i = 0; i < model->fields().size(); ++i) {
            const ReviewField& field = model->fields()[i];
            // Judged values point at the words that name their record: only the selected one says
            // so, or every name would be painted over.
            const bool isJudged = model->askedOf(field).kind == extract::FieldKind::Judged;
            if ((isJudged && current != i) || model->records()[field.record].isDeleted) {
                continue;
            }
            const storage::FinalValue value = model->finalValue(i);
            if (value.span) {
                marks.push_back({static_cast<int>(i), *value.span, value.boxes});
            }
        }
    }
    pagePane_->view().setMarks(std::move(marks));
    pagePane_->view().setSelectedMark(current ? static_cast<int>(*current) : -1);
}

void ReviewPage::refreshPlaces() {
    places_.clear();
    place_ = 0;
    valuePlace_.reset();
    const ReviewModel* model = session_->model();
    const auto field = fields().currentField();
    if (model != nullptr && field) {
        const storage::FinalValue value = model->finalValue(*field);
        const bool isJudged =
            model->askedOf(model->fields()[*field]).kind == extract::FieldKind::Judged;
        if (value.text && !isJudged) {
            places_ = placesOf(session_->data()->pages, *value.text);
            const auto here =
                value.span ? std::find(places_.begin(), places_.end(), *value.span) : places_.end();
            if (here != places_.end()) {
                place_ = static_cast<std::size_t>(here - places_.begin()) + 1;
                valuePlace_ = place_;
            }
        }
    }
    fields().setPlaces(static_cast<int>(place_), static_cast<int>(places_.size()), false);
}

void ReviewPage::stepPlace(int by) {
    if (places_.empty()) {
        return;
    }
    const auto count = static_cast<std::ptrdiff_t>(places_.size());
    const auto from = static_cast<std::ptrdiff_t>(place_) - 1;
    const std::ptrdiff_t to = place_ == 0 ? (by > 0 ? 0 : count - 1) : (from + by + count) % count;
    place_ = static_cast<std::size_t>(to) + 1;
    const bool isElsewhere = !valuePlace_ || *valuePlace_ != place_;
    fields().setPlaces(static_cast<int>(place_), static_cast<int>(count), isElsewhere);

    const ReviewModel* model = session_->model();
    std::vector<PageMark> marks;
    for (std::size_t i = 0; i < places_.size(); ++i) {
        const bool isChosen = i + 1 == place_;
        marks.push_back(
            {isChosen ? kPlaceMark : -2, places_[i], boxesOf(session_->data()->pages, places_[i])});
    }
    if (model != nullptr) {
        pagePane_->view().setMarks(marks);
        pagePane_->view().setSelectedMark(kPlaceMark);
        pagePane_->view().ensureVisible(marks[place_ - 1]);
    }
}

void ReviewPage::usePlace() {
    const auto field = fields().currentField();
    if (!field || place_ == 0 || valuePlace_ == place_) {
        return;
    }
    const SourceSpan span = places_[place_ - 1];
    const std::string text = session_->model()->finalValue(*field).text.value_or("");
    correct({text, span, boxesOf(session_->data()->pages, span)});
}

void ReviewPage::useSelection() {
    const PageSelection selection = pagePane_->view().selection();
    if (!fields().currentField() || selection.text.isEmpty()) {
        return;
    }
    NewValue value;
    value.text = selection.text.toStdString();
    value.span = selection.span;
    value.boxes = selection.boxes;
    if (value.boxes.empty()) {
        value.boxes = boxesOf(session_->data()->pages, selection.span);
    }
    correct(std::move(value));
    pagePane_->view().clearSelection();
    focusFields();
}

void ReviewPage::markClicked(int id) {
    const ReviewModel* model = session_->model();
    if (model != nullptr && id >= 0 && static_cast<std::size_t>(id) < model->fields().size()) {
        fieldPane_->showFields();
        fields().setCurrent(model->fields()[static_cast<std::size_t>(id)].pointer);
        focusFields();
    }
}

void ReviewPage::showCitation(const storage::CitationRecord& citation) {
    const PageMark mark{kCitationMark, citation.span, citation.boxes};
    pagePane_->view().setMarks({mark});
    pagePane_->view().setSelectedMark(kCitationMark);
    pagePane_->view().ensureVisible(mark);
}

void ReviewPage::refreshTop() {
    const ReviewData* shown = session_->data();
    const ReviewModel* model = session_->model();
    const auto field = fields().currentField();
    const bool accepts = model != nullptr && field && model->fields()[*field].machine &&
                         !model->isDecided(*field) &&
                         !model->records()[model->fields()[*field].record].isDeleted;
    actions_->next->setText(accepts ? tr("Accept and next") : tr("Next to review"));
    actions_->finish->setText(session_->isFinished() ? tr("Open again") : tr("Finish document"));
    actions_->finish->setEnabled(model != nullptr);
    actions_->next->setEnabled(model != nullptr);
    if (shown == nullptr) {
        topBar_->setDocument({}, {});
        return;
    }
    QStringList progress;
    const QLocale locale;
    const auto& all = target_.documents;
    const auto here = std::find(all.begin(), all.end(), target_.documentId);
    if (all.size() > 1 && here != all.end()) {
        progress << tr("%1 of %2")
                        .arg(locale.toString(static_cast<qlonglong>(here - all.begin() + 1)),
                             locale.toString(static_cast<qlonglong>(all.size())));
    }
    if (session_->isFinished()) {
        progress << tr("finished");
    } else if (model != nullptr) {
        progress << tr("%n fields to review", nullptr, model->toReviewCount());
    }
    topBar_->setDocument(fromUtf8(shown->document.fileName), progress.join(QStringLiteral(" · ")));
    emit statusTextChanged();
}

void ReviewPage::next() {
    // A focused button is meant by Enter.
    if (auto* button = qobject_cast<QAbstractButton*>(QApplication::focusWidget())) {
        button->click();
        return;
    }
    const ReviewModel* model = session_->model();
    if (model == nullptr || session_->isOpening()) {
        return;
    }
    const auto field = fields().currentField();
    if (field && !model->isDecided(*field)) {
        if (!model->fields()[*field].machine) {
            fields().startEditing();
            return;
        }
        if (!model->records()[model->fields()[*field].record].isDeleted) {
            accept();
        }
    }
    goToNext();
}

void ReviewPage::goToNext() {
    const auto pointer = fields().rows().nextToReview(fields().currentPointer());
    if (pointer) {
        fieldPane_->showFields();
        fields().setCurrent(*pointer);
        focusFields();
        return;
    }
    app_.navigator.showToast(
        {tr("Nothing left to review in this document"), tr("Finish document"), [this] {
             finish();
         }});
}

void ReviewPage::accept() {
    const ReviewModel* model = session_->model();
    if (const auto field = fields().currentField()) {
        const ReviewField& current = model->fields()[*field];
        if (!model->records()[current.record].isDeleted) {
            perform(acceptField(*model, *field),
                    tr("accept %1").arg(fieldTitle(model->askedOf(current).name)));
        }
    } else if (const auto record = fields().currentRecord()) {
        const std::vector<std::size_t> open =
            acceptable(*model, model->records()[*record].fields, 0);
        perform(acceptFields(*model, open),
                tr("accept %n values", nullptr, static_cast<int>(open.size())));
    }
}

void ReviewPage::reject() {
    const ReviewModel* model = session_->model();
    if (const auto field = fields().currentField()) {
        const ReviewField& current = model->fields()[*field];
        if (!model->records()[current.record].isDeleted) {
            perform(rejectField(*model, *field),
                    tr("reject %1").arg(fieldTitle(model->askedOf(current).name)));
        }
    } else if (fields().currentRecord()) {
        deleteRow();
    }
}

void ReviewPage::notStated() {
    const ReviewModel* model = session_->model();
    const auto field = fields().currentField();
    if (!field || model->records()[model->fields()[*field].record].isDeleted) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Why is there no value?"));
    int digit = 1;
    for (const std::string_view code : storage::kReasonCodes) {
        QAction* reason =
            menu->addAction(tr("&%1  %2 (%3)").arg(digit++).arg(reasonText(code), fromUtf8(code)));
        connect(reason,
                &QAction::triggered,
                this,
                [this, code, pointer = model->fields()[*field].pointer] {
                    const ReviewModel* now = session_->model();
                    const auto at = now != nullptr ? now->fieldAt(pointer) : std::nullopt;
                    if (at) {
                        perform(markNotStated(*now, *at, code),
                                tr("not stated: %1")
                                    .arg(fieldTitle(now->askedOf(now->fields()[*at]).name)));
                    }
                    focusFields();
                });
    }
    menu->popup(fields().menuPosition());
    menu->setActiveAction(menu->actions().constFirst());
}

void ReviewPage::correct(NewValue value) {
    const ReviewModel* model = session_->model();
    const auto field = fields().currentField();
    if (model == nullptr || !field || model->records()[model->fields()[*field].record].isDeleted) {
        return;
    }
    perform(correctField(*model, *field, std::move(value)),
            tr("correct %1").arg(fieldTitle(model->askedOf(model->fields()[*field]).name)));
}

void ReviewPage::flag() {
    const ReviewModel* model = session_->model();
    const auto field = fields().currentField();
    if (!field) {
        return;
    }
    const ReviewField& current = model->fields()[*field];
    auto* dialog = new FlagDialog(fieldTitle(model->askedOf(current).name),
                                  current.review ? fromUtf8(current.review->note) : QString(),
                                  current.review && current.review->isFlagged,
                                  this);
    connect(dialog,
            &FlagDialog::decided,
            this,
            [this, pointer = current.pointer](bool isFlagged, const QString& note) {
                const ReviewModel* now = session_->model();
                const auto at = now != nullptr ? now->fieldAt(pointer) : std::nullopt;
                if (at) {
                    perform(flagField(*now, *at, isFlagged, note.toStdString()),
                            isFlagged ? tr("flag") : tr("remove flag"));
                }
            });
    dialog->open();
}

void ReviewPage::clearDecision() {
    const ReviewModel* model = session_->model();
    if (const auto field = fields().currentField()) {
        perform(gui::clearDecision(*model, *field), tr("back to undecided"));
    }
}

void ReviewPage::addRow() {
    const ReviewModel* model = session_->model();
    const std::string group = fieldPane_->addGroup();
    if (model == nullptr || group.empty() || session_->isOpening()) {
        return;
    }
    const Changes changes = gui::addRow(*model, group);
    const std::string row = changes.front().pointer;
    perform(changes, tr("add %1").arg(itemTitle(group)));
    fieldPane_->showFields();
    if (const auto record = session_->model()->recordAt(row)) {
        fields().setCurrent(session_->model()
                                ->fields()[session_->model()->records()[*record].fields.front()]
                                .pointer);
        focusFields();
        fields().startEditing();
    }
}

void ReviewPage::deleteRow() {
    const ReviewModel* model = session_->model();
    if (model == nullptr) {
        return;
    }
    auto record = fields().currentRecord();
    if (const auto field = fields().currentField()) {
        record = model->fields()[*field].record;
    }
    if (!record) {
        return;
    }
    const ReviewRecord& row = model->records()[*record];
    const QString title = recordWords(*model, *record).title;
    if (row.isDeleted) {
        perform(restoreRow(*model, *record), tr("restore %1").arg(title));
    } else {
        perform(gui::deleteRow(*model, *record), tr("delete %1").arg(title));
    }
}

void ReviewPage::acceptShown() {
    const ReviewModel* model = session_->model();
    if (model == nullptr) {
        return;
    }
    const std::vector<std::size_t> open =
        acceptable(*model, fields().rows().shownFields(), fieldPane_->acceptThreshold());
    if (open.empty()) {
        return;
    }
    const int count = static_cast<int>(open.size());
    perform(acceptFields(*model, open), tr("accept %n values", nullptr, count));
    app_.navigator.showToast({tr("Accepted %n values", nullptr, count), tr("Undo"), [this] {
                                  takeBack(false);
                              }});
}

void ReviewPage::takeBack(bool isRedo) {
    if (session_->isOpening()) {
        return;
    }
    if (isRedo) {
        session_->undoGroup().redo();
    } else {
        session_->undoGroup().undo();
    }
    if (!session_->lastTouched().empty()) {
        fields().setCurrent(session_->lastTouched());
    }
    emit statusTextChanged();
}

} // namespace attest::gui
