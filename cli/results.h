// Results of this program's runs, as people read them.
#pragma once

#include "cli/exit_code.h"
#include "extract/export.h"
#include "storage/library.h"
#include "storage/result_store.h"

#include <string>
#include <vector>

namespace attest::cli {

// A table of the values that were found, `maxRows` rows at most.
Result<std::string> valueTable(storage::Library& library,
                               const std::vector<storage::StoredRun>& runs,
                               std::size_t width,
                               std::size_t maxRows);

// The sentences of a summary with their pages.
Result<std::string>
summaryText(storage::Library& library, const storage::StoredRun& run, std::size_t width);

// Where results are to be written; "-" is standard output. Empty: not wanted.
struct OutputOptions {
    std::string csv;
    std::string jsonl;
    extract::CsvOptions csvOptions;
};

// Whether the files could be written, before hours are spent on what goes into them.
Result<void> checkOutputs(const OutputOptions& options);

// Writes what is wanted and says so on standard error. Complains itself about errors.
ExitCode writeOutputs(const OutputOptions& options,
                      storage::Library& library,
                      const std::vector<storage::StoredRun>& runs);

} // namespace attest::cli
