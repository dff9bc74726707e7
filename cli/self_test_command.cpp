#include "cli/command.h"
#include "cli/model_options.h"
#include "cli/results.h"
#include "cli/terminal.h"
#include "extract/document_reader.h"
#include "extract/resources.h"
#include "extract/save_result.h"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <system_error>

namespace attest::cli {

namespace {

namespace fs = std::filesystem;

struct Options {
    ModelOptions model;
};

constexpr std::string_view kNote =
    "Medications: metformin 500 mg twice daily, lisinopril 10 mg once daily.";

// A PDF of one page that says "Attest", with its cross-reference table.
std::string smallPdf() {
    std::string pdf = "%PDF-1.4\n";
    const std::string content = "BT /F1 24 Tf 72 700 Td (Attest) Tj ET";
    const std::vector<std::string> objects = {
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
    std::vector<size_t> offsets;
    for (size_t i = 0; i < objects.size(); ++i) {
        offsets.push_back(pdf.size());
        pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const size_t table = pdf.size();
    pdf += "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
    for (const size_t offset : offsets) {
        const std::string digits = std::to_string(offset);
        pdf += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
    }
    return pdf + "trailer\n<< /Size " + std::to_string(objects.size() + 1) +
           " /Root 1 0 R >>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
}

// Removed with everything in it at the end.
class ScratchFolder {
public:
    ScratchFolder() {
        std::error_code error;
        std::string name = (fs::temp_directory_path(error) / "attest-self-test-XXXXXX").string();
        if (::mkdtemp(name.data()) != nullptr) {
            path_ = name;
        }
    }

    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    ~ScratchFolder() {
        std::error_code ignored;
        if (!path_.empty()) {
            fs::remove_all(path_, ignored);
        }
    }

    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

Result<std::string> testTemplates() {
    ATTEST_TRY_ASSIGN(const auto templates, extract::builtInTemplates());
    return counted(templates.size(), "template");
}

Result<std::string> testReader(const fs::path& scratch) {
    const fs::path file = scratch / "test.pdf";
    ATTEST_TRY_ASSIGN(extract::OutputFile pdf, extract::OutputFile::create(file));
    ATTEST_TRY(pdf.write(smallPdf()));
    ATTEST_TRY(pdf.commit());
    extract::ReaderOptions options;
    ATTEST_TRY_ASSIGN(options.readerProgram, extract::findReaderProgram());
    ATTEST_TRY_ASSIGN(const extract::DocumentText document,
                      extract::readDocument(file, options, [](Progress) {}, {}));
    if (document.pages.size() != 1 || document.pages[0].text != "Attest") {
        return Error{ErrorCode::InvalidInput,
                     "the test page was read as something else (" +
                         std::string(extract::toString(document.status)) + " " + document.message +
                         ")"};
    }
    return std::string("read a page in the sealed process");
}

Result<std::string> testModel(const Options& options, const fs::path& scratch) {
    ATTEST_TRY_ASSIGN(extract::Extractor extractor, loadModel(options.model));
    ATTEST_TRY_ASSIGN(const extract::Template asked, extract::findTemplate("medications"));
    ATTEST_TRY_ASSIGN(const extract::ExtractionResult result,
                      extractor.extractNote(kNote, asked, [](extract::Stage, Progress) {}, {}));

    ATTEST_TRY_ASSIGN(storage::Library library,
                      storage::Library::open(scratch / "library", storage::Access::ReadWrite));
    extract::RunOrigin origin;
    origin.fileName = "note";
    ATTEST_TRY_ASSIGN(origin.templateJson, extract::templateText("medications"));
    origin.model = extract::modelRecord(extractor.modelInfo(), extractor.modelSha256());
    origin.adapters = extractor.adapters();
    ATTEST_TRY(extract::saveExtraction(library.database(), result, asked, origin));
    ATTEST_TRY(library.database().verify());
    ATTEST_TRY_ASSIGN(const auto runs, storage::latestRuns(library.database(), {}));
    ATTEST_TRY_ASSIGN(extract::OutputFile csv, extract::OutputFile::create(scratch / "t.csv"));
    ATTEST_TRY(extract::writeCsv(csv, library.database(), runs, {}));
    ATTEST_TRY(csv.commit());
    size_t found = 0;
    for (const extract::ExtractedValue& value : result.values) {
        found += value.text ? size_t{1} : size_t{0};
    }
    return counted(found, "value") + " found in a note, stored, checked and exported";
}

bool report(const char* what, const Result<std::string>& result) {
    const std::string label = std::string(what) + std::string(12 - std::string(what).size(), ' ');
    print((result.ok() ? "ok      " : "FAILED  ") + label +
          printable(result.ok() ? result.value() : result.error().message) + "\n");
    return result.ok();
}

ExitCode runSelfTest(const Options& options) {
    const ScratchFolder scratch;
    if (scratch.path().empty()) {
        complain("no temporary folder can be made");
        return ExitCode::Output;
    }
    const bool templates = report("templates", testTemplates());
    const bool reader = report("reader", testReader(scratch.path()));
    const bool model = report("model", testModel(options, scratch.path()));
    return templates && model ? (reader ? ExitCode::Done : ExitCode::SomeFailed) : ExitCode::Model;
}

} // namespace

void addSelfTest(CLI::App& app, Context& context) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("self-test", "Try every part of this installation, from PDF to table");
    addModelOptions(*command, options->model);
    command->footer("Examples:\n"
                    "  attest self-test\n"
                    "  attest self-test --model model.gguf");
    command->callback([options, &context] {
        context.chosen = [options] {
            return runSelfTest(*options);
        };
    });
}

} // namespace attest::cli
