#include "extract/evaluate/document_score.h"
#include "extract/evaluate/gold_check.h"
#include "extract/gold.h"
#include "extract/text/line_file.h"

#include <algorithm>
#include <array>
#include <map>
#include <system_error>
#include <utility>

namespace attest::extract {

namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

Error invalid(std::string what) {
    return {ErrorCode::InvalidInput, std::move(what)};
}

std::string textAt(const ordered_json& line, const char* key) {
    const auto found = line.find(key);
    if (found == line.end() || found->is_null() || found->is_structured()) {
        return {};
    }
    return found->is_string() ? found->get<std::string>() : found->dump();
}

Result<Labelled> labelledOf(const ordered_json& line, size_t number) {
    Labelled labelled;
    labelled.id = textAt(line, "id");
    labelled.file = textAt(line, "file");
    labelled.line = number;
    const auto values = line.find("values");
    if (values == line.end() || !values->is_object()) {
        return invalid("no object \"values\"");
    }
    if (labelled.id.empty() && labelled.file.empty()) {
        return invalid("neither \"id\" nor \"file\"");
    }
    labelled.valuesJson = values->dump(-1, ' ', false, ordered_json::error_handler_t::replace);
    return labelled;
}

Result<FieldComparators> comparatorsOf(const ordered_json& json) {
    if (!json.is_object()) {
        return invalid("/compare: an object of fields and comparators is wanted here");
    }
    FieldComparators comparators;
    for (const auto& [field, name] : json.items()) {
        const auto comparator =
            name.is_string() ? comparatorNamed(name.get<std::string>()) : std::nullopt;
        if (!comparator) {
            return invalid("/compare/" + field +
                           ": a comparator is wanted here: exact, normalised, numeric, date or "
                           "set");
        }
        comparators[field] = *comparator;
    }
    return comparators;
}

class GoldReader {
public:
    GoldReader(const fs::path& file, const std::vector<const Template*>& templates)
        : templates_(templates) {
        gold.file = file;
    }

    Result<void> add(const ordered_json& line, size_t number);

    GoldSet gold;

private:
    const std::vector<const Template*>& templates_;
    std::map<std::pair<std::string, std::string>, size_t> lines_; // of each id and file
};

Result<void> GoldReader::add(const ordered_json& line, size_t number) {
    if (line.contains("compare") && !line.contains("values")) {
        ATTEST_TRY_ASSIGN(gold.comparators, comparatorsOf(line["compare"]));
        return checkComparators(gold.comparators, templates_);
    }
    ATTEST_TRY_ASSIGN(Labelled labelled, labelledOf(line, number));
    ATTEST_TRY(checkGoldValues(line["values"], templates_));
    if (const auto text = line.find("text"); text != line.end()) {
        if (!text->is_string()) {
            return invalid("/text: the note itself is wanted here");
        }
        labelled.text = text->get<std::string>();
    }
    const auto [earlier, isNew] = lines_.try_emplace({labelled.id, labelled.file}, number);
    if (!isNew) {
        return invalid("the same document as in line " + std::to_string(earlier->second));
    }
    gold.documents.push_back(std::move(labelled));
    return {};
}

std::string placeOf(const GoldSet& gold, const Labelled& document) {
    return gold.file.string() + ", line " + std::to_string(document.line);
}

} // namespace

Result<std::vector<Labelled>> readLabelled(const fs::path& path) {
    std::vector<Labelled> all;
    ATTEST_TRY(forEachJsonLine(path, [&](const ordered_json& line, size_t number) -> Result<void> {
        ATTEST_TRY_ASSIGN(Labelled labelled, labelledOf(line, number));
        all.push_back(std::move(labelled));
        return {};
    }));
    return all;
}

Result<void> checkComparators(const FieldComparators& comparators,
                              const std::vector<const Template*>& templates) {
    for (const auto& [name, comparator] : comparators) {
        std::string names;
        bool isThere = false;
        for (const Template* asked : templates) {
            for (const ScoredField& field : scoredFields(*asked, {})) {
                isThere = isThere || field.name == name;
                names += (names.empty() ? "" : ", ") + field.name;
            }
        }
        if (!isThere) {
            return invalid("no field '" + name + "' to compare; there are " + names);
        }
    }
    return {};
}

Result<fs::path> findGoldFile(const fs::path& place, const Template& asked) {
    std::error_code error;
    if (!fs::is_directory(place, error)) {
        return place; // reading it says what is wrong
    }
    const std::string name = asked.id() + ".jsonl";
    for (const fs::path& candidate : {place / name, place / "gold" / name, place / "gold.jsonl"}) {
        if (fs::is_regular_file(candidate, error)) {
            return candidate;
        }
    }
    return Error{ErrorCode::NotFound,
                 "no gold in '" + place.string() + "': there is neither " + name + " nor gold/" +
                     name + " nor gold.jsonl"};
}

Result<GoldSet> readGold(const fs::path& file, const std::vector<const Template*>& templates) {
    GoldReader reader(file, templates);
    ATTEST_TRY(forEachJsonLine(
        file, [&](const ordered_json& line, size_t number) { return reader.add(line, number); }));
    if (reader.gold.documents.empty()) {
        return invalid(file.string() + ": no documents in it");
    }
    return std::move(reader.gold);
}

Result<std::vector<GoldDocument>> goldDocuments(const GoldSet& gold) {
    std::vector<GoldDocument> all;
    const fs::path folder = fs::absolute(gold.file).parent_path();
    for (size_t i = 0; i < gold.documents.size(); ++i) {
        const Labelled& document = gold.documents[i];
        GoldDocument found{i, document.id.empty() ? document.file : document.id, {}, document.text};
        if (!found.text) {
            if (document.file.empty()) {
                return Error{ErrorCode::NotFound,
                             placeOf(gold, document) +
                                 ": neither \"file\" nor \"text\" says what document this is"};
            }
            // What stands behind an absolute path replaces the folder.
            const std::array<fs::path, 2> candidates = {folder / document.file,
                                                        folder.parent_path() / document.file};
            std::error_code error;
            const auto* const there =
                std::find_if(candidates.begin(), candidates.end(), [&](const fs::path& path) {
                    return fs::is_regular_file(path, error);
                });
            if (there == candidates.end()) {
                return Error{ErrorCode::NotFound,
                             placeOf(gold, document) + ": no file '" + document.file + "' in '" +
                                 folder.string() + "' or the folder above"};
            }
            found.path = *there;
        }
        all.push_back(std::move(found));
    }
    return all;
}

} // namespace attest::extract
