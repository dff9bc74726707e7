#include "cli/ask_gold.h"
#include "cli/command.h"
#include "cli/evaluation_text.h"
#include "cli/inputs.h"
#include "cli/results.h"
#include "cli/terminal.h"
#include "extract/evaluation_report.h"
#include "extract/model_choice.h"
#include "extract/resources.h"

#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

namespace attest::cli {

namespace {

namespace fs = std::filesystem;

struct Options {
    std::vector<std::string> paths;
    std::string templateName;
    std::string gold;
    std::string results;
    std::string library;
    std::string textField = "text";
    bool isRecursive = false;
    ModelOptions model;
    std::vector<std::string> comparators; // FIELD=NAME
    std::string against;                  // a model
    std::string againstTemplate;
    std::string againstResults;
    bool isJson = false;
    std::string csv;
    std::string answers;
    std::size_t worstDocuments = 5;
    bool showsMistakes = false;
};

// Results with what is known of how they came about.
struct Side {
    const extract::Template* asked = nullptr;
    std::vector<extract::Labelled> results;
    std::optional<extract::GoldRun> run;
    extract::Evaluation evaluation;
};

// How sure the model was, by the place of its answers.
Result<std::map<std::string, extract::AnswerConfidence>> storedConfidences(storage::Database& db,
                                                                           std::int64_t runId) {
    ATTEST_TRY_ASSIGN(const auto values, storage::valuesOf(db, runId));
    std::map<std::string, extract::AnswerConfidence> all;
    for (const storage::ValueRecord& value : values) {
        all[value.pointer] = {std::exp(value.logProbability), value.confidence};
    }
    return all;
}

class EvaluateCommand {
public:
    explicit EvaluateCommand(const Options& options) : options_(options) {}

    ExitCode run();

private:
    // Each complains itself.
    ExitCode prepare();
    ExitCode findDocuments();
    ExitCode collect();
    ExitCode collectOther();
    ExitCode ask(const ModelOptions& model, const fs::path& path, Side& side);
    ExitCode fromFile(const std::string& file, Side& side) const;
    ExitCode fromLibrary();
    ExitCode score(Side& side) const;
    ExitCode write(const extract::EvaluationReport& report) const;

    bool isAsking() const {
        return isGoldFolder_ || !options_.paths.empty() || !options_.model.modelPath.empty() ||
               !options_.against.empty() || !options_.againstTemplate.empty();
    }

    bool isComparing() const {
        return !options_.against.empty() || !options_.againstTemplate.empty() ||
               !options_.againstResults.empty();
    }

    static ExitCode fail(ExitCode code, const Error& error) {
        complain(error);
        return code;
    }

