// The queue worked through with the real reader and the bundled model.
#include "extract/job_runner.h"

#include "extract/intake.h"
#include "extract/model_choice.h"
#include "extract/resources.h"
#include "extract/template.h"
#include "storage/library_list.h"
#include "storage/review_store.h"
#include "storage/shared_library.h"
#include "support/catch.h"
#include "support/strange_model.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace attest::extract {

namespace {

namespace fs = std::filesystem;

class Queue {
public:
    Queue() {
        std::string pattern = (fs::temp_directory_path() / "attest-queue-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        folder = pattern;
        auto opened = storage::Library::open(folder / "library", storage::Access::ReadWrite);
        REQUIRE(opened.ok());
        library = std::make_unique<storage::SharedLibrary>(std::move(opened).value());
    }

    ~Queue() {
        library.reset();
        fs::remove_all(folder);
    }

    Queue(const Queue&) = delete;
    Queue& operator=(const Queue&) = delete;

    template <typename Work>
    auto in(Work work) {
        auto result = library->with(work);
        if (!result.ok()) {
            FAIL(result.error().message);
        }
        return std::move(result).value();
    }

    std::int64_t add(const storage::NewSource& source) {
        return in([&](storage::Database& db) {
                   return storage::registerSources(db, {source}, 1'790'000'000);
               })
            .front()
            .documentId;
    }

    std::int64_t addFile(const fs::path& path) {
        auto sources = identify({path, "", ""}, {});
        REQUIRE(sources.ok());
        return add(sources.value().front());
    }

    void ask(std::int64_t documentId, const std::string& templateId, std::string_view kind) {
        const std::string json = templateText(templateId).value();
        const Template asked = Template::parse(json, templateId).value();
        storage::NewJob job;
        job.documentId = documentId;
        job.kind = kind;
        job.asked = {asked.sha256(), asked.id(), asked.version(), asked.title(), json};
        job.modelPath = modelPath;
        job.parametersJson = "{}";
        REQUIRE(in([&](storage::Database& db) {
                    return storage::enqueue(db, {job}, 1'790'000'000);
                }) == 1);
    }

    std::unique_ptr<JobRunner> runner(JobEvents events = {}) {
        JobRunnerOptions options;
        options.bundledModel = bundledModel().value();
        options.threads = 1;
        return std::make_unique<JobRunner>(*library, options, std::move(events));
    }

    std::vector<storage::Job> jobs() {
        return in([](storage::Database& db) { return storage::listJobs(db, 0); });
    }

    fs::path folder;
    std::string modelPath;
    std::unique_ptr<storage::SharedLibrary> library;
};

fs::path sample(const char* name) {
    return resourceFolder().value() / "samples" / name;
}

} // namespace

TEST_CASE("Jobs end with a run each, whatever kind of document and question",
          "[extract][job_runner]") {
    Queue queue;
    const std::int64_t letter = queue.addFile(sample("discharge_letter.pdf"));
    const std::int64_t note = queue.add(
        noteSource(
            "Medications:\n1. Aspirin 100 mg PO once daily\n2. Metformin 500 mg PO twice daily\n",
            "Note")
            .value());
    queue.ask(letter, "medications", storage::kRunExtraction);
    queue.ask(note, "medications", storage::kRunExtraction);
    queue.ask(note, "summary", storage::kRunSummary);
    std::vector<std::int64_t> started;
    std::vector<std::int64_t> ended;
    JobEvents events;
    events.started = [&](const storage::Job& job) {
        started.push_back(job.id);
    };
    events.ended = [&](const storage::Job& job) {
        ended.push_back(job.id);
    };

    const auto count = queue.runner(std::move(events))->work({});

    REQUIRE(count.ok());
    CHECK(count.value() == 3);
    CHECK(started.size() == 3);
    CHECK(ended == started);
    for (const storage::Job& job : queue.jobs()) {
        CAPTURE(job.errorMessage);
        CHECK(job.state == storage::JobState::Done);
        CHECK(job.runId > 0);
    }
    const auto values = queue.in([&](storage::Database& db) {
        return storage::latestRuns(db, {std::string(storage::kRunExtraction), "", note});
    });
    REQUIRE(values.size() == 1);
    CHECK(values[0].foundCount >= 4);
    CHECK(queue
              .in([&](storage::Database& db) {
                  return storage::latestRuns(db, {std::string(storage::kRunSummary), "", note});
              })
              .size() == 1);
}

TEST_CASE("A job that cannot be done fails with a sentence and the next one is taken",
          "[extract][job_runner]") {
    Queue queue;
    const fs::path gone = queue.folder / "gone.txt";
    const fs::path edited = queue.folder / "edited.txt";
    std::ofstream(gone) << "Aspirin 100 mg";
    std::ofstream(edited) << "Aspirin 100 mg";
    queue.ask(queue.addFile(sample("referral_note.txt")), "medications", storage::kRunExtraction);
    const std::int64_t lost = queue.addFile(gone);
    fs::remove(gone);
    std::ofstream(edited) << "Ibuprofen 400 mg";
    const std::int64_t changed = queue.addFile(edited);
    std::ofstream(edited) << "Something else";
    queue.ask(lost, "medications", storage::kRunExtraction);
    queue.ask(changed, "medications", storage::kRunExtraction);
    queue.modelPath = (queue.folder / "no-model.gguf").string();
    queue.ask(queue.addFile(sample("vital_signs.md")), "medications", storage::kRunExtraction);

    const auto count = queue.runner()->work({});

    REQUIRE(count.ok());
    CHECK(count.value() == 4);
    int failed = 0;
    for (const storage::Job& job : queue.jobs()) {
        if (job.state == storage::JobState::Failed) {
            ++failed;
            CHECK_FALSE(job.errorMessage.empty());
        } else {
            CHECK(job.fileName == "referral_note.txt");
            CHECK(job.state == storage::JobState::Done);
        }
    }
    CHECK(failed == 3);
}

TEST_CASE("A job whose model speaks no known format is done once a format is chosen",
          "[extract][job_runner]") {
    Queue queue;
    const fs::path model = test::writeStrangeModel(bundledModel().value(), queue.folder);
    const auto card = inspectModel(model);
    REQUIRE(card.ok());
    REQUIRE(
        queue.library
            ->with([&](storage::Database& db) { return setDefaultModel(db, card.value(), "hash"); })
            .ok());
    queue.modelPath = model.string();
    const std::int64_t note =
        queue.add(noteSource("Aspirin 100 mg PO once daily\n", "Note").value());
    queue.ask(note, "medications", storage::kRunExtraction);
    const auto runner = queue.runner();
    REQUIRE(runner->work({}).ok());
    REQUIRE(queue.jobs().size() == 1);
    CHECK(queue.jobs()[0].state == storage::JobState::Failed);
    CHECK_THAT(queue.jobs()[0].errorMessage,
               Catch::Matchers::Contains("'<|turn|>'") &&
                   Catch::Matchers::Contains("Choose one under Models"));

    REQUIRE(queue.library
                ->with([&](storage::Database& db) { return chooseChatFormat(db, model, "chatml"); })
                .ok());
    queue.ask(note, "medications", storage::kRunExtraction);
    REQUIRE(runner->work({}).ok());

    const auto runs = queue.in([&](storage::Database& db) {
        return storage::latestRuns(db, {std::string(storage::kRunExtraction), "", note});
    });
    REQUIRE(runs.size() == 1);
    CHECK_THAT(runs[0].run.parametersJson, Catch::Matchers::Contains(R"("chat_format":"chatml")"));
}

TEST_CASE("Stopping puts the job back and working again finishes it once",
          "[extract][job_runner]") {
    Queue queue;
    const std::int64_t record = queue.addFile(sample("patient_record.pdf"));
    queue.ask(record, "medications", storage::kRunExtraction);
    std::stop_source stop;
    JobEvents events;
    events.progressed = [&](const storage::Job&, Stage stage, Progress progress) {
        if (stage == Stage::Extracting && progress.done >= 1) {
            stop.request_stop();
        }
    };

    const auto stopped = queue.runner(std::move(events))->work(stop.get_token());

    REQUIRE(stopped.ok());
    REQUIRE(queue.jobs().size() == 1);
    CHECK(queue.jobs()[0].state == storage::JobState::Waiting);
    CHECK(queue.jobs()[0].attempts == 0);
    REQUIRE(queue.runner()->work({}).ok());
    CHECK(queue.jobs()[0].state == storage::JobState::Done);
    CHECK(queue.in([&](storage::Database& db) {
                   return storage::latestRuns(db, {"", "", record});
               })
              .size() == 1);
}

TEST_CASE("Cancelling ends the running job without a result", "[extract][job_runner]") {
    Queue queue;
    const std::int64_t record = queue.addFile(sample("patient_record.pdf"));
    queue.ask(record, "medications", storage::kRunExtraction);
    std::unique_ptr<JobRunner> runner;
    JobEvents events;
    events.started = [&](const storage::Job& job) {
        // From another thread, as a window does it.
        std::thread([&, id = job.id] {
            queue.in([&](storage::Database& db) { return storage::cancelJobs(db, {id}, 1); });
            runner->cancelCurrent(id);
        }).join();
    };
    runner = queue.runner(std::move(events));

    const auto count = runner->work({});

    REQUIRE(count.ok());
    CHECK(queue.jobs()[0].state == storage::JobState::Cancelled);
    CHECK(queue.in([&](storage::Database& db) {
                   return storage::latestRuns(db, {"", "", record});
               })
              .empty());
}

TEST_CASE("A paused queue stays as it is", "[extract][job_runner]") {
    Queue queue;
    queue.ask(queue.addFile(sample("vital_signs.md")), "medications", storage::kRunExtraction);
    REQUIRE(
        queue.library->with([](storage::Database& db) { return storage::setQueuePaused(db, true); })
            .ok());

    const auto count = queue.runner()->work({});

    REQUIRE(count.ok());
    CHECK(count.value() == 0);
    CHECK(queue.jobs()[0].state == storage::JobState::Waiting);
}

} // namespace attest::extract
