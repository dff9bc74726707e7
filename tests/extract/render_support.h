// What the tests of page images share.
#pragma once

#include "extract/page_renderer.h"
#include "extract/reader_support.h"
#include "support/catch.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attest::test {

using extract::PageImage;
using extract::PageRenderer;
using extract::RenderRequest;

inline PageRenderer openRenderer(const fs::path& path,
                                 const ReaderOptions& options = realReader()) {
    CAPTURE(path.string());
    auto renderer = PageRenderer::open(path, options);
    if (!renderer.ok()) {
        FAIL(renderer.error().message);
    }
    return std::move(renderer).value();
}

inline PageImage render(PageRenderer& renderer, const RenderRequest& request) {
    auto image = renderer.render(request, {});
    if (!image.ok()) {
        FAIL(image.error().message);
    }
    return std::move(image).value();
}

// The darkest colour of a pixel, 0…255.
inline int darkness(const PageImage& image, std::uint32_t x, std::uint32_t y) {
    const std::uint8_t* pixel = image.pixels.data() + (std::size_t{y} * image.width + x) * 4;
    return 255 - std::min({pixel[0], pixel[1], pixel[2]});
}

inline int darkPixels(const PageImage& image) {
    int count = 0;
    for (std::uint32_t y = 0; y < image.height; ++y) {
        for (std::uint32_t x = 0; x < image.width; ++x) {
            count += darkness(image, x, y) > 100 ? 1 : 0;
        }
    }
    return count;
}

// Processes that this one started and that are still there.
inline std::vector<std::string> childIds() {
    std::vector<std::string> ids;
    for (const auto& task : fs::directory_iterator("/proc/self/task")) {
        std::ifstream children(task.path() / "children");
        std::string child;
        while (children >> child) {
            ids.push_back(child);
        }
    }
    return ids;
}

} // namespace attest::test
