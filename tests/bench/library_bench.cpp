// Speed of a library of 10,000 documents with 30,000 pages and 400,000 values.
//
//   bench_storage --benchmark_repetitions=9 --benchmark_report_aggregates_only=true
//   ATTEST_BENCH_LIBRARY=folder bench_storage     keeps the library for the next time
//
// Making the library takes minutes. "cold" opens a connection of its own every time, as a window
// does at its start; the file is in the system's cache.
#include "base/sha256.h"
#include "storage/job_store.h"
#include "storage/library.h"
#include "storage/library_list.h"
#include "storage/review_store.h"
#include "storage/search.h"

#include <benchmark/benchmark.h>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

namespace {

using namespace attest::storage;

namespace fs = std::filesystem;

constexpr int kDocuments = 10000;
constexpr int kPages = 3;
constexpr int kWordsPerPage = 400;
constexpr int kValues = 40;
constexpr double kThreshold = 0.9;

template <typename T>
T must(attest::Result<T> result) {
    if (!result.ok()) {
        std::fprintf(stderr, "%s\n", result.error().message.c_str());
        std::exit(1);
    }
    return std::move(result).value();
}

// Words as a language has them: few are frequent, most are rare.
class Writer {
public:
    Writer() {
        constexpr int kVocabulary = 20000;
        constexpr std::string_view kSyllables[] = {"ma",
                                                   "te",
                                                   "for",
                                                   "min",
                                                   "ra",
                                                   "pri",
                                                   "lo",
                                                   "sta",
                                                   "tin",
                                                   "gen",
                                                   "cy",
                                                   "do",
                                                   "xe",
                                                   "on"};
        for (int i = 0; i < kVocabulary; ++i) {
            std::string word;
            const auto length = 1 + random_() % 4;
            for (unsigned j = 0; j < length; ++j) {
                word += kSyllables[random_() % std::size(kSyllables)];
            }
            words_.push_back(word);
        }
        words_[40] = "metformin";
        words_[2000] = "amoxicillin";
    }

    const std::string& word() {
        const double skewed = std::exp(uniform_(random_) * std::log(double(words_.size())));
        return words_[static_cast<size_t>(skewed) - 1];
    }

    double confidence() { return std::pow(uniform_(random_), 0.1); } // most are near 1

private:
    std::mt19937 random_; // NOLINT: fixed, so that every library is the same
    std::uniform_real_distribution<double> uniform_{0, 1};
    std::vector<std::string> words_;
};

NewRun makeRun(Writer& writer, int number) {
    NewRun run;
    const std::string name = "letter-" + std::to_string(number) + ".pdf";
    run.document.sha256 = attest::sha256Hex(name);
    run.document.fileName = name;
    run.document.path = "/home/user/documents/" + name;
    run.document.kind = "pdf";
    run.document.byteSize = 100000 + number;
    run.document.status = "ok";
    for (int page = 0; page < kPages; ++page) {
        PageRecord record;
        for (int i = 0; i < kWordsPerPage; ++i) {
            record.text += writer.word() + (i % 12 == 11 ? "\n" : " ");
        }
        record.charBoxes.resize(record.text.size() * 4);
        run.document.pages.push_back(std::move(record));
    }
    run.asked = {attest::sha256Hex("{}"), "medications", 1, "Medications", "{}"};
    run.model = {attest::sha256Hex("model"), "bench", "llama", 1};
    run.run.kind = kRunExtraction;
    run.run.fileName = name;
    run.run.path = run.document.path;
    run.run.parametersJson = "{}";
    run.run.finishedAt = 1700000000 + number;
    run.run.status = "complete";
    run.run.valuesJson = std::string(2000, ' ');
    run.run.timingJson = "{}";
    const std::string& text = run.document.pages[0].text;
    size_t begin = 0;
    for (int i = 0; i < kValues; ++i) {
        const size_t end = text.find_first_of(" \n", begin);
        ValueRecord value;
        value.group = "medications";
        value.instance = i / 4;
        value.field = std::string("field") + std::to_string(i % 4);
        value.pointer = "/medications/" + std::to_string(value.instance) + "/" + value.field;
        value.kind = kKindVerbatim;
        value.status = kStatusOk;
        value.text = text.substr(begin, end - begin);
        value.span = attest::SourceSpan{0, begin, end};
        value.boxes = {{0.1F, 0.1F, 0.2F, 0.2F}};
        value.logProbability = std::log(writer.confidence());
        run.values.push_back(std::move(value));
        begin = end + 1;
    }
    return run;
}

class BenchLibrary {
public:
    BenchLibrary() {
        const char* given = std::getenv("ATTEST_BENCH_LIBRARY");
        folder_ = given != nullptr
                      ? fs::path(given)
                      : fs::temp_directory_path() / ("attest-bench-" + std::to_string(::getpid()));
        isTemporary_ = given == nullptr;
        library_ = std::make_unique<Library>(must(Library::open(folder_, Access::ReadWrite)));
        fill();
        reader_ = std::make_unique<Library>(must(Library::open(folder_, Access::ReadOnly)));
    }

