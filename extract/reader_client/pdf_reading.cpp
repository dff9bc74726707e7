#include "extract/reader_client/pdf_reading.h"

#include "extract/reader_client/frame_parser.h"
#include "extract/reader_client/reader_process.h"
#include "extract/text/hyphens.h"

#include <algorithm>
#include <chrono>
#include <csignal>

namespace attest::extract {

using reader::FailureReason;

namespace {

constexpr int kPollMs = 50;            // how soon a cancellation is noticed
constexpr int kExitPatienceMs = 3'000; // between the last frame and the end of the process

struct Verdict {
    ReadStatus status = ReadStatus::Ok;
    std::string message;
};

std::string seconds(int count) {
    return std::to_string(count) + (count == 1 ? " second" : " seconds");
}

std::string mebibytes(std::uint64_t bytes) {
    return std::to_string(bytes >> 20U) + " MiB";
}

Verdict ofFailure(FailureReason reason, const ReaderOptions& options) {
    switch (reason) {
    case FailureReason::Damaged:
        return {ReadStatus::Damaged,
                "The file is damaged or not a PDF; open it in a PDF viewer and save it again."};
    case FailureReason::PasswordNeeded:
        return {ReadStatus::PasswordNeeded,
                "The document is protected with a password; save a copy without the password."};
    case FailureReason::TooManyPages:
        return {ReadStatus::TooLarge,
                "The document has more than " + std::to_string(options.maxPages) +
                    " pages; split it into smaller files."};
    case FailureReason::TooMuchText:
        return {ReadStatus::TooLarge,
                "The document holds more text than the reader takes (" +
                    mebibytes(options.maxTextBytes) + "); split it into smaller files."};
    case FailureReason::OutOfMemory:
        return {ReadStatus::TooLarge,
                "The document needs more memory than the reader may use (" +
                    mebibytes(options.memoryBytes) + "); print it to a new PDF and try that."};
    case FailureReason::NoSeal:
        return {ReadStatus::ReaderFailed,
                "PDFs are not opened because this system cannot seal off the PDF reader (seccomp); "
                "text files still work."};
    case FailureReason::CanaryFailed:
        return {ReadStatus::ReaderFailed,
                "The PDF reader failed its self-test, so its text cannot be trusted; check the "
                "installation of Poppler."};
    case FailureReason::Internal:
        break;
    }
    return {ReadStatus::ReaderFailed, "The PDF reader gave up on this document."};
}

Verdict outOfTime(int limit) {
    return {ReadStatus::TooLarge,
            "The document takes more than " + seconds(limit) +
                " to read; print it to a new PDF and try that."};
}

// The stream ended without End or Failure.
Verdict ofExit(const ReaderExit& exit, const ReaderOptions& options) {
    constexpr const char* kAdvice = "; print the document to a new PDF and try that.";
    switch (exit.signal) {
    case 0:
        return {ReadStatus::ReaderFailed,
                "The PDF reader stopped early (exit status " + std::to_string(exit.status) + ")" +
                    kAdvice};
    case SIGXCPU:
    case SIGKILL: // the hard limit on processor time, two seconds after the soft one
        return outOfTime(options.cpuSeconds);
    case SIGSYS:
        return {ReadStatus::ReaderFailed,
                std::string("The PDF reader tried something its seal forbids and was stopped") +
                    kAdvice};
    case SIGABRT:
        return {ReadStatus::ReaderFailed,
                std::string("The PDF reader gave up on this document (SIGABRT)") + kAdvice};
    case SIGSEGV:
    case SIGBUS:
        return {ReadStatus::ReaderFailed,
                std::string("The PDF reader crashed on this document (SIGSEGV)") + kAdvice};
    default:
        return {ReadStatus::ReaderFailed,
                "The PDF reader was ended by signal " + std::to_string(exit.signal) + kAdvice};
    }
}

// Everything was read: is there something to extract from?
Verdict ofPages(const std::vector<PageText>& pages, std::size_t unreadable) {
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
        Verdict verdict;
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

    Result<Verdict> converse(ReaderProcess& process, const std::stop_token& stop) {
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
                    return Verdict{ReadStatus::ReaderFailed, fed.error().message + "."};
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
    void finish(Verdict verdict, DocumentText& text) {
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
