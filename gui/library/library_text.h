// The words of the library list.
#pragma once

#include "gui/theme/tokens.h"
#include "storage/library_list.h"

#include <QDateTime>
#include <QString>

#include <cstdint>
#include <vector>

namespace attest::gui {

struct CurrentJob;

struct StateText {
    QString text; // a sign and words
    Tone tone = Tone::Neutral;
};

// `current` is the job that works on this very document, null for none.
StateText stateText(const storage::LibraryRow& row, const CurrentJob* current);

// The state alone, for filters: "To review".
QString stateName(storage::DocumentState state);

// "4 of 31"; "–" without a run or when it found nothing.
QString toReviewText(const storage::LibraryRow& row);

// "0.71 dose", rounded down so that a value below the threshold never reads like it; "–" when
// nothing is undecided.
QString confidenceText(const storage::LibraryRow& row);

// "Today 09:12", "Yesterday 17:40", else the date.
QString addedText(std::int64_t addedAt, const QDateTime& now);

QString kindText(const std::string& kind); // "PDF", "Note"
QString byteText(std::int64_t bytes);      // "612 MB"

// "1 document", "9 documents".
QString documentCountText(qint64 count);

QString listTitle(storage::SmartList list);

// A snippet of the search without its marks, on one line, and where the matches stand in it.
struct MarkedText {
    struct Match {
        int begin = 0;
        int length = 0;
    };

    QString text;
    std::vector<Match> matches;
};

MarkedText parseSnippet(const std::string& snippet);

} // namespace attest::gui
