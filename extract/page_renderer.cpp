#include "extract/page_renderer.h"

#include "extract/reader_client/document_file.h"
#include "extract/reader_client/render_process.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace attest::extract {

using reader::DrawRequest;

struct PageRenderer::Impl {
    std::filesystem::path path;
    ReaderOptions options;
    DocumentFile file;
    std::vector<PageSize> pageSizes;
    bool hasSystemFonts = false;
    std::unique_ptr<RenderProcess> process; // null: not yet, or ended

    // Errors: as RenderProcess::start().
    Result<void> restart(const std::stop_token& stop);

    Result<DrawRequest> toDrawRequest(const RenderRequest& request) const;

    Error inPage(ErrorCode code, std::size_t pageIndex, const std::string& what) const;
};

namespace {

constexpr int kAttempts = 2;

} // namespace

Result<void> PageRenderer::Impl::restart(const std::stop_token& stop) {
    process.reset(); // the old one first: two would need twice the memory
    ATTEST_TRY_ASSIGN(auto started, RenderProcess::start(options, file.memory.value(), stop));
    // The same bytes cannot have other pages.
    if (!pageSizes.empty() && started->pageSizes().size() != pageSizes.size()) {
        return Error{ErrorCode::Io, "The PDF reader tells another number of pages than before."};
    }
    process = std::move(started);
    return {};
}

Error PageRenderer::Impl::inPage(ErrorCode code,
                                 std::size_t pageIndex,
                                 const std::string& what) const {
    return Error{code,
                 "'" + path.string() + "', page " + std::to_string(pageIndex + 1) + ": " + what};
}

Result<DrawRequest> PageRenderer::Impl::toDrawRequest(const RenderRequest& request) const {
    const auto refuse = [&](const std::string& what) {
        return inPage(ErrorCode::InvalidInput, request.pageIndex, what);
    };
    if (request.pageIndex >= pageSizes.size()) {
        return refuse("the document has " + std::to_string(pageSizes.size()) + " pages");
    }
    const PageSize& size = pageSizes[request.pageIndex];
    if (size.widthPoints <= 0 || size.heightPoints <= 0) {
        return refuse("the page is damaged and cannot be drawn");
    }
    DrawRequest draw;
    draw.pageIndex = static_cast<std::uint32_t>(request.pageIndex);
    draw.pageWidth = request.pageWidthPixels;
    draw.pageHeight = pageHeightPixels(size, request.pageWidthPixels);
    if (draw.pageWidth == 0 || draw.pageWidth > reader::kMaxSidePixels ||
        draw.pageHeight > reader::kMaxSidePixels) {
        return refuse("a page of " + std::to_string(draw.pageWidth) + " x " +
                      std::to_string(draw.pageHeight) + " pixels cannot be drawn");
    }
    draw.left = request.left;
    draw.top = request.top;
    if (draw.left >= draw.pageWidth || draw.top >= draw.pageHeight) {
        return refuse("the wanted part lies outside the page");
    }
    const auto part = [](std::uint32_t wanted, std::uint32_t rest) {
        return wanted == 0 ? rest : std::min(wanted, rest);
    };
    draw.width = part(request.width, draw.pageWidth - draw.left);
    draw.height = part(request.height, draw.pageHeight - draw.top);
    if (!draw.isSound()) {
        return refuse("an image of " + std::to_string(draw.width) + " x " +
                      std::to_string(draw.height) + " pixels is too large; ask for parts of it");
    }
    return draw;
}

std::uint32_t pageHeightPixels(const PageSize& size, std::uint32_t pageWidthPixels) {
    const double height =
        std::round(double(pageWidthPixels) * size.heightPoints / size.widthPoints);
    constexpr double kMost = 4294967295.0;
    // False for NaN, the height of a page without size.
    return height >= 1 ? static_cast<std::uint32_t>(std::min(height, kMost)) : 1;
}

Result<PageRenderer> PageRenderer::open(const std::filesystem::path& path,
                                        const ReaderOptions& options) {
    const std::string name = "'" + path.string() + "': ";
    ATTEST_TRY_ASSIGN(DocumentFile file, copyDocument(path, options.maxFileBytes, {}));
    if (file.isTooLarge) {
        return Error{ErrorCode::OutOfResources,
                     name + "larger than " + std::to_string(options.maxFileBytes >> 20U) + " MiB"};
    }
    if (!isPdf(path, file.head)) {
        return Error{ErrorCode::Unsupported, name + "not a PDF"};
    }
    if (file.bytes == 0) {
        return Error{ErrorCode::InvalidInput, name + "the file is empty"};
    }
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    impl->options = options;
    impl->file = std::move(file);
    if (const auto started = impl->restart({}); !started.ok()) {
        return Error{started.error().code, name + started.error().message};
    }
    impl->pageSizes = impl->process->pageSizes();
    impl->hasSystemFonts = impl->process->hasSystemFonts();
    return PageRenderer(std::move(impl));
}

PageRenderer::PageRenderer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

PageRenderer::PageRenderer(PageRenderer&&) noexcept = default;
PageRenderer& PageRenderer::operator=(PageRenderer&&) noexcept = default;
PageRenderer::~PageRenderer() = default;

std::size_t PageRenderer::pageCount() const {
    return impl_->pageSizes.size();
}

const std::vector<PageSize>& PageRenderer::pageSizes() const {
    return impl_->pageSizes;
}

const std::string& PageRenderer::sha256() const {
    return impl_->file.sha256;
}

bool PageRenderer::hasSystemFonts() const {
    return impl_->hasSystemFonts;
}

Result<PageImage> PageRenderer::render(const RenderRequest& request, std::stop_token stop) {
    ATTEST_TRY_ASSIGN(const DrawRequest draw, impl_->toDrawRequest(request));
    std::string reason;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        // A process that ended between two pages (with the thread that started it, or used up)
        // costs no attempt.
        if (!impl_->process || !impl_->process->isReady()) {
            const auto started = impl_->restart(stop);
            if (!started.ok() && started.error().code == ErrorCode::Cancelled) {
                return started.error();
            }
            if (!started.ok()) {
                reason = started.error().message;
                continue;
            }
        }
        Drawing drawing = impl_->process->draw(draw, stop);
        switch (drawing.outcome) {
        case Drawing::Outcome::Drawn:
            return std::move(drawing.image);
        case Drawing::Outcome::Cancelled:
            return Error{ErrorCode::Cancelled, "drawing was cancelled"};
        case Drawing::Outcome::Undrawable:
            return impl_->inPage(
                ErrorCode::InvalidInput, request.pageIndex, "the page cannot be drawn");
        case Drawing::Outcome::NoMemory:
            return impl_->inPage(
                ErrorCode::OutOfResources, request.pageIndex, "no memory for an image this large");
        case Drawing::Outcome::Lost:
            reason = std::move(drawing.message);
            break;
        }
    }
    return impl_->inPage(ErrorCode::Io, request.pageIndex, "not drawn. " + reason);
}

} // namespace attest::extract
