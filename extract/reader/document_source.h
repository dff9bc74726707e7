// The document that the parent handed over.
#pragma once

#include "extract/reader/options.h"

#include <memory>

namespace poppler {
class document;
} // namespace poppler

namespace attest::reader {

// The document on kDocumentFd, which stays mapped until the process ends. Null when there is none
// that can be read or it has too many pages; the parent was told why then.
std::unique_ptr<poppler::document> openDocument(const Options& options);

// Never negative, whatever the document claims.
int pageCountOf(const poppler::document& document);

} // namespace attest::reader
