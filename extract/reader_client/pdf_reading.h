// Reads a PDF through attest-reader: starts it, listens, and turns what it says into page texts and
// a status the user can act on.
#pragma once

#include "extract/document_reader.h"
#include "extract/reader_client/document_file.h"

namespace attest::extract {

// Fills status, message and pages of `text`. Errors: Cancelled.
Result<void> readPdf(const DocumentFile& file,
                     const ReaderOptions& options,
                     const ProgressFn& onProgress,
                     const std::stop_token& stop,
                     DocumentText& text);

} // namespace attest::extract
