#include "extract/export/write_export.h"

#include "base/sha256.h"
#include "extract/export/dictionary.h"
#include "extract/export/output_folder.h"
#include "extract/export/own_columns.h"
#include "extract/export/report_json.h"
#include "extract/export/xlsx_writer.h"
#include "extract/output_file.h"
#include "extract/pipeline.h"

#include <array>
#include <ctime>
#include <deque>
#include <set>
#include <string_view>
#include <system_error>

namespace attest::extract {

namespace {

namespace fs = std::filesystem;

struct ProfileName {
    ExportProfile profile;
    std::string_view name;
};

constexpr std::array kProfiles = {ProfileName{ExportProfile::ExcelCsv, "excel-csv"},
                                  ProfileName{ExportProfile::ExcelXlsx, "excel-xlsx"},
                                  ProfileName{ExportProfile::Analysis, "analysis"},
                                  ProfileName{ExportProfile::Redcap, "redcap"},
                                  ProfileName{ExportProfile::JsonLines, "jsonl"}};

// What all ways of writing need.
struct Job {
    storage::Database& db;
    const ExportRequest& request;
    const ReportSource& source;
    const ProgressFn& onProgress;
    std::stop_token stop;
};

// A file whose bytes are on the disk, named as it will be called.
Result<ManifestFile> described(const OutputFile& file, const std::string& name) {
    ManifestFile entry;
    entry.name = name;
    ATTEST_TRY_ASSIGN(entry.sha256, sha256OfFile(file.temporaryPath()));
    std::error_code error;
    entry.bytes = fs::file_size(file.temporaryPath(), error);
    return entry;
}

Error cancelled() {
    return {ErrorCode::Cancelled, "the export was cancelled"};
}

void finishCounts(Manifest& manifest) {
    for (const ManifestFile& file : manifest.files) {
        manifest.counts.guardedCells += file.guarded.size();
        manifest.counts.files.push_back(file.name);
    }
}

struct CsvFile {
    OutputFile file;
    std::string name;
    std::vector<std::string> columns;
    CsvWriter csv;

    CsvFile(OutputFile opened,
            std::string called,
            std::vector<std::string> names,
            CsvDialect dialect)
        : file(std::move(opened))
        , name(std::move(called))
        , columns(std::move(names))
        , csv(file, dialect) {}

    CsvFile(const CsvFile&) = delete;
    CsvFile& operator=(const CsvFile&) = delete;

