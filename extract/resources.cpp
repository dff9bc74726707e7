#include "extract/resources.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <system_error>

namespace attest::extract {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxTemplateBytes = 4U << 20;
constexpr std::string_view kTemplateSuffix = ".json";

bool looksLikeResources(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_directory(folder / "templates", ignored);
}

Result<std::string> readFile(const fs::path& path) {
    std::error_code error;
    if (!fs::is_regular_file(path, error)) {
        return Error{ErrorCode::NotFound, "no file '" + path.string() + "'"};
    }
    if (fs::file_size(path, error) > kMaxTemplateBytes) {
        return Error{ErrorCode::InvalidInput, path.string() + ": larger than 4 MiB"};
    }
    std::ifstream in(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (!in.is_open() || in.bad()) {
        return Error{ErrorCode::Io, "read '" + path.string() + "'"};
    }
    return text;
}

Result<std::vector<fs::path>> builtInFiles() {
    ATTEST_TRY_ASSIGN(const fs::path folder, resourceFolder());
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder / "templates", error)) {
        if (entry.path().extension() == kTemplateSuffix) {
            files.push_back(entry.path());
        }
    }
    if (error) {
        return Error{ErrorCode::Io, "list '" + (folder / "templates").string() + "'"};
    }
    std::sort(files.begin(), files.end());
    return files;
}

// A name that cannot be a built-in id is a path, so that "medications" never means a file by
// accident.
bool isPath(std::string_view idOrPath) {
    return idOrPath.find('/') != std::string_view::npos || idOrPath.ends_with(kTemplateSuffix);
}

Result<fs::path> templateFile(std::string_view idOrPath) {
    if (isPath(idOrPath)) {
        return fs::path(idOrPath);
    }
    ATTEST_TRY_ASSIGN(const std::vector<fs::path> files, builtInFiles());
    std::string known;
    for (const fs::path& file : files) {
        if (file.stem() == idOrPath) {
            return file;
        }
        known += (known.empty() ? "" : ", ") + file.stem().string();
    }
    return Error{ErrorCode::NotFound,
                 "no built-in template '" + std::string(idOrPath) + "'; there are: " + known +
                     "; for a file of your own write its path, e.g. ./" + std::string(idOrPath) +
                     ".json"};
}

} // namespace

Result<fs::path> resourceFolder() {
    if (const char* named = std::getenv("ATTEST_RESOURCES"); named != nullptr && *named != '\0') {
        if (looksLikeResources(named)) {
            return fs::path(named);
        }
        return Error{ErrorCode::NotFound,
                     "ATTEST_RESOURCES names '" + std::string(named) +
                         "', which has no folder 'templates'"};
    }
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    for (fs::path folder = program.parent_path(); !folder.empty(); folder = folder.parent_path()) {
        for (const fs::path& candidate : {folder / "share" / "attest", folder / "resources"}) {
            if (looksLikeResources(candidate)) {
                return candidate;
            }
        }
        if (folder == folder.root_path()) {
            break;
        }
    }
    return Error{ErrorCode::NotFound,
                 "the program's resources folder is missing; set ATTEST_RESOURCES to it"};
}

Result<fs::path> bundledModel() {
    ATTEST_TRY_ASSIGN(const fs::path folder, resourceFolder());
    std::vector<fs::path> models;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder / "models", error)) {
        if (entry.path().extension() == ".gguf") {
            models.push_back(entry.path());
        }
    }
    if (models.empty()) {
        return Error{ErrorCode::NotFound,
                     "no model in '" + (folder / "models").string() +
                         "'; name a GGUF file with --model"};
    }
    return *std::max_element(models.begin(), models.end());
}

Result<std::vector<Template>> builtInTemplates() {
    ATTEST_TRY_ASSIGN(const std::vector<fs::path> files, builtInFiles());
    std::vector<Template> templates;
    for (const fs::path& file : files) {
        ATTEST_TRY_ASSIGN(const std::string text, readFile(file));
        ATTEST_TRY_ASSIGN(Template parsed, Template::parse(text, file.string()));
        templates.push_back(std::move(parsed));
    }
    return templates;
}

Result<Template> findTemplate(std::string_view idOrPath) {
    ATTEST_TRY_ASSIGN(const fs::path file, templateFile(idOrPath));
    ATTEST_TRY_ASSIGN(const std::string text, readFile(file));
    return Template::parse(text, file.string());
}

Result<std::string> templateText(std::string_view idOrPath) {
    ATTEST_TRY_ASSIGN(const fs::path file, templateFile(idOrPath));
    return readFile(file);
}

} // namespace attest::extract
