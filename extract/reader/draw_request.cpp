#include "extract/reader/draw_request.h"

#include "extract/reader/payload_reader.h"
#include "extract/reader/protocol.h"

namespace attest::reader {

bool DrawRequest::isSound() const {
    return pageWidth > 0 && pageWidth <= kMaxSidePixels && pageHeight > 0 &&
           pageHeight <= kMaxSidePixels && width > 0 && height > 0 && left < pageWidth &&
           width <= pageWidth - left && top < pageHeight && height <= pageHeight - top &&
           std::uint64_t{width} * height <= kMaxPixels;
}

std::string toPayload(const DrawRequest& request) {
    std::string payload;
    for (const std::uint32_t number : {request.number,
                                       request.pageIndex,
                                       request.pageWidth,
                                       request.pageHeight,
                                       request.left,
                                       request.top,
                                       request.width,
                                       request.height}) {
        putNumber(payload, number);
    }
    return payload;
}

std::optional<DrawRequest> readDrawRequest(std::string_view payload) {
    PayloadReader in(payload);
    DrawRequest request;
    for (std::uint32_t* number : {&request.number,
                                  &request.pageIndex,
                                  &request.pageWidth,
                                  &request.pageHeight,
                                  &request.left,
                                  &request.top,
                                  &request.width,
                                  &request.height}) {
        *number = in.number<std::uint32_t>();
    }
    return in.isDone() ? std::optional(request) : std::nullopt;
}

} // namespace attest::reader