    Result<ManifestFile> seal() {
        ATTEST_TRY(file.seal());
        ATTEST_TRY_ASSIGN(ManifestFile entry, described(file, name));
        entry.rows = csv.rowCount();
        entry.columns = columns;
        entry.guarded = csv.guarded();
        return entry;
    }
};

// ---- a folder of CSV files -------------------------------------------------------------------

Result<std::vector<std::string>> replaceableIn(const fs::path& target) {
    std::error_code error;
    if (!fs::is_directory(target, error)) {
        return std::vector<std::string>();
    }
    auto names = filesOfManifest(target / kManifestName);
    if (names.ok() || names.error().code == ErrorCode::Io) {
        return names;
    }
    return std::vector<std::string>(); // no export of ours: only an empty folder will do
}

Result<ManifestFile> writeDictionary(const fs::path& folder,
                                     const std::vector<ReportTable>& tables,
                                     const Job& job,
                                     const CsvDialect& dialect) {
    const std::string name = "dictionary.csv";
    ATTEST_TRY_ASSIGN(OutputFile opened, OutputFile::create(folder / name));
    CsvFile file(std::move(opened), name, dictionaryHeader(), dialect);
    ATTEST_TRY(file.csv.header(file.columns));
    const DictionaryKind kind = job.request.profile == ExportProfile::Redcap
                                    ? DictionaryKind::Redcap
                                    : DictionaryKind::Plain;
    for (const Row& row : dictionaryRows(tables, job.source.plan, kind)) {
        ATTEST_TRY(file.csv.row(row));
    }
    ATTEST_TRY_ASSIGN(ManifestFile entry, file.seal());
    ATTEST_TRY(file.file.publish());
    return entry;
}

Result<ExportCounts> writeFolder(const Job& job, const fs::path& target) {
    ATTEST_TRY_ASSIGN(const CsvDialect dialect, dialectOf(job.request));
    ATTEST_TRY_ASSIGN(const auto replaceable, replaceableIn(plainPath(target)));
    ATTEST_TRY_ASSIGN(OutputFolder folder, OutputFolder::create(target, replaceable));
    const std::vector<ReportTable> tables = tablesOf(job.source.plan, job.request);
    std::deque<CsvFile> files;
    for (const ReportTable& table : tables) {
        const std::string name = table.name + ".csv";
        ATTEST_TRY_ASSIGN(OutputFile opened, OutputFile::create(folder.path() / name));
        files.emplace_back(std::move(opened), name, namesOf(table), dialect);
        ATTEST_TRY(files.back().csv.header(files.back().columns));
    }
    const RowFn write = [&files](size_t table, const Row& row) {
        return files[table].csv.row(row);
    };
    ATTEST_TRY_ASSIGN(ReportContents contents,
                      forEachRow(job.db, job.source, tables, write, job.onProgress, job.stop));

    Manifest manifest{job.request, contents.counts, {}, std::move(contents.documents), 0};
    for (CsvFile& file : files) {
        ATTEST_TRY_ASSIGN(ManifestFile entry, file.seal());
        ATTEST_TRY(file.file.publish());
        manifest.files.push_back(std::move(entry));
    }
    ATTEST_TRY_ASSIGN(ManifestFile dictionary,
                      writeDictionary(folder.path(), tables, job, dialect));
    manifest.files.push_back(std::move(dictionary));
    finishCounts(manifest);
    ATTEST_TRY_ASSIGN(OutputFile json, OutputFile::create(folder.path() / kManifestName));
    ATTEST_TRY(json.write(manifestJson(manifest)));
    ATTEST_TRY(json.commit());
    if (job.stop.stop_requested()) {
        return cancelled();
    }
    ATTEST_TRY(folder.commit());
    manifest.counts.files.emplace_back(kManifestName);
    return manifest.counts;
}

// ---- one file and its manifest ---------------------------------------------------------------

fs::path manifestPathFor(const fs::path& target) {
    return target.string() + ".manifest.json";
}

Result<void> checkFileTarget(const fs::path& target) {
    std::error_code error;
    const fs::file_status status = fs::status(target, error);
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        return Error{ErrorCode::InvalidInput,
                     "'" + target.string() + "' is not a file; this export is one"};
    }
    const fs::path manifest = manifestPathFor(target);
    if (fs::exists(manifest, error)) {
        if (const auto names = filesOfManifest(manifest); !names.ok()) {
            return Error{ErrorCode::InvalidInput,
                         "'" + manifest.string() +
                             "' is in the way: no export wrote it, and this one's manifest has "
                             "that name"};
        }
    }
    return {};
}

// `write` fills the file and returns its entry without name and hash.
template <typename Write>
Result<ExportCounts> writeFile(const Job& job, const fs::path& path, const Write& write) {
    const fs::path target = plainPath(path);
    ATTEST_TRY(checkFileTarget(target));
    ATTEST_TRY_ASSIGN(OutputFile file, OutputFile::create(target));
    ATTEST_TRY_ASSIGN(OutputFile json, OutputFile::create(manifestPathFor(target)));
    Manifest manifest;
    manifest.request = job.request;
    ManifestFile entry;
    ATTEST_TRY(write(file, manifest, entry));
    ATTEST_TRY(file.seal());
    ATTEST_TRY_ASSIGN(ManifestFile onDisk, described(file, target.filename().string()));
    entry.name = std::move(onDisk.name);
    entry.sha256 = std::move(onDisk.sha256);
    entry.bytes = onDisk.bytes;
    manifest.files.push_back(std::move(entry));
    finishCounts(manifest);
    ATTEST_TRY(json.write(manifestJson(manifest)));
    ATTEST_TRY(json.seal());
    if (job.stop.stop_requested()) {
        return cancelled();
    }
    ATTEST_TRY(publishTogether(file, json));
    manifest.counts.files.push_back(manifestPathFor(target).filename().string());
    return manifest.counts;
}

void take(Manifest& manifest, ReportContents contents) {
    manifest.counts = std::move(contents.counts);
    manifest.documents = std::move(contents.documents);
}

Result<void>
writeOneCsv(const Job& job, OutputFile& file, Manifest& manifest, ManifestFile& entry) {
    ATTEST_TRY_ASSIGN(const CsvDialect dialect, dialectOf(job.request));
    const std::vector<ReportTable> tables = tablesOf(job.source.plan, job.request);
    CsvWriter csv(file, dialect);
    entry.columns = namesOf(tables.front());
    ATTEST_TRY(csv.header(entry.columns));
    const RowFn write = [&csv](size_t, const Row& row) {
        return csv.row(row);
    };
    ATTEST_TRY_ASSIGN(ReportContents contents,
                      forEachRow(job.db, job.source, tables, write, job.onProgress, job.stop));
    entry.rows = csv.rowCount();
    entry.guarded = csv.guarded();
    take(manifest, std::move(contents));
    return {};
}

Result<void> writeLines(const Job& job, OutputFile& file, Manifest& manifest, ManifestFile& entry) {
    const RunFn write = [&](const ReportRun& run) -> Result<void> {
        ATTEST_TRY_ASSIGN(const std::string line,
                          reportLine(job.db,
                                     run,
                                     job.source.templates.at(run.run.templateSha256),
                                     job.source.plan,
                                     job.request.hasProvenance));
        ++entry.rows;
        return file.write(line);
    };
    ATTEST_TRY_ASSIGN(ReportContents contents,
                      forEachRun(job.db, job.source, write, job.onProgress, job.stop));
    take(manifest, std::move(contents));
    return {};
}

std::vector<Column> textColumns(const std::vector<std::string>& names) {
    std::vector<Column> columns;
    for (const std::string& name : names) {
        Column column;
        column.name = name;
        columns.push_back(std::move(column));
    }
    return columns;
}

Result<void>
writeWorkbook(const Job& job, OutputFile& file, Manifest& manifest, ManifestFile& entry) {
    const std::vector<ReportTable> tables = tablesOf(job.source.plan, job.request);
    ATTEST_TRY_ASSIGN(XlsxWriter book, XlsxWriter::create(file.temporaryPath()));
    for (const ReportTable& table : tables) {
        if (table.columns.size() > kMaxSheetColumns) {
            return Error{ErrorCode::OutOfResources,
                         "the table '" + table.name +
                             "' has more columns than a sheet can hold; export it as CSV"};
        }
        book.addSheet(table.name, columnsOf(table));
    }
    const RowFn write = [&](size_t table, const Row& row) -> Result<void> {
        ++entry.rows;
        return book.row(table, row);
    };
    ATTEST_TRY_ASSIGN(ReportContents contents,
                      forEachRow(job.db, job.source, tables, write, job.onProgress, job.stop));

    const size_t dictionary = book.addSheet("Dictionary", textColumns(dictionaryHeader()));
    for (const Row& row : dictionaryRows(tables, job.source.plan, DictionaryKind::Plain)) {
        ATTEST_TRY(book.row(dictionary, row));
    }
    std::vector<Column> aboutColumns = textColumns({"about", "value"});
    aboutColumns.back().isLongText = true;
    const size_t about = book.addSheet("About", aboutColumns);
    auto lines = aboutLines(job.request, contents);
    if (book.shortenedCells() > 0) {
        lines.emplace_back("cells that hold only the begin of their text",
                           std::to_string(book.shortenedCells()));
    }
    for (const auto& [name, value] : lines) {
        ATTEST_TRY(book.row(about, {textCell(name), textCell(value)}));
    }
    ATTEST_TRY(book.close());
    manifest.shortenedCells = book.shortenedCells();
    take(manifest, std::move(contents));
    return {};
}

} // namespace

