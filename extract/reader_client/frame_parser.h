// Understands what attest-reader sends and believes none of it: every number is checked before it
// is used, and the first thing that is wrong ends the conversation.
#pragma once

#include "base/result.h"
#include "extract/reader/protocol.h"
#include "extract/text/page_layout.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace attest::extract {

struct FrameLimits {
    std::uint64_t maxPages = 20000;
    std::uint64_t maxTextBytes = std::uint64_t{64} << 20U;
};

// The stream of one document. Not thread-safe.
class FrameParser {
public:
    // nullptr: Poppler could not open the page.
    using PageFn = std::function<void(std::uint32_t pageIndex, const PlacedPage* page)>;

    FrameParser(FrameLimits limits, PageFn onPage);

    // Takes the next bytes of the pipe, however they are cut. After an error the stream is lost.
    // Errors: InvalidInput: the protocol is broken; the message says where, without document text.
    Result<void> feed(std::string_view bytes);

    bool hasBegun() const { return pageCount_.has_value(); }

    std::uint32_t pageCount() const { return pageCount_.value_or(0); }

    bool isComplete() const { return isComplete_; } // the End frame came and agreed

    std::optional<reader::FailureReason> failure() const { return failure_; }

private:
    Result<void> takeFrame(reader::FrameType type, std::string_view payload);
    Result<void> takeBegin(std::string_view payload);
    Result<void> takePage(std::string_view payload);
    Result<void> takeEnd(std::string_view payload);
    Result<void> takeFailure(std::string_view payload);

    FrameLimits limits_;
    PageFn onPage_;
    std::string buffer_;
    std::optional<std::uint32_t> pageCount_;
    std::uint32_t nextPage_ = 0;
    std::uint64_t textBytes_ = 0;
    bool isComplete_ = false;
    std::optional<reader::FailureReason> failure_;
};

} // namespace attest::extract
