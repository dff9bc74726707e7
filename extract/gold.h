// Gold standards: documents with the right answers. docs/evaluation.md describes the file.
#pragma once

#include "base/result.h"
#include "extract/evaluate.h"
#include "extract/template.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace attest::extract {

struct GoldSet {
    std::filesystem::path file;
    std::vector<Labelled> documents; // never empty
    FieldComparators comparators;    // as the file's first line says
};

// The gold file itself, or in a folder ID.jsonl, gold/ID.jsonl or gold.jsonl, where ID is the
// template's. Errors: NotFound (the message lists where it looked).
Result<std::filesystem::path> findGoldFile(const std::filesystem::path& place,
                                           const Template& asked);

// Reads and checks it: every field is one of a template's, has its shape and, where it is chosen,
// one of its choices; no document is there twice. `templates`: all that will be measured, at least
// one; what one of them knows is right. Errors: NotFound, Io, InvalidInput naming file, line and
// place: "gold.jsonl, line 3: /values/medications/0/durg: no template has this field".
Result<GoldSet> readGold(const std::filesystem::path& file,
                         const std::vector<const Template*>& templates);

// A document to ask a model about.
struct GoldDocument {
    std::size_t index = 0;           // into GoldSet::documents
    std::string name;                // for messages
    std::filesystem::path path;      // empty: `text`
    std::optional<std::string> text; // a note that the gold carries, or a line of a file of notes
};

// Each document where the gold's "file" says: an absolute path, or one from the gold file's folder
// or the one above. Errors: NotFound, naming file, line and document.
Result<std::vector<GoldDocument>> goldDocuments(const GoldSet& gold);

} // namespace attest::extract
