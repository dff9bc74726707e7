// Pages of a PDF as images, drawn by attest-reader in its sealed process and never by this one.
#pragma once

#include "base/result.h"
#include "extract/document_reader.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace attest::extract {

struct PageSize {
    double widthPoints = 0; // as shown: after /Rotate and the crop box; 0 x 0: a damaged page
    double heightPoints = 0;
};

// How high a page is that is so many pixels wide: rounded, and at least 1.
std::uint32_t pageHeightPixels(const PageSize& size, std::uint32_t pageWidthPixels);

// Which part of a page at which size. A page of 1000 pixels width with `left` 0, `top` 2000,
// `width` 1000 and `height` 500 is one strip of it. What reaches beyond the page is cut off, so the
// image may be smaller than asked for.
struct RenderRequest {
    std::size_t pageIndex = 0;
    std::uint32_t pageWidthPixels = 0; // of the whole page; gives the resolution
    std::uint32_t left = 0;            // of the wanted part, in those pixels
    std::uint32_t top = 0;
    std::uint32_t width = 0; // 0: to the right edge
    std::uint32_t height = 0;
};

// Rows from top to bottom without padding, 4 bytes a pixel: blue, green, red, 255.
struct PageImage {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::vector<std::uint8_t> pixels;
};

// One open PDF in one sealed process, which is started by open(), stays for as long as the object
// and is started again when it dies or hangs. Not thread-safe; blocks. Geometry agrees with the
// character boxes of readDocument(): a box in 0…1 of the page covers its ink in the image.
class PageRenderer {
public:
    // Reads the file once, as readDocument() does; the file may change or vanish afterwards.
    // Errors: NotFound, Io, Unsupported (not a PDF), InvalidInput (damaged, needs a password),
    //         OutOfResources (too large), Cancelled.
    static Result<PageRenderer> open(const std::filesystem::path& path,
                                     const ReaderOptions& options);

    PageRenderer(PageRenderer&&) noexcept;
    PageRenderer& operator=(PageRenderer&&) noexcept;
    ~PageRenderer();

    std::size_t pageCount() const;
    const std::vector<PageSize>& pageSizes() const;

    // Lower-case hex of the bytes that were opened: a document that was edited since its import
    // shows here.
    const std::string& sha256() const;

    // Text in fonts that the document does not bring along is drawn. False where the kernel has no
    // Landlock or the system no fonts: such text is missing from the images then.
    bool hasSystemFonts() const;

    // Errors: InvalidInput (no such page, an empty or too large part: 64 million pixels at most, or
    // the page cannot be drawn), Io (the reader died or hung twice on this page: 30 seconds each
    // time, or options.wallSeconds), OutOfResources (no memory for the image), Cancelled.
    Result<PageImage> render(const RenderRequest& request, std::stop_token stop);

private:
    struct Impl;
    explicit PageRenderer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace attest::extract
