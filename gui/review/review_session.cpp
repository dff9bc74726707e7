// How a decision is kept. The undo stack is the order of events: push, undo and redo all come here
// as a Step that names the state to bring about, with the text of each review before and after in
// the command. A step shows at once and waits for its turn to be written; one write is under way at
// a time. When it fails, what waits behind it is dropped, the values are read from the library
// again (the one truth), and the stack steps back to the index that was last written, so that redo
// tries again.
#include "gui/review/review_session.h"

#include "gui/app/error_text.h"
#include "gui/app/settings.h"
#include "gui/app/store.h"

#include <QDateTime>
#include <QTimer>
#include <QUndoCommand>
#include <QUndoStack>

#include <set>
#include <utility>

namespace attest::gui {

namespace {

constexpr int kPositionDelayMs = 1500;

std::int64_t now() {
    return QDateTime::currentSecsSinceEpoch();
}

} // namespace

struct ReviewSession::History {
    QUndoStack stack;
    int writtenIndex = 0;
    bool isWrittenIndexKnown = true; // false: the commands up to it are gone from the stack
};

// Holds what was there before and after for each pointer.
class ReviewStep final : public QUndoCommand {
public:
    ReviewStep(ReviewSession& session,
               ReviewSession::Step before,
               ReviewSession::Step after,
               int place,
               const QString& text)
        : QUndoCommand(text)
        , session_(session)
        , before_(std::move(before))
        , after_(std::move(after))
        , place_(place) {}

    void undo() override { session_.makeTrue(before_, place_); }

