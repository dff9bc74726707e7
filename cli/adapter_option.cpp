#include "cli/adapter_option.h"

#include <CLI/CLI.hpp>

#include <charconv>
#include <cmath>
#include <string>

namespace attest::cli {

extract::AdapterChoice parseAdapter(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon != std::string_view::npos && colon > 0) {
        const std::string_view number = text.substr(colon + 1);
        float scale = 0;
        const auto [end, error] =
            std::from_chars(number.data(), number.data() + number.size(), scale);
        if (error == std::errc() && end == number.data() + number.size() && std::isfinite(scale)) {
            return {std::string(text.substr(0, colon)), scale};
        }
    }
    return {std::string(text), 1};
}

void addAdapterOption(CLI::App& command, std::vector<extract::AdapterChoice>& choices) {
    command
        .add_option_function<std::vector<std::string>>(
            "--lora",
            [&choices](const std::vector<std::string>& texts) {
                for (const std::string& text : texts) {
                    choices.push_back(parseAdapter(text));
                }
            },
            "LoRA adapter in GGUF for the model, applied with a scale (1); may be repeated")
        ->type_name("FILE[:SCALE]")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

} // namespace attest::cli
