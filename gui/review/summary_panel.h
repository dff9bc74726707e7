// The document's newest summary: sentences whose citations show their source on the page.
#pragma once

#include "gui/review/review_data.h"

#include <QWidget>

#include <cstddef>
#include <cstdint>
#include <vector>

class QLabel;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QVBoxLayout;

namespace attest::gui {

class EmptyState;
class ReviewSession;
struct AppContext;

// Lives on the GUI thread.
class SummaryPanel final : public QWidget {
    Q_OBJECT

public:
    SummaryPanel(AppContext& app, ReviewSession& session, QWidget* parent);

    void showDocument(); // what the session has opened
    void refresh();

    const std::vector<storage::SentenceRecord>& sentences() const { return sentences_; }

    // "Sentence. [p. 1]" per line, with the file's name at the end.
    QString citedText() const;

signals:
    // The place on the page that the chosen sentence or chip comes from.
    void citationChosen(const attest::storage::CitationRecord& citation);

private:
    void fill();
    void showEmpty();
    void showProgress();
    void ask();
    void reload(qint64 documentId);
    QWidget* makeSentence(std::size_t index, QWidget* parent);
    bool eventFilter(QObject* watched, QEvent* event) override;
    void choose(std::size_t sentence, std::size_t citation);

    AppContext& app_;
    ReviewSession& session_;
    std::vector<storage::SentenceRecord> sentences_;
    bool hasSummary_ = false;
    bool arePlacesValid_ = false; // the citations point into the pages that are shown
    bool isAsked_ = false;
    std::int64_t documentId_ = 0;
    QStackedWidget* stack_;
    QScrollArea* scroll_;
    EmptyState* empty_;
    QPushButton* copy_;
    QLabel* note_;
};

} // namespace attest::gui
