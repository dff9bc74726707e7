// One document under review: loads it, keeps every decision the moment it is made, takes any of
// them back.
#pragma once

#include "base/error.h"
#include "gui/review/decisions.h"
#include "gui/review/review_data.h"
#include "gui/review/review_model.h"

#include <QObject>
#include <QString>
#include <QUndoGroup>

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <vector>

class QUndoStack;

namespace attest::gui {

class Settings;
class Store;

// Lives on the GUI thread. A decision shows at once and is written behind the scenes, in order. A
// write that fails takes back everything that is not on the disk yet, and says so. Undo stacks stay
// while the session lives, one per run, also when other documents were opened in between.
class ReviewSession final : public QObject {
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReviewSession)

public:
    ReviewSession(Store& store, Settings& settings, QObject* parent);
    ~ReviewSession() override;

    // Ends in opened() or openFailed(); a later open() replaces one that has not answered.
    void open(std::int64_t documentId, std::int64_t runId);
    void reopen(); // what is shown, anew from the library

    bool isOpening() const { return isOpening_; }

    // nullptr: nothing is open.
    const ReviewData* data() const { return data_.get(); }

    // nullptr: nothing is open, or the document has no extraction.
    const ReviewModel* model() const { return model_.get(); }

    std::int64_t runId() const;

    bool isFinished() const { return finishedAt_ != 0; }

    QUndoGroup& undoGroup() { return undoGroup_; }

    // One undo step. Does nothing with no changes. `text` names it: "accept dose".
    void perform(Changes changes, const QString& text);
    void setFinished(bool isFinished);

    // The first value that the last decision, undo or redo changed; may be empty.
    const std::string& lastTouched() const { return lastTouched_; }

    // Decisions that are not on the disk yet.
    bool isSaving() const { return isSaving_ || !waiting_.empty(); }

    // Remembers where the person is; written a moment later and when another document is opened.
    void setPosition(const std::string& pointer);
    void flushPosition();

signals:
    void opened();
    void openFailed(const attest::Error& error);
    void changed();      // values or their state; indices stay
    void shapeChanged(); // rows came or went: all indices are new
    void finishedChanged();
    void saved(); // everything is on the disk
    void saveFailed(const QString& message);

private:
    friend class ReviewStep;

    // A state to bring about: reviews, or whether the run is finished.
    struct Step {
        std::int64_t runId = 0;
        Changes changes;
        std::optional<bool> isFinished;
        std::int64_t madeAt = 0; // of decisions that are new; 0: they stood there before
    };

    struct History; // undo stack of a run, with the index that is on the disk

    void take(Result<ReviewData> loaded);
    void push(Step before, Step after, const QString& text);
    // From the undo stack, whose index is `stackIndex` afterwards: shows it and queues the write.
    void makeTrue(const Step& step, int stackIndex);
    void show(const Step& step);
    template <typename Then>
    void write(const Step& step, QObject* context, Then then);
    void writeNext();
    void written(const Result<void>& result);
    void takeBack(std::int64_t runId);
    void reloadReviews();
    History& historyOf(std::int64_t runId);

    struct Waiting {
        Step step;
        int stackIndex = 0; // -1: no place in the stack any more
    };

    Store& store_;
    Settings& settings_;
    std::unique_ptr<ReviewData> data_;
    std::unique_ptr<ReviewModel> model_;
    std::int64_t finishedAt_ = 0;
    std::uint64_t openCount_ = 0; // answers to older requests are dropped
    bool isOpening_ = false;

    QUndoGroup undoGroup_;
    std::map<std::int64_t, std::unique_ptr<History>> histories_;
    std::deque<Waiting> waiting_;
    bool isSaving_ = false;
    std::int64_t savingRun_ = 0; // of the write that is under way
    int savingIndex_ = 0;
    bool needsReload_ = false;
    bool isTakingBack_ = false;
    bool isEmitting_ = false; // our own reviewsChanged()
    std::string lastTouched_;
    std::string position_;
    bool isPositionDirty_ = false;
};

} // namespace attest::gui
