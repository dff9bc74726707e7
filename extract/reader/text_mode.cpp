#include "extract/reader/text_mode.h"

#include "extract/reader/document_source.h"
#include "extract/reader/frame_writer.h"
#include "extract/reader/pdf_pages.h"

#include <poppler-document.h>

#include <algorithm>
#include <string>
#include <vector>

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

} // namespace

bool sendText(const Options& options, std::uint32_t beginFlags) {
    const auto document = openDocument(options);
    if (!document) {
        return true;
    }
    const int pageCount = pageCountOf(*document);
    return sendBegin(pageCount, beginFlags) && sendPages(*document, pageCount, options);
}

} // namespace attest::reader
