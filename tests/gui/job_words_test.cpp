#include "gui/jobs/job_words.h"

#include "support/catch.h"

namespace attest::gui {

TEST_CASE("Times are told no more exactly than they are known", "[gui][jobs]") {
    CHECK(roughDuration(10) == QStringLiteral("less than a minute"));
    CHECK(roughDuration(180).contains(QStringLiteral("3")));
    CHECK(roughDuration(7200).contains(QStringLiteral("2")));
    CHECK(roughDuration(7200).contains(QStringLiteral("hour")));
}

TEST_CASE("The queue says what it does, and nothing about time before it can", "[gui][jobs]") {
    QueueStatus status;
    status.counts.waiting = 3;
    status.counts.running = 1;
    status.counts.done = 2;
    CHECK(queueTitle(status).contains(QStringLiteral("6")));
    CHECK_FALSE(queueDetail(status).contains(QStringLiteral("left")));

    status.secondsLeft = 120;
    status.pagesPerMinute = 14;
    CHECK(queueDetail(status).contains(QStringLiteral("left, done by")));
    CHECK(queueDetail(status).contains(QStringLiteral("14")));

    status.isPaused = true;
    CHECK(queueTitle(status).contains(QStringLiteral("4")));
    CHECK_FALSE(queueDetail(status).contains(QStringLiteral("left")));

    status.trouble = QStringLiteral("disk full");
    CHECK(queueTitle(status).startsWith(QStringLiteral("Stopped")));
}

TEST_CASE("Each end of a job has a sign, a word and a tone of its own", "[gui][jobs]") {
    CHECK(jobStateWords(storage::JobState::Failed).tone == Tone::Bad);
    CHECK(jobStateWords(storage::JobState::Done).tone == Tone::Ok);
    CHECK(jobStateWords(storage::JobState::Failed).text.startsWith(QLatin1Char('!')));
}

} // namespace attest::gui
