// What `extract` and `summarize` share: a model asked about many documents, each result stored
// before the next document begins.
#pragma once

#include "cli/exit_code.h"
#include "cli/inputs.h"
#include "cli/interrupt.h"
#include "cli/model_options.h"
#include "cli/results.h"
#include "extract/template.h"
#include "storage/library.h"
#include "storage/result_store.h"

#include <CLI/App.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace attest::cli {

struct BatchOptions {
    std::vector<std::string> paths;
    bool isRecursive = false;
    std::string textField = "text"; // of .jsonl files
    std::string library;
    ModelOptions model;
    OutputOptions outputs;
};

// PATH, --recursive, --text-field and those of the model and the library.
void addBatchOptions(CLI::App& command, BatchOptions& options);

// What a batch needs, found and checked before a model is loaded and hours are spent.
struct BatchJob {
    extract::Template asked;
    std::string templateJson; // as it stands in its file
    std::vector<Input> inputs;
    storage::Library library;
};

// nullopt after a complaint; `code` says which.
std::optional<BatchJob>
prepareBatch(const BatchOptions& options, const std::string& templateName, ExitCode& code);

enum class Task { Extract, SummarizeStrictly, SummarizeFreely };

struct BatchResult {
    ExitCode code = ExitCode::Done;
    // What this batch stored; nullopt where no model could be loaded or the library not be read,
    // after a complaint.
    std::optional<std::vector<storage::StoredRun>> runs;
    std::vector<std::string> failures; // "name: why", documents without text included
    std::size_t alreadyKnown = 0;      // documents that the library had before
    double seconds = 0;
};

// Runs the task over all inputs; failures are collected and the others go on. Stops at the first
// error of the library, and when interrupted.
BatchResult
runBatch(Task task, BatchJob& job, const ModelOptions& options, const Interrupt& interrupt);

} // namespace attest::cli
