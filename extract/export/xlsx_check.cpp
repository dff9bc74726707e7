#include "extract/export/xlsx_check.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <zlib.h>

namespace attest::extract {

namespace {

constexpr std::uint64_t kEndOfDirectory = 0x06054B50;
constexpr std::uint64_t kZip64Locator = 0x07064B50;
constexpr std::uint64_t kDirectoryEntry = 0x02014B50;
constexpr std::uint64_t kLocalHeader = 0x04034B50;
constexpr std::uint64_t kIsInZip64 = 0xFFFFFFFF;

struct Part {
    std::string name;
    std::uint64_t offset = 0;
    std::uint64_t packedSize = 0;
    std::uint64_t size = 0;
    std::uint64_t checksum = 0;
    std::uint64_t method = 0;
};

// 0 where the bytes end before.
std::uint64_t numberAt(std::string_view bytes, size_t at, size_t size) {
    std::uint64_t value = 0;
    for (size_t i = size; i > 0 && at + size <= bytes.size(); --i) {
        value = (value << 8) | static_cast<unsigned char>(bytes[at + i - 1]);
    }
    return value;
}

class ZipFile {
public:
    explicit ZipFile(const std::filesystem::path& path) : in_(path, std::ios::binary) {
        in_.seekg(0, std::ios::end);
        size_ = in_ ? static_cast<std::uint64_t>(in_.tellg()) : 0;
    }

    std::uint64_t size() const { return size_; }

    std::string read(std::uint64_t offset, std::uint64_t size) {
        std::string bytes(offset < size_ ? std::min(size, size_ - offset) : 0, '\0');
        in_.clear();
        in_.seekg(static_cast<std::streamoff>(offset));
        in_.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        bytes.resize(static_cast<size_t>(std::max<std::streamsize>(in_.gcount(), 0)));
        return bytes;
    }

private:
    std::ifstream in_;
    std::uint64_t size_ = 0;
};

// Sizes of 0xFFFFFFFF stand in the extra field of ZIP64, in this order.
void readZip64(Part& part, std::string_view extra) {
    for (size_t at = 0; at + 4 <= extra.size(); at += 4 + numberAt(extra, at + 2, 2)) {
        if (numberAt(extra, at, 2) != 1) {
            continue;
        }
        size_t next = at + 4;
        for (std::uint64_t* value : {&part.size, &part.packedSize, &part.offset}) {
            if (*value == kIsInZip64) {
                *value = numberAt(extra, next, 8);
                next += 8;
            }
        }
    }
}

struct Directory {
    std::uint64_t count = 0;
    std::uint64_t size = 0;
    std::uint64_t offset = 0;
};

Directory findDirectory(ZipFile& file) {
    constexpr std::uint64_t kEndSize = 22; // written without a comment
    constexpr std::uint64_t kLocatorSize = 20;
    constexpr std::uint64_t kEnd64Size = 56;
    if (file.size() < kEndSize + kLocatorSize) {
        return {};
    }
    const std::string end = file.read(file.size() - kEndSize, kEndSize);
    if (numberAt(end, 0, 4) != kEndOfDirectory) {
        return {};
    }
    const std::string locator = file.read(file.size() - kEndSize - kLocatorSize, kLocatorSize);
    if (numberAt(locator, 0, 4) != kZip64Locator) {
        return {numberAt(end, 10, 2), numberAt(end, 12, 4), numberAt(end, 16, 4)};
    }
    const std::string end64 = file.read(numberAt(locator, 8, 8), kEnd64Size);
    return {numberAt(end64, 32, 8), numberAt(end64, 40, 8), numberAt(end64, 48, 8)};
}

// Empty: there is no whole directory.
std::vector<Part> readDirectory(ZipFile& file) {
    constexpr size_t kFixedSize = 46;
    const Directory directory = findDirectory(file);
    const std::string bytes = file.read(directory.offset, directory.size);
    std::vector<Part> parts;
    for (size_t at = 0; numberAt(bytes, at, 4) == kDirectoryEntry;) {
        const size_t name = numberAt(bytes, at + 28, 2);
        const size_t extra = numberAt(bytes, at + 30, 2);
        const size_t size = kFixedSize + name + extra + numberAt(bytes, at + 32, 2);
        if (at + size > bytes.size()) {
            return {};
        }
        Part part;
        part.method = numberAt(bytes, at + 10, 2);
        part.checksum = numberAt(bytes, at + 16, 4);
        part.packedSize = numberAt(bytes, at + 20, 4);
        part.size = numberAt(bytes, at + 24, 4);
        part.offset = numberAt(bytes, at + 42, 4);
        part.name = bytes.substr(at + kFixedSize, name);
        readZip64(part, std::string_view(bytes).substr(at + kFixedSize + name, extra));
        parts.push_back(std::move(part));
        at += size;
    }
    return parts.size() == directory.count ? parts : std::vector<Part>();
}

// What has to be known of a part, without keeping it.
class PartCheck {
public:
    void add(std::string_view bytes) {
        checksum_ = ::crc32(checksum_,
                            reinterpret_cast<const Bytef*>(bytes.data()), // zlib's byte type
                            static_cast<uInt>(bytes.size()));
        size_ += bytes.size();
        constexpr std::string_view kRow = "<row ";
        constexpr size_t kKept = 64; // longer than "<row " and any closing tag
        const size_t before = tail_.size();
        tail_ += bytes;
        for (size_t at = tail_.find(kRow); at != std::string::npos; at = tail_.find(kRow, at + 1)) {
            rows_ += at + kRow.size() > before ? 1U : 0U; // not counted last time
        }
        tail_.erase(0, tail_.size() - std::min(tail_.size(), kKept));
    }

