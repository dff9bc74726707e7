// Stands in for attest-reader in drawing mode and breaks its protocol in the way its own file name
// says: tests start it through links of that name. The document has one page of 600 x 800 points.

#include "extract/reader/draw_request.h"
#include "extract/reader/protocol.h"

#include <csignal>
#include <fcntl.h>
#include <limits>
#include <string>
#include <string_view>
#include <unistd.h>

using namespace attest::reader;

namespace {

void send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = write(kResultFd, bytes.data(), bytes.size());
        if (written <= 0) {
            _exit(3);
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

template <typename... T>
std::string payloadOf(T... numbers) {
    std::string payload;
    (putNumber(payload, numbers), ...);
    return payload;
}

void sendBegin(std::uint32_t pages) {
    send(makeFrame(FrameType::Begin, payloadOf(pages, std::uint32_t{0})));
}

void sendSizes(float width, float height = 800) {
    send(makeFrame(FrameType::Sizes, payloadOf(width, height)));
}

// Waits for the next request; ends with its parent.
DrawRequest nextRequest() {
    constexpr std::size_t kRequestBytes = 32;
    std::string frame(kHeaderBytes + kRequestBytes, '\0');
    std::size_t have = 0;
    while (have < frame.size()) {
        const ssize_t got = read(kRequestFd, frame.data() + have, frame.size() - have);
        if (got <= 0) {
            _exit(0);
        }
        have += static_cast<std::size_t>(got);
    }
    return *readDrawRequest(std::string_view(frame).substr(kHeaderBytes));
}

void sendImage(const DrawRequest& request) {
    send(makeFrame(FrameType::Image, payloadOf(request.number, request.width, request.height)));
    send(std::string(request.imageBytes(), '\x7F'));
}

void sleepForGood() {
    while (true) {
        pause();
    }
}

// As the kernel would end it: sanitizers have handlers of their own.
void die(int signal) {
    std::signal(signal, SIG_DFL);
    raise(signal);
}

void answerHonestly() {
    while (true) {
        sendImage(nextRequest());
    }
}

// True in the first process only; the others find the mark of the first.
bool isFirst(const std::string& program) {
    const int fd = open((program + ".mark").c_str(), O_WRONLY | O_CREAT | O_EXCL, 0600);
    return fd >= 0;
}

// Wrong before the first request.
bool failToOpen(std::string_view how) {
    if (how == "silent") {
        return true;
    }
    if (how == "sleeping") {
        sleepForGood();
    } else if (how == "endless") {
        while (true) {
            send(std::string(1 << 16, 'z'));
        }
    } else if (how == "many_pages") {
        sendBegin(4'000'000'000U);
        sendSizes(600);
    } else if (how == "few_sizes") {
        sendBegin(2);
        sendSizes(600);
    } else if (how == "nan_size") {
        sendBegin(1);
        sendSizes(std::numeric_limits<float>::quiet_NaN());
    } else if (how == "huge_size") {
        sendBegin(1);
        sendSizes(1e30F);
    } else if (how == "half_size") {
        sendBegin(1);
        sendSizes(600, 0);
    } else if (how == "negative_size") {
        sendBegin(1);
        sendSizes(-600);
    } else if (how == "sizes_first") {
        sendSizes(600);
        sendBegin(1);
    } else if (how == "long_begin") {
        send(makeFrame(FrameType::Begin, payloadOf(1U, 0U, 0U)));
        sendSizes(600);
    } else if (how == "bad_sizes_checksum") {
        sendBegin(1);
        std::string frame = makeFrame(FrameType::Sizes, payloadOf(600.0F, 800.0F));
        frame.back() = '\x01';
        send(frame);
    } else if (how == "huge_length") {
        send(payloadOf(
            kMagic, kVersion, static_cast<std::uint16_t>(FrameType::Sizes), 0xFFFFFFF0U, 0U));
        sleepForGood();
    } else if (how == "unknown_failure") {
        send(makeFrame(FrameType::Failure, payloadOf(99U)));
    } else if (how == "crash_at_once") {
        die(SIGSEGV);
    } else {
        return false;
    }
    return true;
}

// Wrong when asked; every process of this name is.
bool failToDraw(std::string_view how) {
    const DrawRequest request = nextRequest();
    DrawRequest wrong = request;
    if (how == "draw_silence") {
        sleepForGood();
    } else if (how == "draw_death") {
        die(SIGSEGV);
    } else if (how == "draw_forbidden") {
        die(SIGSYS);
    } else if (how == "draw_exit") {
        // Without a word.
    } else if (how == "draw_other_number") {
        ++wrong.number;
        sendImage(wrong);
    } else if (how == "draw_other_width") {
        --wrong.width;
        sendImage(wrong);
    } else if (how == "draw_huge") {
        wrong.width = 0xFFFFFFFF;
        wrong.height = 0xFFFFFFFF;
        send(makeFrame(FrameType::Image, payloadOf(wrong.number, wrong.width, wrong.height)));
    } else if (how == "draw_short_header") {
        send(makeFrame(FrameType::Image, payloadOf(request.number, request.width)));
    } else if (how == "draw_half") {
        send(makeFrame(FrameType::Image, payloadOf(request.number, request.width, request.height)));
        send(std::string(request.imageBytes() / 2, '\x7F'));
    } else if (how == "draw_half_and_sleep") {
        send(makeFrame(FrameType::Image, payloadOf(request.number, request.width, request.height)));
        send(std::string(request.imageBytes() / 2, '\x7F'));
        sleepForGood();
    } else if (how == "draw_bad_magic") {
        send(std::string(kHeaderBytes, 'X'));
    } else if (how == "draw_bad_type") {
        send(makeFrame(static_cast<FrameType>(77), payloadOf(request.number)));
    } else if (how == "draw_other_undrawable") {
        send(makeFrame(FrameType::Undrawable, payloadOf(request.number + 1)));
    } else if (how == "draw_page_text") {
        send(makeFrame(FrameType::Page, payloadOf(request.number)));
    } else if (how == "draw_begin_again") {
        sendBegin(1);
    } else if (how == "draw_out_of_memory") {
        send(makeFrame(FrameType::Failure, payloadOf(5U)));
    } else {
        return false;
    }
    return true;
}

void misbehave(const std::string& program, std::string_view how) {
    if (failToOpen(how)) {
        return;
    }
    const bool isChanging = how == "dies_once" || how == "hangs_once" || how == "more_pages_later";
    const bool isNew = isChanging && isFirst(program);
    if (how == "more_pages_later" && !isNew) {
        sendBegin(2);
        send(makeFrame(FrameType::Sizes, payloadOf(600.0F, 800.0F, 600.0F, 800.0F)));
        sleepForGood();
    }
    sendBegin(1);
    sendSizes(600);
    if (how == "honest") {
        answerHonestly();
    } else if (isChanging) {
        if (isNew) {
            nextRequest();
            if (how == "hangs_once") {
                sleepForGood();
            }
            die(SIGSEGV);
        }
        answerHonestly();
    } else if (how == "talks_unasked") {
        sendImage(nextRequest());
        send("and another thing");
        sleepForGood();
    } else if (how == "leaves_after_one") {
        sendImage(nextRequest());
    } else if (how == "refuses") {
        while (true) {
            send(makeFrame(FrameType::Undrawable, payloadOf(nextRequest().number)));
        }
    } else if (!failToDraw(how)) {
        _exit(64);
    }
}

} // namespace

int main(int, char** argv) {
    const std::string program = argv[0];
    misbehave(program, std::string_view(program).substr(program.rfind('/') + 1));
    _exit(0);
}
