#include "extract/text/page_layout.h"

#include "extract/text/columns.h"
#include "extract/text/page_text_builder.h"
#include "extract/text/unicode.h"

#include <array>
#include <cmath>
#include <numeric>

namespace attest::extract {

// The walk of a page: its words are turned upright (each of the four directions is laid out on its
// own), gathered to segments (words of a line without a column gap), the segments to regions
// (columns of prose one after the other), and in each region to lines, left to right, and lines to
// blocks.

namespace {

// All in heights of the words concerned, which is about 1.15 font sizes.
constexpr float kWordGap = 0.1F;   // more than this, and it is another word
constexpr float kColumnGap = 1.0F; // more than this, and it is another cell
constexpr float kNumberGap = 0.5F; // the same between two numbers, which no text sets so far apart
constexpr float kSentenceGap = 1.25F;  // the same behind a full stop
constexpr float kStretchedGap = 2.0F;  // the same against the gaps of a justified line
constexpr float kSureColumnGap = 1.7F; // but this is a cell in any line
constexpr float kOverprint = -0.5F;    // words that lie over each other are not one word either
constexpr float kMinBlockGap = 1.45F;  // line to line; less is never a new block
constexpr float kSureBlockGap = 3.2F;  // more always is
constexpr float kUsualFactor = 1.35F;  // against the usual distance of the region's lines
constexpr float kEvenly = 0.12F;       // rows this evenly spaced belong together
constexpr float kMinHeight = 1.0F;     // points; smaller text is not meant to be read

struct Line {
    std::vector<Segment> segments;
    ReadingBox box; // v0, v1: of its tallest segment
};

ReadingBox toReading(const WordBox& box, int quarterTurns, const PlacedPage& page) {
    switch (quarterTurns & 3) {
    case 1:
        return {box.top, box.bottom, page.width - box.right, page.width - box.left};
    case 2:
        return {page.width - box.right,
                page.width - box.left,
                page.height - box.bottom,
                page.height - box.top};
    case 3:
        return {page.height - box.bottom, page.height - box.top, box.left, box.right};
    default:
        return {box.left, box.right, box.top, box.bottom};
    }
}

// Lays out the words of one direction.
class DirectionLayout {
public:
    DirectionLayout(const PlacedPage& page,
                    std::vector<std::size_t> words,
                    PageTextBuilder& builder)
        : page_(page), words_(std::move(words)), builder_(builder) {}

    void write() {
        boxes_.resize(page_.words.size());
        for (const std::size_t word : words_) {
            boxes_[word] = boxOf(page_.words[word]);
        }
        for (const std::vector<Segment>& region : splitIntoRegions(makeSegments())) {
            builder_.separate(Separator::EmptyLine);
            writeRegion(region);
        }
    }

private:
    ReadingBox boxOf(const PlacedWord& word) const {
        ReadingBox box = toReading(word.boxes.front(), word.quarterTurns, page_);
        for (const WordBox& part : word.boxes) {
            box.include(toReading(part, word.quarterTurns, page_));
        }
        return box;
    }

    // Rows of words of which each overlaps the row's tallest word.
    std::vector<std::vector<std::size_t>> makeRows() {
        std::sort(words_.begin(), words_.end(), [this](std::size_t a, std::size_t b) {
            return boxes_[a].middle() < boxes_[b].middle() ||
                   (boxes_[a].middle() == boxes_[b].middle() && boxes_[a].u0 < boxes_[b].u0);
        });
        std::vector<std::vector<std::size_t>> rows;
        std::vector<ReadingBox> tallest;
        for (const std::size_t word : words_) {
            std::size_t found = rows.size();
            // Words come by their middle, so only the last rows can still be open.
            for (std::size_t back = 1; back <= std::min<std::size_t>(rows.size(), 4); ++back) {
                if (isOnOneLine(tallest[rows.size() - back], boxes_[word])) {
                    found = rows.size() - back;
                    break;
                }
            }
            if (found == rows.size()) {
                rows.emplace_back();
                tallest.push_back(boxes_[word]);
            }
            rows[found].push_back(word);
            if (boxes_[word].height() > tallest[found].height()) {
                tallest[found] = boxes_[word];
            }
        }
        return rows;
    }

    std::vector<Segment> makeSegments() {
        std::vector<Segment> segments;
        for (std::vector<std::size_t>& row : makeRows()) {
            std::sort(row.begin(), row.end(), [this](std::size_t a, std::size_t b) {
                return boxes_[a].u0 < boxes_[b].u0 ||
                       (boxes_[a].u0 == boxes_[b].u0 && boxes_[a].v0 < boxes_[b].v0);
            });
            const float proseGap = proseCellGap(row);
            float reached = 0; // right end of all words so far
            for (std::size_t i = 0; i < row.size(); ++i) {
                const ReadingBox& box = boxes_[row[i]];
                if (i == 0 || box.u0 - reached > cellGap(row[i - 1], row[i], proseGap)) {
                    segments.emplace_back();
                    segments.back().box = box;
                    reached = box.u1;
                }
                addWord(segments.back(), row[i]);
                reached = std::max(reached, box.u1);
            }
        }
        return segments;
    }

