// Reads a PDF or a note into page texts. PDFs are parsed by attest-reader, a sealed process of its
// own; this side treats everything that process sends as hostile.
#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "extract/page_text.h"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace attest::extract {

// How reading ended. Everything but Ok and Partial leaves no text to extract from.
enum class ReadStatus {
    Ok,
    Partial,        // the reader stopped half way; pages before that are there
    NoText,         // pages, but not one character: a scan
    Empty,          // zero pages, or a note without text
    PasswordNeeded, // encrypted
    Damaged,        // not a PDF, truncated, or no page could be opened
    TooLarge,       // a limit of the reader: bytes, pages, text, memory or time
    ReaderFailed,   // the reader crashed or broke its protocol or its seal could not be set up
};
std::string_view
toString(ReadStatus status); // "no text", for lists and JSON: "no-text" style words

struct DocumentText {
    ReadStatus status = ReadStatus::Ok;
    std::string message; // one sentence for the user when status is not Ok; never document text
    std::string sha256;  // of the file's bytes, lower-case hex
    std::uint64_t fileBytes = 0;
    std::string kind; // "pdf", "text"
    std::vector<PageText> pages;
};

struct ReaderOptions {
    std::filesystem::path readerProgram; // attest-reader
    int wallSeconds = 120;
    int cpuSeconds = 60;
    std::uint64_t memoryBytes = 1ULL << 30;
    std::uint64_t maxFileBytes = 256ULL << 20;
    int maxPages = 20000;
    std::uint64_t maxTextBytes = 64ULL << 20;
};

// The reader beside this program, or where ATTEST_READER says. Errors: NotFound.
Result<std::filesystem::path> findReaderProgram();

// Reads one file. Blocks; reports pages through `onProgress` on the calling thread.
// Errors: NotFound, Io, Unsupported (neither PDF nor text), Cancelled. A file that opens but cannot
// be read as a document is not an error: it is a status.
Result<DocumentText> readDocument(const std::filesystem::path& path,
                                  const ReaderOptions& options,
                                  const ProgressFn& onProgress,
                                  std::stop_token stop);

// A note that is already in memory (a line of a .jsonl file, pasted text), any common encoding.
DocumentText readNote(std::string_view bytes);

} // namespace attest::extract
