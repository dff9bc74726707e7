#include "cli/inputs.h"

#include "extract/note_lines.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

namespace attest::cli {

namespace {

namespace fs = std::filesystem;

std::string lowerExtension(const fs::path& path) {
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return extension;
}

bool isDocument(const fs::path& path) {
    constexpr std::array<std::string_view, 4> kExtensions = {".pdf", ".txt", ".md", ".text"};
    const std::string extension = lowerExtension(path);
    return !path.filename().string().starts_with('.') &&
           std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end();
}

Result<void> addFolder(const fs::path& folder, Depth depth, std::vector<fs::path>& files) {
    std::error_code error;
    std::vector<fs::path> found;
    fs::recursive_directory_iterator entry(folder, fs::directory_options::none, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        std::error_code ignored;
        const bool isHidden = entry->path().filename().string().starts_with('.');
        if (entry->is_directory(ignored) && (isHidden || depth == Depth::TopOnly)) {
            entry.disable_recursion_pending();
        }
        if (entry->is_regular_file(ignored) && isDocument(entry->path())) {
            found.push_back(entry->path());
        }
    }
    if (error) {
        return Error{ErrorCode::Io, "read folder '" + folder.string() + "': " + error.message()};
    }
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
    return {};
}

Result<void>
addNotes(const fs::path& path, const std::string& textField, std::vector<Input>& inputs) {
    ATTEST_TRY_ASSIGN(auto notes, extract::readNotes(path, textField));
    for (extract::Note& note : notes) {
        const std::string name = path.filename().string() + "#" + note.id;
        inputs.push_back({name, path, std::move(note.text), std::move(note.id)});
    }
    return {};
}

} // namespace

Result<std::vector<Input>>
gatherInputs(const std::vector<std::string>& paths, Depth depth, const std::string& textField) {
    std::vector<fs::path> files;
    for (const std::string& given : paths) {
        const fs::path path(given);
        std::error_code error;
        const fs::file_status status = fs::status(path, error);
        if (!fs::exists(status)) {
            return Error{ErrorCode::NotFound, "no file or folder '" + given + "'"};
        }
        if (fs::is_directory(status)) {
            ATTEST_TRY(addFolder(path, depth, files));
        } else {
            files.push_back(path);
        }
    }
    std::vector<Input> inputs;
    std::set<fs::path> seen;
    for (const fs::path& file : files) {
        std::error_code error;
        const fs::path real = fs::weakly_canonical(file, error);
        if (!seen.insert(error ? file : real).second) {
            continue;
        }
        if (lowerExtension(file) == ".jsonl") {
            ATTEST_TRY(addNotes(file, textField, inputs));
        } else {
            inputs.push_back({file.filename().string(), file, std::nullopt, {}});
        }
    }
    return inputs;
}

} // namespace attest::cli
