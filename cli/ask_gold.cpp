#include "cli/ask_gold.h"

#include "cli/progress_line.h"

#include <algorithm>
#include <optional>

namespace attest::cli {

Result<extract::GoldRun> askGold(const ModelOptions& options,
                                 const std::filesystem::path& model,
                                 const extract::Template& asked,
                                 const extract::GoldSet& gold,
                                 const std::vector<extract::GoldDocument>& documents,
                                 const Interrupt& interrupt) {
    ATTEST_TRY_ASSIGN(auto extractor, extract::Extractor::create(extractorOptions(options, model)));
    ProgressLine line(documents.size());
    std::optional<size_t> shown;
    const auto onProgress = [&](const extract::GoldProgress& progress) {
        if (shown != progress.document) {
            shown = progress.document;
            line.beginDocument(progress.document, progress.name);
        }
        line.show(progress.stage, progress.part);
    };
    return extract::runGold(extractor, asked, gold, documents, onProgress, interrupt.token());
}

std::vector<extract::GoldDocument> amongInputs(const extract::GoldSet& gold,
                                               const std::vector<Input>& inputs) {
    std::vector<extract::GoldDocument> found;
    for (size_t i = 0; i < gold.documents.size(); ++i) {
        const extract::Labelled& document = gold.documents[i];
        const std::string file = std::filesystem::path(document.file).filename().string();
        const auto input = std::find_if(inputs.begin(), inputs.end(), [&](const Input& each) {
            const std::string name = each.path.filename().string();
            const bool isNote = each.noteText.has_value();
            return (!document.id.empty() && document.id == (isNote ? each.noteId : name)) ||
                   (!isNote && !file.empty() && file == name);
        });
        if (input != inputs.end()) {
            found.push_back({i, input->name, input->path, input->noteText});
        }
    }
    return found;
}

} // namespace attest::cli
