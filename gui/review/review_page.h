// The review of one document after the other: the page at the left, its values at the right.
#pragma once

#include "base/source_span.h"
#include "gui/app/context.h"
#include "gui/app/navigator.h"
#include "gui/review/decisions.h"
#include "gui/widgets/page.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class QSplitter;

namespace attest {
struct Error;
}

namespace attest::storage {
struct CitationRecord;
}

namespace attest::gui {

class FieldList;
class FieldPane;
class KeySheet;
class PagePane;
class ReviewSession;
class ReviewTopBar;
struct ReviewActions;

// Lives on the GUI thread.
class ReviewPage final : public Page {
    Q_OBJECT

public:
    ReviewPage(AppContext& app, QWidget* parent);
    ~ReviewPage() override;

    void activate() override;

    bool isFullWindow() const override { return true; }

    QString statusText() const override;

    ReviewSession& session() { return *session_; }

    FieldList& fields();

    PagePane& pagePane() { return *pagePane_; }

    FieldPane& fieldPane() { return *fieldPane_; }

    const ReviewActions& actions() const { return *actions_; }

protected:
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void connectActions();
    void connectSession();

    // Documents.
    void openFirstToReview();
    void showOpened();
    void showFailure(const Error& error);
    void showNoRun();
    void showNothing();
    void extract();
    void goToDocument(int step);
    void finish();
    void leaveFinished();

    // The current value.
    void currentMoved();
    void refreshMarks();
    void refreshTop();
    void refreshPlaces();
    void stepPlace(int by);
    void usePlace();
    void useSelection();
    void markClicked(int id);
    void showCitation(const storage::CitationRecord& citation);

    // Commands.
    void next();
    void accept();
    void reject();
    void notStated();
    void correct(NewValue value);
    void flag();
    void clearDecision();
    void addRow();
    void deleteRow();
    void acceptShown();
    void takeBack(bool isRedo);
    void goToNext();
    void perform(Changes changes, const QString& verb);
    void focusFields();

    AppContext& app_;
    std::unique_ptr<ReviewActions> actions_;
    ReviewSession* session_;
    ReviewTopBar* topBar_;
    QSplitter* splitter_;
    PagePane* pagePane_;
    FieldPane* fieldPane_;
    KeySheet* keySheet_;

    ReviewTarget target_;                   // what is shown or being opened
    std::string wantedPointer_;             // to select once it is open
    std::vector<SourceSpan> places_;        // of the current value's text
    std::size_t place_ = 0;                 // 1-based; 0: none of them
    std::optional<std::size_t> valuePlace_; // 1-based, where the value stands now
    bool hasUsableSelection_ = false;
};

} // namespace attest::gui
