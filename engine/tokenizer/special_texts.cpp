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
    constexpr std::array<std::string_view, 17> kTexts = {"<|eot_id|>",
                                                         "<|eom_id|>",
                                                         "<|im_end|>",
                                                         "<|end|>",
                                                         "<|end_of_text|>",
                                                         "<|endoftext|>",
                                                         "<|eot|>",
                                                         "<|return|>",
                                                         "<|call|>",
                                                         "<end_of_turn>",
                                                         "</s>",
                                                         "<eos>",
                                                         "<EOT>",
                                                         "_<EOT>",
                                                         "< EOT >",
                                                         "<end_of_utterance>",
                                                         "<｜end▁of▁sentence｜>"};
    return contains(kTexts, tokenText);
}

bool isFrameText(std::string_view tokenText) {
    constexpr std::array<std::string_view, 14> kTexts = {"<s>",
                                                         "<bos>",
                                                         "<unk>",
                                                         "<start_of_turn>",
                                                         "<start_of_image>",
                                                         "<end_of_image>",
                                                         "<<SYS>>",
                                                         "<</SYS>>",
                                                         "<think>",
                                                         "</think>",
                                                         "<tool_call>",
                                                         "</tool_call>",
                                                         "<tool_response>",
                                                         "</tool_response>"};
    const bool hasBars =
        (tokenText.size() > 4 && tokenText.starts_with("<|") && tokenText.ends_with("|>")) ||
        (tokenText.starts_with("<｜") && tokenText.ends_with("｜>"));
    return hasBars || isBracketed(tokenText) || contains(kTexts, tokenText) ||
           isEndOfGenerationText(tokenText);
}

} // namespace attest::engine
