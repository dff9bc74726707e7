#include "gui/pages/page_images.h"

#include "extract/page_renderer.h"

#include <QMetaObject>

#include <algorithm>
#include <exception>
#include <utility>

namespace attest::gui {

namespace {

// A page that nobody wants any more may take this long: cancelling costs a new process.
constexpr auto kPatience = std::chrono::milliseconds(250);

void multiply(std::vector<std::uint8_t>& pixels, const QColor& paper) {
    const std::uint32_t factors[] = {static_cast<std::uint32_t>(paper.blue()),
                                     static_cast<std::uint32_t>(paper.green()),
                                     static_cast<std::uint32_t>(paper.red())};
    if (factors[0] == 255 && factors[1] == 255 && factors[2] == 255) {
        return;
    }
    for (std::size_t i = 0; i + 3 < pixels.size(); i += 4) {
        for (std::size_t c = 0; c < 3; ++c) {
            const std::uint32_t product = pixels[i + c] * factors[c] + 128;
            pixels[i + c] = static_cast<std::uint8_t>((product + (product >> 8)) >> 8);
        }
    }
}

// Takes the pixels over without a copy.
QImage toImage(extract::PageImage image) {
    const auto width = static_cast<int>(image.width);
    const auto height = static_cast<int>(image.height);
    auto* pixels = new std::vector<std::uint8_t>(std::move(image.pixels)); // NOLINT: freed by Qt
    return {pixels->data(),
            width,
            height,
            qsizetype(width) * 4,
            QImage::Format_RGB32,
            [](void* owner) { delete static_cast<std::vector<std::uint8_t>*>(owner); },
            pixels};
}

} // namespace

struct PageImages::Worker {
    std::uint64_t generation = 0;
    std::shared_ptr<const Source> source;
    std::optional<extract::PageRenderer> renderer;
    std::set<std::size_t> undrawable; // pages
};

PageImages::PageImages() {
    staleTimer_.setSingleShot(true);
    connect(&staleTimer_, &QTimer::timeout, this, [this] { dropStale(); });
    thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

PageImages::~PageImages() {
    thread_.request_stop();
    {
        const std::scoped_lock lock(mutex_);
        stopCurrent_.request_stop();
    }
    wake_.notify_all();
}

void PageImages::setSource(Source source) {
    paper_ = source.look.paper;
    {
        const std::scoped_lock lock(mutex_);
        source_ = std::make_shared<const Source>(std::move(source));
        ++generation_;
        wanted_.clear();
        onTheWay_.clear();
        stopCurrent_.request_stop();
    }
    wake_.notify_all();
}

void PageImages::setWanted(std::vector<TileRequest> wanted) {
    std::reverse(wanted.begin(), wanted.end());
    {
        const std::scoped_lock lock(mutex_);
        isCurrentWanted_ = false;
        // One that was told to stop has to be begun again.
        const bool isStopping = stopCurrent_.stop_requested();
        std::erase_if(wanted, [this, isStopping](const TileRequest& request) {
            const bool isCurrent = current_ == request.key && !isStopping;
            isCurrentWanted_ = isCurrentWanted_ || isCurrent;
            return isCurrent || onTheWay_.contains(request.key);
        });
        wanted_ = std::move(wanted);
        if (!current_ || isCurrentWanted_) {
            staleTimer_.stop();
        } else if (!staleTimer_.isActive()) {
            staleTimer_.start(kPatience);
        }
    }
    wake_.notify_all();
}

void PageImages::dropStale() {
    const std::scoped_lock lock(mutex_);
    if (current_ && !isCurrentWanted_ && std::chrono::steady_clock::now() - since_ >= kPatience) {
        stopCurrent_.request_stop();
    }
}

template <typename F>
void PageImages::tell(std::uint64_t generation, F f) {
    QMetaObject::invokeMethod(
        this,
        [this, generation, f = std::move(f)]() mutable {
            {
                const std::scoped_lock lock(mutex_);
                if (generation != generation_) {
                    return;
                }
            }
            f();
        },
        Qt::QueuedConnection);
}

// The reader process dies with the thread that started it, so this thread opens and draws.
void PageImages::work(const std::stop_token& stop) {
    Worker worker;
    while (true) {
        std::optional<TileRequest> request;
        std::stop_token stopDrawing;
        {
            std::unique_lock lock(mutex_);
            current_.reset();
            wake_.wait(
                lock, stop, [&] { return worker.generation != generation_ || !wanted_.empty(); });
            if (stop.stop_requested()) {
                return;
            }
            if (worker.generation != generation_) {
                worker.generation = generation_;
                worker.source = source_;
            } else {
                request = wanted_.back();
                wanted_.pop_back();
                current_ = request->key;
                isCurrentWanted_ = true;
                since_ = std::chrono::steady_clock::now();
                stopCurrent_ = std::stop_source();
                stopDrawing = stopCurrent_.get_token();
            }
        }
        try {
            if (request) {
                draw(worker, *request, stopDrawing);
            } else {
                open(worker);
            }
        } catch (const std::exception&) {
            // No memory: this page stays blank, the window lives.
        }
    }
}

void PageImages::open(Worker& worker) {
    worker.renderer.reset(); // the old process first
    worker.undrawable.clear();
    const Source& source = *worker.source;
    PageFileState state;
    if (!source.pdf.empty()) {
        extract::ReaderOptions options;
        auto program = extract::findReaderProgram();
        auto opened = program.ok() ? extract::PageRenderer::open(
                                         source.pdf, {.readerProgram = std::move(program).value()})
                                   : Result<extract::PageRenderer>(program.error());
        if (!opened.ok()) {
            state.kind = PageFileState::Kind::Unreadable;
            state.error = opened.error();
        } else if (!source.sha256.empty() && opened.value().sha256() != source.sha256) {
            state.kind = PageFileState::Kind::Changed;
        } else {
            state.kind = PageFileState::Kind::Shown;
            state.sizes = opened.value().pageSizes();
            state.isTextMissing = !opened.value().hasSystemFonts();
            worker.renderer = std::move(opened).value();
        }
    }
    tell(worker.generation, [this, state = std::move(state)] { emit opened(state); });
}

void PageImages::draw(Worker& worker, const TileRequest& request, const std::stop_token& stop) {
    const QRect part = tileRect(request.key, request.page);
    const std::size_t page = request.key.page;
    QImage image;
    if (worker.renderer && !worker.undrawable.contains(page)) {
        extract::RenderRequest wanted;
        wanted.pageIndex = page;
        wanted.pageWidthPixels = static_cast<std::uint32_t>(request.page.width());
        wanted.left = static_cast<std::uint32_t>(part.left());
        wanted.top = static_cast<std::uint32_t>(part.top());
        wanted.width = static_cast<std::uint32_t>(part.width());
        wanted.height = static_cast<std::uint32_t>(part.height());
        auto rendered = worker.renderer->render(wanted, stop);
        if (rendered.ok()) {
            multiply(rendered.value().pixels, worker.source->look.paper);
            image = toImage(std::move(rendered).value());
        } else if (rendered.error().code == ErrorCode::Cancelled) {
            return;
        } else {
            worker.undrawable.insert(page);
            tell(worker.generation,
                 [this, page, why = QString::fromStdString(rendered.error().message)] {
                     emit pageUndrawable(page, why);
                 });
        }
    }
    if (image.isNull() && page < worker.source->pages->size()) {
        image =
            drawStoredText((*worker.source->pages)[page], request.page, part, worker.source->look);
    }
    if (image.isNull()) {
        return;
    }
    {
        const std::scoped_lock lock(mutex_);
        if (worker.generation == generation_) {
            onTheWay_.insert(request.key);
        }
    }
    tell(worker.generation, [this, key = request.key, image = std::move(image)] {
        {
            const std::scoped_lock lock(mutex_);
            onTheWay_.erase(key);
        }
        emit drawn(key, image);
    });
}

} // namespace attest::gui
