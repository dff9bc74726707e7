// Documents of many origins through the real drawing process: each page is drawn or refused, and
// nothing a document asks for breaks the seal.

#include "extract/page_renderer.h"
#include "support/catch.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace fs = std::filesystem;
using namespace attest;
using namespace attest::extract;

TEST_CASE("a sample of odd PDFs is drawn or refused inside the seal", "[extract][render][shared]") {
    std::vector<fs::path> files;
    for (const char* folder : {"data/pdf", "data/tables"}) {
        for (const auto& entry :
             fs::recursive_directory_iterator(fs::path(ATTEST_SHARED_DIR) / folder)) {
            if (entry.path().extension() == ".pdf") {
                files.push_back(entry.path());
            }
        }
    }
    std::sort(files.begin(), files.end());
    REQUIRE(files.size() > 1000);
    ReaderOptions options;
    options.readerProgram = fs::read_symlink("/proc/self/exe").parent_path() / "attest-reader";
    options.wallSeconds = 5;
    std::size_t drawn = 0;

    for (std::size_t i = 7; i < files.size(); i += 40) {
        CAPTURE(files[i].string());
        auto renderer = PageRenderer::open(files[i], options);
        if (!renderer.ok()) {
            CHECK(renderer.error().code != ErrorCode::Io);
            continue;
        }
        const std::size_t count = std::min<std::size_t>(renderer.value().pageCount(), 2);
        for (std::size_t page = 0; page < count; ++page) {
            const auto image =
                renderer.value().render({.pageIndex = page, .pageWidthPixels = 500}, {});
            if (image.ok()) {
                ++drawn;
                CHECK(image.value().width == 500);
                continue;
            }
            CAPTURE(image.error().message);
            CHECK(image.error().message.find("seal") == std::string::npos);
            CHECK(image.error().message.find("SIGSEGV") == std::string::npos);
        }
    }
    CHECK(drawn > 50);
}
