#include "engine/tokenizer/special_texts.h"

#include <algorithm>
#include <array>

namespace attest::engine {

namespace {

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& texts, std::string_view text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

// [INST], [/INST], [TOOL_CALLS] …
bool isBracketed(std::string_view text) {
    return text.size() > 2 && text.front() == '[' && text.back() == ']' &&
           std::all_of(text.begin() + 1, text.end() - 1, [](char c) {
               return (c >= 'A' && c <= 'Z') || c == '_' || c == '/';
           });
}

} // namespace

bool isEndOfGenerationText(std::string_view tokenText) {
    constexpr std::array<std::string_view, 10> kTexts = {"<|eot_id|>",
                                                         "<|eom_id|>",
                                                         "<|im_end|>",
                                                         "<|end|>",
                                                         "<|end_of_text|>",
                                                         "<|endoftext|>",
                                                         "<|eot|>",
                                                         "<end_of_turn>",
                                                         "</s>",
                                                         "<eos>"};
    return contains(kTexts, tokenText);
}

bool isFrameText(std::string_view tokenText) {
    constexpr std::array<std::string_view, 6> kTexts = {
        "<s>", "<bos>", "<start_of_turn>", "<<SYS>>", "<</SYS>>", "<unk>"};
    const bool hasBars =
        tokenText.size() > 4 && tokenText.starts_with("<|") && tokenText.ends_with("|>");
    return hasBars || isBracketed(tokenText) || contains(kTexts, tokenText) ||
           isEndOfGenerationText(tokenText);
}

} // namespace attest::engine
