#include "extract/reader_client/reader_failure.h"

#include <csignal>
#include <cstdint>

namespace attest::extract {

using reader::FailureReason;

namespace {

std::string seconds(int count) {
    return std::to_string(count) + (count == 1 ? " second" : " seconds");
}

std::string mebibytes(std::uint64_t bytes) {
    return std::to_string(bytes >> 20U) + " MiB";
}

} // namespace

ReaderVerdict ofFailure(FailureReason reason, const ReaderOptions& options) {
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

ReaderVerdict outOfTime(int limit) {
    return {ReadStatus::TooLarge,
            "The document takes more than " + seconds(limit) +
                " to read; print it to a new PDF and try that."};
}

ReaderVerdict ofExit(const ReaderExit& exit, const ReaderOptions& options) {
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

} // namespace attest::extract
