#include "extract/reader/render_mode.h"

#include "extract/reader/document_source.h"
#include "extract/reader/draw_request.h"
#include "extract/reader/frame_writer.h"
#include "extract/reader/page_drawing.h"
#include "extract/reader/pdf_pages.h"

#include <poppler-document.h>
#include <poppler-page.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <optional>
#include <string>
#include <unistd.h>

namespace attest::reader {

namespace {

// Large images are drawn in bands, so that Poppler's bitmap and its copy stay within the memory
// limit. Every band reads the whole page again, so they are not small.
constexpr std::uint32_t kBandPixels = 16U << 20U;

constexpr std::size_t kDrawPayloadBytes = 8 * sizeof(std::uint32_t);
constexpr std::size_t kMaxPages = kMaxPayloadBytes / (2 * sizeof(float));

// False when the parent closed its end before or within the bytes.
bool receive(char* data, std::size_t size) {
    while (size > 0) {
        const ssize_t got = read(kRequestFd, data, size);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return false;
        }
        const auto count = static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        data += count;
        size -= count;
    }
    return true;
}

// A Draw frame, always of the same size.
using RequestBytes = std::array<char, kHeaderBytes + kDrawPayloadBytes>;

std::optional<DrawRequest> readRequest(const RequestBytes& bytes, int pageCount) {
    const std::string_view frame(bytes.data(), bytes.size());
    const FrameHeader header = readFrameHeader(frame);
    const std::string_view payload = frame.substr(kHeaderBytes);
    if (!header.isSound() || header.type != FrameType::Draw ||
        header.payloadBytes != payload.size() || header.checksum != crc32(payload)) {
        return std::nullopt;
    }
    const auto request = readDrawRequest(payload);
    const bool isSound =
        request && request->isSound() && request->pageIndex < static_cast<std::uint32_t>(pageCount);
    return isSound ? request : std::nullopt;
}

bool sendUndrawable(const DrawRequest& request) {
    std::string payload;
    putNumber(payload, request.number);
    return sendFrame(FrameType::Undrawable, payload);
}

bool sendImageHeader(const DrawRequest& request) {
    std::string payload;
    putNumber(payload, request.number);
    putNumber(payload, request.width);
    putNumber(payload, request.height);
    return sendFrame(FrameType::Image, payload);
}

bool answer(const poppler::document& document, const DrawRequest& request) {
    const std::unique_ptr<poppler::page> page(
        document.create_page(static_cast<int>(request.pageIndex)));
    const std::uint32_t bandRows = std::clamp(kBandPixels / request.width, 1U, request.height);
    for (std::uint32_t done = 0; done < request.height; done += bandRows) {
        DrawRequest band = request;
        band.top = request.top + done;
        band.height = std::min(bandRows, request.height - done);
        const poppler::image image = drawPart(page.get(), band);
        if (!image.is_valid()) {
            // Behind the header there is no way back: the parent sees the stream end and asks anew.
            return done == 0 && sendUndrawable(request);
        }
        if (done == 0 && !sendImageHeader(request)) {
            return false;
        }
        if (!sendBytes(image.const_data(), band.imageBytes())) {
            return false;
        }
    }
    return true;
}

bool sendSizes(const poppler::document& document, int pageCount) {
    std::string sizes;
    for (int index = 0; index < pageCount; ++index) {
        const std::unique_ptr<poppler::page> page(document.create_page(index));
        const DisplayedSize size = displayedSize(page.get());
        putNumber(sizes, size.width);
        putNumber(sizes, size.height);
    }
    return sendFrame(FrameType::Sizes, sizes);
}

} // namespace

bool answerDrawRequests(const Options& options, std::uint32_t beginFlags) {
    const auto document = openDocument(options);
    if (!document) {
        return true;
    }
    const int pageCount = pageCountOf(*document);
    if (static_cast<std::size_t>(pageCount) > kMaxPages) {
        return sendFailure(FailureReason::TooManyPages);
    }
    if (!sendBegin(pageCount, beginFlags) || !sendSizes(*document, pageCount)) {
        return false;
    }
    RequestBytes bytes;
    while (receive(bytes.data(), bytes.size())) {
        const auto request = readRequest(bytes, pageCount);
        if (!request) {
            sendFailure(FailureReason::Internal);
            return false;
        }
        if (!answer(*document, *request)) {
            return false;
        }
    }
    return true;
}

} // namespace attest::reader