    void redo() override {
        session_.makeTrue(after_, place_ + 1);
        after_.madeAt = 0; // from now on it is something that stood there before
    }

private:
    ReviewSession& session_;
    ReviewSession::Step before_;
    ReviewSession::Step after_;
    int place_; // in the stack, from 0
};

ReviewSession::ReviewSession(Store& store, Settings& settings, QObject* parent)
    : QObject(parent), store_(store), settings_(settings) {
    connect(&store, &Store::reviewsChanged, this, [this](qint64 run) {
        if (!isEmitting_ && model_ != nullptr && run == runId()) {
            reloadReviews();
        }
    });
    connect(&settings, &Settings::changed, this, [this] {
        if (model_ != nullptr && model_->threshold() != settings_.reviewThreshold()) {
            model_->setThreshold(settings_.reviewThreshold());
            emit changed();
        }
    });
}

ReviewSession::~ReviewSession() {
    flushPosition();
    // The Store does every write it was asked for, also when nobody hears how it ended.
    for (const Waiting& waiting : waiting_) {
        write(waiting.step, &store_, [](const Result<void>&) {});
    }
}

std::int64_t ReviewSession::runId() const {
    return data_ != nullptr && data_->run ? data_->run->id : 0;
}

ReviewSession::History& ReviewSession::historyOf(std::int64_t runId) {
    std::unique_ptr<History>& history = histories_[runId];
    if (history == nullptr) {
        history = std::make_unique<History>();
        undoGroup_.addStack(&history->stack);
    }
    return *history;
}

void ReviewSession::open(std::int64_t documentId, std::int64_t runId) {
    flushPosition();
    isOpening_ = true;
    const std::uint64_t asked = ++openCount_;
    // As a write, so that it sees every decision that was made before it; it changes nothing.
    store_.write(
        this,
        [documentId, runId, threshold = settings_.reviewThreshold()](storage::Database& db) {
            return loadReview(db, documentId, runId, threshold);
        },
        [this, asked](Result<ReviewData> loaded) {
            if (asked == openCount_) {
                take(std::move(loaded));
            }
        });
}

void ReviewSession::reopen() {
    if (data_ != nullptr) {
        open(data_->document.documentId, runId());
    }
}

void ReviewSession::take(Result<ReviewData> loaded) {
    isOpening_ = false;
    model_.reset();
    data_.reset();
    finishedAt_ = 0;
    if (!loaded.ok()) {
        undoGroup_.setActiveStack(nullptr);
        emit openFailed(loaded.error());
        return;
    }
    data_ = std::make_unique<ReviewData>(std::move(loaded).value());
    position_ = data_->position;
    if (data_->run) {
        model_ = std::make_unique<ReviewModel>(*data_, settings_.reviewThreshold());
        finishedAt_ = data_->run->finishedReviewAt;
        undoGroup_.setActiveStack(&historyOf(runId()).stack);
        // Decisions of this run that still wait show already.
        for (const Waiting& waiting : waiting_) {
            show(waiting.step);
        }
    } else {
        undoGroup_.setActiveStack(nullptr);
    }
    emit opened();
}

void ReviewSession::perform(Changes changes, const QString& text) {
    if (changes.empty() || model_ == nullptr) {
        return;
    }
    Step before;
    before.runId = runId();
    Step after = before;
    const std::int64_t at = now();
    for (storage::ReviewChange& change : changes) {
        if (change.after) {
            change.after->reviewer = settings_.reviewer().toStdString();
            change.after->reviewedAt = at;
        }
        before.changes.push_back({change.pointer, model_->reviewAt(change.pointer)});
    }
    after.changes = std::move(changes);
    after.madeAt = at;
    push(std::move(before), std::move(after), text);
}

void ReviewSession::push(Step before, Step after, const QString& text) {
    History& history = historyOf(before.runId);
    const int place = history.stack.index();
    // Commands behind `place` go away, and with them the way back to states they led to.
    if (history.writtenIndex > place) {
        history.isWrittenIndexKnown = false;
    }
    for (Waiting& waiting : waiting_) {
        if (waiting.step.runId == before.runId && waiting.stackIndex > place) {
            waiting.stackIndex = -1;
        }
    }
    if (savingRun_ == before.runId && savingIndex_ > place) {
        savingIndex_ = -1;
    }
    history.stack.push(new ReviewStep(*this, std::move(before), std::move(after), place, text));
}

void ReviewSession::setFinished(bool isFinishedNow) {
    if (model_ == nullptr || isFinished() == isFinishedNow) {
        return;
    }
    Step before;
    before.runId = runId();
    Step after = before;
    before.isFinished = !isFinishedNow;
    after.isFinished = isFinishedNow;
    push(std::move(before),
         std::move(after),
         isFinishedNow ? tr("finish document") : tr("open document again"));
}

void ReviewSession::makeTrue(const Step& step, int stackIndex) {
    if (isTakingBack_) {
        return; // the library is the truth; only the stack moves
    }
    lastTouched_ = step.changes.empty() ? std::string() : step.changes.front().pointer;
    show(step);
    waiting_.push_back({step, stackIndex});
    writeNext();
}

void ReviewSession::show(const Step& step) {
    if (model_ == nullptr || step.runId != runId()) {
        return;
    }
    if (step.isFinished) {
        finishedAt_ = *step.isFinished ? now() : 0;
        emit finishedChanged();
    }
    if (model_->apply(step.changes)) {
        emit shapeChanged();
    } else {
        emit changed();
    }
}

template <typename Then>
void ReviewSession::write(const Step& step, QObject* context, Then then) {
    // New decisions are stored with the second that is in them already, so that memory and library
    // hold the very same.
    store_.write(
        context,
        [step,
         reviewer = settings_.reviewer().toStdString(),
         at = step.madeAt != 0 ? step.madeAt : now()](storage::Database& db) {
            return step.isFinished
                       ? storage::setRunFinished(db, step.runId, *step.isFinished, reviewer, at)
                       : storage::saveReviews(db, step.runId, step.changes, reviewer, at);
        },
        std::move(then));
}

void ReviewSession::writeNext() {
    if (waiting_.empty() || isSaving_) {
        return;
    }
    const Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    isSaving_ = true;
    savingRun_ = next.step.runId;
    savingIndex_ = next.stackIndex;
    write(next.step, this, [this](const Result<void>& result) { written(result); });
}

void ReviewSession::written(const Result<void>& result) {
    isSaving_ = false;
    const std::int64_t run = std::exchange(savingRun_, 0);
    if (!result.ok()) {
        std::set<std::int64_t> runs{run};
        for (const Waiting& waiting : waiting_) {
            runs.insert(waiting.step.runId);
        }
        waiting_.clear();
        for (const std::int64_t lost : runs) {
            takeBack(lost);
        }
        reloadReviews();
        emit saveFailed(errorText(result.error()));
        return;
    }
    History& history = historyOf(run);
    history.isWrittenIndexKnown = savingIndex_ >= 0;
    history.writtenIndex = savingIndex_;
    isEmitting_ = true;
    emit store_.reviewsChanged(run);
    isEmitting_ = false;
    if (!waiting_.empty()) {
        writeNext();
        return;
    }
    emit store_.documentsChanged();
    if (needsReload_) {
        reloadReviews();
    }
    emit saved();
}

void ReviewSession::takeBack(std::int64_t run) {
    History& history = historyOf(run);
    isTakingBack_ = true;
    if (history.isWrittenIndexKnown && history.writtenIndex <= history.stack.count()) {
        history.stack.setIndex(history.writtenIndex);
    } else {
        history.stack.clear();
        history.writtenIndex = 0;
        history.isWrittenIndexKnown = true;
    }
    isTakingBack_ = false;
}

void ReviewSession::reloadReviews() {
    struct Answer {
        std::vector<storage::Review> reviews;
        std::int64_t finishedAt = 0;
    };

    const std::int64_t run = runId();
    needsReload_ = true;
    store_.read(
        this,
        [run](storage::Database& db) -> Result<Answer> {
            Answer answer;
            ATTEST_TRY_ASSIGN(answer.reviews, storage::reviewsOf(db, run));
            ATTEST_TRY_ASSIGN(const auto runs, storage::runsById(db, {run}));
            answer.finishedAt = runs.empty() ? 0 : runs.front().finishedReviewAt;
            return answer;
        },
        [this, run](const Result<Answer>& answer) {
            // What waits is newer than the answer.
            if (!answer.ok() || run != runId() || model_ == nullptr || isSaving()) {
                return;
            }
            needsReload_ = false;
            model_->setReviews(answer.value().reviews);
            finishedAt_ = answer.value().finishedAt;
            emit shapeChanged();
            emit finishedChanged();
        });
}

void ReviewSession::setPosition(const std::string& pointer) {
    if (runId() == 0 || pointer == position_) {
        return;
    }
    position_ = pointer;
    if (!isPositionDirty_) {
        isPositionDirty_ = true;
        QTimer::singleShot(kPositionDelayMs, this, &ReviewSession::flushPosition);
    }
}

void ReviewSession::flushPosition() {
    if (!isPositionDirty_ || runId() == 0) {
        return;
    }
    isPositionDirty_ = false;
    // Where a person was is a convenience: a failure to keep it is not worth a message.
    store_.write(
        &store_,
        [run = runId(), pointer = position_](storage::Database& db) {
            return savePosition(db, run, pointer);
        },
        [](const Result<void>&) {});
}

} // namespace attest::gui
