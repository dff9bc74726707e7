// How long tokenizing a megabyte takes.
//
//   ATTEST_BENCH_TEXT=some.txt bench_engine --benchmark_filter=tokenize
//
// ATTEST_BENCH_TEXT is natural text of a megabyte or more; without it that row is left out. The
// vocabularies are published ones from ../shared where it is there. Those of qwen2 and tekken are
// not there: Llama 3's, of about the same size, stands for them with their rules for pieces.
#include "engine/gguf.h"
#include "engine/tokenizer.h"

#include <array>
#include <benchmark/benchmark.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

using namespace attest::engine;

namespace {

constexpr std::size_t kBytes = 1U << 20U;

std::string contentsOf(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string repeated(std::string_view unit) {
    std::string text;
    while (text.size() < kBytes) {
        text += unit;
    }
    text.resize(kBytes);
    return text;
}

std::string naturalText() {
    const char* path = std::getenv("ATTEST_BENCH_TEXT");
    std::string text = contentsOf(path != nullptr ? path : "");
    text.resize(text.size() < kBytes ? 0 : kBytes);
    return text;
}

// Letters, as in base64, without any border and hardly ever the same twice.
std::string letters() {
    std::string text;
    std::uint32_t state = 1;
    while (text.size() < kBytes) {
        state = state * 1664525U + 1013904223U;
        text += char('a' + (state >> 24U) % 26);
    }
    return text;
}

// A copy of Llama 3's vocabulary that names another pre-tokenizer.
std::string withPreTokenizer(const std::string& path, const std::string& name) {
    std::string bytes = contentsOf(path);
    const auto lengthPrefixed = [](const std::string& text) {
        return std::string(1, char(text.size())) + std::string(7, '\0') + text;
    };
    const std::string from = lengthPrefixed("llama-bpe");
    const std::size_t at = bytes.find(from);
    if (at == std::string::npos) {
        return path;
    }
    bytes.replace(at, from.size(), lengthPrefixed(name));
    const auto copy = std::filesystem::temp_directory_path() / ("attest-bench-" + name + ".gguf");
    std::ofstream(copy, std::ios::binary) << bytes;
    return copy.string();
}

void tokenize(benchmark::State& state, const std::string& vocabulary, const std::string& text) {
    const auto file = GgufFile::open(vocabulary);
    if (!file.ok()) {
        state.SkipWithError(file.error().message.c_str());
        return;
    }
    const auto tokenizer = Tokenizer::load(file.value());
    if (!tokenizer.ok()) {
        state.SkipWithError(tokenizer.error().message.c_str());
        return;
    }
    for (auto _ : state) {
        benchmark::DoNotOptimize(tokenizer.value().encode(text, SpecialText::Plain));
    }
    state.SetBytesProcessed(std::int64_t(state.iterations()) * std::int64_t(text.size()));
}

void loadVocabulary(benchmark::State& state, const std::string& vocabulary) {
    for (auto _ : state) {
        const auto file = GgufFile::open(vocabulary);
        benchmark::DoNotOptimize(Tokenizer::load(file.value()));
    }
}

const bool kRegistered = [] {
    const std::string shared = ATTEST_SHARED_DIR "/fixtures/tokenizers/";
    const std::string llama3 = shared + "restricted/llama-bpe-vocab.gguf";
    if (!std::filesystem::exists(llama3)) {
        return false;
    }
    const std::array<std::pair<std::string, std::string>, 7> vocabularies = {{
        {"llama-spm", shared + "upstream/ggml-vocab-llama-spm.gguf"},
        {"gpt-2", shared + "upstream/ggml-vocab-gpt-2.gguf"},
        {"llama-bpe", llama3},
        {"qwen2", withPreTokenizer(llama3, "qwen2")},
        {"smollm", withPreTokenizer(llama3, "smollm")},
        {"tekken", withPreTokenizer(llama3, "tekken")},
        {"gpt-4o", withPreTokenizer(llama3, "gpt-4o")},
    }};
    const std::array<std::pair<std::string, std::string>, 8> texts = {{
        {"natural", naturalText()},
        {"letters", letters()},
        {"one-letter", repeated("a")},
        {"spaces", repeated(" ")},
        {"lines", repeated("\n")},
        {"emoji", repeated("👩🏽‍⚕️💊")},
        {"digits", repeated("3141592653")},
        {"malformed", repeated("\x80\xFF")},
    }};
    for (const auto& [vocabulary, path] : vocabularies) {
        for (const auto& [name, text] : texts) {
            if (!text.empty()) {
                benchmark::RegisterBenchmark(
                    ("tokenize/" + vocabulary + "/" + name).c_str(), tokenize, path, text)
                    ->Unit(benchmark::kMillisecond);
            }
        }
        benchmark::RegisterBenchmark(
            ("load vocabulary/" + vocabulary).c_str(), loadVocabulary, path)
            ->Unit(benchmark::kMillisecond);
    }
    return true;
}();

} // namespace
