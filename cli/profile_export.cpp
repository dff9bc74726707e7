#include "cli/profile_export.h"

#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "extract/export_profile.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>

namespace attest::cli {

namespace {

namespace fs = std::filesystem;
using extract::ExportProfile;

ExitCode codeOf(const Error& error) {
    switch (error.code) {
    case ErrorCode::NotFound:
    case ErrorCode::InvalidInput:
    case ErrorCode::Unsupported:
        return ExitCode::Usage;
    case ErrorCode::Storage:
        return ExitCode::Library;
    case ErrorCode::Cancelled:
        return ExitCode::Interrupted;
    case ErrorCode::OutOfResources:
    case ErrorCode::Io:
        break;
    }
    return ExitCode::Output;
}

ExitCode failed(const Error& error) {
    complain(error);
    return codeOf(error);
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : ", ") + printable(word);
    }
    return text;
}

const char* endingOf(ExportProfile profile) {
    switch (profile) {
    case ExportProfile::ExcelCsv:
        return ".csv";
    case ExportProfile::ExcelXlsx:
        return ".xlsx";
    case ExportProfile::Analysis:
        return "-analysis";
    case ExportProfile::Redcap:
        return "-redcap";
    case ExportProfile::JsonLines:
        return ".jsonl";
    }
    return "";
}

// Template ids come from files of others and may hold anything.
std::string nameFor(const std::string& templateId, ExportProfile profile) {
    std::string name = templateId.empty() ? "attest" : templateId;
    for (char& c : name) {
        const bool isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                             (c >= '0' && c <= '9') || c == '_' || c == '-';
        c = isPlain ? c : '_';
    }
    return name + endingOf(profile);
}

// Nullopt: the name that would be used is taken by something that no export wrote.
std::optional<fs::path>
targetFor(const ProfileOptions& options, const std::string& templateId, ExportProfile profile) {
    if (!options.out.empty()) {
        return options.out;
    }
    const fs::path name = nameFor(templateId, profile);
    std::error_code error;
    if (!fs::exists(name, error) || fs::is_directory(name, error) ||
        fs::exists(name.string() + ".manifest.json", error)) {
        return name;
    }
    complain("'" + name.string() + "' exists; say --out " + name.string() + " to replace it");
    return std::nullopt;
}

extract::ExportRequest
requestFor(const ProfileOptions& options, const std::string& templateId, ExportProfile profile) {
    extract::ExportRequest request;
    request.profile = profile;
    request.templateId = templateId;
    request.leftOutFields = {options.without.begin(), options.without.end()};
    request.unreviewed =
        options.isReviewedOnly ? extract::Unreviewed::LeaveOut : extract::Unreviewed::Include;
    request.separator = options.separator == "semicolon" ? ';'
                        : options.separator == "tab"     ? '\t'
                        : options.separator == "comma"   ? ','
                                                         : options.separator.front();
    request.hasDecimalComma = options.hasDecimalComma;
    request.hasProvenance = !options.hasNoProvenance;
    return request;
}

void sayIdentifiers(const extract::ExportCounts& counts) {
    if (!counts.identifierFields.empty()) {
        complain("the report will hold fields that identify a person: " +
                 joined(counts.identifierFields) + "; leave one out with --without FIELD");
    }
}

void sayCounts(const extract::ExportCounts& counts, const fs::path& target) {
    complain("wrote " + counted(counts.values, "value") + " of " +
             counted(counts.documents, "document") + " to " + target.string() + ": " +
             joined(counts.files));
    if (counts.unreviewedDocuments > 0) {
        complain(counted(counts.unreviewedDocuments, "document") +
                 " not reviewed: the values have the status PEND; leave them out with "
                 "--reviewed-only");
    }
    if (counts.guardedCells > 0) {
        complain(counted(counts.guardedCells, "cell") +
                 " got an apostrophe in front so that no spreadsheet runs it as a formula; the "
                 "manifest lists them");
    }
}

} // namespace

ExitCode writeProfile(const ProfileOptions& options,
                      const std::string& templateId,
                      storage::Library& library) {
    const auto profile = extract::parseExportProfile(options.profile);
    if (!profile.ok()) {
        return failed(profile.error());
    }
    const auto target = targetFor(options, templateId, profile.value());
    if (!target) {
        return ExitCode::Usage;
    }
    const Interrupt interrupt;
    const extract::ExportRequest request = requestFor(options, templateId, profile.value());
    const auto preview = extract::previewExport(library.database(), request, 0);
    if (!preview.ok()) {
        return failed(preview.error());
    }
    sayIdentifiers(preview.value().counts);
    const auto counts =
        extract::writeExport(library.database(), request, *target, {}, interrupt.token());
    if (!counts.ok()) {
        return failed(counts.error());
    }
    sayCounts(counts.value(), *target);
    return ExitCode::Done;
}

} // namespace attest::cli
