// Documents: opening, empty states, going from one to the next. Commands on values are in
// review_commands.cpp.
#include "gui/review/review_page.h"

#include "gui/app/error_text.h"
#include "gui/app/settings.h"
#include "gui/app/store.h"
#include "gui/app/template_catalog.h"
#include "gui/jobs/job_queue.h"
#include "gui/review/field_list.h"
#include "gui/review/field_pane.h"
#include "gui/review/key_sheet.h"
#include "gui/review/page_pane.h"
#include "gui/review/review_actions.h"
#include "gui/review/review_session.h"
#include "gui/review/review_top_bar.h"
#include "gui/review/review_words.h"
#include "gui/theme/theme.h"
#include "gui/widgets/empty_state.h"
#include "storage/library_list.h"

#include <QApplication>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace attest::gui {

namespace {

const QString kSplitter = QStringLiteral("review/splitter");

bool isSame(const ReviewTarget& a, const ReviewTarget& b) {
    return a.documentId == b.documentId && a.runId == b.runId && a.pointer == b.pointer;
}

} // namespace

ReviewPage::ReviewPage(AppContext& app, QWidget* parent)
    : Page(parent)
    , app_(app)
    , actions_(std::make_unique<ReviewActions>(this, app.theme))
    , session_(new ReviewSession(app.store, app.settings, this))
    , topBar_(new ReviewTopBar(app, *actions_, this))
    , splitter_(new QSplitter(this))
    , pagePane_(new PagePane(app, *actions_, this))
    , fieldPane_(new FieldPane(app, *session_, *actions_, this))
    , keySheet_(new KeySheet(actions_->sections(), app.theme, this)) {
    setAccessibleName(tr("Review"));
    setFocusPolicy(Qt::ClickFocus);
    splitter_->addWidget(pagePane_);
    splitter_->addWidget(fieldPane_);
    splitter_->setChildrenCollapsible(false);
    splitter_->setHandleWidth(1);
    splitter_->setStretchFactor(0, 3);
    splitter_->setStretchFactor(1, 2);
    pagePane_->setMinimumWidth(280);
    fieldPane_->setMinimumWidth(320);
    if (!splitter_->restoreState(app.settings.value(kSplitter).toByteArray())) {
        splitter_->setSizes({600, 400});
    }
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(topBar_);
    rows->addWidget(splitter_, 1);
    setTabOrder(pagePane_, fieldPane_);
    connectActions();
    connectSession();
    fieldPane_->showBusy();
}

ReviewPage::~ReviewPage() {
    // The panes look at what the session holds.
    delete splitter_;
    delete session_;
}

FieldList& ReviewPage::fields() {
    return fieldPane_->list();
}

void ReviewPage::connectSession() {
    connect(session_, &ReviewSession::opened, this, &ReviewPage::showOpened);
    connect(session_, &ReviewSession::openFailed, this, &ReviewPage::showFailure);
    connect(session_, &ReviewSession::changed, this, [this] {
        fields().refresh();
        fieldPane_->refresh();
        refreshMarks();
        refreshPlaces();
        refreshTop();
    });
    connect(session_, &ReviewSession::shapeChanged, this, [this] {
        fields().rebuild();
        fieldPane_->refresh();
        refreshMarks();
        refreshPlaces();
        refreshTop();
    });
    connect(session_, &ReviewSession::finishedChanged, this, &ReviewPage::refreshTop);
    connect(session_, &ReviewSession::saved, this, &ReviewPage::statusTextChanged);
    connect(session_, &ReviewSession::saveFailed, this, [this](const QString& message) {
        app_.navigator.showToast(
            {tr("Not saved, so the decision was taken back; Redo tries again. %1").arg(message),
             {},
             {}});
        emit statusTextChanged();
    });
    connect(&app_.jobs, &JobQueue::jobEnded, this, [this](qint64 document, qint64 run) {
        const bool isShown =
            session_->data() != nullptr && session_->data()->document.documentId == document;
        if (isShown && session_->model() == nullptr && run != 0) {
            session_->reopen();
        } else if (isShown && session_->model() == nullptr) {
            showNoRun();
        }
    });
    connect(fieldPane_, &FieldPane::runChosen, this, [this](qint64 run) {
        ReviewTarget target = target_;
        target.runId = run;
        target.pointer.clear();
        app_.navigator.openReview(target);
    });
}

