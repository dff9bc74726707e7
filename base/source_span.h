// Where a value stands in a document. The one definition of offsets and boxes for the whole
// program.
#pragma once

#include <cstddef>
#include <cstdint>

namespace attest {

// A half-open range of UTF-8 bytes in the stored text of one page.
struct SourceSpan {
    std::int32_t pageIndex = 0; // 0-based
    std::size_t begin = 0;
    std::size_t end = 0;

    bool operator==(const SourceSpan&) const = default;
};

// A rectangle on a page. Units: fractions of the page's width and height as it is displayed,
// 0…1, origin top left, y down.
struct PageBox {
    float left = 0;
    float top = 0;
    float right = 0;
    float bottom = 0;

    bool operator==(const PageBox&) const = default;
};

} // namespace attest
