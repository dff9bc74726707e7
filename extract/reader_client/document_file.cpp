#include "extract/reader_client/document_file.h"

#include "base/sha256.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <new>
#include <span>
#include <sys/mman.h>
#include <sys/stat.h>
#include <vector>

namespace attest::extract {

namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20U;
constexpr std::size_t kHeadBytes = 1024;
constexpr std::string_view kPdfMark = "%PDF-";

Error systemError(const std::filesystem::path& path, const char* what) {
    const ErrorCode code = errno == ENOENT || errno == ENOTDIR  ? ErrorCode::NotFound
                           : errno == ENOMEM || errno == ENOSPC ? ErrorCode::OutOfResources
                                                                : ErrorCode::Io;
    return Error{code, "'" + path.string() + "': " + what + ": " + std::strerror(errno)};
}

bool writeAll(int fd, std::span<const std::byte> data) {
    while (!data.empty()) {
        const ssize_t written = write(fd, data.data(), data.size());
        if (written < 0 && errno != EINTR) {
            return false;
        }
        data = data.subspan(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
    return true;
}

} // namespace

std::string lowerExtension(const std::filesystem::path& path) {
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(), [](char byte) {
        return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
    });
    return extension;
}

bool isPdf(const std::filesystem::path& path, std::string_view head) {
    const std::string extension = lowerExtension(path);
    constexpr std::array<std::string_view, 4> kNotes = {".txt", ".md", ".text", ".markdown"};
    if (head.substr(0, kPdfMark.size()) == kPdfMark || extension == ".pdf") {
        return true;
    }
    const bool isNote = std::find(kNotes.begin(), kNotes.end(), extension) != kNotes.end();
    return !isNote && head.find(kPdfMark) != std::string_view::npos;
}

Result<std::string> DocumentFile::content() const {
    std::string text;
    try {
        text.resize(bytes);
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfResources, "no memory for a note of this size"};
    }
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t got =
            pread(memory.value(), text.data() + done, text.size() - done, static_cast<off_t>(done));
        if (got <= 0) {
            return Error{ErrorCode::Io, "the copy of the document cannot be read"};
        }
        done += static_cast<std::size_t>(got);
    }
    return text;
}

Result<DocumentFile> copyDocument(const std::filesystem::path& path,
                                  std::uint64_t maxBytes,
                                  const std::stop_token& stop) {
    // O_NONBLOCK: opening a named pipe must not wait for a writer.
    const UniqueFd source(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    struct stat status = {};
    if (!source.isOpen() || fstat(source.value(), &status) != 0) {
        return systemError(path, "cannot be opened");
    }
    if (!S_ISREG(status.st_mode)) {
        return Error{ErrorCode::Io, "'" + path.string() + "': not a regular file"};
    }
    DocumentFile document;
    document.bytes = static_cast<std::uint64_t>(status.st_size);
    if (document.bytes > maxBytes) {
        document.isTooLarge = true;
        ATTEST_TRY_ASSIGN(document.sha256, sha256OfFile(path, stop));
        return document;
    }
    document.memory = UniqueFd(memfd_create("attest-document", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!document.memory.isOpen()) {
        return systemError(path, "cannot be copied to memory");
    }
    Sha256 hash;
    std::vector<std::byte> block(kBlockBytes);
    std::uint64_t total = 0;
    while (true) {
        if (stop.stop_requested()) {
            return Error{ErrorCode::Cancelled, "reading was cancelled"};
        }
        const ssize_t got = read(source.value(), block.data(), block.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return systemError(path, "cannot be read");
        }
        if (got == 0) {
            break;
        }
        const std::span<const std::byte> data(block.data(), static_cast<std::size_t>(got));
        total += data.size();
        if (total > maxBytes) { // it grew since we asked for its size
            document.isTooLarge = true;
            break;
        }
        hash.update(data);
        if (document.head.size() < kHeadBytes) {
            const std::size_t more = std::min(kHeadBytes - document.head.size(), data.size());
            document.head.append(reinterpret_cast<const char*>(data.data()), more);
        }
        if (!writeAll(document.memory.value(), data)) {
            return systemError(path, "cannot be copied to memory");
        }
    }
    document.bytes = total;
    document.sha256 = hash.hexDigest();
    if (fcntl(document.memory.value(),
              F_ADD_SEALS,
              F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0 ||
        lseek(document.memory.value(), 0, SEEK_SET) != 0) {
        return systemError(path, "the copy in memory cannot be sealed");
    }
    return document;
}

} // namespace attest::extract