    size_t rows() const { return rows_; }

    // `closingTag` is that of the root: a part that was cut off has none.
    bool isWhole(const Part& part, std::string_view closingTag) const {
        return checksum_ == part.checksum && size_ == part.size &&
               tail_.find(closingTag) != std::string::npos;
    }

private:
    uLong checksum_ = ::crc32(0, nullptr, 0);
    std::uint64_t size_ = 0;
    size_t rows_ = 0;
    std::string tail_;
};

// Nullopt: it does not unpack.
std::optional<PartCheck> inflate(ZipFile& file, std::uint64_t at, std::uint64_t end) {
    constexpr std::uint64_t kStep = 1U << 16;
    z_stream stream = {};
    if (::inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
        return std::nullopt;
    }
    PartCheck check;
    std::array<char, kStep> out = {};
    int state = Z_OK;
    for (; state == Z_OK && at < end; at += kStep) {
        std::string in = file.read(at, std::min(kStep, end - at));
        stream.next_in = reinterpret_cast<Bytef*>(in.data()); // zlib's byte type
        stream.avail_in = static_cast<uInt>(in.size());
        do {
            stream.next_out = reinterpret_cast<Bytef*>(out.data()); // zlib's byte type
            stream.avail_out = static_cast<uInt>(out.size());
            state = ::inflate(&stream, Z_NO_FLUSH);
            check.add({out.data(), out.size() - stream.avail_out});
        } while (state == Z_OK && stream.avail_out == 0);
        state = state == Z_BUF_ERROR ? Z_OK : state; // it only wants more
    }
    ::inflateEnd(&stream);
    return state == Z_STREAM_END ? std::optional(check) : std::nullopt;
}

std::optional<PartCheck> unpack(ZipFile& file, const Part& part) {
    constexpr std::uint64_t kLocalSize = 30;
    constexpr std::uint64_t kStored = 0;
    constexpr std::uint64_t kDeflated = 8;
    const std::string local = file.read(part.offset, kLocalSize);
    if (numberAt(local, 0, 4) != kLocalHeader) {
        return std::nullopt;
    }
    const std::uint64_t begin =
        part.offset + kLocalSize + numberAt(local, 26, 2) + numberAt(local, 28, 2);
    if (part.method == kDeflated) {
        return inflate(file, begin, begin + part.packedSize);
    }
    PartCheck check;
    check.add(file.read(begin, part.packedSize));
    return part.method == kStored ? std::optional(check) : std::nullopt;
}

std::string_view closingTagOf(std::string_view part) {
    constexpr std::pair<std::string_view, std::string_view> kTags[] = {
        {"xl/workbook.xml", "</workbook>"},
        {"xl/styles.xml", "</styleSheet>"},
        {"[Content_Types].xml", "</Types>"}};
    if (part.starts_with("xl/worksheets/sheet")) {
        return "</worksheet>";
    }
    for (const auto& [name, tag] : kTags) {
        if (part == name) {
            return tag;
        }
    }
    return ">";
}

} // namespace

Result<void> checkXlsx(const std::filesystem::path& path, const std::vector<size_t>& rows) {
    const Error notWhole{ErrorCode::OutOfResources,
                         "the workbook could not be written completely; is the disk full?"};
    ZipFile file(path);
    std::map<std::string, size_t> rowsOf;
    for (const Part& part : readDirectory(file)) {
        const auto check = unpack(file, part);
        if (!check || !check->isWhole(part, closingTagOf(part.name))) {
            return notWhole;
        }
        rowsOf[part.name] = check->rows();
    }
    for (size_t i = 0; i < rows.size(); ++i) {
        const auto sheet = rowsOf.find("xl/worksheets/sheet" + std::to_string(i + 1) + ".xml");
        if (sheet == rowsOf.end() || sheet->second != rows[i]) {
            return notWhole;
        }
    }
    return {};
}

} // namespace attest::extract
