#include "extract/reader/canary.h"

#include "extract/reader/page_drawing.h"
#include "extract/reader/pdf_pages.h"

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include <iconv.h>
#include <memory>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace attest::reader {

namespace {

constexpr const char* kCjkProbe = "/usr/share/poppler/cMap/Adobe-Japan1/90ms-RKSJ-H";

enum class CanaryFonts { Latin, LatinAndCjk };

// A one-page PDF with the given content stream. F1 is Helvetica; F2 a font that is not embedded and
// whose text Poppler can only decode with a predefined CMap. Warming up must not name F2: Poppler
// would keep the CMap, and the canary would say nothing about files read later.
std::string makePdf(std::string_view content, CanaryFonts fonts) {
    const std::string fontList = fonts == CanaryFonts::Latin ? "/F1 5 0 R" : "/F1 5 0 R/F2 6 0 R";
    const std::vector<std::string> objects = {
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 4 0 R"
        "/Resources<</Font<<" +
            fontList + ">>>>>>",
        "<</Length " + std::to_string(content.size()) + ">>stream\n" + std::string(content) +
            "\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        "<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light/Encoding/90ms-RKSJ-H"
        "/DescendantFonts[7 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin-Light/DW 1000"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>>>",
    };
    std::string pdf = "%PDF-1.4\n";
    std::string table = "0000000000 65535 f \n";
    for (std::size_t i = 0; i < objects.size(); ++i) {
        const std::string offset = std::to_string(pdf.size());
        table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
        pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::string count = std::to_string(objects.size() + 1);
    const std::string start = std::to_string(pdf.size());
    pdf += "xref\n0 " + count + "\n" + table + "trailer\n<</Size " + count +
           "/Root 1 0 R>>\nstartxref\n" + start + "\n%%EOF\n";
    return pdf;
}

constexpr std::string_view kLatinContent =
    "BT /F1 12 Tf 20 150 Td (Canary 12.5 mg \351t\351) Tj ET";
constexpr std::string_view kCjkContent = "BT /F1 12 Tf 20 150 Td (Canary 12.5 mg \351t\351) Tj ET "
                                         "BT /F2 12 Tf 20 100 Td <93fa967b8cea> Tj ET";

// A box from (20, 20) to (120, 80), counted from the bottom left, and a line of text above it.
constexpr std::string_view kDrawnContent =
    "0 g 20 20 100 60 re f BT /F1 24 Tf 20 150 Td (Canary) Tj ET";

std::unique_ptr<poppler::document> openPdf(const std::string& pdf) {
    return std::unique_ptr<poppler::document>(
        poppler::document::load_from_raw_data(pdf.data(), static_cast<int>(pdf.size())));
}

std::string wordsOf(const std::string& pdf) {
    const auto document = openPdf(pdf);
    if (!document || document->pages() != 1) {
        return {};
    }
    std::string words;
    for (const PageWord& word : readPage(*document, 0).words) {
        words += word.text + "|";
    }
    return words;
}

// How much of a part of the canary's page is dark, 0…1. At 1 pixel a point.
double darkShare(const poppler::image& image, int left, int top, int width, int height) {
    constexpr unsigned char kDark = 128;
    int dark = 0;
    for (int y = top; y < top + height; ++y) {
        const char* row = image.const_data() + y * image.bytes_per_row();
        for (int x = left; x < left + width; ++x) {
            dark += static_cast<unsigned char>(row[x * 4]) < kDark ? 1 : 0;
        }
    }
    return double(dark) / (double(width) * double(height));
}

} // namespace

bool warmUp(Mode mode) {
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
    // poppler-cpp converts through "UTF-16", a module that glibc loads from a file.
    const bool hasConverters = iconv_open("UTF-16", "UTF-8") != iconv_t(-1) &&
                               iconv_open("UTF-8", "UTF-16") != iconv_t(-1) &&
                               iconv_open("UTF-16LE", "UTF-8") != iconv_t(-1) &&
                               iconv_open("UTF-16BE", "UTF-8") != iconv_t(-1) &&
                               iconv_open("UTF-8", "UTF-16LE") != iconv_t(-1) &&
                               iconv_open("UTF-8", "UTF-16BE") != iconv_t(-1);
    // Poppler's globals live as long as any document is open: this one stays open for good.
    static const std::string pdf = makePdf(kLatinContent, CanaryFonts::Latin);
    static const poppler::document* keepOpen =
        poppler::document::load_from_raw_data(pdf.data(), static_cast<int>(pdf.size()));
    if (mode == Mode::Render) {
        drawCanary();
    }
    return hasConverters && keepOpen != nullptr && !wordsOf(pdf).empty();
}

bool hasCjkData() {
    return access(kCjkProbe, R_OK) == 0;
}

bool canaryIsRead(bool withCjk) {
    const std::string latin = "Canary|12.5|mg|\xC3\xA9t\xC3\xA9|";
    const std::string japanese = "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E|";
    return withCjk ? wordsOf(makePdf(kCjkContent, CanaryFonts::LatinAndCjk)) == latin + japanese
                   : wordsOf(makePdf(kLatinContent, CanaryFonts::Latin)) == latin;
}

DrawnCanary drawCanary() {
    constexpr DrawRequest kWhole = {.number = 0,
                                    .pageIndex = 0,
                                    .pageWidth = 400,
                                    .pageHeight = 200,
                                    .left = 0,
                                    .top = 0,
                                    .width = 400,
                                    .height = 200};
    const std::string pdf = makePdf(kDrawnContent, CanaryFonts::Latin);
    const auto document = openPdf(pdf);
    const std::unique_ptr<poppler::page> page(document ? document->create_page(0) : nullptr);
    const poppler::image image = drawPart(page.get(), kWhole);
    DrawnCanary canary;
    if (!image.is_valid()) {
        return canary;
    }
    canary.hasShapes =
        darkShare(image, 21, 121, 98, 58) == 1 && darkShare(image, 200, 100, 200, 100) == 0;
    canary.hasText = darkShare(image, 20, 30, 90, 25) > 0.05;
    return canary;
}

} // namespace attest::reader
