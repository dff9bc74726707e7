// The commands of `attest`. Each add…() registers one; the chosen one is put into the context as a
// function that main() runs after all options are parsed.
#pragma once

#include "cli/exit_code.h"

#include <functional>

namespace CLI {
class App;
} // namespace CLI

namespace attest::cli {

struct Context {
    std::function<ExitCode()> chosen;
};

void addBench(CLI::App& app, Context& context);
void addEvaluate(CLI::App& app, Context& context);
void addExport(CLI::App& app, Context& context);
void addExtract(CLI::App& app, Context& context);
void addList(CLI::App& app, Context& context);
void addModels(CLI::App& app, Context& context);
void addQuantize(CLI::App& models, Context& context); // below `models`
void addSelfTest(CLI::App& app, Context& context);
void addSetDefault(CLI::App& models, Context& context); // below `models`
void addShow(CLI::App& app, Context& context);
void addSummarize(CLI::App& app, Context& context);
void addTemplates(CLI::App& app, Context& context);
void addVerify(CLI::App& app, Context& context);

} // namespace attest::cli
