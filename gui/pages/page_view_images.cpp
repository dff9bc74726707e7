// Which images are wanted, and what is told when they cannot be had.
#include "gui/app/error_text.h"
#include "gui/pages/page_view_impl.h"
#include "gui/theme/theme.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace attest::gui {

namespace {

constexpr int kPreviewWidth = 480;               // pixels
constexpr qint64 kPreviewFromPixels = 2'500'000; // below that the sharp image is as fast
constexpr std::size_t kTilePixelBytes = 4;
constexpr std::size_t kAheadBytes = PageView::kImageCacheBytes / 2; // what is not visible yet

std::size_t bytesOf(const TileRequest& request) {
    const QRect part = tileRect(request.key, request.page);
    return static_cast<std::size_t>(part.width()) * static_cast<std::size_t>(part.height()) *
           kTilePixelBytes;
}

// Collects requests in order, each once and only what is not there.
class WishList {
public:
    explicit WishList(const TileCache& tiles) : tiles_(tiles) {}

    void add(const TileRequest& request) {
        bytes_ += bytesOf(request);
        if (!tiles_.contains(request.key) && known_.insert(request.key).second) {
            requests_.push_back(request);
        }
    }

    std::size_t bytes() const { return bytes_; }

    std::vector<TileRequest> take() { return std::move(requests_); }

private:
    const TileCache& tiles_;
    std::vector<TileRequest> requests_;
    std::set<TileKey> known_;
    std::size_t bytes_ = 0;
};

} // namespace

void PageView::Impl::openSource() {
    tiles.clear();
    isFileKnown = false;
    hasToldUndrawable = false;
    isShown.assign(pages->size(), false);
    PageImages::Source source;
    source.pdf = document.pdf;
    source.sha256 = document.sha256;
    source.pages = pages;
    source.look.font = theme.font(TextStyle::Body);
    source.look.ink = tokenColor(Token::Text, Palette::Light); // paper is bright in both palettes
    source.look.paper = theme.color(Token::Paper);
    images.setSource(std::move(source));
}

void PageView::Impl::requestSoon(std::chrono::milliseconds delay) {
    // An earlier one must not undo the wait for the end of zooming.
    if (!requestTimer.isActive() || delay.count() > 0) {
        requestTimer.start(delay);
    }
}

void PageView::Impl::requestImages() {
    if (!view.isVisible() || stack.count() == 0) {
        return;
    }
    const double dpr = laidOutRatio;
    const QRectF visible(offset(), QSizeF(view.viewport()->size()));
    const auto partOf = [&](std::size_t page, const QRectF& region) {
        const QRectF sheet = stack.rect(page);
        const QRectF part = region.intersected(sheet).translated(-sheet.topLeft());
        return QRectF(part.topLeft() * dpr, part.size() * dpr).toAlignedRect();
    };
    const auto pagesByDistance = [&](const QRectF& region) {
        const auto [first, last] = stack.within(region.top(), region.bottom());
        std::vector<std::size_t> found;
        for (std::size_t page = first; page < last; ++page) {
            if (!texts.isNote(page)) {
                found.push_back(page);
            }
        }
        // What is read is at the upper third.
        const double eyes = visible.top() + visible.height() / 3;
        const auto distance = [&](std::size_t page) {
            const QRectF sheet = stack.rect(page);
            return std::max({0.0, sheet.top() - eyes, eyes - sheet.bottom()});
        };
        std::stable_sort(found.begin(), found.end(), [&](std::size_t a, std::size_t b) {
            return distance(a) < distance(b);
        });
        return found;
    };

    WishList wishes(tiles);
    const std::vector<std::size_t> inView = pagesByDistance(visible);
    for (const std::size_t page : inView) {
        const QSize size = stack.pixels(page);
        const bool isLarge = qint64(size.width()) * size.height() > kPreviewFromPixels;
        if (isLarge && tiles.standIns(page, size.width()).empty()) {
            const double high = double(kPreviewWidth) * size.height() / size.width();
            const QSize preview(kPreviewWidth, std::max(1, static_cast<int>(std::round(high))));
            wishes.add({{page, kPreviewWidth, 0, 0, 0}, preview});
        }
    }
    const auto addTiles = [&](std::size_t page, const QRectF& region) {
        const QSize size = stack.pixels(page);
        for (const TileKey& key : tilesIn(page, size, partOf(page, region))) {
            wishes.add({key, size});
        }
    };
    for (const std::size_t page : inView) {
        addTiles(page, visible);
    }
    // What will be in view next.
    const double ahead = visible.height() * 0.75;
    const QRectF around = visible.adjusted(-ahead / 2, -ahead, ahead / 2, ahead);
    for (const std::size_t page : pagesByDistance(around)) {
        if (wishes.bytes() < kAheadBytes) {
            addTiles(page, around);
        }
    }
    images.setWanted(wishes.take());
}

void PageView::Impl::takeImage(const TileKey& key, const QImage& image) {
    tiles.insert(key, image);
    if (key.page < stack.count()) {
        view.viewport()->update(
            stack.rect(key.page).translated(-offset()).toAlignedRect().adjusted(-1, -1, 1, 1));
    }
}

QString PageView::Impl::fileName() const {
    return QString::fromStdString(document.pdf.filename().string());
}

void PageView::Impl::takeFileState(const PageFileState& state) {
    isFileKnown = true;
    const QString shown = tr("Shown is its text as it was read.");
    switch (state.kind) {
    case PageFileState::Kind::Shown: {
        bool hasNewSize = false;
        for (std::size_t i = 0; i < std::min(state.sizes.size(), texts.count()); ++i) {
            const extract::PageSize& size = state.sizes[i];
            if (texts.isNote(i) && texts.text(i).empty() && size.widthPoints > 0) {
                texts.setSize(i, {size.widthPoints, size.heightPoints});
                hasNewSize = true;
            }
        }
        if (hasNewSize) {
            layOutAround(steadyPoint(view.viewport()->height()), [this] { setNotes(); });
        }
        if (state.isTextMissing) {
            emit view.notice(tr("Text in fonts that the document does not bring along is missing "
                                "in these pictures. Install fonts to see it."));
        }
        break;
    }
    case PageFileState::Kind::NoFile: {
        bool hasSheets = false;
        for (std::size_t i = 0; i < texts.count(); ++i) {
            hasSheets = hasSheets || !texts.isNote(i);
        }
        if (hasSheets) {
            emit view.notice(tr("The file of this document is not known. %1 Add the file again to "
                                "see its pages.")
                                 .arg(shown));
        }
        break;
    }
    case PageFileState::Kind::Changed:
        emit view.notice(tr("%1 has changed since it was read. %2 Add the file again to read what "
                            "is in it now.")
                             .arg(fileName(), shown));
        break;
    case PageFileState::Kind::Unreadable:
        if (state.error && state.error->code == ErrorCode::NotFound) {
            emit view.notice(tr("%1 is not in its folder any more. %2 Put it back there to see its "
                                "pages.")
                                 .arg(fileName(), shown));
        } else {
            emit view.notice(tr("%1 cannot be opened. %2 %3")
                                 .arg(fileName(),
                                      shown,
                                      state.error ? errorAdvice(state.error->code) : QString()));
        }
        break;
    }
    view.viewport()->update();
}

void PageView::Impl::noteShown(std::size_t page) {
    if (page >= isShown.size() || isShown[page]) {
        return;
    }
    isShown[page] = true;
    // Not from within a paint event.
    QMetaObject::invokeMethod(
        &view, [this, page] { emit view.imageShown(page); }, Qt::QueuedConnection);
}

} // namespace attest::gui
