// A private copy of the user's file: what is hashed is what is read, whatever happens to the file
// meanwhile.
#pragma once

#include "base/result.h"
#include "extract/reader_client/unique_fd.h"

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>

namespace attest::extract {

struct DocumentFile {
    UniqueFd memory; // a memory file, sealed against every change; closed when isTooLarge
    std::uint64_t bytes = 0;
    std::string sha256;
    std::string head; // the first bytes, up to 1024
    bool isTooLarge = false;

    // The whole content. Errors: Io, OutOfResources.
    Result<std::string> content() const;
};

// ".pdf" of "Letter.PDF"; other letters than A to Z stay as they are.
std::string lowerExtension(const std::filesystem::path& path);

// From the file's name and first bytes. A note may well mention "%PDF-"; a file that is called .pdf
// and is none is a damaged PDF.
bool isPdf(const std::filesystem::path& path, std::string_view head);

// Errors: NotFound, Io (also: not a regular file), OutOfResources, Cancelled.
Result<DocumentFile> copyDocument(const std::filesystem::path& path,
                                  std::uint64_t maxBytes,
                                  const std::stop_token& stop);

} // namespace attest::extract
