#include "cli/command.h"
#include "cli/terminal.h"
#include "extract/resources.h"
#include "extract/template.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

namespace attest::cli {

namespace {

ExitCode runList() {
    const auto templates = extract::builtInTemplates();
    if (!templates.ok()) {
        complain(templates.error());
        return ExitCode::Model;
    }
    std::vector<std::vector<std::string>> rows;
    for (const extract::Template& asked : templates.value()) {
        rows.push_back({asked.id(), std::to_string(asked.version()), asked.description()});
    }
    const std::string text = table(
        {{"ID", false, 20}, {"VERSION", true, 7}, {"WHAT", false, 10}}, rows, terminalWidth());
    return print(text) ? ExitCode::Done : ExitCode::Output;
}

ExitCode runShow(const std::string& name) {
    const auto text = extract::templateText(name);
    if (!text.ok()) {
        complain(text.error());
        return ExitCode::Model;
    }
    return print(text.value()) ? ExitCode::Done : ExitCode::Output;
}

ExitCode runCheck(const std::string& name) {
    const auto asked = extract::findTemplate(name);
    if (!asked.ok()) {
        complain(asked.error());
        return ExitCode::Model;
    }
    const auto parts = asked.value().parts();
    std::string text = "OK: " + asked.value().id() + " version " +
                       std::to_string(asked.value().version()) + ", asked in " +
                       counted(parts.size(), "part") + "\n";
    for (const extract::TemplatePart& part : parts) {
        for (const extract::Field& field : part.fields) {
            text += "  " + field.name;
            std::string inner;
            for (const extract::Field& item : field.fields) {
                inner += (inner.empty() ? "" : ", ") + item.name;
            }
            text += (inner.empty() ? "" : ": " + inner) + "\n";
        }
    }
    return print(text) ? ExitCode::Done : ExitCode::Output;
}

} // namespace

void addTemplates(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("templates", "List, show and check templates");
    command->require_subcommand(1);
    command->footer("Examples:\n"
                    "  attest templates list\n"
                    "  attest templates show medications > my_template.json\n"
                    "  attest templates check ./my_template.json");
    command->add_subcommand("list", "The built-in templates")->callback([&context] {
        context.chosen = runList;
    });
    auto name = std::make_shared<std::string>();
    CLI::App* show = command->add_subcommand("show", "Print a template, to start one of your own");
    show->add_option("ID|FILE", *name, "Built-in template or a template file")->required();
    show->callback([name, &context] {
        context.chosen = [name] {
            return runShow(*name);
        };
    });
    CLI::App* check = command->add_subcommand("check", "Say whether a template can be used");
    check->add_option("ID|FILE", *name, "Built-in template or a template file")->required();
    check->callback([name, &context] {
        context.chosen = [name] {
            return runCheck(*name);
        };
    });
}

} // namespace attest::cli
