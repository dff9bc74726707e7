// Drawing: pictures of the pages that the parent asks for.
#pragma once

#include "extract/reader/options.h"

#include <cstdint>

namespace attest::reader {

// Sends the page sizes of the document on kDocumentFd, or why it cannot, and then answers the
// requests on kRequestFd until that ends. False when the parent is gone or breaks the protocol.
bool answerDrawRequests(const Options& options, std::uint32_t beginFlags);

} // namespace attest::reader
