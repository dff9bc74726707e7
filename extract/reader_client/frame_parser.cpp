#include "extract/reader_client/frame_parser.h"

#include "base/utf8.h"
#include "extract/reader/payload_reader.h"

#include <cmath>

namespace attest::extract {

using reader::FrameType;
using reader::PayloadReader;

namespace {

constexpr std::size_t kBoxBytes = 16;

Error broken(const std::string& what) {
    return Error{ErrorCode::InvalidInput, "attest-reader broke its protocol: " + what};
}

bool isWithin(const WordBox& box, const PlacedPage& page) {
    // Comparisons with NaN are false, so this refuses NaN and infinities too.
    return box.left >= 0 && box.left <= box.right && box.right <= page.width && box.top >= 0 &&
           box.top <= box.bottom && box.bottom <= page.height;
}

} // namespace

FrameParser::FrameParser(FrameLimits limits, PageFn onPage)
    : limits_(limits), onPage_(std::move(onPage)) {}

Result<void> FrameParser::feed(std::string_view bytes) {
    buffer_ += bytes;
    std::size_t begin = 0;
    while (buffer_.size() - begin >= reader::kHeaderBytes) {
        const auto header = reader::readFrameHeader(std::string_view(buffer_).substr(begin));
        const std::size_t size = header.payloadBytes;
        if (!header.isSound()) {
            return broken("a frame begins with wrong bytes or an unknown version, or claims " +
                          std::to_string(size) + " bytes");
        }
        if (buffer_.size() - begin < reader::kHeaderBytes + size) {
            break;
        }
        const std::string_view payload =
            std::string_view(buffer_).substr(begin + reader::kHeaderBytes, size);
        if (reader::crc32(payload) != header.checksum) {
            return broken("a frame's checksum is wrong");
        }
        ATTEST_TRY(takeFrame(header.type, payload));
        begin += reader::kHeaderBytes + size;
    }
    buffer_.erase(0, begin);
    return {};
}

Result<void> FrameParser::takeFrame(FrameType type, std::string_view payload) {
    if (isComplete_ || failure_) {
        return broken("a frame follows the last one");
    }
    switch (type) {
    case FrameType::Begin:
        return takeBegin(payload);
    case FrameType::Page:
        return takePage(payload);
    case FrameType::End:
        return takeEnd(payload);
    case FrameType::Failure:
        return takeFailure(payload);
    case FrameType::Sizes:
    case FrameType::Draw:
    case FrameType::Image:
    case FrameType::Undrawable:
        break;
    }
    return broken("a frame's type is unknown or has no place here");
}

Result<void> FrameParser::takeBegin(std::string_view payload) {
    PayloadReader in(payload);
    const auto pageCount = in.number<std::uint32_t>();
    in.number<std::uint32_t>(); // flags: how the seal is built, for the reader's tests
    if (!in.isDone() || hasBegun()) {
        return broken("a second or malformed begin");
    }
    if (pageCount > limits_.maxPages) {
        return broken("more pages than allowed");
    }
    pageCount_ = pageCount;
    return {};
}

Result<void> FrameParser::takePage(std::string_view payload) {
    PayloadReader in(payload);
    const auto index = in.number<std::uint32_t>();
    const auto flags = in.number<std::uint32_t>();
    PlacedPage page;
    page.width = in.number<float>();
    page.height = in.number<float>();
    const auto words = in.number<std::uint32_t>();
    const std::string where = "page " + std::to_string(index) + ": ";
    if (in.isShort() || !hasBegun() || index != nextPage_ || index >= pageCount()) {
        return broken(where + "out of order");
    }
    ++nextPage_;
    if ((flags & reader::kPageUnreadable) != 0) {
        if (words != 0 || !in.isDone()) {
            return broken(where + "unreadable, but with words");
        }
        onPage_(index, nullptr);
        return {};
    }
    const bool hasSize = page.width > 0 && page.width < reader::kMaxPageSide && page.height > 0 &&
                         page.height < reader::kMaxPageSide; // false for NaN
    if (!hasSize) {
        return broken(where + "its size is no size");
    }
    // Every word takes at least its header, one byte and one box.
    constexpr std::size_t kMinWordBytes = 8 + 1 + kBoxBytes;
    if (words > in.left() / kMinWordBytes) {
        return broken(where + "more words than bytes");
    }
    page.words.reserve(words);
    for (std::uint32_t i = 0; i < words; ++i) {
        PlacedWord word;
        word.quarterTurns = in.number<std::uint8_t>();
        word.hasSpaceAfter = (in.number<std::uint8_t>() & reader::kWordSpaceAfter) != 0;
        const auto codePoints = in.number<std::uint16_t>();
        const auto byteCount = in.number<std::uint32_t>();
        const std::string_view text = in.bytes(byteCount);
        if (in.isShort() || word.quarterTurns > 3 || codePoints == 0 ||
            in.left() / kBoxBytes < codePoints) {
            return broken(where + "a malformed word");
        }
        if (!isValidUtf8(text) || codePointCount(text) != codePoints) {
            return broken(where + "text that is not UTF-8 or not as long as it says");
        }
        textBytes_ += text.size();
        if (textBytes_ > limits_.maxTextBytes) {
            return broken(where + "more text than allowed");
        }
        for (std::size_t offset = 0; offset < text.size();) {
            word.text.push_back(decodeUtf8(text, offset));
        }
        word.boxes.reserve(codePoints);
        for (std::uint16_t box = 0; box < codePoints; ++box) {
            WordBox place;
            place.left = in.number<float>();
            place.top = in.number<float>();
            place.right = in.number<float>();
            place.bottom = in.number<float>();
            if (!isWithin(place, page)) {
                return broken(where + "a character outside the page");
            }
            word.boxes.push_back(place);
        }
        page.words.push_back(std::move(word));
    }
    if (!in.isDone()) {
        return broken(where + "bytes behind the last word");
    }
    onPage_(index, &page);
    return {};
}

Result<void> FrameParser::takeEnd(std::string_view payload) {
    PayloadReader in(payload);
    const auto sent = in.number<std::uint32_t>();
    if (!in.isDone() || !hasBegun() || sent != pageCount() || nextPage_ != sent) {
        return broken("the end does not agree with the pages");
    }
    isComplete_ = true;
    return {};
}

Result<void> FrameParser::takeFailure(std::string_view payload) {
    PayloadReader in(payload);
    const auto reason = in.number<std::uint32_t>();
    if (!in.isDone() || reason < static_cast<std::uint32_t>(reader::FailureReason::Damaged) ||
        reason > static_cast<std::uint32_t>(reader::FailureReason::Internal)) {
        return broken("an unknown failure");
    }
    failure_ = static_cast<reader::FailureReason>(reason);
    return {};
}

} // namespace attest::extract
