#include "extract/reader_client/pdf_reading.h"

#include "extract/reader_client/frame_parser.h"
#include "extract/reader_client/reader_failure.h"
#include "extract/reader_client/reader_process.h"
#include "extract/text/hyphens.h"

#include <algorithm>
#include <chrono>

namespace attest::extract {

namespace {

constexpr int kPollMs = 50;            // how soon a cancellation is noticed
constexpr int kExitPatienceMs = 3'000; // between the last frame and the end of the process

// Everything was read: is there something to extract from?
ReaderVerdict ofPages(const std::vector<PageText>& pages, std::size_t unreadable) {
    if (pages.empty()) {
        return {ReadStatus::Empty, "The document has no pages."};
    }
    const std::string count = std::to_string(unreadable);
    if (unreadable == pages.size()) {
        return {ReadStatus::Damaged,
                "None of the document's pages could be opened; open it in a PDF viewer and save it "
                "again."};
    }
    const bool hasText = std::any_of(
        pages.begin(), pages.end(), [](const PageText& page) { return !page.text.empty(); });
    if (!hasText) {
        return {ReadStatus::NoText,
                "The pages hold no text, only pictures (a scan?); run text recognition (OCR) and "
                "try again."};
    }
    if (unreadable > 0) {
        return {ReadStatus::Partial,
                count + " of " + std::to_string(pages.size()) +
                    " pages could not be opened; the others were read."};
    }
    return {};
}

// One conversation with one process.
class PdfReading {
public:
    PdfReading(const ReaderOptions& options, const ProgressFn& onProgress)
        : options_(options)
        , onProgress_(onProgress)
        , parser_({static_cast<std::uint64_t>(std::max(options.maxPages, 0)), options.maxTextBytes},
                  [this](std::uint32_t index, const PlacedPage* page) { takePage(index, page); }) {}

    Result<void> run(int documentFd, const std::stop_token& stop, DocumentText& text) {
        auto process = ReaderProcess::start(options_.readerProgram, arguments(), documentFd);
        ReaderVerdict verdict;
        if (process.ok()) {
            ATTEST_TRY_ASSIGN(verdict, converse(process.value(), stop));
        } else {
            verdict = {ReadStatus::ReaderFailed, process.error().message + "."};
        }
        finish(std::move(verdict), text);
        return {};
    }

private:
    std::vector<std::string> arguments() const {
        return {"--cpu-seconds=" + std::to_string(std::max(options_.cpuSeconds, 1)),
                "--memory-bytes=" + std::to_string(options_.memoryBytes),
                "--max-pages=" + std::to_string(std::max(options_.maxPages, 0)),
                "--max-text-bytes=" + std::to_string(options_.maxTextBytes)};
    }

    Result<ReaderVerdict> converse(ReaderProcess& process, const std::stop_token& stop) {
        using Clock = std::chrono::steady_clock;
        const auto deadline = Clock::now() + std::chrono::seconds(options_.wallSeconds);
        std::string bytes;
        while (true) {
            if (stop.stop_requested()) {
                return Error{ErrorCode::Cancelled, "reading was cancelled"};
            }
            if (Clock::now() >= deadline) {
                return outOfTime(options_.wallSeconds);
            }
            bytes.clear();
            const auto state = process.read(bytes, kPollMs);
            if (state == ReaderProcess::ReadState::Data) {
                if (const auto fed = parser_.feed(bytes); !fed.ok()) {
                    return ReaderVerdict{ReadStatus::ReaderFailed, fed.error().message + "."};
                }
            } else if (state == ReaderProcess::ReadState::End) {
                break;
            }
        }
        const ReaderExit exit = process.wait(kExitPatienceMs);
        if (parser_.failure()) {
            return ofFailure(*parser_.failure(), options_);
        }
        if (!parser_.isComplete()) {
            return ofExit(exit, options_);
        }
        return ofPages(pages_, unreadable_);
    }

    void takePage(std::uint32_t index, const PlacedPage* page) {
        pages_.emplace_back();
        if (page != nullptr) {
            pages_.back() = layOutPage(*page);
        } else {
            ++unreadable_;
        }
        if (onProgress_) {
            onProgress_({std::int64_t{index} + 1, std::int64_t{parser_.pageCount()}});
        }
    }

    // Pages that came before a failure are worth having when there is text on them.
    void finish(ReaderVerdict verdict, DocumentText& text) {
        const bool hasText = std::any_of(
            pages_.begin(), pages_.end(), [](const PageText& page) { return !page.text.empty(); });
        if (hasText) {
            if (verdict.status != ReadStatus::Ok && verdict.status != ReadStatus::Partial) {
                verdict.message = "Only the first " + std::to_string(pages_.size()) + " of " +
                                  std::to_string(parser_.pageCount()) + " pages were read. " +
                                  verdict.message;
                verdict.status = ReadStatus::Partial;
            }
            joinHyphenatedWords(pages_);
        }
        const bool keepsPages = hasText || verdict.status == ReadStatus::NoText;
        text.status = verdict.status;
        text.message = std::move(verdict.message);
        text.pages = keepsPages ? std::move(pages_) : std::vector<PageText>{};
    }

    const ReaderOptions& options_;
    const ProgressFn& onProgress_;
    FrameParser parser_;
    std::vector<PageText> pages_;
    std::size_t unreadable_ = 0;
};

} // namespace

Result<void> readPdf(const DocumentFile& file,
                     const ReaderOptions& options,
                     const ProgressFn& onProgress,
                     const std::stop_token& stop,
                     DocumentText& text) {
    PdfReading reading(options, onProgress);
    return reading.run(file.memory.value(), stop, text);
}

} // namespace attest::extract
