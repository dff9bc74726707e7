#include "extract/reader/options.h"

#include <charconv>

namespace attest::reader {

namespace {

bool parseNumber(std::string_view text, std::uint64_t& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size();
}

} // namespace

std::optional<Options> parseOptions(int argc, char** argv) {
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        const std::size_t equals = argument.find('=');
        if (equals == std::string_view::npos) {
            return std::nullopt;
        }
        const std::string_view name = argument.substr(0, equals);
        const std::string_view value = argument.substr(equals + 1);
        bool isKnown = true;
        if (name == "--mode") {
            isKnown = value == "text" || value == "render";
            options.mode = value == "render" ? Mode::Render : Mode::Text;
        } else if (name == "--try-escape") {
            options.tryEscape = value;
        } else if (name == "--cpu-seconds") {
            isKnown = parseNumber(value, options.cpuSeconds);
        } else if (name == "--memory-bytes") {
            isKnown = parseNumber(value, options.memoryBytes);
        } else if (name == "--max-pages") {
            isKnown = parseNumber(value, options.maxPages);
        } else if (name == "--max-text-bytes") {
            isKnown = parseNumber(value, options.maxTextBytes);
        } else {
            isKnown = false;
        }
        if (!isKnown) {
            return std::nullopt;
        }
    }
    return options;
}

} // namespace attest::reader
