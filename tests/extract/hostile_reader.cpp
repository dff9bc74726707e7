// Stands in for attest-reader in tests and breaks its protocol in the way its own file name says:
// tests start it through links of that name.

#include "extract/reader/protocol.h"

#include <csignal>
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

std::string beginPayload(std::uint32_t pages) {
    std::string payload;
    putNumber(payload, pages);
    putNumber(payload, std::uint32_t{0});
    return payload;
}

std::string endPayload(std::uint32_t pages) {
    std::string payload;
    putNumber(payload, pages);
    return payload;
}

// As the kernel would end it: sanitizers have handlers of their own.
void die(int signal) {
    std::signal(signal, SIG_DFL);
    raise(signal);
}

struct Word {
    std::string text = "Aspirin";
    std::uint16_t codePoints = 7;
    float left = 10;
    float right = 20;
    std::uint8_t turns = 0;
};

std::string pagePayload(std::uint32_t index, const Word& word = {}, float width = 600) {
    std::string payload;
    putNumber(payload, index);
    putNumber(payload, std::uint32_t{0});
    putNumber(payload, width);
    putNumber(payload, 800.0F);
    putNumber(payload, std::uint32_t{1});
    putNumber(payload, word.turns);
    putNumber(payload, std::uint8_t{0});
    putNumber(payload, word.codePoints);
    putNumber(payload, static_cast<std::uint32_t>(word.text.size()));
    payload += word.text;
    for (int i = 0; i < word.codePoints; ++i) {
        putNumber(payload, word.left + float(i) * 10);
        putNumber(payload, 10.0F);
        putNumber(payload, word.right + float(i) * 10);
        putNumber(payload, 22.0F);
    }
    return payload;
}

void sendBegin(std::uint32_t pages) {
    send(makeFrame(FrameType::Begin, beginPayload(pages)));
}

void sendPage(std::string_view payload) {
    send(makeFrame(FrameType::Page, payload));
}

void sendEnd(std::uint32_t pages) {
    send(makeFrame(FrameType::End, endPayload(pages)));
}

// One page and a proper end around a word that is wrong.
void sendDocument(const Word& word, float width = 600) {
    sendBegin(1);
    sendPage(pagePayload(0, word, width));
    sendEnd(1);
}

void misbehave(std::string_view how) {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    if (how == "honest") {
        sendDocument({});
    } else if (how == "bad_magic") {
        std::string frame = makeFrame(FrameType::Begin, beginPayload(1));
        frame[0] = 'X';
        send(frame);
    } else if (how == "bad_version") {
        std::string frame = makeFrame(FrameType::Begin, beginPayload(1));
        frame[4] = 9;
        send(frame);
    } else if (how == "bad_checksum") {
        std::string frame = makeFrame(FrameType::Begin, beginPayload(1));
        frame[kHeaderBytes] = 7;
        send(frame);
    } else if (how == "bad_type") {
        send(makeFrame(static_cast<FrameType>(77), "x"));
    } else if (how == "huge_length") {
        std::string header;
        putNumber(header, kMagic);
        putNumber(header, kVersion);
        putNumber(header, static_cast<std::uint16_t>(FrameType::Page));
        putNumber(header, std::uint32_t{0xFFFFFFF0});
        putNumber(header, std::uint32_t{0});
        send(header);
    } else if (how == "many_pages") {
        sendBegin(4'000'000'000U);
    } else if (how == "out_of_order") {
        sendBegin(3);
        sendPage(pagePayload(1));
        sendPage(pagePayload(0));
    } else if (how == "page_before_begin") {
        sendPage(pagePayload(0));
    } else if (how == "too_many_pages_sent") {
        sendBegin(1);
        sendPage(pagePayload(0));
        sendPage(pagePayload(1));
    } else if (how == "bad_utf8") {
        sendDocument({.text = "Asp\xC3(rin"});
    } else if (how == "bad_count") {
        sendDocument({.codePoints = 6});
    } else if (how == "nan_box") {
        sendDocument({.left = nan});
    } else if (how == "outside_box") {
        sendDocument({.right = 5000});
    } else if (how == "nan_page") {
        sendDocument({}, nan);
    } else if (how == "bad_turns") {
        sendDocument({.turns = 4});
    } else if (how == "many_words") {
        std::string payload = pagePayload(0);
        const std::uint32_t count = 0xFFFFFFFF;
        std::memcpy(payload.data() + 16, &count, sizeof(count));
        sendBegin(1);
        sendPage(payload);
    } else if (how == "trailing_bytes") {
        sendBegin(1);
        sendPage(pagePayload(0) + "x");
    } else if (how == "no_trailer") {
        sendBegin(2);
        sendPage(pagePayload(0));
    } else if (how == "wrong_trailer") {
        sendBegin(2);
        sendPage(pagePayload(0));
        sendEnd(2);
    } else if (how == "after_trailer") {
        sendDocument({});
        sendPage(pagePayload(1));
    } else if (how == "silent") {
        // Nothing at all.
    } else if (how == "endless") {
        const std::string noise(1 << 16, 'z');
        while (true) {
            send(noise);
        }
    } else if (how == "endless_empty") {
        sendBegin(1);
        while (true) {
            send(makeFrame(FrameType::Begin, beginPayload(1)));
        }
    } else if (how == "sleeper") {
        sendBegin(1);
        while (true) {
            pause();
        }
    } else if (how == "segfault") {
        die(SIGSEGV);
    } else if (how == "abort") {
        die(SIGABRT);
    } else if (how == "sigsys") {
        die(SIGSYS);
    } else if (how == "out_of_time") {
        die(SIGXCPU);
    } else if (how == "crash_on_page_two") {
        sendBegin(2);
        sendPage(pagePayload(0));
        die(SIGSEGV);
    } else if (how == "out_of_memory") {
        send(makeFrame(FrameType::Failure, endPayload(5)));
    } else if (how == "no_seal") {
        send(makeFrame(FrameType::Failure, endPayload(6)));
    } else if (how == "canary_failed") {
        send(makeFrame(FrameType::Failure, endPayload(7)));
    } else if (how == "bad_failure") {
        send(makeFrame(FrameType::Failure, endPayload(99)));
    }
}

} // namespace

int main(int, char** argv) {
    const std::string_view path = argv[0];
    misbehave(path.substr(path.rfind('/') + 1));
    _exit(0);
}
