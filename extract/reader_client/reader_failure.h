// What the ends of attest-reader mean for the user.
#pragma once

#include "extract/document_reader.h"
#include "extract/reader/protocol.h"
#include "extract/reader_client/reader_process.h"

#include <string>

namespace attest::extract {

struct ReaderVerdict {
    ReadStatus status = ReadStatus::Ok;
    std::string message; // whole sentences, never document text
};

// The reader said why.
ReaderVerdict ofFailure(reader::FailureReason reason, const ReaderOptions& options);

// The reader ended before it was finished.
ReaderVerdict ofExit(const ReaderExit& exit, const ReaderOptions& options);

// We ended the reader after `limit` seconds.
ReaderVerdict outOfTime(int limit);

} // namespace attest::extract
