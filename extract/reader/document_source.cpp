#include "extract/reader/document_source.h"

#include "extract/reader/frame_writer.h"

#include <poppler-document.h>

#include <algorithm>
#include <sys/mman.h>
#include <sys/stat.h>

namespace attest::reader {

std::unique_ptr<poppler::document> openDocument(const Options& options) {
    const auto refuse = [](FailureReason reason) {
        sendFailure(reason);
        return std::unique_ptr<poppler::document>();
    };
    struct stat status = {};
    if (fstat(kDocumentFd, &status) != 0 || status.st_size <= 0 || status.st_size > 0x7FFFFFFF) {
        return refuse(FailureReason::Damaged);
    }
    // The parent sealed the memory file against changes, so it cannot shrink under the mapping.
    const auto size = static_cast<std::size_t>(status.st_size);
    void* bytes = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, kDocumentFd, 0);
    if (bytes == MAP_FAILED) {
        return refuse(FailureReason::OutOfMemory);
    }
    std::unique_ptr<poppler::document> document(poppler::document::load_from_raw_data(
        static_cast<const char*>(bytes), static_cast<int>(size)));
    if (!document) {
        return refuse(FailureReason::Damaged);
    }
    if (document->is_locked()) {
        return refuse(FailureReason::PasswordNeeded);
    }
    if (static_cast<std::uint64_t>(pageCountOf(*document)) > options.maxPages) {
        return refuse(FailureReason::TooManyPages);
    }
    return document;
}

int pageCountOf(const poppler::document& document) {
    return std::max(document.pages(), 0);
}

} // namespace attest::reader
