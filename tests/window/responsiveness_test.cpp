// The window must go on answering while documents are read.
#include "window/window_test_support.h"

#include "support/catch.h"

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <fstream>

namespace attest::gui {

TEST_CASE("The window answers within 50 milliseconds while a batch runs", "[window]") {
    WindowTest test;
    std::vector<std::filesystem::path> files;
    for (int i = 0; i < 60; ++i) {
        const std::filesystem::path file = test.folder() / ("note" + std::to_string(i) + ".txt");
        std::ofstream(file) << std::ifstream(samplePath("referral_note.txt")).rdbuf() << "\nNo. "
                            << i << "\n";
        files.push_back(file);
    }
    std::vector<qint64> gaps; // milliseconds between two turns of the event loop
    QElapsedTimer sinceLast;
    QTimer tick;
    tick.setTimerType(Qt::PreciseTimer);
    QObject::connect(
        &tick, &QTimer::timeout, &test.window(), [&] { gaps.push_back(sinceLast.restart()); });

    test.drop(files);
    sinceLast.start();
    tick.start(5);
    test.waitForJobs(60);
    tick.stop();

    REQUIRE(gaps.size() > 50);
    std::sort(gaps.begin(), gaps.end());
    const qint64 worst = gaps.back();
    const qint64 high = gaps[gaps.size() * 99 / 100];
    WARN("event loop: 99th percentile " << high << " ms, longest " << worst << " ms of "
                                        << gaps.size() << " turns");
    // The longest gap on a machine that does other work as well is the machine's; a window that
    // waits for the disk or the model shows in the percentile.
    CHECK(high <= 50);
}

} // namespace attest::gui