void ReviewPage::activate() {
    const ReviewTarget& target = app_.navigator.reviewTarget();
    if (target.documentId == 0) {
        if (session_->data() == nullptr) {
            openFirstToReview();
        }
        focusFields();
        return;
    }
    const bool isReturn = session_->data() != nullptr && isSame(target, target_);
    wantedPointer_ = isReturn ? fields().currentPointer() : target.pointer.toStdString();
    const bool isOther = target.documentId != target_.documentId || !isReturn;
    target_ = target;
    // While the lists are hidden nothing has the focus that Enter could set off.
    setFocus();
    if (isOther) {
        fieldPane_->showBusy();
        pagePane_->clear();
        topBar_->setDocument({}, {});
    }
    session_->open(target.documentId, target.runId);
}

void ReviewPage::openFirstToReview() {
    storage::LibraryFilter filter;
    filter.list = storage::SmartList::ToReview;
    filter.reviewThreshold = app_.settings.reviewThreshold();
    app_.store.read(
        this,
        [filter](storage::Database& db) { return storage::listLibrary(db, filter); },
        [this](const Result<std::vector<storage::LibraryRow>>& rows) {
            if (!rows.ok()) {
                showFailure(rows.error());
                return;
            }
            if (rows.value().empty()) {
                showNothing();
                return;
            }
            ReviewTarget target;
            target.documentId = rows.value().front().documentId;
            for (const storage::LibraryRow& row : rows.value()) {
                target.documents.push_back(row.documentId);
            }
            app_.navigator.openReview(target);
        });
}

void ReviewPage::showOpened() {
    const ReviewData& shown = *session_->data();
    PageViewDocument document;
    document.pages = shown.pages;
    if (shown.document.kind == "pdf" && !shown.document.path.empty()) {
        document.pdf = shown.document.path;
    }
    document.sha256 = shown.run       ? shown.run->documentSha256
                      : shown.summary ? shown.summary->documentSha256
                                      : std::string();
    pagePane_->setDocument(std::move(document));
    if (session_->model() == nullptr || shown.values.empty()) {
        if (session_->model() == nullptr || session_->model()->groups().empty() ||
            shown.run->run.status == "nothing-to-read") {
            showNoRun();
            refreshMarks();
            refreshTop();
            return;
        }
    }
    fieldPane_->showDocument();
    if (QApplication::focusWidget() == nullptr || QApplication::focusWidget() == this) {
        focusFields();
    }
    const auto firstToReview = fields().rows().nextToReview({});
    bool isSelected = false;
    for (const std::string& pointer :
         {wantedPointer_, shown.position, firstToReview.value_or(std::string())}) {
        isSelected = isSelected || (!pointer.empty() && fields().setCurrent(pointer));
    }
    if (!isSelected) {
        for (const std::size_t field : fields().rows().shownFields()) {
            fields().setCurrent(session_->model()->fields()[field].pointer);
            break;
        }
    }
    wantedPointer_.clear();
    refreshMarks();
    currentMoved();
    refreshTop();
}

void ReviewPage::showFailure(const Error& error) {
    pagePane_->clear();
    EmptyState& empty = fieldPane_->showEmpty();
    empty.setContent(
        QStringLiteral("failed"), tr("This document cannot be opened"), errorText(error));
    connect(empty.addButton(tr("Try again")), &QPushButton::clicked, this, [this] {
        fieldPane_->showBusy();
        session_->open(target_.documentId, target_.runId);
    });
    connect(empty.addButton(tr("Back to the library")), &QPushButton::clicked, this, [this] {
        app_.navigator.openLibrary(app_.navigator.libraryList());
    });
    refreshTop();
}

void ReviewPage::showNothing() {
    pagePane_->clear();
    EmptyState& empty = fieldPane_->showEmpty();
    empty.setContent(QStringLiteral("reviewed"),
                     tr("Nothing to review"),
                     tr("Every document that was read is finished."));
    connect(empty.addButton(tr("Go to the library")), &QPushButton::clicked, this, [this] {
        app_.navigator.openLibrary(storage::SmartList::All);
    });
}

void ReviewPage::showNoRun() {
    const storage::LibraryRow& row = session_->data()->document;
    EmptyState& empty = fieldPane_->showEmpty();
    const QString detail = fromUtf8(row.detail);
    const auto retry = [this, &empty, job = row.jobId](const QString& text) {
        connect(empty.addButton(text), &QPushButton::clicked, this, [this, job] {
            if (job != 0) {
                app_.jobs.retry({job});
                fieldPane_->showBusy();
            } else {
                extract();
            }
        });
    };
    if (row.state == storage::DocumentState::Waiting ||
        row.state == storage::DocumentState::Running) {
        empty.setContent(QStringLiteral("extract"),
                         tr("Being read"),
                         tr("The values appear here when the document is done. Others can be "
                            "reviewed meanwhile."));
        connect(empty.addButton(tr("Show the queue")), &QPushButton::clicked, this, [this] {
            app_.navigator.openPage(PageId::Jobs);
        });
    } else if (row.state == storage::DocumentState::NoText) {
        empty.setContent(QStringLiteral("text"),
                         tr("There is no text on these pages"),
                         detail.isEmpty() ? tr("It may be a scan: a picture of a page. Values can "
                                               "be read only where there is text.")
                                          : detail);
        retry(tr("Read it again"));
    } else if (row.state == storage::DocumentState::Failed) {
        empty.setContent(QStringLiteral("failed"), tr("This document could not be read"), detail);
        retry(tr("Try again"));
    } else {
        empty.setContent(QStringLiteral("extract"),
                         tr("Nothing was extracted from this document yet"),
                         tr("Attest reads it and shows each value beside its place on the page."));
        QPushButton* button = empty.addButton(
            tr("Extract with “%1”").arg(fieldTitle(app_.settings.lastTemplate().toStdString())));
        connect(button, &QPushButton::clicked, this, &ReviewPage::extract);
    }
}

