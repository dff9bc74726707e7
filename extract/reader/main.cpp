// attest-reader: reads one PDF from descriptor 3 and writes its words (or, asked for them on
// descriptor 5, pictures of its pages) to descriptor 4, sealed off from everything else. Started by
// extract/reader_client; one process per document.

#include "extract/reader/canary.h"
#include "extract/reader/escape.h"
#include "extract/reader/frame_writer.h"
#include "extract/reader/options.h"
#include "extract/reader/render_mode.h"
#include "extract/reader/seal.h"
#include "extract/reader/text_mode.h"

#include <new>
#include <unistd.h>

namespace attest::reader {
namespace {

int run(const Options& options) {
    if (!limitProcess(options)) {
        return 1;
    }
    installAbortHandler();
    if (!warmUp(options.mode)) {
        sendFailure(FailureReason::CanaryFailed);
        return 0;
    }
    const bool isCjkInstalled = hasCjkData();
    const Seal seal = sealProcess(options.mode);
    if (!seal.isSealed) {
        sendFailure(FailureReason::NoSeal);
        return 0;
    }
    if (!options.tryEscape.empty()) {
        return tryEscape(options.tryEscape);
    }
    // Without Landlock no file can be opened, so there are neither CMaps nor fonts.
    const bool hasCjk = isCjkInstalled && seal.hasLandlock;
    std::uint32_t flags = (seal.hasLandlock ? kBeginLandlock : 0U) | (hasCjk ? kBeginCjk : 0U);
    bool isCanaryAlive = canaryIsRead(hasCjk);
    if (isCanaryAlive && options.mode == Mode::Render) {
        const DrawnCanary canary = drawCanary();
        isCanaryAlive = canary.hasShapes;
        flags |= canary.hasText ? kBeginFonts : 0U;
    }
    if (!isCanaryAlive) {
        sendFailure(FailureReason::CanaryFailed);
        return 0;
    }
    const bool isHeard = options.mode == Mode::Render ? answerDrawRequests(options, flags)
                                                      : sendText(options, flags);
    return isHeard ? 0 : 1;
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
