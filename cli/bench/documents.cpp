#include "cli/bench/documents.h"

#include "cli/terminal.h"
#include "engine/model.h"
#include "extract/chunk.h"
#include "extract/mask_bench.h"
#include "extract/pipeline.h"
#include "extract/resources.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <vector>

namespace attest::cli {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

// The sample documents of one page; the long record would say more about itself than about speed.
Result<std::vector<std::filesystem::path>> shortSamples() {
    ATTEST_TRY_ASSIGN(const std::filesystem::path folder, extract::resourceFolder());
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "samples", error)) {
        const auto type = entry.path().extension();
        const bool isDocument = type == ".pdf" || type == ".txt" || type == ".md";
        if (isDocument && entry.path().stem() != "patient_record") {
            files.push_back(entry.path());
        }
    }
    if (files.empty()) {
        return Error{ErrorCode::NotFound, "no sample documents in '" + folder.string() + "'"};
    }
    std::sort(files.begin(), files.end());
    return files;
}

Result<std::string> masksLine(const engine::Model& model,
                              const std::string& chatFormat,
                              const extract::Template& asked) {
    constexpr std::size_t kChunkTokens = 300;
    constexpr std::size_t kSteps = 3000;
    ATTEST_TRY_ASSIGN(const engine::ChatFormat format, extract::chosenFormat(model, chatFormat));
    ATTEST_TRY_ASSIGN(const auto files, shortSamples());
    ATTEST_TRY_ASSIGN(const std::filesystem::path reader, extract::findReaderProgram());
    extract::ReaderOptions reading;
    reading.readerProgram = reader;
    ATTEST_TRY_ASSIGN(const auto document,
                      extract::readDocument(files.front(), reading, [](Progress) {}, {}));
    const auto countTokens = [&model](std::string_view text) {
        return model.tokenizer().encode(text, engine::SpecialText::Plain).size();
    };
    const auto chunks = extract::makeChunks(document.pages, countTokens, {kChunkTokens, 0});
    if (chunks.empty()) {
        return Error{ErrorCode::InvalidInput, files.front().string() + ": no text"};
    }
    ATTEST_TRY_ASSIGN(const extract::MaskTimes times,
                      extract::measureMasks(model.tokenizer(),
                                            format.hasAlignedAnswers(),
                                            asked.parts().front(),
                                            chunks.front(),
                                            kSteps));
    std::array<char, 160> text = {};
    std::snprintf(text.data(),
                  text.size(),
                  "masks      mean %.1f, median %.1f, 99 %% below %.1f microseconds\n",
                  times.meanMicroseconds,
                  times.medianMicroseconds,
                  times.p99Microseconds);
    return std::string(text.data());
}

// The whole walk over the short sample documents, without storage.
Result<std::string> documentsLine(const std::filesystem::path& model,
                                  const DocumentOptions& options,
                                  const extract::Template& asked,
                                  const std::stop_token& stop) {
    extract::ExtractorOptions extractorOptions;
    extractorOptions.modelPath = model;
    extractorOptions.chatFormat = options.chatFormat;
    extractorOptions.threads = options.threads;
    ATTEST_TRY_ASSIGN(auto extractor, extract::Extractor::create(extractorOptions));
    ATTEST_TRY_ASSIGN(const auto files, shortSamples());
    const auto begin = Clock::now();
    for (const std::filesystem::path& file : files) {
        ATTEST_TRY(extractor.extract(
            file, asked, [](extract::Stage, Progress) {}, stop));
    }
    std::array<char, 160> text = {};
    std::snprintf(text.data(),
                  text.size(),
                  "documents  %10.1f a minute (%zu samples of one page, template %s)\n",
                  double(files.size()) * 60.0 / secondsSince(begin),
                  files.size(),
                  asked.id().c_str());
    return std::string(text.data());
}

// A model whose context is too small for the samples still has its speed shown.
std::string orReason(const std::string& what, const Result<std::string>& line) {
    return line.ok() ? line.value()
                     : what + ": not measured: " + printable(line.error().message) + "\n";
}

} // namespace

Result<std::string> measureDocuments(const std::filesystem::path& path,
                                     const DocumentOptions& options,
                                     const std::stop_token& stop) {
    ATTEST_TRY_ASSIGN(const extract::Template asked, extract::findTemplate("medications"));
    ATTEST_TRY_ASSIGN(const auto model, engine::Model::load(path));
    std::string lines = orReason("masks", masksLine(*model, options.chatFormat, asked));
    const auto documents = documentsLine(path, options, asked, stop);
    if (!documents.ok() && documents.error().code == ErrorCode::Cancelled) {
        return documents.error();
    }
    return lines + orReason("documents", documents);
}

} // namespace attest::cli