    const Options& options_;
    const Interrupt interrupt_;
    std::optional<extract::Template> asked_;
    std::optional<extract::Template> otherTemplate_;
    bool isGoldFolder_ = false;
    extract::GoldSet gold_;
    std::vector<extract::GoldDocument> documents_;
    Side measured_;
    Side other_;
    bool hasFailures_ = false;
};

ExitCode EvaluateCommand::prepare() {
    auto asked = extract::findTemplate(options_.templateName);
    if (!asked.ok()) {
        return fail(ExitCode::Model, asked.error());
    }
    asked_ = std::move(asked).value();
    std::vector<const extract::Template*> templates = {&*asked_};
    if (!options_.againstTemplate.empty()) {
        auto other = extract::findTemplate(options_.againstTemplate);
        if (!other.ok()) {
            return fail(ExitCode::Model, other.error());
        }
        otherTemplate_ = std::move(other).value();
        templates.push_back(&*otherTemplate_);
    }
    std::error_code error;
    isGoldFolder_ = fs::is_directory(options_.gold, error);
    const auto file = extract::findGoldFile(options_.gold, *asked_);
    if (!file.ok()) {
        return fail(ExitCode::Usage, file.error());
    }
    auto gold = extract::readGold(file.value(), templates);
    if (!gold.ok()) {
        return fail(ExitCode::Usage, gold.error());
    }
    gold_ = std::move(gold).value();
    for (const std::string& text : options_.comparators) {
        const size_t at = text.find('=');
        const auto comparator = extract::comparatorNamed(
            at == std::string::npos ? std::string_view() : std::string_view(text).substr(at + 1));
        if (!comparator) {
            return fail(ExitCode::Usage,
                        {ErrorCode::InvalidInput,
                         "--compare " + printable(text) +
                             ": FIELD=COMPARATOR is wanted; comparators are exact, normalised, "
                             "numeric, date and set"});
        }
        gold_.comparators[text.substr(0, at)] = *comparator;
    }
    if (const auto checked = extract::checkComparators(gold_.comparators, templates);
        !checked.ok()) {
        return fail(ExitCode::Usage, checked.error());
    }
    // Before an hour is spent on what goes into it.
    if (const auto output = checkOutputs({options_.csv, options_.answers, {}}); !output.ok()) {
        return fail(ExitCode::Output, output.error());
    }
    measured_.asked = &*asked_;
    other_.asked = otherTemplate_ ? &*otherTemplate_ : &*asked_;
    return isAsking() && options_.results.empty() ? findDocuments() : ExitCode::Done;
}

ExitCode EvaluateCommand::findDocuments() {
    if (options_.paths.empty()) {
        auto documents = extract::goldDocuments(gold_);
        if (!documents.ok()) {
            return fail(ExitCode::Usage, documents.error());
        }
        documents_ = std::move(documents).value();
        return ExitCode::Done;
    }
    const auto inputs = gatherInputs(options_.paths,
                                     options_.isRecursive ? Depth::Recursive : Depth::TopOnly,
                                     options_.textField);
    if (!inputs.ok()) {
        return fail(ExitCode::Usage, inputs.error());
    }
    documents_ = amongInputs(gold_, inputs.value());
    if (documents_.empty()) {
        return fail(
            ExitCode::Usage,
            {ErrorCode::NotFound, "none of the documents is in '" + gold_.file.string() + "'"});
    }
    return ExitCode::Done;
}

ExitCode EvaluateCommand::ask(const ModelOptions& model, const fs::path& path, Side& side) {
    auto run = askGold(model, path, *side.asked, gold_, documents_, interrupt_);
    if (!run.ok()) {
        return run.error().code == ErrorCode::Cancelled ? ExitCode::Interrupted
                                                        : fail(ExitCode::Model, run.error());
    }
    for (const std::string& failure : run.value().failures) {
        complain("not read: " + failure);
        hasFailures_ = true;
    }
    side.results = run.value().results;
    side.run = std::move(run).value();
    return ExitCode::Done;
}

ExitCode EvaluateCommand::fromFile(const std::string& file, Side& side) const {
    auto results = extract::readLabelled(file);
    if (!results.ok()) {
        return fail(ExitCode::Usage, results.error());
    }
    side.results = std::move(results).value();
    return ExitCode::Done;
}

ExitCode EvaluateCommand::fromLibrary() {
    auto library = openLibrary(options_.library, storage::Access::ReadOnly);
    if (!library.ok()) {
        return fail(ExitCode::Library, library.error());
    }
    const auto runs = storage::latestRuns(library.value().database(),
                                          {std::string(storage::kRunExtraction), asked_->id(), 0});
    if (!runs.ok()) {
        return fail(ExitCode::Library, runs.error());
    }
    for (const storage::StoredRun& run : runs.value()) {
        auto confidences = storedConfidences(library.value().database(), run.id);
        if (!confidences.ok()) {
            return fail(ExitCode::Library, confidences.error());
        }
        measured_.results.push_back({run.run.sourceId.empty() ? run.run.fileName : run.run.sourceId,
                                     run.run.fileName,
                                     run.run.valuesJson,
                                     {},
                                     0,
                                     std::move(confidences).value()});
    }
    return ExitCode::Done;
}

ExitCode EvaluateCommand::collect() {
    if (!options_.results.empty()) {
        return fromFile(options_.results, measured_);
    }
    if (!isAsking()) {
        return fromLibrary();
    }
    const auto model = withModel(options_.model, options_.library, asked_->id());
    return model.ok() ? ask(model.value(), model.value().modelPath, measured_)
                      : fail(ExitCode::Model, model.error());
}

ExitCode EvaluateCommand::collectOther() {
    if (!options_.againstResults.empty()) {
        return fromFile(options_.againstResults, other_);
    }
    if (options_.against.empty()) { // another template, the same model
        const auto model = withModel(options_.model, options_.library, asked_->id());
        return model.ok() ? ask(model.value(), model.value().modelPath, other_)
                          : fail(ExitCode::Model, model.error());
    }
    ModelOptions model = options_.model;
    model.chatFormat.clear();
    model.adapters.clear();
    if (options_.against != kBundledName) {
        return ask(model, options_.against, other_);
    }
    const auto bundled = extract::bundledModel();
    return bundled.ok() ? ask(model, bundled.value(), other_)
                        : fail(ExitCode::Model, bundled.error());
}

ExitCode EvaluateCommand::score(Side& side) const {
    auto evaluation =
        extract::evaluate(*side.asked, gold_.documents, side.results, gold_.comparators);
    if (!evaluation.ok()) {
        return fail(ExitCode::Usage, evaluation.error());
    }
    side.evaluation = std::move(evaluation).value();
    return ExitCode::Done;
}

// A whole file, or for "-" standard output.
template <typename Write>
Result<void> writeTo(const std::string& path, const Write& write) {
    if (path == "-") {
        StandardOutput out;
        return write(out);
    }
    ATTEST_TRY_ASSIGN(extract::OutputFile file, extract::OutputFile::create(path));
    ATTEST_TRY(write(file));
    return file.commit();
}

ExitCode EvaluateCommand::write(const extract::EvaluationReport& report) const {
    if (!options_.answers.empty()) {
        const auto written = writeTo(options_.answers, [&](extract::TextSink& out) {
            return extract::writeJudgements(*report.measured.evaluation, out);
        });
        if (!written.ok()) {
            return fail(ExitCode::Output, written.error());
        }
    }
    if (!options_.csv.empty()) {
        const auto written = writeTo(options_.csv, [&](extract::TextSink& out) {
            return extract::writeEvaluationCsv(report, out);
        });
        if (!written.ok()) {
            return fail(ExitCode::Output, written.error());
        }
    }
    if (options_.csv == "-" || options_.answers == "-") {
        return ExitCode::Done;
    }
    if (options_.isJson) {
        return print(extract::evaluationJson(report)) ? ExitCode::Done : ExitCode::Output;
    }
    EvaluationView view{options_.worstDocuments, options_.showsMistakes, {}};
    for (const extract::Labelled& document : gold_.documents) {
        view.places.push_back(document.id.empty() ? document.file : document.id);
    }
    for (const extract::GoldDocument& document : documents_) {
        if (!document.path.empty()) {
            view.places[document.index] =
                document.text ? document.name : document.path.lexically_normal().string();
        }
    }
    return print(evaluationText(report, view, terminalWidth())) ? ExitCode::Done : ExitCode::Output;
}

ExitCode EvaluateCommand::run() {
    if (const ExitCode code = prepare(); code != ExitCode::Done) {
        return code;
    }
    if (const ExitCode code = collect(); code != ExitCode::Done) {
        return code;
    }
    if (const ExitCode code = score(measured_); code != ExitCode::Done) {
        return code;
    }
    extract::EvaluationReport report;
    report.gold = &gold_;
    report.measured = {
        measured_.asked, &measured_.evaluation, measured_.run ? &*measured_.run : nullptr};
    std::optional<extract::Comparison> comparison;
    if (isComparing()) {
        if (const ExitCode code = collectOther(); code != ExitCode::Done) {
            return code;
        }
        if (const ExitCode code = score(other_); code != ExitCode::Done) {
            return code;
        }
        auto compared = extract::compareEvaluations(other_.evaluation, measured_.evaluation);
        if (!compared.ok()) {
            return fail(ExitCode::Usage, compared.error());
        }
        comparison = std::move(compared).value();
        report.comparison = &*comparison;
        report.other = {other_.asked, &other_.evaluation, other_.run ? &*other_.run : nullptr};
    }
    const ExitCode written = write(report);
    return written == ExitCode::Done && hasFailures_ ? ExitCode::SomeFailed : written;
}

void addComparisonOptions(CLI::App& command, Options& options, CLI::Option& results) {
    CLI::Option* against =
        command
            .add_option("--against",
                        options.against,
                        "Another model to compare with, paired by document; \"bundled\" is the "
                        "one that came with the program")
            ->type_name("FILE")
            ->excludes(&results);
    CLI::Option* otherTemplate = command
                                     .add_option("--against-template",
                                                 options.againstTemplate,
                                                 "Another version of the template to compare with")
                                     ->type_name("ID|FILE")
                                     ->excludes(&results);
    command
        .add_option("--against-results", options.againstResults, "Other results to compare with")
        ->type_name("FILE.jsonl")
        ->excludes(against)
        ->excludes(otherTemplate);
}

} // namespace

void addEvaluate(CLI::App& app, Context& context) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("evaluate", "Measure results against a gold standard");
    command
        ->add_option("-t,--template", options->templateName, "Built-in template or template file")
        ->required()
        ->type_name("ID|FILE");
    command
        ->add_option("--gold",
                     options->gold,
                     R"(Lines {"file" or "id": …, "values": {…}} with the right answers, or a )"
                     "folder with ID.jsonl, gold/ID.jsonl or gold.jsonl and the documents")
        ->required()
        ->type_name("FILE.jsonl|FOLDER");
    CLI::Option* results =
        command
            ->add_option("--results",
                         options->results,
                         "Lines as extract --jsonl writes them, instead of the library")
            ->type_name("FILE.jsonl");
    command
        ->add_option("PATH",
                     options->paths,
                     "Documents of the gold to ask the model about; without them where the gold's "
                     "folder, --model or --against asks for it, else what the library has")
        ->excludes(results);
    command->add_flag("-r,--recursive", options->isRecursive, "Also look into folders of folders");
    command
        ->add_option(
            "--text-field", options->textField, "Of .jsonl files: where the note's text is")
        ->type_name("NAME")
        ->capture_default_str();
    command
        ->add_option("--compare",
                     options->comparators,
                     "How a field is compared: exact, normalised, numeric, date or set; may be "
                     "repeated")
        ->type_name("FIELD=COMPARATOR")
        ->expected(1)
        ->take_all();
    addComparisonOptions(*command, *options, *results);
    command
        ->add_option("--worst", options->worstDocuments, "How many of the worst documents to list")
        ->capture_default_str();
    command->add_flag(
        "--mistakes", options->showsMistakes, "Below each of them, every value that differs");
    command->add_flag("--json", options->isJson, "Everything, for programs");
    command->add_option("--csv", options->csv, "Write a table of the fields; - for standard output")
        ->type_name("FILE");
    command
        ->add_option("--answers",
                     options->answers,
                     "Write a line for each answer of the model: its confidence, and whether it is "
                     "right; - for standard output")
        ->type_name("FILE.jsonl");
    addModelOptions(*command, options->model);
    addQuickOption(*command, options->model);
    addLibraryOption(*command, options->library);
    command->footer(
        "Examples:\n"
        "  attest evaluate -t medications --gold resources/samples\n"
        "  attest evaluate -t medications --gold gold.jsonl notes.jsonl --worst 20 --mistakes\n"
        "  attest evaluate -t medications --gold gold/ --model new.gguf --against bundled\n"
        "  attest evaluate -t ./v2.json --gold gold/ --against-template ./v1.json --json\n"
        "  attest evaluate -t medications --gold gold.jsonl --results results.jsonl\n"
        "\n"
        "Nothing is stored. Ctrl-C ends it without figures.");
    command->callback([options, &context] {
        context.chosen = [options] {
            return EvaluateCommand(*options).run();
        };
    });
}

} // namespace attest::cli
