#include "cli/results.h"

#include "cli/terminal.h"

#include <algorithm>
#include <utility>

namespace attest::cli {

namespace {

const std::string kStandardOutput = "-";

// One output, whatever its format. `write` fills a sink.
template <typename Write>
ExitCode writeTo(const std::string& target, const Write& write) {
    const auto complainAbout = [](const Error& error) {
        complain(error);
        return error.code == ErrorCode::Storage ? ExitCode::Library : ExitCode::Output;
    };
    if (target == kStandardOutput) {
        StandardOutput sink;
        const auto report = write(sink);
        return report.ok() ? ExitCode::Done : complainAbout(report.error());
    }
    auto file = extract::OutputFile::create(target);
    if (!file.ok()) {
        return complainAbout(file.error());
    }
    const Result<extract::ExportReport> report = write(file.value());
    if (!report.ok()) {
        return report.error().code == ErrorCode::InvalidInput
                   ? (complain(report.error()), ExitCode::Usage)
                   : complainAbout(report.error());
    }
    if (const auto committed = file.value().commit(); !committed.ok()) {
        return complainAbout(committed.error());
    }
    const extract::ExportReport& done = report.value();
    complain("wrote " + counted(done.rows, "row") + " of " + counted(done.documents, "document") +
             " to " + target);
    if (done.guardedCells > 0) {
        complain(counted(done.guardedCells, "cell") +
                 " got an apostrophe in front so that no spreadsheet runs it as a formula");
    }
    if (!done.leftOutGroups.empty()) {
        std::string groups;
        for (const std::string& group : done.leftOutGroups) {
            groups += (groups.empty() ? "" : ", ") + group;
        }
        complain("not in this wide table: " + groups +
                 "; use --layout long, or export --layout wide --group NAME");
    }
    return ExitCode::Done;
}

// Of a note in a file of notes its own name there.
const std::string& documentName(const storage::StoredRun& run) {
    return run.run.sourceId.empty() ? run.run.fileName : run.run.sourceId;
}

std::string shownValue(const storage::ValueRecord& value) {
    std::string shown = value.text.value_or("");
    if (value.isNormAmbiguous || value.isAmbiguousPlace) {
        shown += " (?)";
    }
    return shown;
}

} // namespace

Result<std::string> valueTable(storage::Library& library,
                               const std::vector<storage::StoredRun>& runs,
                               size_t width,
                               size_t maxRows) {
    std::vector<std::vector<std::string>> rows;
    size_t found = 0;
    for (const storage::StoredRun& run : runs) {
        ATTEST_TRY_ASSIGN(const auto values, storage::valuesOf(library.database(), run.id));
        for (const storage::ValueRecord& value : values) {
            if (!value.text || ++found > maxRows) {
                continue;
            }
            const std::string record =
                value.instance < 0 ? "" : value.group + " " + std::to_string(value.instance + 1);
            rows.push_back({documentName(run),
                            record,
                            value.field,
                            shownValue(value),
                            value.span ? std::to_string(value.span->pageIndex + 1) : ""});
        }
    }
    if (rows.empty()) {
        return std::string("No values were found.\n");
    }
    std::string text = table({{"DOCUMENT", false, 10},
                              {"RECORD", false, 6},
                              {"FIELD", false, 6},
                              {"VALUE", false, 10},
                              {"PAGE", true, 4}},
                             rows,
                             width);
    if (found > rows.size()) {
        text += "\u2026 and " + counted(found - rows.size(), "more value") + "\n";
    }
    return text;
}

Result<std::string>
summaryText(storage::Library& library, const storage::StoredRun& run, size_t width) {
    ATTEST_TRY_ASSIGN(const auto sentences, storage::sentencesOf(library.database(), run.id));
    std::string text = printable(documentName(run)) + "\n";
    for (const storage::SentenceRecord& sentence : sentences) {
        std::string pages;
        std::int32_t last = -1;
        for (const storage::CitationRecord& citation : sentence.citations) {
            if (citation.span.pageIndex != last) {
                last = citation.span.pageIndex;
                pages += (pages.empty() ? "" : ", ") + std::to_string(last + 1);
            }
        }
        // Wrapped at blanks, hanging under its own begin.
        std::string line = "  -";
        size_t column = line.size();
        const std::string sentenceText = printable(sentence.text) + " [p. " + pages + "]";
        for (size_t at = 0; at < sentenceText.size();) {
            const size_t end = std::min(sentenceText.find(' ', at), sentenceText.size());
            const std::string word = sentenceText.substr(at, end - at);
            if (column + 1 + word.size() > width && column > 4) {
                line += "\n   ";
                column = 3;
            }
            line += " " + word;
            column += 1 + word.size();
            at = end + 1;
        }
        text += line + "\n";
    }
    if (sentences.empty()) {
        text += "  (nothing to summarize: " + run.documentStatus + ")\n";
    }
    return text;
}

Result<void> checkOutputs(const OutputOptions& options) {
    for (const std::string& target : {options.csv, options.jsonl}) {
        if (!target.empty() && target != kStandardOutput) {
            ATTEST_TRY_ASSIGN([[maybe_unused]] const extract::OutputFile probe,
                              extract::OutputFile::create(target));
        }
    }
    return {};
}

ExitCode writeOutputs(const OutputOptions& options,
                      storage::Library& library,
                      const std::vector<storage::StoredRun>& runs) {
    storage::Database& db = library.database();
    ExitCode code = ExitCode::Done;
    if (!options.csv.empty()) {
        code = writeTo(options.csv, [&](extract::TextSink& sink) {
            return extract::writeCsv(sink, db, runs, options.csvOptions);
        });
    }
    if (!options.jsonl.empty()) {
        const ExitCode second = writeTo(options.jsonl, [&](extract::TextSink& sink) {
            return extract::writeJsonLines(sink, db, runs);
        });
        code = code == ExitCode::Done ? second : code;
    }
    return code;
}

} // namespace attest::cli