std::string_view toString(ExportProfile profile) {
    for (const ProfileName& known : kProfiles) {
        if (known.profile == profile) {
            return known.name;
        }
    }
    return "";
}

Result<ExportProfile> parseExportProfile(std::string_view name) {
    std::string all;
    for (const ProfileName& known : kProfiles) {
        if (known.name == name) {
            return known.profile;
        }
        all += (all.empty() ? "" : ", ") + std::string(known.name);
    }
    return Error{ErrorCode::InvalidInput,
                 "there is no profile '" + std::string(name) + "'; there are " + all};
}

Result<CsvDialect> dialectOf(const ExportRequest& request) {
    CsvDialect dialect;
    if (request.profile != ExportProfile::ExcelCsv) {
        dialect.lineEnd = "\n";
        return dialect;
    }
    if (std::string_view(",;\t").find(request.separator) == std::string_view::npos) {
        return Error{ErrorCode::InvalidInput, "a separator is a comma, a semicolon or a tab"};
    }
    dialect.separator = request.separator;
    dialect.hasByteOrderMark = true;
    dialect.hasDecimalComma = request.hasDecimalComma;
    return dialect;
}

std::vector<std::pair<std::string, std::string>> aboutLines(const ExportRequest& request,
                                                            const ReportContents& contents) {
    std::vector<std::pair<std::string, std::string>> lines = {
        {"made by", "attest " + std::string(engineVersion())},
        {"made at (UTC)", isoTime(std::time(nullptr))},
        {"documents", std::to_string(contents.counts.documents)},
        {"of them not reviewed", std::to_string(contents.counts.unreviewedDocuments)},
        {"values", std::to_string(contents.counts.values)},
        {"confidence", "how often such values are right, where that was measured for the model"},
        {"confidence_raw", "the model's own probability of a value; it is not calibrated"},
        {"original", "text cells hold what was read; nothing in this workbook is a formula"}};
    for (const std::string& field : request.leftOutFields) {
        lines.emplace_back("left out", field);
    }
    for (const std::string& field : contents.counts.identifierFields) {
        lines.emplace_back("identifies a person", field);
    }
    std::set<std::string> seen;
    for (const ManifestDocument& document : contents.documents) {
        const storage::StoredRun& run = document.run;
        const std::string name = run.templateId + "@" + std::to_string(run.templateVersion);
        if (seen.insert("t" + run.templateSha256).second) {
            lines.emplace_back("template " + name, "SHA-256 " + run.templateSha256);
        }
        if (seen.insert("m" + run.modelSha256).second) {
            lines.emplace_back("model " + run.modelName, "SHA-256 " + run.modelSha256);
        }
    }
    for (const StatusMeaning& status : kStatusMeanings) {
        lines.emplace_back(std::string("status ") + status.code, status.meaning);
    }
    return lines;
}

Result<ExportCounts> writeExport(storage::Database& db,
                                 const ExportRequest& request,
                                 const fs::path& target,
                                 const ProgressFn& onProgress,
                                 std::stop_token stop) {
    ATTEST_TRY(dialectOf(request));
    ATTEST_TRY_ASSIGN(const ReportSource source, reportSource(db, request));
    const Job job{db, request, source, onProgress, std::move(stop)};
    const auto with = [&job](auto write) {
        return [&job, write](OutputFile& file, Manifest& manifest, ManifestFile& entry) {
            return write(job, file, manifest, entry);
        };
    };
    switch (request.profile) {
    case ExportProfile::ExcelCsv:
        return writeFile(job, target, with(&writeOneCsv));
    case ExportProfile::ExcelXlsx:
        return writeFile(job, target, with(&writeWorkbook));
    case ExportProfile::JsonLines:
        return writeFile(job, target, with(&writeLines));
    case ExportProfile::Analysis:
    case ExportProfile::Redcap:
        break;
    }
    return writeFolder(job, target);
}

} // namespace attest::extract
