// Chat prompts. The format is recognised from the file's template text; that text is never
// executed.
#pragma once

#include "base/result.h"
#include "engine/tokenizer.h"

#include <string>
#include <string_view>
#include <utility>
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
    Mistral, // [INST], the system message inside a user's or as [SYSTEM_PROMPT]
    Zephyr,  // <|user|> … </s> (TinyLlama)
    Plain,   // no template in the file: messages separated by empty lines
};

// What variants of one format differ in, as read off the template text. Members that a format does
// not use keep their defaults.
struct ChatTraits {
    ChatFormatId id = ChatFormatId::Plain;
    bool beginsWithBos = false;       // the template itself writes BOS first
    bool trimsContents = false;       // white space around every message is dropped
    bool trimsAnswers = false;        // the same, assistant messages only
    bool alwaysPromptsAnswer = false; // the answer's begin is written even where nobody asks for it
    std::string defaultSystem;        // ChatML: the system message where the conversation has none
    std::string systemHeader;         // Llama 3: what stands before the system message
    bool hasSystemPrompt = false;     // Mistral: [SYSTEM_PROMPT] exists
    bool systemInLastMessage = false; // Mistral: it goes into the last user message, not the first
    std::string userOpen = "[INST] "; // Mistral
    std::string userClose = " [/INST]";
    std::string answerOpen; // Mistral
    std::string systemOpen = "[SYSTEM_PROMPT]";
};

// Immutable. What our renderers do where templates raise an error instead: a system message that a
// format has no place for goes in front of the first user message, with an empty line between, and
// roles need not alternate. Templates that ask for today's date get the date they fall back to, so
// that the same input always gives the same tokens. Tools are not rendered.
class ChatFormat {
public:
    // Recognises the format of the file. A file without template is Plain.
    // Errors: Unsupported (a template this build does not recognise; the message says so),
    //         InvalidInput (the key is not text).
    static Result<ChatFormat> recognise(const GgufFile& file);
    static Result<ChatFormat> recognise(std::string_view templateText);

    ChatFormatId id() const { return traits_.id; }

    std::string_view name() const;

    // The prompt up to where the assistant's answer begins, as text, without the BOS at its begin.
    // For tests and display.
    std::string render(const std::vector<ChatMessage>& messages, bool addGenerationPrompt) const;

    // The same as tokens, with the generation prompt. Frame parts are parsed for special tokens,
    // message contents never are, so a document cannot end its own message: <|im_end|> in a
    // document is plain text. (Where the frame itself is plain text, as [/INST] of Llama 2 and
    // <|user|> of TinyLlama are, a document can still imitate it.) Begins with BOS where the file
    // or its template asks for one, never two.
    std::vector<TokenId> encode(const Tokenizer& tokenizer,
                                const std::vector<ChatMessage>& messages) const;

    // True: answers are cut into pieces that tokens never cross (docs/prompt_format.md).
    bool hasAlignedAnswers() const { return id() == ChatFormatId::Attest; }

private:
    explicit ChatFormat(ChatTraits traits) : traits_(std::move(traits)) {}

    ChatTraits traits_;
    std::string bosText_ = "<s>"; // for render(); encode() uses the tokenizer's
    std::string eosText_ = "</s>";
};

} // namespace attest::engine
