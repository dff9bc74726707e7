// Chat prompts. The format is recognised from the file's template text; that text is never
// executed.
#pragma once

#include "base/result.h"
#include "engine/tokenizer.h"

#include <string>
#include <string_view>
#include <vector>

namespace attest::engine {

class GgufFile;

enum class ChatRole { System, User, Assistant };

struct ChatMessage {
    ChatRole role;
    std::string content;
};

enum class ChatFormatId {
    Attest,  // docs/prompt_format.md
    ChatMl,  // <|im_start|>role … <|im_end|> (Qwen, SmolLM and others)
    Llama2,  // [INST] <<SYS>>
    Llama3,  // <|start_header_id|>
    Mistral, // [INST] without system block
    Zephyr,  // <|user|> … </s> (TinyLlama)
    Plain,   // no template in the file: messages separated by empty lines
};

class ChatFormat {
public:
    // Recognises the format of the file. A file without template is Plain.
    // Errors: Unsupported (a template this build does not recognise; the message says so).
    static Result<ChatFormat> recognise(const GgufFile& file);
    static Result<ChatFormat> recognise(std::string_view templateText);

    ChatFormatId id() const { return id_; }

    std::string_view name() const;

    // The prompt up to where the assistant's answer begins, as text. For tests and display.
    std::string render(const std::vector<ChatMessage>& messages, bool addGenerationPrompt) const;

    // The same as tokens. Frame parts are parsed for special tokens, message contents never are, so
    // a document cannot end its own message. Begins with BOS where the file asks for one (never
    // two).
    std::vector<TokenId> encode(const Tokenizer& tokenizer,
                                const std::vector<ChatMessage>& messages) const;

    // True: answers are cut into pieces that tokens never cross (docs/prompt_format.md).
    bool hasAlignedAnswers() const { return id_ == ChatFormatId::Attest; }

private:
    ChatFormat(ChatFormatId id, std::string templateText)
        : id_(id), templateText_(std::move(templateText)) {}

    ChatFormatId id_;
    std::string templateText_; // variants of one format differ in details that are read off it
};

} // namespace attest::engine
