#include "extract/note_lines.h"

#include "extract/text/line_file.h"

#include <nlohmann/json.hpp>

namespace attest::extract {

namespace {

using nlohmann::ordered_json;

std::string idOf(const ordered_json& line, size_t number) {
    for (const char* key : {"id", "file"}) {
        const auto found = line.find(key);
        if (found != line.end() && found->is_string()) {
            return found->get<std::string>();
        }
        if (found != line.end() && found->is_number_integer()) {
            return found->dump();
        }
    }
    return std::to_string(number);
}

} // namespace

Result<std::vector<Note>> readNotes(const std::filesystem::path& path, std::string_view textField) {
    std::vector<Note> notes;
    const std::string key(textField);
    ATTEST_TRY(forEachJsonLine(path, [&](const ordered_json& line, size_t number) -> Result<void> {
        const auto text = line.find(key);
        if (text == line.end() || !text->is_string()) {
            return Error{ErrorCode::InvalidInput, "no text field \"" + key + "\""};
        }
        notes.push_back({idOf(line, number), text->get<std::string>()});
        return {};
    }));
    return notes;
}

} // namespace attest::extract
