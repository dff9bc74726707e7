#include "extract/reader_client/render_process.h"

#include "extract/reader/payload_reader.h"

#include <algorithm>
#include <new>

namespace attest::extract {

using reader::DrawRequest;
using reader::FrameHeader;
using reader::FrameType;
using reader::PayloadReader;

namespace {

constexpr int kPollMs = 10; // how soon a cancellation is noticed
constexpr auto kGraceAfterCancel = std::chrono::milliseconds(30);
constexpr int kExitPatienceMs = 1'000; // between the end of the stream and the end of the process
constexpr int kMaxDrawSeconds = 30;    // somebody is waiting for the page

ErrorCode codeOf(ReadStatus status) {
    switch (status) {
    case ReadStatus::Damaged:
    case ReadStatus::PasswordNeeded:
        return ErrorCode::InvalidInput;
    case ReadStatus::TooLarge:
        return ErrorCode::OutOfResources;
    case ReadStatus::Ok:
    case ReadStatus::Partial:
    case ReadStatus::NoText:
    case ReadStatus::Empty:
    case ReadStatus::ReaderFailed:
        break;
    }
    return ErrorCode::Io;
}

Error toError(const ReaderVerdict& verdict) {
    return Error{codeOf(verdict.status), verdict.message};
}

std::optional<reader::FailureReason> readFailure(std::string_view payload) {
    PayloadReader in(payload);
    const auto reason = in.number<std::uint32_t>();
    const bool isKnown = reason >= static_cast<std::uint32_t>(reader::FailureReason::Damaged) &&
                         reason <= static_cast<std::uint32_t>(reader::FailureReason::Internal);
    return in.isDone() && isKnown ? std::optional(static_cast<reader::FailureReason>(reason))
                                  : std::nullopt;
}

// Allocates without taking the program down: 256 MB may be too much for it.
bool makeRoom(PageImage& image, const DrawRequest& request) {
    try {
        image.pixels.resize(request.imageBytes());
    } catch (const std::bad_alloc&) {
        return false;
    }
    image.width = request.width;
    image.height = request.height;
    return true;
}

} // namespace

Result<std::unique_ptr<RenderProcess>>
RenderProcess::start(const ReaderOptions& options, int documentFd, const std::stop_token& stop) {
    const std::vector<std::string> arguments = {
        "--mode=render",
        "--cpu-seconds=" + std::to_string(std::max(options.cpuSeconds, 1)),
        "--memory-bytes=" + std::to_string(options.memoryBytes),
        "--max-pages=" + std::to_string(std::max(options.maxPages, 0))};
    auto process =
        ReaderProcess::start(options.readerProgram, arguments, documentFd, Requests::Wanted);
    if (!process.ok()) {
        return Error{ErrorCode::Io, process.error().message + "."};
    }
    std::unique_ptr<RenderProcess> renderer(
        new RenderProcess(options, std::move(process).value())); // NOLINT: private
    ATTEST_TRY(renderer->takeBegin(stop));
    return renderer;
}

Result<void> RenderProcess::takeBegin(const std::stop_token& stop) {
    Patience patience = {Clock::now() + std::chrono::seconds(options_.wallSeconds), stop};
    FrameHeader header;
    std::string payload;
    std::uint32_t pageCount = 0;
    for (const FrameType expected : {FrameType::Begin, FrameType::Sizes}) {
        const Received how = receiveFrame(header, payload, patience);
        if (how == Received::Cancelled || patience.isCancelled) {
            return Error{ErrorCode::Cancelled, "opening was cancelled"};
        }
        if (how != Received::All) {
            return toError(end(how, options_.wallSeconds));
        }
        if (const auto failure = readFailure(payload);
            header.type == FrameType::Failure && failure) {
            return toError(ofFailure(*failure, options_));
        }
        if (header.type != expected) {
            return toError(end(Received::Broken, 0));
        }
        if (expected == FrameType::Sizes) {
            return takeSizes(payload, pageCount);
        }
        PayloadReader in(payload);
        pageCount = in.number<std::uint32_t>();
        hasSystemFonts_ = (in.number<std::uint32_t>() & reader::kBeginFonts) != 0;
        if (!in.isDone()) {
            return toError(end(Received::Broken, 0));
        }
    }
    return {};
}

Result<void> RenderProcess::takeSizes(std::string_view payload, std::uint32_t pageCount) {
    constexpr std::size_t kSizeBytes = 2 * sizeof(float);
    if (pageCount > static_cast<std::uint32_t>(std::max(options_.maxPages, 0)) ||
        payload.size() != std::size_t{pageCount} * kSizeBytes) {
        return toError(end(Received::Broken, 0));
    }
    PayloadReader in(payload);
    pageSizes_.reserve(pageCount);
    for (std::uint32_t i = 0; i < pageCount; ++i) {
        const auto width = in.number<float>();
        const auto height = in.number<float>();
        const bool isPage = width > 0 && width < reader::kMaxPageSide && height > 0 &&
                            height < reader::kMaxPageSide; // false for NaN
        if (!isPage && !(width == 0 && height == 0)) {
            return toError(end(Received::Broken, 0));
        }
        pageSizes_.push_back({double(width), double(height)});
    }
    return {};
}

int RenderProcess::drawSeconds() const {
    return std::clamp(options_.wallSeconds, 1, kMaxDrawSeconds);
}

bool RenderProcess::isReady() {
    if (isEnded_) {
        return false;
    }
    char byte = 0;
    std::size_t got = 0;
    if (process_.readInto(std::span(&byte, 1), 0, got) == ReaderProcess::ReadState::Nothing) {
        return true;
    }
    process_.kill();
    isEnded_ = true;
    return false;
}

Drawing RenderProcess::draw(DrawRequest request, const std::stop_token& stop) {
    if (stop.stop_requested()) {
        return {Drawing::Outcome::Cancelled, {}, {}};
    }
    request.number = ++lastNumber_;
    Patience patience = {Clock::now() + std::chrono::seconds(drawSeconds()), stop};
    if (!process_.send(makeFrame(FrameType::Draw, toPayload(request)))) {
        return lost(Received::Ended);
    }
    FrameHeader header;
    std::string payload;
    if (const Received how = receiveFrame(header, payload, patience); how != Received::All) {
        return lost(how);
    }
    if (header.type == FrameType::Image) {
        return takeImage(request, payload, patience);
    }
    if (const auto failure = readFailure(payload); header.type == FrameType::Failure && failure) {
        end(Received::Ended, 0);
        return lost(ofFailure(*failure, options_).message);
    }
    PayloadReader in(payload);
    if (header.type != FrameType::Undrawable || in.number<std::uint32_t>() != request.number ||
        !in.isDone()) {
        return lost(Received::Broken);
    }
    using Outcome = Drawing::Outcome;
    return {patience.isCancelled ? Outcome::Cancelled : Outcome::Undrawable, {}, {}};
}

Drawing
RenderProcess::takeImage(const DrawRequest& request, std::string_view payload, Patience& patience) {
    PayloadReader in(payload);
    const bool isAsked = in.number<std::uint32_t>() == request.number &&
                         in.number<std::uint32_t>() == request.width &&
                         in.number<std::uint32_t>() == request.height && in.isDone();
    if (!isAsked) {
        return lost(Received::Broken);
    }
    Drawing drawing;
    if (!makeRoom(drawing.image, request)) {
        end(Received::Cancelled, 0);
        return {Drawing::Outcome::NoMemory, {}, {}};
    }
    std::vector<std::uint8_t>& pixels = drawing.image.pixels;
    const std::span<char> bytes(reinterpret_cast<char*>(pixels.data()), pixels.size());
    if (const Received how = receive(bytes, patience); how != Received::All) {
        return lost(how);
    }
    if (patience.isCancelled) {
        return {Drawing::Outcome::Cancelled, {}, {}};
    }
    for (std::size_t i = 3; i < pixels.size(); i += reader::kPixelBytes) {
        pixels[i] = 255;
    }
    drawing.outcome = Drawing::Outcome::Drawn;
    return drawing;
}

RenderProcess::Received RenderProcess::receive(std::span<char> bytes, Patience& patience) {
    while (!bytes.empty()) {
        if (!patience.isCancelled && patience.stop.stop_requested()) {
            patience.isCancelled = true;
            patience.deadline = std::min(patience.deadline, Clock::now() + kGraceAfterCancel);
        }
        if (Clock::now() >= patience.deadline) {
            return patience.isCancelled ? Received::Cancelled : Received::Late;
        }
        std::size_t got = 0;
        if (process_.readInto(bytes, kPollMs, got) == ReaderProcess::ReadState::End) {
            return patience.isCancelled ? Received::Cancelled : Received::Ended;
        }
        bytes = bytes.subspan(got);
    }
    return Received::All;
}

RenderProcess::Received
RenderProcess::receiveFrame(FrameHeader& header, std::string& payload, Patience& patience) {
    std::string head(reader::kHeaderBytes, '\0');
    if (const Received how = receive(head, patience); how != Received::All) {
        return how;
    }
    header = reader::readFrameHeader(head);
    if (!header.isSound()) {
        return Received::Broken;
    }
    payload.assign(header.payloadBytes, '\0');
    if (const Received how = receive(payload, patience); how != Received::All) {
        return how;
    }
    return reader::crc32(payload) == header.checksum ? Received::All : Received::Broken;
}

ReaderVerdict RenderProcess::end(Received how, int limitSeconds) {
    isEnded_ = true;
    if (how != Received::Ended) {
        process_.kill();
    }
    const ReaderExit exit = process_.wait(kExitPatienceMs);
    switch (how) {
    case Received::Late:
        return outOfTime(limitSeconds);
    case Received::Broken:
        return {ReadStatus::ReaderFailed,
                "The PDF reader answered something that was not asked of it."};
    case Received::All:
    case Received::Ended:
    case Received::Cancelled:
        break;
    }
    return ofExit(exit, options_);
}

Drawing RenderProcess::lost(Received how) {
    ReaderVerdict verdict = end(how, 0);
    if (how == Received::Cancelled) {
        return {Drawing::Outcome::Cancelled, {}, {}};
    }
    return lost(how == Received::Late ? "The page takes too long to draw (more than " +
                                            std::to_string(drawSeconds()) + " s)."
                                      : std::move(verdict.message));
}

Drawing RenderProcess::lost(std::string message) {
    return {Drawing::Outcome::Lost, {}, std::move(message)};
}

} // namespace attest::extract
