// Reading: the words of all pages, once.
#pragma once

#include "extract/reader/options.h"

#include <cstdint>

namespace attest::reader {

// Sends the document on kDocumentFd, or why it cannot. False when the parent is gone.
bool sendText(const Options& options, std::uint32_t beginFlags);

} // namespace attest::reader
