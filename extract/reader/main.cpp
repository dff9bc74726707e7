// attest-reader: reads one PDF from descriptor 3 and writes its words to descriptor 4, sealed off
// from everything else. Started by extract/document_reader.cpp; one process per document.

#include "extract/reader/canary.h"
#include "extract/reader/escape.h"
#include "extract/reader/frame_writer.h"
#include "extract/reader/options.h"
#include "extract/reader/pdf_pages.h"
#include "extract/reader/seal.h"

#include <poppler-document.h>

#include <memory>
#include <new>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace attest::reader {
namespace {

std::string pagePayload(int pageIndex, const PageContent& page) {
    std::string payload;
    putNumber(payload, static_cast<std::uint32_t>(pageIndex));
    putNumber(payload, page.isReadable ? 0U : kPageUnreadable);
    putNumber(payload, page.width);
    putNumber(payload, page.height);
    putNumber(payload, static_cast<std::uint32_t>(page.words.size()));
    for (const PageWord& word : page.words) {
        putNumber(payload, static_cast<std::uint8_t>(word.quarterTurns));
        putNumber(payload, word.hasSpaceAfter ? kWordSpaceAfter : std::uint8_t{0});
        putNumber(payload, static_cast<std::uint16_t>(word.boxes.size()));
        putNumber(payload, static_cast<std::uint32_t>(word.text.size()));
        payload += word.text;
        for (const Rectangle& box : word.boxes) {
            putNumber(payload, box.left);
            putNumber(payload, box.top);
            putNumber(payload, box.right);
            putNumber(payload, box.bottom);
        }
        if (payload.size() > kMaxPayloadBytes) {
            break;
        }
    }
    return payload;
}

// Words of more code points than the protocol can count are cut into several.
void cutLongWords(PageContent& page) {
    constexpr std::size_t kMaxCodePoints = 4096;
    std::vector<PageWord> words;
    for (PageWord& word : page.words) {
        if (word.boxes.size() <= kMaxCodePoints) {
            words.push_back(std::move(word));
            continue;
        }
        std::size_t byte = 0;
        for (std::size_t begin = 0; begin < word.boxes.size(); begin += kMaxCodePoints) {
            const std::size_t end = std::min(begin + kMaxCodePoints, word.boxes.size());
            PageWord part;
            part.quarterTurns = word.quarterTurns;
            part.hasSpaceAfter = end == word.boxes.size() && word.hasSpaceAfter;
            for (std::size_t i = begin; i < end; ++i) {
                part.boxes.push_back(word.boxes[i]);
                do {
                    part.text += word.text[byte++];
                } while (byte < word.text.size() &&
                         (static_cast<unsigned char>(word.text[byte]) & 0xC0U) == 0x80U);
            }
            words.push_back(std::move(part));
        }
    }
    page.words = std::move(words);
}

bool sendPages(const poppler::document& document, int pageCount, const Options& options) {
    std::uint64_t textBytes = 0;
    for (int index = 0; index < pageCount; ++index) {
        PageContent page = readPage(document, index);
        cutLongWords(page);
        for (const PageWord& word : page.words) {
            textBytes += word.text.size();
        }
        const std::string payload = pagePayload(index, page);
        if (payload.size() > kMaxPayloadBytes || textBytes > options.maxTextBytes) {
            return sendFailure(FailureReason::TooMuchText);
        }
        if (!sendFrame(FrameType::Page, payload)) {
            return false;
        }
    }
    std::string end;
    putNumber(end, static_cast<std::uint32_t>(pageCount));
    return sendFrame(FrameType::End, end);
}

bool readDocument(const Options& options, const Seal& seal, bool hasCjk) {
    struct stat status = {};
    if (fstat(kDocumentFd, &status) != 0 || status.st_size <= 0 || status.st_size > 0x7FFFFFFF) {
        return sendFailure(FailureReason::Damaged);
    }
    // The parent sealed the memory file against changes, so it cannot shrink under the mapping.
    const auto size = static_cast<std::size_t>(status.st_size);
    void* bytes = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, kDocumentFd, 0);
    if (bytes == MAP_FAILED) {
        return sendFailure(FailureReason::OutOfMemory);
    }
    const std::unique_ptr<poppler::document> document(poppler::document::load_from_raw_data(
        static_cast<const char*>(bytes), static_cast<int>(size)));
    if (!document) {
        return sendFailure(FailureReason::Damaged);
    }
    if (document->is_locked()) {
        return sendFailure(FailureReason::PasswordNeeded);
    }
    const int pageCount = document->pages();
    if (pageCount > 0 && static_cast<std::uint64_t>(pageCount) > options.maxPages) {
        return sendFailure(FailureReason::TooManyPages);
    }
    std::string begin;
    putNumber(begin, static_cast<std::uint32_t>(std::max(pageCount, 0)));
    putNumber(begin, (seal.hasLandlock ? kBeginLandlock : 0U) | (hasCjk ? kBeginCjk : 0U));
    const bool isSent =
        sendFrame(FrameType::Begin, begin) && sendPages(*document, std::max(pageCount, 0), options);
    return isSent;
}

int run(const Options& options) {
    if (!limitProcess(options)) {
        return 1;
    }
    installAbortHandler();
    if (!warmUp()) {
        sendFailure(FailureReason::CanaryFailed);
        return 0;
    }
    const bool isCjkInstalled = hasCjkData();
    const Seal seal = sealProcess();
    if (!seal.isSealed) {
        sendFailure(FailureReason::NoSeal);
        return 0;
    }
    if (!options.tryEscape.empty()) {
        return tryEscape(options.tryEscape);
    }
    // Without Landlock no file can be opened, so there are no CMaps either.
    const bool hasCjk = isCjkInstalled && seal.hasLandlock;
    if (!canaryIsRead(hasCjk)) {
        sendFailure(FailureReason::CanaryFailed);
        return 0;
    }
    return readDocument(options, seal, hasCjk) ? 0 : 1;
}

} // namespace
} // namespace attest::reader

int main(int argc, char** argv) {
    using namespace attest::reader;
    const auto options = parseOptions(argc, argv);
    if (!options) {
        return 64; // EX_USAGE
    }
    int status = 0;
    try {
        status = run(*options);
    } catch (const std::bad_alloc&) {
        sendFailure(FailureReason::OutOfMemory);
    } catch (...) {
        sendFailure(FailureReason::Internal);
    }
    // No destructors: nothing of this process is worth a crash on the way out.
    _exit(status);
}
