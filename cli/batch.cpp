#include "cli/batch.h"

#include "cli/progress_line.h"
#include "cli/terminal.h"
#include "extract/pipeline.h"
#include "extract/resources.h"
#include "extract/save_result.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

namespace attest::cli {

namespace {

namespace fs = std::filesystem;

std::int64_t now() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::string absolutePath(const fs::path& path) {
    std::error_code error;
    const fs::path absolute = fs::absolute(path, error);
    return error ? path.string() : absolute.lexically_normal().string();
}

// A stored run, and what there is to say about the document.
struct Outcome {
    storage::SavedRun saved;
    extract::ReadStatus status = extract::ReadStatus::Ok;
    std::string message;
};

class Batch {
public:
    Batch(Task task, BatchJob& job, extract::Extractor& extractor, const Interrupt& interrupt)
        : task_(task)
        , asked_(job.asked)
        , extractor_(extractor)
        , library_(job.library)
        , interrupt_(interrupt) {}

    // Errors of the library have failedToSave set.
    Result<Outcome> runOne(const Input& input, extract::RunOrigin origin, ProgressLine& line);

    bool failedToSave = false;

private:
    template <typename Saved>
    Result<Outcome> outcome(const extract::DocumentText& document, Saved saved) {
        if (!saved.ok()) {
            failedToSave = true;
            return std::move(saved).error();
        }
        return Outcome{std::move(saved).value(), document.status, document.message};
    }

    Task task_;
    const extract::Template& asked_;
    extract::Extractor& extractor_;
    storage::Library& library_;
    const Interrupt& interrupt_;
};

Result<Outcome> Batch::runOne(const Input& input, extract::RunOrigin origin, ProgressLine& line) {
    const auto onProgress = [&](extract::Stage stage, Progress progress) {
        line.show(stage, progress);
    };
    origin.fileName = input.path.filename().string();
    origin.path = absolutePath(input.path);
    origin.sourceId = input.noteId;
    origin.startedAt = now();
    if (task_ == Task::Extract) {
        ATTEST_TRY_ASSIGN(
            const extract::ExtractionResult result,
            input.noteText
                ? extractor_.extractNote(*input.noteText, asked_, onProgress, interrupt_.token())
                : extractor_.extract(input.path, asked_, onProgress, interrupt_.token()));
        origin.finishedAt = now();
        return outcome(result.document,
                       extract::saveExtraction(library_.database(), result, asked_, origin));
    }
    const auto mode =
        task_ == Task::SummarizeFreely ? extract::SummaryMode::Free : extract::SummaryMode::Strict;
    ATTEST_TRY_ASSIGN(
        const extract::SummaryResult result,
        input.noteText
            ? extractor_.summarizeNote(*input.noteText, mode, onProgress, interrupt_.token())
            : extractor_.summarize(input.path, mode, onProgress, interrupt_.token()));
    origin.finishedAt = now();
    return outcome(result.document,
                   extract::saveSummary(library_.database(), result, asked_, origin));
}

} // namespace

void addBatchOptions(CLI::App& command, BatchOptions& options) {
    command.add_option("PATH", options.paths, "Files, folders, or .jsonl files of notes")
        ->required();
    command.add_flag("-r,--recursive", options.isRecursive, "Also look into folders of folders");
    command
        .add_option("--text-field", options.textField, "Of .jsonl files: where the note's text is")
        ->type_name("NAME")
        ->capture_default_str();
    addModelOptions(command, options.model);
    addLibraryOption(command, options.library);
}

std::optional<BatchJob>
prepareBatch(const BatchOptions& options, const std::string& templateName, ExitCode& code) {
    const auto refuse = [&code](ExitCode with, const auto& reason) {
        complain(reason);
        code = with;
        return std::nullopt;
    };
    auto asked = extract::findTemplate(templateName);
    if (!asked.ok()) {
        return refuse(ExitCode::Model, asked.error());
    }
    auto templateJson = extract::templateText(templateName);
    if (!templateJson.ok()) {
        return refuse(ExitCode::Model, templateJson.error());
    }
    auto inputs = gatherInputs(
        options.paths, options.isRecursive ? Depth::Recursive : Depth::TopOnly, options.textField);
    if (!inputs.ok()) {
        return refuse(ExitCode::Usage, inputs.error());
    }
    if (inputs.value().empty()) {
        return refuse(
            ExitCode::Usage,
            "no documents there (.pdf, .txt, .md or .text; --recursive looks into folders)");
    }
    if (const auto outputs = checkOutputs(options.outputs); !outputs.ok()) {
        return refuse(ExitCode::Output, outputs.error());
    }
    auto library = openLibrary(options.library, storage::Access::ReadWrite);
    if (!library.ok()) {
        return refuse(ExitCode::Library, library.error());
    }
    return BatchJob{std::move(asked).value(),
                    std::move(templateJson).value(),
                    std::move(inputs).value(),
                    std::move(library).value()};
}

BatchResult
runBatch(Task task, BatchJob& job, const ModelOptions& options, const Interrupt& interrupt) {
    BatchResult result;
    const auto chosen = withModel(options, job.library.database(), job.asked.id());
    if (!chosen.ok()) {
        complain(chosen.error());
        result.code = ExitCode::Model;
        return result;
    }
    auto extractor =
        extract::Extractor::create(extractorOptions(chosen.value(), chosen.value().modelPath));
    if (!extractor.ok()) {
        complain(extractor.error());
        result.code = ExitCode::Model;
        return result;
    }
    extract::RunOrigin origin;
    origin.templateJson = job.templateJson;
    origin.model =
        extract::modelRecord(extractor.value().modelInfo(), extractor.value().modelSha256());
    origin.options = extractorOptions(chosen.value(), {});
    origin.adapters = extractor.value().adapters();

    const auto begin = std::chrono::steady_clock::now();
    Batch batch(task, job, extractor.value(), interrupt);
    const std::vector<Input>& inputs = job.inputs;
    std::set<std::int64_t> runIds;
    ProgressLine line(inputs.size());
    for (size_t i = 0; i < inputs.size() && !interrupt.wasRequested(); ++i) {
        line.beginDocument(i, inputs[i].name);
        auto outcome = batch.runOne(inputs[i], origin, line);
        if (!outcome.ok() && outcome.error().code == ErrorCode::Cancelled) {
            break;
        }
        if (!outcome.ok()) {
            result.failures.push_back(inputs[i].name + ": " + outcome.error().message);
            if (batch.failedToSave) {
                result.code = ExitCode::Library;
                break;
            }
            continue;
        }
        const Outcome& done = outcome.value();
        runIds.insert(done.saved.runId);
        result.alreadyKnown += done.saved.wasKnown ? 1 : 0;
        if (done.status != extract::ReadStatus::Ok) {
            result.failures.push_back(inputs[i].name + ": " +
                                      std::string(extract::toString(done.status)) +
                                      (done.message.empty() ? "" : " (" + done.message + ")"));
        }
    }
    line.clear();
    result.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    auto runs = storage::runsById(job.library.database(), runIds);
    if (!runs.ok()) {
        complain(runs.error());
        result.code = ExitCode::Library;
        return result;
    }
    result.runs = std::move(runs).value();
    if (result.code == ExitCode::Done && interrupt.wasRequested()) {
        result.code = ExitCode::Interrupted;
    } else if (result.code == ExitCode::Done && !result.failures.empty()) {
        result.code = ExitCode::SomeFailed;
    }
    return result;
}

} // namespace attest::cli
