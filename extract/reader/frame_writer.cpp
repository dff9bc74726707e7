#include "extract/reader/frame_writer.h"

#include <cerrno>
#include <csignal>
#include <sys/mman.h>
#include <unistd.h>

namespace attest::reader {

namespace {

constexpr std::size_t kProbeBytes = std::size_t{32} << 20U;

// Prepared before the document is read: the handler may not allocate.
std::array<char, kHeaderBytes + sizeof(std::uint32_t)> outOfMemoryFrame;

void onAbort(int) {
    void* probe =
        mmap(nullptr, kProbeBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (probe == MAP_FAILED) {
        sendBytes(outOfMemoryFrame.data(), outOfMemoryFrame.size());
        _exit(0);
    }
    // abort() raises the signal again with the default action when a handler returns.
}

} // namespace

bool sendBytes(const char* data, std::size_t size) {
    while (size > 0) {
        const ssize_t written = write(kResultFd, data, size);
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            return false;
        }
        data += written;
        size -= static_cast<std::size_t>(written);
    }
    return true;
}

bool sendFrame(FrameType type, std::string_view payload) {
    const std::string frame = makeFrame(type, payload);
    return sendBytes(frame.data(), frame.size());
}

bool sendBegin(int pageCount, std::uint32_t flags) {
    std::string payload;
    putNumber(payload, static_cast<std::uint32_t>(pageCount));
    putNumber(payload, flags);
    return sendFrame(FrameType::Begin, payload);
}

bool sendFailure(FailureReason reason) {
    std::string payload;
    putNumber(payload, static_cast<std::uint32_t>(reason));
    return sendFrame(FrameType::Failure, payload);
}

void installAbortHandler() {
    std::string payload;
    putNumber(payload, static_cast<std::uint32_t>(FailureReason::OutOfMemory));
    const std::string frame = makeFrame(FrameType::Failure, payload);
    std::memcpy(outOfMemoryFrame.data(), frame.data(), outOfMemoryFrame.size());

    struct sigaction action = {};
    action.sa_handler = onAbort;
    sigaction(SIGABRT, &action, nullptr);
}

} // namespace attest::reader
