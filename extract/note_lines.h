// Notes in a .jsonl file: one object a line, with an id and the text.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace attest::extract {

struct Note {
    std::string id; // "id" or "file" of the line, a number as its digits; else the line's number
    std::string text;
};

// The notes of a file, in order. Empty lines are skipped.
// Errors: NotFound, Io, InvalidInput naming file and line (not JSON, no string `textField`, larger
//         than 256 MiB).
Result<std::vector<Note>> readNotes(const std::filesystem::path& path, std::string_view textField);

} // namespace attest::extract
