#include "cli/batch.h"

#include "cli/progress_line.h"
#include "cli/terminal.h"
#include "extract/chat_formats.h"
#include "extract/model_choice.h"
#include "extract/resources.h"
#include "extract/save_result.h"

#include <CLI/CLI.hpp>

#include <chrono>
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
    Batch(Task task,
          const extract::Template& asked,
          extract::Extractor& extractor,
          storage::Library& library,
          const Interrupt& interrupt)
        : task_(task)
        , asked_(asked)
        , extractor_(extractor)
        , library_(library)
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
    if (input.noteText) {
        return Error{ErrorCode::Unsupported, "summaries of .jsonl notes are not supported"};
    }
    const auto mode =
        task_ == Task::SummarizeFreely ? extract::SummaryMode::Free : extract::SummaryMode::Strict;
    ATTEST_TRY_ASSIGN(const extract::SummaryResult result,
                      extractor_.summarize(input.path, mode, onProgress, interrupt_.token()));
    origin.finishedAt = now();
    return outcome(result.document,
                   extract::saveSummary(library_.database(), result, asked_, origin));
}

} // namespace

void addModelOptions(CLI::App& command, ModelOptions& options) {
    command
        .add_option(
            "--model",
            options.modelPath,
            "GGUF file; without it the library's default, which is the bundled one unless changed")
        ->type_name("FILE");
    command
        .add_option("--chat-format",
                    options.chatFormat,
                    "How the model is spoken to; without it as its file says")
        ->type_name("NAME")
        ->check(CLI::IsMember(extract::chatFormatNames()));
    command.add_option("--threads", options.threads, "Threads; without it one per core")
        ->check(CLI::Range(0, 1024));
    command.add_option("--ctx", options.context, "Context length in tokens; 0: as the model has")
        ->check(CLI::Range(0, 1 << 20));
    command.add_option("--decode", options.decode, "Decoding; both give the same answers")
        ->check(CLI::IsMember({"fast", "reference"}))
        ->capture_default_str();
    addAdapterOption(command, options.adapters);
}

void addQuickOption(CLI::App& command, ModelOptions& options) {
    command.add_flag("--quick",
                     options.isQuick,
                     "Look at every document once: twice as fast, and a little less is found "
                     "(models that look twice, as the bundled one)");
}

void addLibraryOption(CLI::App& command, std::string& folder) {
    command
        .add_option("--library",
                    folder,
                    "Folder of the library; without it $XDG_DATA_HOME/attest or "
                    "~/.local/share/attest")
        ->type_name("DIR");
}

Result<storage::Library> openLibrary(const std::string& folder, storage::Access access) {
    if (!folder.empty()) {
        return storage::Library::open(folder, access);
    }
    ATTEST_TRY_ASSIGN(const fs::path standard, storage::defaultLibraryFolder());
    return storage::Library::open(standard, access);
}

extract::ExtractorOptions extractorOptions(const ModelOptions& options, const fs::path& model) {
    extract::ExtractorOptions chosen;
    chosen.modelPath = model;
    chosen.chatFormat = options.chatFormat;
    chosen.threads = options.threads;
    chosen.adapters = options.adapters;
    chosen.contextLength = options.context;
    chosen.isQuick = options.isQuick;
    chosen.decodeMode =
        options.decode == "reference" ? extract::DecodeMode::Reference : extract::DecodeMode::Fast;
    return chosen;
}

Result<extract::Extractor> loadModel(const ModelOptions& options) {
    fs::path model = options.modelPath;
    if (model.empty()) {
        ATTEST_TRY_ASSIGN(model, extract::bundledModel());
    }
    return extract::Extractor::create(extractorOptions(options, model));
}

Result<ModelOptions> withModel(const ModelOptions& options,
                               const std::string& libraryFolder,
                               const std::string& templateId) {
    if (!options.modelPath.empty()) {
        return options;
    }
    if (auto library = openLibrary(libraryFolder, storage::Access::ReadOnly); library.ok()) {
        return withModel(options, library.value().database(), templateId);
    }
    ModelOptions chosen = options;
    ATTEST_TRY_ASSIGN(chosen.modelPath, extract::bundledModel());
    return chosen;
}

Result<ModelOptions>
withModel(const ModelOptions& options, storage::Database& db, const std::string& templateId) {
    ModelOptions chosen = options;
    if (options.modelPath.empty()) {
        ATTEST_TRY_ASSIGN(chosen.modelPath, extract::chosenModel(db, templateId));
        if (options.chatFormat.empty()) {
            ATTEST_TRY_ASSIGN(chosen.chatFormat, extract::chosenChatFormat(db, chosen.modelPath));
        }
    }
    return chosen;
}

BatchResult runBatch(Task task,
                     const std::vector<Input>& inputs,
                     const extract::Template& asked,
                     const std::string& templateJson,
                     const ModelOptions& options,
                     storage::Library& library,
                     const Interrupt& interrupt) {
    BatchResult result;
    const auto chosen = withModel(options, library.database(), asked.id());
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
    origin.templateJson = templateJson;
    origin.model =
        extract::modelRecord(extractor.value().modelInfo(), extractor.value().modelSha256());
    origin.options = extractorOptions(chosen.value(), {});
    origin.adapters = extractor.value().adapters();

    const auto begin = std::chrono::steady_clock::now();
    Batch batch(task, asked, extractor.value(), library, interrupt);
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
        result.runIds.insert(done.saved.runId);
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
    if (result.code == ExitCode::Done && interrupt.wasRequested()) {
        result.code = ExitCode::Interrupted;
    } else if (result.code == ExitCode::Done && !result.failures.empty()) {
        result.code = ExitCode::SomeFailed;
    }
    return result;
}

} // namespace attest::cli
