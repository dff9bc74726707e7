// The documents that a command line names.
#pragma once

#include "base/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace attest::cli {

// A file, or one note of a file of notes.
struct Input {
    std::string name; // for messages and tables
    std::filesystem::path path;
    std::optional<std::string> noteText; // of a line of a .jsonl file
    std::string noteId;
};

enum class Depth { TopOnly, Recursive };

// Files as given; of folders the documents in them (extract::findDocuments); of .jsonl files each
// line's `textField`. Errors: NotFound, Io, InvalidInput.
Result<std::vector<Input>>
gatherInputs(const std::vector<std::string>& paths, Depth depth, const std::string& textField);

} // namespace attest::cli
