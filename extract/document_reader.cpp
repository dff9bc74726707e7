#include "extract/document_reader.h"

#include "base/sha256.h"
#include "extract/reader_client/document_file.h"
#include "extract/reader_client/pdf_reading.h"
#include "extract/text/note_encoding.h"
#include "extract/text/note_pages.h"

#include <cstdlib>

namespace attest::extract {

namespace {

// Folds a note. Errors: Unsupported (binary data).
Result<void> readNoteInto(std::string_view bytes, DocumentText& text) {
    ATTEST_TRY_ASSIGN(const std::string utf8, noteToUtf8(bytes));
    text.pages = notePages(utf8);
    if (text.pages.empty()) {
        text.status = ReadStatus::Empty;
        text.message = "The note holds no text.";
    }
    return {};
}

} // namespace

std::string_view toString(ReadStatus status) {
    switch (status) {
    case ReadStatus::Ok:
        return "ok";
    case ReadStatus::Partial:
        return "partial";
    case ReadStatus::NoText:
        return "no-text";
    case ReadStatus::Empty:
        return "empty";
    case ReadStatus::PasswordNeeded:
        return "password-needed";
    case ReadStatus::Damaged:
        return "damaged";
    case ReadStatus::TooLarge:
        return "too-large";
    case ReadStatus::ReaderFailed:
        return "reader-failed";
    }
    return "unknown";
}

Result<std::filesystem::path> findReaderProgram() {
    namespace fs = std::filesystem;
    std::error_code error;
    if (const char* named = std::getenv("ATTEST_READER"); named != nullptr && *named != '\0') {
        if (fs::exists(named, error)) {
            return fs::path(named);
        }
        return Error{ErrorCode::NotFound,
                     "ATTEST_READER names '" + std::string(named) + "', which does not exist"};
    }
    const fs::path self = fs::read_symlink("/proc/self/exe", error);
    const fs::path folder = self.parent_path();
    for (const fs::path& candidate :
         {folder / "attest-reader", folder / "../libexec/attest/attest-reader"}) {
        if (!error && fs::exists(candidate, error)) {
            return candidate;
        }
        error.clear();
    }
    return Error{ErrorCode::NotFound,
                 "attest-reader, which opens PDFs, is not beside this program in '" +
                     folder.string() + "'"};
}

Result<DocumentText> readDocument(const std::filesystem::path& path,
                                  const ReaderOptions& options,
                                  const ProgressFn& onProgress,
                                  std::stop_token stop) {
    ATTEST_TRY_ASSIGN(const DocumentFile file, copyDocument(path, options.maxFileBytes, stop));
    DocumentText text;
    text.sha256 = file.sha256;
    text.fileBytes = file.bytes;
    const bool asPdf = isPdf(path, file.head);
    text.kind = asPdf ? "pdf" : "text";
    if (file.isTooLarge) {
        text.status = ReadStatus::TooLarge;
        text.message = "The file is larger than " + std::to_string(options.maxFileBytes >> 20U) +
                       " MiB; split it into smaller files.";
        return text;
    }
    if (file.bytes == 0) {
        text.status = ReadStatus::Empty;
        text.message = "The file is empty.";
        return text;
    }
    if (asPdf) {
        ATTEST_TRY(readPdf(file, options, onProgress, stop, text));
        return text;
    }
    if (file.bytes > options.maxTextBytes) {
        text.status = ReadStatus::TooLarge;
        text.message = "The note is larger than " + std::to_string(options.maxTextBytes >> 20U) +
                       " MiB; split it into smaller files.";
        return text;
    }
    ATTEST_TRY_ASSIGN(const std::string bytes, file.content());
    if (const auto read = readNoteInto(bytes, text); !read.ok()) {
        return Error{ErrorCode::Unsupported,
                     "'" + path.string() + "' is neither a PDF nor a text file"};
    }
    if (onProgress) {
        const auto pages = static_cast<std::int64_t>(text.pages.size());
        onProgress({pages, pages});
    }
    return text;
}

DocumentText readNote(std::string_view bytes) {
    DocumentText text;
    text.sha256 = sha256Hex(bytes);
    text.fileBytes = bytes.size();
    text.kind = "text";
    if (bytes.size() > ReaderOptions{}.maxTextBytes) {
        text.status = ReadStatus::TooLarge;
        text.message = "The note is too long.";
    } else if (const auto read = readNoteInto(bytes, text); !read.ok()) {
        text.status = ReadStatus::Damaged;
        text.message = "The note is binary data, not text.";
    }
    return text;
}

} // namespace attest::extract
