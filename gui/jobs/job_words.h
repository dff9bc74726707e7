// How progress and time are put into words.
#pragma once

#include "gui/jobs/job_queue.h"
#include "gui/theme/tokens.h"

#include <QString>

namespace attest::gui {

// "about 3 minutes", "less than a minute", "about 2 hours": never more exact than it can be.
QString roughDuration(double seconds);

// "Extracting 12 documents", "Paused, 4 documents wait", "Finishing …".
QString queueTitle(const QueueStatus& status);

// "5 done · 1 failed · 14 pages a minute · about 3 minutes left, done by 09:17".
QString queueDetail(const QueueStatus& status);

struct StateWords {
    QString text; // with a sign
    Tone tone = Tone::Neutral;
};

StateWords jobStateWords(storage::JobState state);

} // namespace attest::gui
