// How long a reviewer waits for a page: opening, the first page, turning pages, scrolling strips.
// Medians of wall-clock time on the 40-page sample; the process of the reader is part of each.

#include "extract/page_renderer.h"

#include <benchmark/benchmark.h>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>

namespace {

using namespace attest::extract;

constexpr std::uint32_t kPageWidth = 900; // 100 % on a screen of 109 dots per inch
constexpr int kRepetitions = 11;

std::optional<PageRenderer> open(benchmark::State& state) {
    const auto reader = findReaderProgram();
    if (!reader.ok()) {
        state.SkipWithError(reader.error().message.c_str());
        return std::nullopt;
    }
    ReaderOptions options;
    options.readerProgram = reader.value();
    auto renderer = PageRenderer::open(
        std::filesystem::path(ATTEST_SOURCE_DIR) / "resources/samples/patient_record.pdf", options);
    if (!renderer.ok()) {
        state.SkipWithError(renderer.error().message.c_str());
        return std::nullopt;
    }
    return std::move(renderer).value();
}

void draw(benchmark::State& state, PageRenderer& renderer, const RenderRequest& request) {
    const auto image = renderer.render(request, {});
    if (!image.ok()) {
        state.SkipWithError(image.error().message.c_str());
    }
}

void openDocument(benchmark::State& state) {
    for ([[maybe_unused]] const auto& iteration : state) {
        benchmark::DoNotOptimize(open(state));
    }
}

void openAndFirstPage(benchmark::State& state) {
    for ([[maybe_unused]] const auto& iteration : state) {
        if (auto renderer = open(state)) {
            draw(state, *renderer, {.pageWidthPixels = kPageWidth});
        }
    }
}

// Arguments: width of the page, height of the part (0: the whole page).
void nextPages(benchmark::State& state) {
    auto renderer = open(state);
    if (!renderer) {
        return;
    }
    RenderRequest request;
    request.pageWidthPixels = static_cast<std::uint32_t>(state.range(0));
    request.height = static_cast<std::uint32_t>(state.range(1));
    for ([[maybe_unused]] const auto& iteration : state) {
        draw(state, *renderer, request);
        request.pageIndex = (request.pageIndex + 1) % renderer->pageCount();
    }
}

BENCHMARK(openDocument)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Repetitions(kRepetitions)
    ->ReportAggregatesOnly();
BENCHMARK(openAndFirstPage)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Repetitions(kRepetitions)
    ->ReportAggregatesOnly();
BENCHMARK(nextPages)
    ->ArgNames({"width", "rows"})
    ->Args({kPageWidth, 0})
    ->Args({kPageWidth, 300})
    ->Args({2 * kPageWidth, 0})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Repetitions(kRepetitions)
    ->ReportAggregatesOnly();

} // namespace

BENCHMARK_MAIN();
