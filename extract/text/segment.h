// Words of one line without a column gap between them: a line of prose or one cell of a table. What
// column detection and line building work on.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace attest::extract {

// A rectangle in reading coordinates: u along the line, v from line to line, whatever way the text
// is turned on the page. Points.
struct ReadingBox {
    float u0 = 0;
    float u1 = 0;
    float v0 = 0;
    float v1 = 0;

    float height() const { return v1 - v0; }

    float middle() const { return (v0 + v1) / 2; }

    void include(const ReadingBox& other) {
        u0 = std::min(u0, other.u0);
        u1 = std::max(u1, other.u1);
        v0 = std::min(v0, other.v0);
        v1 = std::max(v1, other.v1);
    }
};

struct Segment {
    std::vector<std::size_t> words; // indices, from left to right
    ReadingBox box;                 // v0, v1: of its tallest word
    std::size_t letters = 0;
    std::size_t characters = 0;
    bool beginsSmall = false; // with a small letter: the line goes on from the one before
};

// Whether two boxes stand on one line: they overlap by half of the smaller one, and neither is so
// much taller that it is an initial or a sum of lines.
inline bool isOnOneLine(const ReadingBox& a, const ReadingBox& b) {
    const float smaller = std::min(a.height(), b.height());
    const float larger = std::max(a.height(), b.height());
    const float overlap = std::min(a.v1, b.v1) - std::max(a.v0, b.v0);
    return overlap >= smaller * 0.5F && smaller >= larger * 0.4F;
}

} // namespace attest::extract
