#include "cli/command.h"
#include "cli/terminal.h"
#include "extract/pipeline.h"

#include <CLI/CLI.hpp>

#include <csignal>
#include <exception>

namespace {

using namespace attest::cli;

constexpr const char* kDescription =
    "Reads PDFs and notes on this computer and writes tables whose every value says where it\n"
    "stands in its document. Nothing leaves the machine.";

constexpr const char* kFooter =
    "Examples:\n"
    "  attest extract reports/ --template medications --csv medications.csv\n"
    "  attest list\n"
    "  attest export --template medications --profile analysis --out report\n"
    "  attest COMMAND --help\n\n"
    "Exit codes: 0 all done; 1 internal error; 2 wrong usage; 3 some documents failed or had\n"
    "no text, the others are done; 4 model or template; 5 library; 6 output file;\n"
    "7 verify found differences; 8 the gate refused a model; 130 interrupted (what was finished is "
    "kept).";

int run(int argc, char** argv) {
    CLI::App app{kDescription, "attest"};
    Context context;
    app.set_version_flag("--version", std::string(attest::extract::engineVersion()));
    app.footer(kFooter);
    app.require_subcommand(1);
    addExtract(app, context);
    addSummarize(app, context);
    addList(app, context);
    addShow(app, context);
    addExport(app, context);
    addVerify(app, context);
    addTemplates(app, context);
    addModels(app, context);
    addEvaluate(app, context);
    addSelfTest(app, context);
    addBench(app, context);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        // Help and version arrive here too, with the code 0.
        return app.exit(error) == 0 ? int(ExitCode::Done) : int(ExitCode::Usage);
    }
    return context.chosen ? int(context.chosen()) : int(ExitCode::Usage);
}

} // namespace

int main(int argc, char** argv) {
    // A reader of our output that went away is an error of writing, not a reason to die.
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        complain(std::string("internal error: ") + error.what());
        return int(ExitCode::Internal);
    }
}
