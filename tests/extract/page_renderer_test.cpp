// With the real attest-reader and the real Poppler.

#include "extract/page_renderer.h"

#include "base/sha256.h"
#include "extract/render_support.h"
#include "support/temporary_folder.h"

#include <array>
#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>

namespace fs = std::filesystem;
using namespace attest;
using namespace attest::extract;
using namespace attest::test;

namespace {

struct PdfPage {
    std::string attributes; // MediaBox and whatever else
    std::string content;
};

constexpr const char* kTwoLines = "BT /F1 16 Tf 172 300 Td (Metformin 500 mg) Tj ET "
                                  "BT /F1 16 Tf 172 240 Td (Lisinopril 10 mg) Tj ET";

std::string makePdf(const std::vector<PdfPage>& pages) {
    std::vector<std::string> objects = {
        "<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"};
    std::string kids;
    for (const PdfPage& page : pages) {
        const std::string number = std::to_string(objects.size() + 1);
        kids += number + " 0 R ";
        objects.push_back("<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>>>/Contents " +
                          std::to_string(objects.size() + 2) + " 0 R" + page.attributes + ">>");
        objects.push_back("<</Length " + std::to_string(page.content.size()) + ">>stream\n" +
                          page.content + "\nendstream");
    }
    objects[1] = "<</Type/Pages/Kids[" + kids + "]/Count " + std::to_string(pages.size()) + ">>";
    std::string pdf = "%PDF-1.6\n";
    std::string table = "0000000000 65535 f \n";
    for (std::size_t i = 0; i < objects.size(); ++i) {
        const std::string offset = std::to_string(pdf.size());
        table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
        pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::string start = std::to_string(pdf.size());
    const std::string count = std::to_string(objects.size() + 1);
    return pdf + "xref\n0 " + count + "\n" + table + "trailer\n<</Size " + count +
           "/Root 1 0 R>>\nstartxref\n" + start + "\n%%EOF\n";
}

struct PixelBox {
    int left = 0;
    int top = 0;
    int right = 0; // half open
    int bottom = 0;
};

PixelBox toPixels(const CharBox& box, const PageImage& image) {
    const auto place = [](std::uint16_t part, std::uint32_t size) {
        return static_cast<int>(double(part) / 65535.0 * double(size));
    };
    return {place(box.left, image.width),
            place(box.top, image.height),
            place(box.right, image.width) + 1,
            place(box.bottom, image.height) + 1};
}

struct InkCount {
    int charactersWithoutInk = 0;
    int characters = 0;
    int strayPixels = 0; // dark, and in nobody's box
};

// How the image agrees with the character boxes of the page's text.
InkCount compareInk(const PageText& text, const PageImage& image) {
    constexpr int kInk = 100;
    constexpr int kOverhang = 2; // a "j" and its like reach beyond their boxes
    InkCount count;
    const auto width = static_cast<int>(image.width);
    const auto height = static_cast<int>(image.height);
    std::vector<char> isCovered(std::size_t{image.width} * image.height);
    for (std::size_t i = 0; i < text.boxes.size(); ++i) { // ASCII: one byte a character
        if (text.text[i] == ' ' || text.text[i] == '\n') {
            continue;
        }
        const PixelBox box = toPixels(text.boxes[i], image);
        ++count.characters;
        bool hasInk = false;
        for (int y = std::max(box.top - kOverhang, 0); y < std::min(box.bottom + kOverhang, height);
             ++y) {
            for (int x = std::max(box.left - kOverhang, 0);
                 x < std::min(box.right + kOverhang, width);
                 ++x) {
                isCovered[static_cast<std::size_t>(y * width + x)] = 1;
                const bool isInside =
                    x >= box.left && x < box.right && y >= box.top && y < box.bottom;
                hasInk = hasInk || (isInside && darkness(image,
                                                         static_cast<std::uint32_t>(x),
                                                         static_cast<std::uint32_t>(y)) > kInk);
            }
        }
        count.charactersWithoutInk += hasInk ? 0 : 1;
    }
    for (std::uint32_t y = 0; y < image.height; ++y) {
        for (std::uint32_t x = 0; x < image.width; ++x) {
            const bool isStray =
                isCovered[std::size_t{y} * image.width + x] == 0 && darkness(image, x, y) > kInk;
            count.strayPixels += isStray ? 1 : 0;
        }
    }
    return count;
}

} // namespace

TEST_CASE("a page is drawn with its ink where the character boxes are", "[extract][render]") {
    const TemporaryFolder folder;
    const std::string turn = GENERATE("0", "90", "180", "270");
    const std::string box = GENERATE("/MediaBox[0 0 500 400]",
                                     "/MediaBox[0 0 612 792]/CropBox[150 200 400 350]",
                                     "/MediaBox[100 150 500.5 400.25]",
                                     "/MediaBox[0 0 500 400]/CropBox[-50 100 450 900]",
                                     "/MediaBox[0 0 500 400]/UserUnit 2");
    CAPTURE(turn, box);
    const fs::path path = folder.write("page.pdf", makePdf({{box + "/Rotate " + turn, kTwoLines}}));

    PageRenderer renderer = openRenderer(path);
    const auto document = readDocument(path, realReader(), {}, {});
    const PageImage image = render(renderer, {.pageWidthPixels = 900});

    REQUIRE(document.ok());
    REQUIRE(document.value().pages.size() == 1);
    REQUIRE(renderer.pageCount() == 1);
    const PageText& text = document.value().pages[0];
    CHECK(text.text.find("Metformin 500 mg") != std::string::npos);
    CHECK(renderer.pageSizes()[0].widthPoints == double(text.widthPoints));
    CHECK(renderer.pageSizes()[0].heightPoints == double(text.heightPoints));
    CHECK(renderer.sha256() == document.value().sha256);
    CHECK(renderer.hasSystemFonts());
    CHECK(image.width == 900);
    CHECK(image.height == pageHeightPixels(renderer.pageSizes()[0], 900));
    REQUIRE(image.pixels.size() == std::size_t{image.width} * image.height * 4);
    const InkCount ink = compareInk(text, image);
    CHECK(ink.characters >= 28);
    CHECK(ink.charactersWithoutInk == 0);
    CHECK(ink.strayPixels == 0);
}

TEST_CASE("the sample documents are drawn as they are read", "[extract][render][samples]") {
    const std::string name =
        GENERATE("radiology_report.pdf", "medication_list.pdf", "lab_report_two_columns.pdf");
    CAPTURE(name);
    PageRenderer renderer = openRenderer(sample(name));
    const auto document = readDocument(sample(name), realReader(), {}, {});
    REQUIRE(document.ok());

    const PageImage image = render(renderer, {.pageWidthPixels = 1200});

    const InkCount ink = compareInk(document.value().pages.at(0), image);
    CHECK(ink.characters > 300);
    // Thin characters in light colours, such as full stops of a footer, do not reach the threshold.
    CHECK(ink.charactersWithoutInk * 20 <= ink.characters);
    CHECK(image.pixels[3] == 255);
}

TEST_CASE("strips of a page are the page", "[extract][render]") {
    PageRenderer renderer = openRenderer(sample("lab_report.pdf"));
    const PageImage whole = render(renderer, {.pageWidthPixels = 900});
    constexpr std::uint32_t kRows = 211;
    std::vector<std::uint8_t> joined;

    for (std::uint32_t top = 0; top < whole.height; top += kRows) {
        const PageImage strip =
            render(renderer, {.pageWidthPixels = 900, .top = top, .height = kRows});
        CHECK(strip.width == 900);
        CHECK(strip.height == std::min(kRows, whole.height - top)); // the last is cut off
        joined.insert(joined.end(), strip.pixels.begin(), strip.pixels.end());
    }
    const PageImage tile = render(
        renderer, {.pageWidthPixels = 900, .left = 60, .top = 100, .width = 300, .height = 200});

    REQUIRE(joined.size() == whole.pixels.size());
    std::size_t different = 0;
    for (std::size_t i = 0; i < joined.size(); ++i) {
        different += std::abs(int{joined[i]} - int{whole.pixels[i]}) > 32 ? 1U : 0U;
    }
    CHECK(different == 0);
    REQUIRE(tile.width == 300);
    REQUIRE(tile.height == 200);
    std::size_t differentInTile = 0;
    for (std::uint32_t y = 0; y < tile.height; ++y) {
        for (std::uint32_t x = 0; x < tile.width; ++x) {
            const bool isSame =
                std::abs(darkness(tile, x, y) - darkness(whole, x + 60, y + 100)) <= 32;
            differentInTile += isSame ? 0U : 1U;
        }
    }
    CHECK(differentInTile == 0);
}

TEST_CASE("a page can be drawn at any zoom in any order", "[extract][render]") {
    PageRenderer renderer = openRenderer(sample("patient_record.pdf"));
    REQUIRE(renderer.pageCount() == 40);

    for (const std::size_t page : {std::size_t{39}, std::size_t{0}, std::size_t{17}}) {
        const PageImage small = render(renderer, {.pageIndex = page, .pageWidthPixels = 120});
        const PageImage large = render(renderer, {.pageIndex = page, .pageWidthPixels = 2400});
        CHECK(small.width == 120);
        CHECK(large.width == 2400);
        CHECK(darkPixels(large) > 1000);
    }
    // Larger than one band of the reader's.
    const PageImage huge = render(renderer, {.pageWidthPixels = 6000});
    CHECK(huge.width == 6000);
    CHECK(huge.pixels.size() == std::size_t{huge.width} * huge.height * 4);
    CHECK(darkPixels(huge) > 10000);
}

TEST_CASE("Japanese text in a font that is not embedded is drawn", "[extract][render]") {
    PageRenderer renderer = openRenderer(dataFile("cjk.pdf"));

    CHECK(darkPixels(render(renderer, {.pageWidthPixels = 900})) > 100);
}

TEST_CASE("requests that make no sense are refused and harm nothing", "[extract][render]") {
    PageRenderer renderer = openRenderer(dataFile("plain.pdf"));
    const std::array requests = {
        RenderRequest{.pageIndex = 1, .pageWidthPixels = 100},
        RenderRequest{.pageIndex = ~std::size_t{0}, .pageWidthPixels = 100},
        RenderRequest{.pageWidthPixels = 0},
        RenderRequest{.pageWidthPixels = 0xFFFFFFFF},
        RenderRequest{.pageWidthPixels = 100, .left = 100},
        RenderRequest{.pageWidthPixels = 100, .top = 130},
        RenderRequest{.pageWidthPixels = 100, .left = 0xFFFFFFFF, .width = 0xFFFFFFFF},
        RenderRequest{.pageWidthPixels = 8000},
        RenderRequest{.pageWidthPixels = 1'000'000, .height = 65},
    };
    for (const RenderRequest& request : requests) {
        CAPTURE(request.pageIndex, request.pageWidthPixels, request.left, request.top);
        const auto image = renderer.render(request, {});
        REQUIRE_FALSE(image.ok());
        CHECK(image.error().code == ErrorCode::InvalidInput);
        CHECK(image.error().message.find("plain.pdf', page ") != std::string::npos);
    }
    CHECK(render(renderer, {.pageWidthPixels = 500'000, .height = 20}).width == 500'000);
    CHECK(darkPixels(render(renderer, {.pageWidthPixels = 600})) > 50);
}

TEST_CASE("files that cannot be opened say why", "[extract][render]") {
    const TemporaryFolder folder;

    struct Case {
        fs::path path;
        ErrorCode code;
        const char* word;
    };

    const std::array cases = {
        Case{folder.path() / "none.pdf", ErrorCode::NotFound, "none.pdf"},
        Case{folder.path(), ErrorCode::Io, "regular file"},
        Case{folder.write("note.txt", "A note about %PDF-1.4"), ErrorCode::Unsupported, "note.txt"},
        Case{folder.write("empty.pdf", ""), ErrorCode::InvalidInput, "empty"},
        Case{folder.write("garbage.pdf", std::string(5000, '\xA7')),
             ErrorCode::InvalidInput,
             "damaged"},
        Case{dataFile("truncated.pdf"), ErrorCode::InvalidInput, "damaged"},
        Case{dataFile("user_password.pdf"), ErrorCode::InvalidInput, "password"},
    };
    for (const Case& one : cases) {
        CAPTURE(one.path.string());
        const auto renderer = PageRenderer::open(one.path, realReader());
        REQUIRE_FALSE(renderer.ok());
        CHECK(renderer.error().code == one.code);
        CHECK(renderer.error().message.find(one.word) != std::string::npos);
    }

    ReaderOptions limited = realReader();
    limited.maxFileBytes = 100;
    const auto large = PageRenderer::open(dataFile("plain.pdf"), limited);
    limited = realReader();
    limited.maxPages = 39;
    const auto long40 = PageRenderer::open(sample("patient_record.pdf"), limited);
    ReaderOptions missing;
    missing.readerProgram = "/nonexistent/attest-reader";
    const auto unread = PageRenderer::open(dataFile("plain.pdf"), missing);

    REQUIRE_FALSE(large.ok());
    CHECK(large.error().code == ErrorCode::OutOfResources);
    REQUIRE_FALSE(long40.ok());
    CHECK(long40.error().code == ErrorCode::OutOfResources);
    REQUIRE_FALSE(unread.ok());
    CHECK(unread.error().code == ErrorCode::Io);
}

TEST_CASE("odd pages among others are refused alone", "[extract][render]") {
    const TemporaryFolder folder;
    const fs::path path =
        folder.write("odd.pdf",
                     makePdf({{"/MediaBox[0 0 500 400]", kTwoLines},
                              {"/MediaBox[0 0 0 0]", kTwoLines},
                              {"/MediaBox[0 0 90000000 90000000]", kTwoLines},
                              {"/MediaBox[0 0 2 400000]", kTwoLines},
                              {"/MediaBox[0 0 500 400]", "q BT (no end <</ [ 1 2 Tf @@ Do"},
                              {"/MediaBox[0 0 500 400]", kTwoLines}}));
    PageRenderer renderer = openRenderer(path);
    REQUIRE(renderer.pageCount() == 6);

    for (const std::size_t page : {std::size_t{0}, std::size_t{5}}) {
        CHECK(darkPixels(render(renderer, {.pageIndex = page, .pageWidthPixels = 500})) > 50);
    }
    // What cannot be told from the file is drawn as far as it goes.
    CHECK(render(renderer, {.pageIndex = 4, .pageWidthPixels = 500}).height == 400);
    for (const std::size_t page : {std::size_t{2}, std::size_t{3}}) {
        CAPTURE(page);
        const auto image = renderer.render({.pageIndex = page, .pageWidthPixels = 500}, {});
        REQUIRE_FALSE(image.ok());
        CHECK(image.error().code == ErrorCode::InvalidInput);
    }
    CHECK(render(renderer, {.pageIndex = 3, .pageWidthPixels = 4, .top = 700'000, .height = 500})
              .height == 500);

    PageRenderer damaged = openRenderer(dataFile("damaged_page.pdf"));
    REQUIRE(damaged.pageCount() == 2);
    CHECK(damaged.pageSizes()[1].widthPoints == 0);
    CHECK(darkPixels(render(damaged, {.pageWidthPixels = 600})) > 50);
    const auto refused = damaged.render({.pageIndex = 1, .pageWidthPixels = 600}, {});
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::InvalidInput);
    CHECK(refused.error().message.find("damaged_page.pdf', page 2") != std::string::npos);

    CHECK(openRenderer(dataFile("zero_pages.pdf")).pageCount() == 0);
}

TEST_CASE("a document that changes or vanishes after it was opened is drawn as it was",
          "[extract][render]") {
    const TemporaryFolder folder;
    const std::string bytes = makePdf({{"/MediaBox[0 0 500 400]", kTwoLines}});
    const fs::path path = folder.write("gone.pdf", bytes);
    PageRenderer renderer = openRenderer(path);
    const PageImage before = render(renderer, {.pageWidthPixels = 300});

    folder.write("gone.pdf", "something else");
    const PageImage changed = render(renderer, {.pageWidthPixels = 300});
    fs::remove(path);
    const PageImage gone = render(renderer, {.pageWidthPixels = 300});

    CHECK(changed.pixels == before.pixels);
    CHECK(gone.pixels == before.pixels);
    CHECK(renderer.sha256() == sha256Hex(bytes));
}

TEST_CASE("thousands of pages open", "[extract][render]") {
    const TemporaryFolder folder;
    std::vector<PdfPage> pages(3000, {"/MediaBox[0 0 612 792]", kTwoLines});
    pages[2999].attributes = "/MediaBox[0 0 792 612]";
    PageRenderer renderer = openRenderer(folder.write("long.pdf", makePdf(pages)));

    REQUIRE(renderer.pageCount() == 3000);
    CHECK(renderer.pageSizes()[2998].widthPoints == 612);
    CHECK(renderer.pageSizes()[2999].widthPoints == 792);
    CHECK(darkPixels(render(renderer, {.pageIndex = 2999, .pageWidthPixels = 600})) > 50);
}

TEST_CASE("a page that never ends is given up and the next one drawn", "[extract][render]") {
    ReaderOptions options = realReader();
    std::string reason;
    SECTION("by the clock") {
        options.wallSeconds = 2;
        reason = "(more than 2 s)";
    }
    SECTION("by processor time") {
        options.cpuSeconds = 1;
        reason = "more than 1 second";
    }
    PageRenderer renderer = openRenderer(dataFile("form_laughs.pdf"), options);

    const auto image = renderer.render({.pageWidthPixels = 600}, {});

    REQUIRE_FALSE(image.ok());
    CHECK(image.error().code == ErrorCode::Io);
    CHECK(image.error().message.find("form_laughs.pdf', page 1") != std::string::npos);
    CHECK(image.error().message.find(reason) != std::string::npos);
    CHECK(renderer.render({.pageIndex = 9, .pageWidthPixels = 600}, {}).error().code ==
          ErrorCode::InvalidInput);
}

TEST_CASE("a page that needs too much memory is an error", "[extract][render]") {
    ReaderOptions options = realReader();
    options.memoryBytes = 300ULL << 20U;
    PageRenderer renderer = openRenderer(dataFile("nest_q.pdf"), options);

    const auto image = renderer.render({.pageWidthPixels = 600}, {});

    REQUIRE_FALSE(image.ok());
    CHECK(image.error().code == ErrorCode::Io);
    CHECK(image.error().message.find("memory") != std::string::npos);
}

TEST_CASE("a process whose time is used up is replaced without a word", "[extract][render]") {
    ReaderOptions options = realReader();
    options.cpuSeconds = 1;
    PageRenderer renderer = openRenderer(sample("patient_record.pdf"), options);
    const auto first = childIds();
    std::size_t page = 0;

    // Each page takes some 50 ms of processor time.
    while (page < 500 && childIds() == first) {
        const auto image = renderer.render(
            {.pageIndex = page % renderer.pageCount(), .pageWidthPixels = 2600}, {});
        REQUIRE(image.ok());
        ++page;
    }

    CHECK(page > 1);
    CHECK(childIds().size() == 1);
    CHECK(childIds() != first);
}

TEST_CASE("drawing stops when it is cancelled and goes on afterwards", "[extract][render]") {
    PageRenderer renderer = openRenderer(dataFile("form_laughs.pdf"));
    std::stop_source early;
    early.request_stop();
    std::stop_source late;

    const auto never = renderer.render({.pageWidthPixels = 600}, early.get_token());
    const auto begin = std::chrono::steady_clock::now();
    const std::jthread canceller([&late] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        late.request_stop();
    });
    const auto cut = renderer.render({.pageWidthPixels = 600}, late.get_token());
    const auto took = std::chrono::steady_clock::now() - begin;

    REQUIRE_FALSE(never.ok());
    CHECK(never.error().code == ErrorCode::Cancelled);
    REQUIRE_FALSE(cut.ok());
    CHECK(cut.error().code == ErrorCode::Cancelled);
    CHECK(took < std::chrono::seconds(25)); // the page would have taken its whole limit

    PageRenderer quick = openRenderer(dataFile("plain.pdf"));
    CHECK_FALSE(quick.render({.pageWidthPixels = 600}, early.get_token()).ok());
    CHECK(darkPixels(render(quick, {.pageWidthPixels = 600})) > 50);
}

TEST_CASE("a renderer goes on when the thread that opened it ended", "[extract][render]") {
    // The reader dies with the thread that started it.
    std::unique_ptr<PageRenderer> renderer;
    std::thread([&renderer] {
        renderer = std::make_unique<PageRenderer>(openRenderer(dataFile("plain.pdf")));
    }).join();

    for (int i = 0; i < 3; ++i) {
        std::thread([&renderer] {
            CHECK(darkPixels(render(*renderer, {.pageWidthPixels = 600})) > 50);
        }).join();
    }
}

TEST_CASE("no process is left behind", "[extract][render]") {
    const std::size_t before = childIds().size();
    {
        PageRenderer first = openRenderer(dataFile("plain.pdf"));
        PageRenderer second = openRenderer(dataFile("rotated.pdf"));
        CHECK(childIds().size() == before + 2);
        first = std::move(second);
        CHECK(childIds().size() == before + 1);
        CHECK(render(first, {.pageWidthPixels = 100}).width == 100);
    }
    CHECK(childIds().size() == before);
}
