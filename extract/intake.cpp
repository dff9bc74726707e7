#include "extract/intake.h"

#include "base/sha256.h"
#include "extract/note_lines.h"
#include "extract/reader_client/document_file.h"
#include "extract/text/note_encoding.h"

#include <algorithm>
#include <array>
#include <set>
#include <system_error>
#include <utility>

namespace attest::extract {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxFileBytes = std::uint64_t{256} << 20U; // as ReaderOptions has it
constexpr std::string_view kNotesExtension = ".jsonl";

bool isHidden(const fs::path& path) {
    return path.filename().string().starts_with('.');
}

// The last name of a path that may end in a slash.
std::string folderName(const fs::path& folder) {
    const fs::path whole = fs::absolute(folder).lexically_normal();
    return (whole.has_filename() ? whole : whole.parent_path()).filename().string();
}

class Finder {
public:
    Finder(FolderDepth depth, const ProgressFn& onProgress, std::stop_token stop)
        : depth_(depth), onProgress_(onProgress), stop_(std::move(stop)) {}

    Result<void> add(const fs::path& path) {
        std::error_code error;
        const fs::file_status status = fs::status(path, error);
        if (fs::is_directory(status)) {
            return addFolder(path);
        }
        if (!fs::exists(status)) {
            found_.refused.push_back({path, "is not there"});
        } else if (!fs::is_regular_file(status)) {
            found_.refused.push_back({path, "is not a file"});
        } else {
            addFile({path, {}, {}});
        }
        return {};
    }

    FoundFiles take() && { return std::move(found_); }

private:
    Result<void> addFolder(const fs::path& root) {
        std::error_code error;
        std::vector<fs::path> files;
        fs::recursive_directory_iterator entry(
            root, fs::directory_options::skip_permission_denied, error);
        for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
            if (stop_.stop_requested()) {
                return Error{ErrorCode::Cancelled, "looking for documents was cancelled"};
            }
            std::error_code ignored;
            const fs::path& path = entry->path();
            if (entry->is_directory(ignored)) {
                if (isHidden(path) || depth_ == FolderDepth::TopOnly) {
                    entry.disable_recursion_pending();
                }
            } else if (entry->is_regular_file(ignored) && !isHidden(path)) {
                if (isDocumentName(path)) {
                    files.push_back(path);
                } else {
                    ++found_.skipped[lowerExtension(path)];
                }
            }
        }
        if (error) {
            found_.refused.push_back({root, "cannot be read: " + error.message()});
        }
        std::sort(files.begin(), files.end());
        const std::string collection = folderName(root);
        for (fs::path& file : files) {
            const std::string inside = file.parent_path().lexically_relative(root).string();
            addFile({std::move(file), collection, inside == "." ? std::string() : inside});
        }
        return {};
    }

    void addFile(FoundFile file) {
        std::error_code error;
        const fs::path real = fs::weakly_canonical(file.path, error);
        if (!seen_.insert(error ? file.path : real).second) {
            return;
        }
        file.path = fs::absolute(file.path, error).lexically_normal();
        found_.files.push_back(std::move(file));
        onProgress_({static_cast<std::int64_t>(found_.files.size()), 0});
    }

    FolderDepth depth_;
    const ProgressFn& onProgress_;
    std::stop_token stop_;
    FoundFiles found_;
    std::set<fs::path> seen_;
};

Result<std::vector<storage::NewSource>> identifyNotes(const FoundFile& file) {
    ATTEST_TRY_ASSIGN(const std::vector<Note> notes, readNotes(file.path, "text"));
    std::vector<storage::NewSource> sources;
    const std::string name = file.path.filename().string();
    for (const Note& note : notes) {
        ATTEST_TRY_ASSIGN(storage::NewSource source, noteSource(note.text, name + "#" + note.id));
        source.collection = file.collection.empty() ? name : file.collection;
        source.folder = file.folder;
        sources.push_back(std::move(source));
    }
    return sources;
}

} // namespace

bool isDocumentName(const fs::path& path) {
    constexpr std::array<std::string_view, 4> kExtensions = {".pdf", ".txt", ".md", ".text"};
    return !isHidden(path) &&
           std::find(kExtensions.begin(), kExtensions.end(), lowerExtension(path)) !=
               kExtensions.end();
}

bool isNotesFile(const fs::path& path) {
    return lowerExtension(path) == kNotesExtension;
}

Result<FoundFiles> findDocuments(const std::vector<fs::path>& paths,
                                 FolderDepth depth,
                                 const ProgressFn& onProgress,
                                 std::stop_token stop) {
    Finder finder(depth, onProgress, std::move(stop));
    for (const fs::path& path : paths) {
        ATTEST_TRY(finder.add(path));
    }
    return std::move(finder).take();
}

Result<std::vector<storage::NewSource>> identify(const FoundFile& file, std::stop_token stop) {
    if (isNotesFile(file.path)) {
        return identifyNotes(file);
    }
    ATTEST_TRY_ASSIGN(const DocumentFile copy, copyDocument(file.path, kMaxFileBytes, stop));
    const std::string name = "'" + file.path.filename().string() + "'";
    if (copy.isTooLarge) {
        return Error{ErrorCode::InvalidInput, name + " is larger than 256 MiB"};
    }
    if (copy.bytes == 0) {
        return Error{ErrorCode::InvalidInput, name + " is empty"};
    }
    const bool asPdf = isPdf(file.path, copy.head);
    if (!asPdf) {
        ATTEST_TRY_ASSIGN(const std::string bytes, copy.content());
        if (!noteToUtf8(bytes).ok()) {
            return Error{ErrorCode::Unsupported, name + " is neither a PDF nor a text"};
        }
    }
    storage::NewSource source;
    source.sha256 = copy.sha256;
    source.fileName = file.path.filename().string();
    source.path = file.path.string();
    source.collection = file.collection;
    source.folder = file.folder;
    source.kind = asPdf ? "pdf" : "text";
    source.byteSize = static_cast<std::int64_t>(copy.bytes);
    return std::vector<storage::NewSource>{std::move(source)};
}

Result<storage::NewSource> noteSource(std::string_view text, std::string_view name) {
    if (text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos) {
        return Error{ErrorCode::InvalidInput, "the note '" + std::string(name) + "' has no text"};
    }
    storage::NewSource source;
    source.sha256 = sha256Hex(text);
    source.fileName = name;
    source.kind = "text";
    source.byteSize = static_cast<std::int64_t>(text.size());
    source.content = text;
    return source;
}

} // namespace attest::extract
