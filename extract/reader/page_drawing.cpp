#include "extract/reader/page_drawing.h"

#include "extract/reader/pdf_pages.h"

#include <poppler-page-renderer.h>
#include <poppler-page.h>

namespace attest::reader {

poppler::image drawPart(const poppler::page* page, const DrawRequest& request) {
    const DisplayedSize size = displayedSize(page);
    if (!size.isPage()) {
        return {};
    }
    // No hinting: it moves glyphs away from where the page and the character boxes have them.
    poppler::page_renderer renderer;
    renderer.set_render_hint(poppler::page_renderer::antialiasing);
    renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
    renderer.set_image_format(poppler::image::format_argb32);
    constexpr double kPointsPerInch = 72;
    poppler::image image =
        renderer.render_page(page,
                             kPointsPerInch * double(request.pageWidth) / double(size.width),
                             kPointsPerInch * double(request.pageHeight) / double(size.height),
                             static_cast<int>(request.left),
                             static_cast<int>(request.top),
                             static_cast<int>(request.width),
                             static_cast<int>(request.height));
    const bool isAsAsked = image.is_valid() && image.width() == static_cast<int>(request.width) &&
                           image.height() == static_cast<int>(request.height) &&
                           image.bytes_per_row() == static_cast<int>(request.width * kPixelBytes);
    return isAsAsked ? image : poppler::image();
}

} // namespace attest::reader