void ReviewPage::extract() {
    findTemplateRecord(
        app_.store,
        this,
        app_.settings.lastTemplate(),
        [this, document = target_.documentId](Result<storage::TemplateRecord> found) {
            if (!found.ok()) {
                app_.navigator.showToast({errorText(found.error()), {}, {}});
                return;
            }
            app_.jobs.enqueue(
                {document}, std::move(found).value(), fromUtf8(storage::kRunExtraction));
            EmptyState& empty = fieldPane_->showEmpty();
            empty.setContent(QStringLiteral("extract"),
                             tr("Being read"),
                             tr("The values appear here when the document is done."));
        });
}

void ReviewPage::goToDocument(int step) {
    const std::vector<std::int64_t>& all = target_.documents;
    const auto here = std::find(all.begin(), all.end(), target_.documentId);
    const std::ptrdiff_t at = here == all.end() ? -1 : here - all.begin();
    const std::ptrdiff_t wanted = at + step;
    if (here == all.end() || wanted < 0 || wanted >= static_cast<std::ptrdiff_t>(all.size())) {
        app_.navigator.showToast(
            {step > 0 ? tr("This is the last document") : tr("This is the first document"),
             tr("Library"),
             [this] {
                 app_.navigator.openLibrary(app_.navigator.libraryList());
             }});
        return;
    }
    ReviewTarget target;
    target.documentId = all[static_cast<std::size_t>(wanted)];
    target.documents = all;
    app_.navigator.openReview(target);
}

void ReviewPage::finish() {
    if (session_->model() == nullptr || session_->isOpening()) {
        return;
    }
    if (session_->isFinished()) {
        session_->setFinished(false);
        return;
    }
    const std::vector<std::size_t> unresolved = session_->model()->unresolvedRequired();
    fieldPane_->setBlockers(unresolved);
    if (!unresolved.empty()) {
        fieldPane_->showFields();
        fields().setCurrent(session_->model()->fields()[unresolved.front()].pointer);
        focusFields();
        return;
    }
    session_->setFinished(true);
    leaveFinished();
}

// On to the next; the note offers the way back, and undo there opens the document again.
void ReviewPage::leaveFinished() {
    ReviewTarget back = target_;
    back.pointer = fromUtf8(fields().currentPointer());
    const QString name = fromUtf8(session_->data()->document.fileName);
    const auto& all = target_.documents;
    const auto here = std::find(all.begin(), all.end(), target_.documentId);
    if (here != all.end() && here + 1 != all.end()) {
        goToDocument(1);
    }
    app_.navigator.showToast(
        {tr("%1 is finished").arg(name), tr("Open again"), [this, back] {
             const auto undoOnce = [this] {
                 if (session_->isFinished()) {
                     session_->setFinished(false);
                 }
             };
             if (target_.documentId == back.documentId) {
                 undoOnce();
                 return;
             }
             connect(session_, &ReviewSession::opened, this, undoOnce, Qt::SingleShotConnection);
             app_.navigator.openReview(back);
         }});
}

QString ReviewPage::statusText() const {
    const ReviewModel* model = session_->model();
    if (model == nullptr) {
        return {};
    }
    int decided = 0;
    for (std::size_t i = 0; i < model->fields().size(); ++i) {
        decided += model->isDecided(i) ? 1 : 0;
    }
    const QLocale locale;
    return tr("%1 of %2 values decided · %3")
        .arg(locale.toString(decided),
             locale.toString(static_cast<qlonglong>(model->fields().size())),
             session_->isSaving() ? tr("saving…") : tr("everything is saved"));
}

void ReviewPage::hideEvent(QHideEvent* event) {
    session_->flushPosition();
    app_.settings.setValue(kSplitter, splitter_->saveState());
    Page::hideEvent(event);
}

void ReviewPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
}

} // namespace attest::gui
