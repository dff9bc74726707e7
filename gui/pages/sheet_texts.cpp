#include "gui/pages/sheet_texts.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace attest::gui {

namespace {

constexpr double kUnitsPerPoint = 96.0 / 72;
constexpr double kFarWider = 1.75;   // A4 turned is 1.41 times as wide as A4
constexpr double kLeastPoints = 8;   // the least and the most that a page can be wide or high
constexpr double kMostPoints = 4000; // 1.4 m; larger ones are shown as large as this
constexpr double kMostToSide = 50;   // a strip is cut to this
constexpr double kNoteCharacters = 84;
constexpr std::size_t kMostInSetLine =
    110;                          // characters; longer lines are paragraphs, to be wrapped
constexpr double kNoteMargin = 4; // of the font's height
constexpr std::size_t kBoxedKept = 256;

QSizeF soundSize(double width, double height) {
    // False for NaN too.
    if (!(width > 0 && height > 0 && std::isfinite(width) && std::isfinite(height))) {
        return {};
    }
    const double scale = std::min(1.0, kMostPoints / std::max(width, height));
    const double least = std::max(width, height) * scale / kMostToSide;
    return {std::max({width * scale, least, kLeastPoints}),
            std::max({height * scale, least, kLeastPoints})};
}

// Notes are often broken into lines already, at 72 or 80 characters: those lines should have room.
double noteWidth(const std::string& text, const QFontMetricsF& metrics) {
    double widest = 0;
    std::size_t longest = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::size_t length = end - begin;
        if (length <= kMostInSetLine && length > longest) {
            longest = length;
            const auto size = static_cast<qsizetype>(length);
            const QString line = QString::fromUtf8(text.data() + begin, size);
            widest = std::max(widest, metrics.horizontalAdvance(line));
        }
        begin = end + 1;
    }
    constexpr double kSlack = 1.06; // a shorter line may be wider
    return std::round(std::max(metrics.averageCharWidth() * kNoteCharacters, widest * kSlack));
}

} // namespace

void SheetTexts::setPages(std::shared_ptr<const Pages> pages,
                          const QFont& noteFont,
                          double textScale) {
    pages_ = std::move(pages);
    boxed_.clear();
    points_.clear();
    for (const storage::PageRecord& page : *pages_) {
        points_.push_back(soundSize(page.widthPoints, page.heightPoints));
    }
    usualWidth_ = usualWidth();
    setNoteFont(noteFont, textScale);
}

void SheetTexts::setNoteFont(const QFont& font, double textScale) {
    noteFont_ = font;
    sheetFont_ = font;
    sheetFont_.setPixelSize(std::max(1, int(std::lround(font.pixelSize() / textScale))));
    notes_.clear();
    measuredNotes_ = 0;
}

void SheetTexts::setSize(std::size_t page, QSizeF points) {
    points_[page] = soundSize(points.width(), points.height());
    notes_.erase(page);
    usualWidth_ = usualWidth();
    boxed_.clear();
}

double SheetTexts::usualWidth() const {
    std::vector<double> widths;
    for (const QSizeF& size : points_) {
        if (!size.isEmpty()) {
            widths.push_back(size.width());
        }
    }
    if (widths.empty()) {
        return 0;
    }
    const auto middle = widths.begin() + static_cast<std::ptrdiff_t>((widths.size() - 1) / 2);
    std::nth_element(widths.begin(), middle, widths.end());
    return *middle;
}

QSizeF SheetTexts::sheetSize(std::size_t page) {
    if (isNote(page)) {
        return note(page).size();
    }
    const QSizeF& points = points_[page];
    const double scale =
        points.width() > usualWidth_ * kFarWider ? usualWidth_ / points.width() : 1;
    return points * scale * kUnitsPerPoint;
}

std::vector<QSizeF> SheetTexts::sheetSizes() {
    std::vector<QSizeF> sizes;
    sizes.reserve(count());
    for (std::size_t page = 0; page < count(); ++page) {
        sizes.push_back(sheetSize(page));
    }
    return sizes;
}

const SheetText& SheetTexts::at(std::size_t page) {
    if (isNote(page)) {
        return note(page);
    }
    return boxed(page);
}

NoteText& SheetTexts::note(std::size_t page) {
    std::unique_ptr<NoteText>& note = notes_[page];
    if (!note) {
        const QFontMetricsF metrics(sheetFont_);
        const double margin = std::round(metrics.height() * kNoteMargin);
        const double width = noteWidth(text(page), metrics) + 2 * margin;
        note = std::make_unique<NoteText>(text(page), noteFont_, width, margin);
    }
    return *note;
}

BoxedText& SheetTexts::boxed(std::size_t page) {
    if (boxed_.size() > kBoxedKept) {
        boxed_.clear();
    }
    std::unique_ptr<BoxedText>& boxed = boxed_[page];
    if (!boxed) {
        boxed = std::make_unique<BoxedText>((*pages_)[page], sheetSize(page));
    }
    return *boxed;
}

std::vector<PageBox> SheetTexts::boxesOf(std::size_t page, TextRange range) {
    return isNote(page) ? std::vector<PageBox>() : boxed(page).boxesOf(range);
}

bool SheetTexts::measureNotes(std::chrono::milliseconds most) {
    using Clock = std::chrono::steady_clock;
    const auto deadline = Clock::now() + most;
    bool hasChanged = false;
    while (measuredNotes_ < count() && Clock::now() < deadline) {
        if (isNote(measuredNotes_)) {
            NoteText& one = note(measuredNotes_);
            hasChanged = true;
            one.measure(std::chrono::duration_cast<std::chrono::milliseconds>(
                deadline - Clock::now() + std::chrono::milliseconds(1)));
            if (!one.isMeasured()) {
                return true;
            }
        }
        ++measuredNotes_;
    }
    return hasChanged;
}

} // namespace attest::gui