    // Justified lines stretch their word gaps, which makes no cells: in a row of many words, mostly
    // letters, a cell's gap has to be wide against the row's own. In heights.
    float proseCellGap(const std::vector<std::size_t>& row) const {
        constexpr std::size_t kMinGaps = 6;
        if (row.size() <= kMinGaps) {
            return kColumnGap;
        }
        std::size_t letters = 0;
        std::size_t characters = 0;
        std::vector<float> gaps;
        for (std::size_t i = 0; i < row.size(); ++i) {
            for (const char32_t codePoint : page_.words[row[i]].text) {
                letters += isLetter(codePoint) ? 1U : 0U;
                ++characters;
            }
            if (i > 0) {
                const float unit = std::max(gapUnit(row[i - 1], row[i]), kMinHeight);
                gaps.push_back((boxes_[row[i]].u0 - boxes_[row[i - 1]].u1) / unit);
            }
        }
        if (double(letters) < 0.7 * double(characters)) {
            return kColumnGap;
        }
        const auto quarter = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 4);
        std::nth_element(gaps.begin(), quarter, gaps.end());
        return std::clamp(kStretchedGap * *quarter, kColumnGap, kSureColumnGap);
    }

    bool isNumber(std::size_t word) const {
        const std::u32string& text = page_.words[word].text;
        const auto digits = std::count_if(text.begin(), text.end(), isDigit);
        return static_cast<std::size_t>(digits) * 2 > text.size();
    }

    // The gap between two words that makes them two cells. Points.
    float cellGap(std::size_t left, std::size_t right, float proseGap) const {
        float gap = proseGap;
        if (isNumber(left) && isNumber(right)) {
            gap = kNumberGap;
        } else if (page_.words[left].text.back() == U'.') {
            gap = std::max(gap, kSentenceGap);
        }
        return gap * gapUnit(left, right);
    }

    float gapUnit(std::size_t left, std::size_t right) const {
        return std::min(boxes_[left].height(), boxes_[right].height());
    }

    void addWord(Segment& segment, std::size_t word) const {
        const ReadingBox& box = boxes_[word];
        segment.words.push_back(word);
        segment.box.u0 = std::min(segment.box.u0, box.u0);
        segment.box.u1 = std::max(segment.box.u1, box.u1);
        if (box.height() > segment.box.height()) {
            segment.box.v0 = box.v0;
            segment.box.v1 = box.v1;
        }
        const std::u32string& text = page_.words[word].text;
        if (segment.words.size() == 1) {
            segment.beginsSmall = isLowerCase(text.front());
        }
        segment.characters += text.size();
        for (const char32_t codePoint : text) {
            segment.letters += isLetter(codePoint) ? 1U : 0U;
        }
    }