    ~BenchLibrary() {
        reader_.reset();
        library_.reset();
        if (isTemporary_) {
            std::error_code ignored;
            fs::remove_all(folder_, ignored);
        }
    }

    Database& writer() { return library_->database(); }

    Database& reader() { return reader_->database(); }

    const fs::path& folder() const { return folder_; }

    NewRun nextRun() { return makeRun(words_, ++lastNumber_); }

private:
    void fill() {
        Database& db = writer();
        const auto there = must(listDocuments(db)).size();
        lastNumber_ = static_cast<int>(there);
        if (there >= kDocuments) {
            return;
        }
        std::fprintf(stderr, "making a library of %d documents\n", kDocuments);
        static_cast<void>(db.execute("PRAGMA synchronous = OFF"));
        while (lastNumber_ < kDocuments) {
            const SavedRun saved = must(saveRun(db, nextRun()));
            NewJob job;
            job.documentId = saved.documentId;
            job.kind = kRunExtraction;
            job.asked = {attest::sha256Hex("{}"), "medications", 1, "Medications", "{}"};
            job.parametersJson = "{}";
            if (lastNumber_ % 20 == 0) {
                must(enqueue(db, {job}, 1));
            }
        }
        static_cast<void>(db.execute("PRAGMA synchronous = FULL"));
    }

    fs::path folder_;
    bool isTemporary_ = false;
    int lastNumber_ = 0;
    Writer words_;
    std::unique_ptr<Library> library_;
    std::unique_ptr<Library> reader_;
};

BenchLibrary& shared() {
    static BenchLibrary library;
    return library;
}

void listAll(benchmark::State& state) {
    Database& db = shared().reader();
    for (auto _ : state) {
        benchmark::DoNotOptimize(must(listLibrary(db, {SmartList::All, "", kThreshold})).size());
    }
}

void listAllCold(benchmark::State& state) {
    const fs::path folder = shared().folder();
    for (auto _ : state) {
        auto library = must(Library::open(folder, Access::ReadOnly));
        benchmark::DoNotOptimize(
            must(listLibrary(library.database(), {SmartList::All, "", kThreshold})).size());
    }
}

void countAll(benchmark::State& state) {
    Database& db = shared().reader();
    for (auto _ : state) {
        benchmark::DoNotOptimize(must(libraryCounts(db, kThreshold)).all);
    }
}

void oneRow(benchmark::State& state) {
    Database& db = shared().reader();
    for (auto _ : state) {
        benchmark::DoNotOptimize(must(libraryRow(db, 5000, kThreshold)).runId);
    }
}

void search(benchmark::State& state, const std::string& query) {
    Database& db = shared().reader();
    size_t hits = 0;
    for (auto _ : state) {
        hits = must(searchLibrary(db, query, 200)).size();
    }
    state.counters["hits"] = static_cast<double>(hits);
}

void queueCounts(benchmark::State& state) {
    Database& db = shared().reader();
    for (auto _ : state) {
        benchmark::DoNotOptimize(must(jobCounts(db, 0)).waiting);
    }
}

void finalValuesOfRun(benchmark::State& state) {
    Database& db = shared().reader();
    for (auto _ : state) {
        benchmark::DoNotOptimize(must(finalValues(db, 5000)).size());
    }
}

void saveOneRun(benchmark::State& state) {
    for (auto _ : state) {
        state.PauseTiming();
        const NewRun run = shared().nextRun();
        state.ResumeTiming();
        must(saveRun(shared().writer(), run));
    }
}

void saveOneReview(benchmark::State& state) {
    std::int64_t now = 0;
    Review review;
    review.pointer = "/medications/0/field0";
    review.group = "medications";
    review.instance = 0;
    review.field = "field0";
    review.verdict = Verdict::Accepted;
    for (auto _ : state) {
        if (!saveReviews(shared().writer(), 1 + now % 9000, {{review.pointer, review}}, "Kim", now)
                 .ok()) {
            state.SkipWithError("not saved");
        }
        ++now;
    }
}

BENCHMARK(listAll)->Unit(benchmark::kMillisecond);
BENCHMARK(listAllCold)->Unit(benchmark::kMillisecond);
BENCHMARK(countAll)->Unit(benchmark::kMillisecond);
BENCHMARK(oneRow)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(search, oneLetter, "m")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(search, twoLetters, "me")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(search, threeLetters, "met")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(search, word, "metformin")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(search, rareWord, "amoxicillin")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(search, wordAndLetter, "metformin a")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(search, twoWords, "metformin amoxi")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(search, name, "letter-77")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(search, nothing, "zzzz")->Unit(benchmark::kMillisecond);
BENCHMARK(queueCounts)->Unit(benchmark::kMillisecond);
BENCHMARK(finalValuesOfRun)->Unit(benchmark::kMillisecond);
BENCHMARK(saveOneReview)->Unit(benchmark::kMillisecond);
BENCHMARK(saveOneRun)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
