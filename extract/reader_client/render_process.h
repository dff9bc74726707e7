// attest-reader in drawing mode: one process that holds one document open and draws parts of its
// pages. Believes nothing it says: the first thing that is wrong ends the process.
#pragma once

#include "extract/page_renderer.h"
#include "extract/reader/draw_request.h"
#include "extract/reader_client/reader_failure.h"
#include "extract/reader_client/reader_process.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace attest::extract {

struct Drawing {
    enum class Outcome {
        Drawn,
        Undrawable, // Poppler says no; the process goes on
        Lost,       // the process died, hung or broke its protocol and has been ended
        NoMemory,   // ours, for the image
        Cancelled,
    };

    Outcome outcome = Outcome::Lost;
    PageImage image;     // of Drawn
    std::string message; // of Lost, for the user
};

// Not thread-safe. Ends the process with itself. `options` are borrowed and must outlive it.
class RenderProcess {
public:
    // Starts the process and reads the page sizes. Errors: InvalidInput (damaged, needs a
    // password), OutOfResources (a limit), Io (the reader failed), Cancelled.
    static Result<std::unique_ptr<RenderProcess>>
    start(const ReaderOptions& options, int documentFd, const std::stop_token& stop);

    const std::vector<PageSize>& pageSizes() const { return pageSizes_; }

    // Text in fonts that the document does not bring along is drawn.
    bool hasSystemFonts() const { return hasSystemFonts_; }

    // The process runs and says nothing without being asked.
    bool isReady();

    // REQUIRES: request.isSound(); its page is one of pageSizes().
    Drawing draw(reader::DrawRequest request, const std::stop_token& stop);

private:
    using Clock = std::chrono::steady_clock;

    enum class Received { All, Ended, Late, Cancelled, Broken };

    // How long to wait for an answer. After a cancellation only a little while: most answers are
    // there soon, and then the process need not be started again.
    struct Patience {
        Clock::time_point deadline;
        std::stop_token stop;
        bool isCancelled = false;
    };

    RenderProcess(const ReaderOptions& options, ReaderProcess process)
        : options_(options), process_(std::move(process)) {}

    Result<void> takeBegin(const std::stop_token& stop);
    Result<void> takeSizes(std::string_view payload, std::uint32_t pageCount);
    Drawing
    takeImage(const reader::DrawRequest& request, std::string_view payload, Patience& patience);

    Received receive(std::span<char> bytes, Patience& patience);
    Received receiveFrame(reader::FrameHeader& header, std::string& payload, Patience& patience);

    int drawSeconds() const; // the limit for one image

    // Ends the process and says why in words.
    ReaderVerdict end(Received how, int limitSeconds);
    Drawing lost(Received how);
    Drawing lost(std::string message);

    const ReaderOptions& options_;
    ReaderProcess process_;
    std::vector<PageSize> pageSizes_;
    std::uint32_t lastNumber_ = 0;
    bool hasSystemFonts_ = false;
    bool isEnded_ = false;
};

} // namespace attest::extract
