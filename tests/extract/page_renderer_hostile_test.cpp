// Renderers that misbehave.

#include "extract/page_renderer.h"
#include "extract/render_support.h"
#include "support/temporary_folder.h"

#include <chrono>
#include <string>
#include <thread>

namespace fs = std::filesystem;
using namespace attest;
using namespace attest::extract;
using namespace attest::test;

namespace {

// The plain PDF through tests/extract/hostile_renderer.cpp.
class Hostile {
public:
    explicit Hostile(const std::string& misbehaviour) {
        fs::create_symlink(programFolder() / "hostile_renderer", folder_.path() / misbehaviour);
        options_.readerProgram = folder_.path() / misbehaviour;
        // Those that go silent are waited for; the others may be slow on a busy machine.
        const bool isSilent = misbehaviour == "sleeping" || misbehaviour == "huge_length" ||
                              misbehaviour == "draw_silence" ||
                              misbehaviour == "draw_half_and_sleep";
        options_.wallSeconds = isSilent ? 1 : misbehaviour == "hangs_once" ? 2 : 30;
    }

    Result<PageRenderer> open() const {
        return PageRenderer::open(dataFile("plain.pdf"), options_);
    }

    Result<PageImage> draw(std::stop_token stop = {}) const {
        auto renderer = open();
        if (!renderer.ok()) {
            FAIL(renderer.error().message);
        }
        return renderer.value().render(kSmall, std::move(stop));
    }

    static constexpr RenderRequest kSmall = {.pageWidthPixels = 60};

private:
    TemporaryFolder folder_;
    ReaderOptions options_;
};

} // namespace

TEST_CASE("a renderer that lies while opening is found out", "[extract][render]") {
    REQUIRE(Hostile("honest").draw().ok());
    const std::string how = GENERATE("silent",
                                     "sleeping",
                                     "endless",
                                     "many_pages",
                                     "few_sizes",
                                     "nan_size",
                                     "huge_size",
                                     "half_size",
                                     "negative_size",
                                     "sizes_first",
                                     "long_begin",
                                     "bad_sizes_checksum",
                                     "huge_length",
                                     "unknown_failure",
                                     "crash_at_once");
    CAPTURE(how);

    const auto renderer = Hostile(how).open();

    REQUIRE_FALSE(renderer.ok());
    CHECK(renderer.error().message.find("plain.pdf") != std::string::npos);
    const bool isTooSlow = how == "sleeping" || how == "huge_length";
    CHECK((renderer.error().code == ErrorCode::Io || isTooSlow));
    CHECK(childIds().size() == 0);
}

TEST_CASE("a renderer that lies while drawing is found out", "[extract][render]") {
    const std::string how = GENERATE("draw_silence",
                                     "draw_death",
                                     "draw_forbidden",
                                     "draw_exit",
                                     "draw_other_number",
                                     "draw_other_width",
                                     "draw_huge",
                                     "draw_short_header",
                                     "draw_half",
                                     "draw_half_and_sleep",
                                     "draw_bad_magic",
                                     "draw_bad_type",
                                     "draw_other_undrawable",
                                     "draw_page_text",
                                     "draw_begin_again",
                                     "draw_out_of_memory",
                                     "more_pages_later");
    CAPTURE(how);

    const auto image = Hostile(how).draw();

    REQUIRE_FALSE(image.ok());
    CHECK(image.error().code == ErrorCode::Io);
    CHECK(image.error().message.find("plain.pdf', page 1: not drawn. The ") != std::string::npos);
    CHECK(childIds().size() == 0);
}

TEST_CASE("a renderer that fails once is started again", "[extract][render]") {
    const auto afterDeath = Hostile("dies_once").draw();
    const auto afterHang = Hostile("hangs_once").draw();

    REQUIRE(afterDeath.ok());
    CHECK(afterDeath.value().width == 60);
    CHECK(afterDeath.value().height == 80);
    CHECK(afterDeath.value().pixels.at(0) == 0x7F);
    CHECK(afterDeath.value().pixels.at(3) == 255); // whatever it sends
    REQUIRE(afterHang.ok());

    for (const std::string how : {"talks_unasked", "leaves_after_one"}) {
        CAPTURE(how);
        const Hostile hostile(how);
        auto renderer = hostile.open();
        REQUIRE(renderer.ok());
        for (int i = 0; i < 3; ++i) {
            CHECK(renderer.value().render(Hostile::kSmall, {}).ok());
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    }

    const auto refused = Hostile("refuses").draw();
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::InvalidInput);
}

TEST_CASE("a silent renderer can be cancelled", "[extract][render]") {
    std::stop_source stop;
    const std::jthread canceller([&stop] {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        stop.request_stop();
    });

    const auto image = Hostile("draw_half_and_sleep").draw(stop.get_token());

    REQUIRE_FALSE(image.ok());
    CHECK(image.error().code == ErrorCode::Cancelled);
}
