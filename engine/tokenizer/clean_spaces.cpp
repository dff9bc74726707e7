#include "engine/tokenizer/clean_spaces.h"

namespace attest::engine {

namespace {

// Copies `text` without those spaces for which `drops(what follows)` holds; a space at the very
// begin stays.
template <typename Drops>
std::string withoutSpaces(std::string_view text, Drops drops) {
    std::string cleaned;
    cleaned.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != ' ' || !drops(text.substr(i + 1))) {
            cleaned += text[i];
        }
    }
    return cleaned;
}

std::string withoutQuoteSpaces(std::string_view text) {
    constexpr std::string_view kLoneQuote = " ' ";
    std::string cleaned;
    cleaned.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i).starts_with(kLoneQuote)) {
            cleaned += '\'';
            i += kLoneQuote.size() - 1;
        } else {
            cleaned += text[i];
        }
    }
    return cleaned;
}

} // namespace

std::string cleanSpaces(std::string_view text) {
    const std::string punctuation = withoutSpaces(text, [](std::string_view rest) {
        constexpr std::string_view kMarks = "?!.,";
        return !rest.empty() && kMarks.find(rest.front()) != std::string_view::npos;
    });
    return withoutSpaces(withoutQuoteSpaces(punctuation), [](std::string_view rest) {
        return rest.starts_with("'s") || rest.starts_with("'m") || rest.starts_with("'re") ||
               rest.starts_with("'ve");
    });
}

} // namespace attest::engine