    static std::vector<Line> makeLines(const std::vector<Segment>& region) {
        std::vector<Line> lines;
        for (const Segment& segment : region) {
            std::size_t found = lines.size();
            for (std::size_t back = 1; back <= std::min<std::size_t>(lines.size(), 4); ++back) {
                if (isOnOneLine(lines[lines.size() - back].box, segment.box)) {
                    found = lines.size() - back;
                    break;
                }
            }
            if (found == lines.size()) {
                lines.push_back({{}, segment.box});
            }
            lines[found].segments.push_back(segment);
            if (segment.box.height() > lines[found].box.height()) {
                lines[found].box = segment.box;
            }
        }
        for (Line& line : lines) {
            std::sort(line.segments.begin(), line.segments.end(), [](const auto& a, const auto& b) {
                return a.box.u0 < b.box.u0;
            });
        }
        std::sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
            return a.box.middle() < b.box.middle();
        });
        return lines;
    }

    // Distances from each line's lower edge to the next one's.
    static std::vector<float> distances(const std::vector<Line>& lines) {
        std::vector<float> out;
        for (std::size_t i = 1; i < lines.size(); ++i) {
            out.push_back(lines[i].box.v1 - lines[i - 1].box.v1);
        }
        return out;
    }

    // The usual distance, in heights: a median that leaves out gaps between blocks.
    static float usualDistance(const std::vector<Line>& lines, const std::vector<float>& gaps) {
        std::vector<float> ratios;
        for (std::size_t i = 0; i < gaps.size(); ++i) {
            const float ratio = gaps[i] / std::max(lines[i + 1].box.height(), kMinHeight);
            if (ratio < kSureBlockGap) {
                ratios.push_back(ratio);
            }
        }
        if (ratios.empty()) {
            return 1.0F;
        }
        const auto middle = ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2);
        std::nth_element(ratios.begin(), middle, ratios.end());
        return *middle;
    }

    static bool beginsBlock(const std::vector<Line>& lines,
                            const std::vector<float>& gaps,
                            float usual,
                            std::size_t gap) {
        const float height = std::max(lines[gap + 1].box.height(), kMinHeight);
        const float ratio = gaps[gap] / height;
        if (ratio >= kSureBlockGap) {
            return true;
        }
        if (ratio < kMinBlockGap || ratio < kUsualFactor * usual) {
            return false;
        }
        // Widely spaced rows of a table are no blocks: the next or last gap is the same.
        const auto isEven = [&gaps, gap](std::size_t other) {
            return std::fabs(gaps[other] - gaps[gap]) < kEvenly * gaps[gap];
        };
        return !((gap > 0 && isEven(gap - 1)) || (gap + 1 < gaps.size() && isEven(gap + 1)));
    }

    void writeRegion(const std::vector<Segment>& region) {
        const std::vector<Line> lines = makeLines(region);
        const std::vector<float> gaps = distances(lines);
        const float usual = usualDistance(lines, gaps);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (i > 0) {
                const bool isBlock = beginsBlock(lines, gaps, usual, i - 1);
                builder_.separate(isBlock ? Separator::EmptyLine : Separator::LineBreak);
            }
            bool isAfterBullet = false;
            for (const Segment& segment : lines[i].segments) {
                builder_.separate(isAfterBullet ? Separator::Space : Separator::ColumnGap);
                writeSegment(segment);
                isAfterBullet = &segment == &lines[i].segments.front() && isBullet(segment);
            }
        }
    }

    // "•", "-", "3.", "b)": the wide gap behind it is no column.
    bool isBullet(const Segment& segment) const {
        if (segment.words.size() != 1) {
            return false;
        }
        const std::u32string& text = page_.words[segment.words.front()].text;
        const char32_t last = text.back();
        const bool isNumber = text.size() > 1 && text.size() <= 4 && (last == U'.' || last == U')');
        return isNumber || (text.size() == 1 && !isWordCharacter(last));
    }

    void writeSegment(const Segment& segment) {
        for (std::size_t i = 0; i < segment.words.size(); ++i) {
            if (i > 0) {
                const std::size_t before = segment.words[i - 1];
                const std::size_t word = segment.words[i];
                const float unit = gapUnit(before, word);
                const float gap = boxes_[word].u0 - boxes_[before].u1;
                if (page_.words[before].hasSpaceAfter || gap > kWordGap * unit ||
                    gap < kOverprint * unit) {
                    builder_.separate(Separator::Space);
                }
            }
            writeWord(page_.words[segment.words[i]]);
        }
    }

    void writeWord(const PlacedWord& word) {
        for (std::size_t i = 0; i < word.text.size(); ++i) {
            builder_.add(word.text[i], toCharBox(word.boxes[i]));
        }
    }

    CharBox toCharBox(const WordBox& box) const {
        const auto units = [](float value, float size) {
            return std::clamp(value / size, 0.0F, 1.0F) * 65535.0F;
        };
        CharBox out;
        out.left = static_cast<std::uint16_t>(std::floor(units(box.left, page_.width)));
        out.top = static_cast<std::uint16_t>(std::floor(units(box.top, page_.height)));
        out.right = static_cast<std::uint16_t>(std::ceil(units(box.right, page_.width)));
        out.bottom = static_cast<std::uint16_t>(std::ceil(units(box.bottom, page_.height)));
        if (out == CharBox{}) {
            out.right = out.bottom = 1; // a place, though a tiny one
        }
        return out;
    }

    const PlacedPage& page_;
    std::vector<std::size_t> words_;
    PageTextBuilder& builder_;
    std::vector<ReadingBox> boxes_; // by word; only those of words_ are set
};

} // namespace

PageText layOutPage(const PlacedPage& page) {
    std::array<std::vector<std::size_t>, 4> directions;
    for (std::size_t index = 0; index < page.words.size(); ++index) {
        const PlacedWord& word = page.words[index];
        if (word.text.empty() || word.boxes.size() != word.text.size()) {
            continue;
        }
        float height = 0;
        for (const WordBox& box : word.boxes) {
            height = std::max(height, toReading(box, word.quarterTurns, page).height());
        }
        if (height >= kMinHeight) {
            directions[static_cast<std::size_t>(word.quarterTurns & 3)].push_back(index);
        }
    }
    // The direction of most words is the page's text; stamps and labels at its edges follow.
    std::array<std::size_t, 4> order = {0, 1, 2, 3};
    std::stable_sort(order.begin(), order.end(), [&directions](std::size_t a, std::size_t b) {
        return directions[a].size() > directions[b].size();
    });
    PageTextBuilder builder(PageTextBuilder::Boxes::Kept);
    for (const std::size_t direction : order) {
        if (!directions[direction].empty()) {
            builder.separate(Separator::EmptyLine);
            DirectionLayout(page, std::move(directions[direction]), builder).write();
        }
    }
    return builder.take(page.width, page.height);
}

} // namespace attest::extract
