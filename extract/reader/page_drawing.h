// Pictures of pages.
#pragma once

#include "extract/reader/draw_request.h"

#include <poppler-image.h>

namespace poppler {
class page;
} // namespace poppler

namespace attest::reader {

// The part of the page that the request names, as rows of blue, green, red, alpha without padding.
// Pixel (0, 0) of the whole page is the top left corner of what displayedSize() measures, and the
// page fills pageWidth × pageHeight exactly: both axes have their own resolution. An invalid image
// when the page is none or cannot be drawn. REQUIRES: request.isSound().
poppler::image drawPart(const poppler::page* page, const DrawRequest& request);

} // namespace attest::reader
