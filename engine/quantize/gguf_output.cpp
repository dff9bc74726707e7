#include "engine/quantize/gguf_output.h"

#include "base/check.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace attest::engine {

namespace {

namespace fs = std::filesystem;

template <typename T>
void append(std::string& out, T value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void appendString(std::string& out, std::string_view text) {
    append(out, std::uint64_t(text.size()));
    out += text;
}

void appendEntry(std::string& out, const GgufEntry& entry) {
    appendString(out, entry.key);
    append(out, std::uint32_t(entry.type));
    if (entry.type == ValueType::Array) {
        append(out, std::uint32_t(entry.elementType));
        append(out, entry.count);
    } else if (entry.type == ValueType::String) {
        append(out, std::uint64_t(entry.bytes.size()));
    }
    out.append(reinterpret_cast<const char*>(entry.bytes.data()), entry.bytes.size());
}

Error alreadyThere(const fs::path& path) {
    return Error{ErrorCode::InvalidInput, "'" + path.string() + "' is already there"};
}

} // namespace

std::uint64_t tensorBytes(TensorType type, std::span<const std::uint64_t> shape) {
    const auto layout = blockLayout(type);
    ATTEST_CHECK(layout.has_value());
    std::uint64_t elements = 1;
    for (const std::uint64_t size : shape) {
        elements *= size;
    }
    return elements / layout->elements * layout->bytes + layout->tailBytes;
}

Result<GgufOutput> GgufOutput::create(const fs::path& path, Replace replace) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (fs::exists(status)) {
        if (!fs::is_regular_file(status)) {
            return Error{ErrorCode::Io, "'" + path.string() + "' is not a regular file"};
        }
        if (replace == Replace::No) {
            return alreadyThere(path);
        }
    }
    std::string temporary = path.string() + ".part-XXXXXX";
    const int fd = ::mkostemp(temporary.data(), O_CLOEXEC);
    if (fd < 0) {
        const ErrorCode code = errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Io;
        return Error{code, "create '" + path.string() + "': " + std::strerror(errno)};
    }
    const ::mode_t mask = ::umask(0); // models are for everyone whom the folder lets in
    ::umask(mask);
    ::fchmod(fd, 0666 & ~mask);
    return GgufOutput(fd, path, temporary, replace);
}

GgufOutput::GgufOutput(int fd, fs::path target, fs::path temporary, Replace replace)
    : fd_(fd), target_(std::move(target)), temporary_(std::move(temporary)), replace_(replace) {}

GgufOutput::GgufOutput(GgufOutput&& other) noexcept
    : fd_(std::exchange(other.fd_, -1))
    , target_(std::move(other.target_))
    , temporary_(std::exchange(other.temporary_, {}))
    , replace_(other.replace_)
    , alignment_(other.alignment_)
    , written_(other.written_) {}

GgufOutput::~GgufOutput() {
    if (fd_ >= 0) {
        ::close(fd_);
    }
    if (!temporary_.empty()) {
        ::unlink(temporary_.c_str());
    }
}

Error GgufOutput::failure(const char* doing) const {
    const ErrorCode code =
        errno == ENOSPC || errno == EDQUOT ? ErrorCode::OutOfResources : ErrorCode::Io;
    return Error{code, std::string(doing) + " '" + target_.string() + "': " + std::strerror(errno)};
}

Result<void> GgufOutput::writeHeader(std::span<const GgufEntry> entries,
                                     std::span<const TensorInfo> tensors,
                                     std::uint64_t alignment) {
    alignment_ = alignment;
    std::string header = "GGUF";
    append(header, std::uint32_t(3));
    append(header, std::uint64_t(tensors.size()));
    append(header, std::uint64_t(entries.size()));
    for (const GgufEntry& entry : entries) {
        appendEntry(header, entry);
    }
    std::uint64_t offset = 0;
    for (const TensorInfo& tensor : tensors) {
        appendString(header, tensor.name);
        append(header, std::uint32_t(tensor.shape.size()));
        for (const std::uint64_t size : tensor.shape) {
            append(header, size);
        }
        append(header, std::uint32_t(tensor.type));
        append(header, offset);
        const std::uint64_t end = offset + tensorBytes(tensor.type, tensor.shape);
        offset = (end + alignment - 1) / alignment * alignment;
    }
    ATTEST_TRY(write(std::as_bytes(std::span(header))));
    return endTensor();
}

Result<void> GgufOutput::write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ::ssize_t count = ::write(fd_, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return failure("write");
        }
        written_ += std::uint64_t(count);
        bytes = bytes.subspan(std::size_t(count));
    }
    return {};
}

Result<void> GgufOutput::endTensor() {
    const std::string zeros(std::size_t((alignment_ - written_ % alignment_) % alignment_), '\0');
    return write(std::as_bytes(std::span(zeros)));
}

Result<void> GgufOutput::commit() {
    if (::fsync(fd_) != 0) {
        return failure("write");
    }
    // Without permission to replace, link() fails where a file has come to exist meanwhile.
    const bool isPlaced = replace_ == Replace::Yes
                              ? ::rename(temporary_.c_str(), target_.c_str()) == 0
                              : ::link(temporary_.c_str(), target_.c_str()) == 0;
    if (!isPlaced) {
        return errno == EEXIST ? alreadyThere(target_) : failure("create");
    }
    if (replace_ == Replace::Yes) {
        temporary_.clear();
    }
    return {};
}

} // namespace attest::engine
