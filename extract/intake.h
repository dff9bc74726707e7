// From the files and folders a person gives to documents that a library can register.
#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "storage/library_list.h"

#include <cstddef>
#include <filesystem>
#include <map>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace attest::extract {

enum class FolderDepth { TopOnly, Recursive };

struct FoundFile {
    std::filesystem::path path;
    std::string collection; // name of the given folder it lies in; empty for a file given itself
    std::string folder;     // path inside that folder, without the file name; may be empty
};

struct RefusedFile {
    std::filesystem::path path;
    std::string reason; // one sentence
};

struct FoundFiles {
    std::vector<FoundFile> files;
    std::vector<RefusedFile> refused;           // given by name, or folders that cannot be read
    std::map<std::string, std::size_t> skipped; // other files in folders, by extension (".docx")
};

// .pdf, .txt, .md, .text; not hidden.
bool isDocumentName(const std::filesystem::path& path);

// A file of notes, one a line (.jsonl). Only read when given by name: in folders such files are
// mostly something else.
bool isNotesFile(const std::filesystem::path& path);

// Files as given, whatever their name; of folders the documents in them, sorted by path, without
// hidden files and folders and without following links to folders. A file given twice counts once.
// Reports files found, total 0. Errors: Cancelled.
Result<FoundFiles> findDocuments(const std::vector<std::filesystem::path>& paths,
                                 FolderDepth depth,
                                 const ProgressFn& onProgress,
                                 std::stop_token stop);

// Reads the file once and says what it is: one source, or one for each note of a .jsonl file.
// Errors: NotFound, Io (also: not a regular file), Unsupported (neither PDF nor text),
//         InvalidInput (empty, too large, a broken .jsonl line), OutOfResources, Cancelled.
Result<std::vector<storage::NewSource>> identify(const FoundFile& file, std::stop_token stop);

// Text that is in no file. Errors: InvalidInput (nothing but white space).
Result<storage::NewSource> noteSource(std::string_view text, std::string_view name);

} // namespace attest::extract
