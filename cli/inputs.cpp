#include "cli/inputs.h"

#include "extract/intake.h"
#include "extract/note_lines.h"

#include <utility>

namespace attest::cli {

namespace {

namespace fs = std::filesystem;

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
    ATTEST_TRY_ASSIGN(const extract::FoundFiles found,
                      extract::findDocuments({paths.begin(), paths.end()},
                                             depth == Depth::Recursive
                                                 ? extract::FolderDepth::Recursive
                                                 : extract::FolderDepth::TopOnly,
                                             [](Progress) {},
                                             {}));
    if (!found.refused.empty()) {
        const extract::RefusedFile& first = found.refused.front();
        return Error{ErrorCode::NotFound, "'" + first.path.string() + "' " + first.reason};
    }
    std::vector<Input> inputs;
    for (const extract::FoundFile& file : found.files) {
        if (extract::isNotesFile(file.path)) {
            ATTEST_TRY(addNotes(file.path, textField, inputs));
        } else {
            inputs.push_back({file.path.filename().string(), file.path, std::nullopt, {}});
        }
    }
    return inputs;
}

} // namespace attest::cli
