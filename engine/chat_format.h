// Chat prompts. The format is recognised from the file's template text; that text is never
// executed.
#pragma once

#include "base/result.h"
#include "engine/tokenizer.h"

#include <memory>
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
    Attest,   // docs/prompt_format.md
    BitNet,   // System: … User: … Assistant: …
    ChatMl,   // <|im_start|>role … <|im_end|> (Qwen 2, SmolLM and others)
    Gemma,    // <start_of_turn>user
    Granite,  // <|start_of_role|>user<|end_of_role|>
    Llama2,   // [INST] <<SYS>>
    Llama3,   // <|start_header_id|>
    Mistral,  // [INST], the system message inside a user's or as [SYSTEM_PROMPT]
    Monarch,  // BOS role … EOS
    Phi3,     // <|user|> … <|end|>, each on a line of its own
    Phi4,     // <|im_start|>user<|im_sep|>
    Phi4Mini, // <|user|>…<|end|>
    Plain,    // no template in the file: messages separated by empty lines
    Qwen3,    // ChatML with thoughts
    SmolLm3,  // ChatML with thoughts and lines above the system message
    Zephyr,   // <|user|> … </s> (TinyLlama)
};

// Whether a model that can is to think before it answers. Off is what its family has for that: an
// empty thought behind the prompt, or a line in the system message. It has no meaning for others.
enum class ChatThinking { Off, On };

struct ChatRecipe;

// Immutable and cheap to copy. What our renderers do where templates raise an error or leave out
// a message instead: a system message that a format has no place for goes in front of the user
// message that follows it, with an empty line between, and roles need not alternate. Answers of the
// conversation are repeated without their thoughts. Templates that ask for today's date get the
// date they fall back to or 26 July 2024, so that the same input always gives the same tokens.
// Tools are not rendered.
class ChatFormat {
public:
    // Recognises the format of the file. A file without template is Plain.
    // Errors: Unsupported (a template this build does not recognise; the message says what it
    //         writes and lists the names that named() knows), InvalidInput (the key is not text).
    static Result<ChatFormat> recognise(const GgufFile& file);
    static Result<ChatFormat> recognise(std::string_view templateText);

    // A format chosen by a person, whatever the file says: "llama3".
    // Errors: NotFound; the message lists the names.
    static Result<ChatFormat> named(std::string_view name);
    static std::vector<std::string_view> names();

    ChatFormatId id() const;

    std::string_view name() const; // for people: "Llama 3"

    // The prompt up to where the assistant's answer begins, as text, without the BOS at its begin.
    // For tests and display.
    std::string render(const std::vector<ChatMessage>& messages,
                       bool addGenerationPrompt,
                       ChatThinking thinking = ChatThinking::Off) const;

    // The same as tokens, with the generation prompt. Frame parts are parsed for special tokens,
    // message contents never are, so a document cannot end its own message: <|im_end|> in a
    // document is plain text. (Where the frame itself is plain text, as [/INST] of Llama 2 and
    // <|user|> of TinyLlama are, a document can still imitate it.) Begins with BOS where the file
    // or its template asks for one, never two.
    std::vector<TokenId> encode(const Tokenizer& tokenizer,
                                const std::vector<ChatMessage>& messages,
                                ChatThinking thinking = ChatThinking::Off) const;

    // True: answers are cut into pieces that tokens never cross (docs/prompt_format.md).
    bool hasAlignedAnswers() const { return id() == ChatFormatId::Attest; }

private:
    explicit ChatFormat(ChatRecipe recipe);

    std::shared_ptr<const ChatRecipe> recipe_;
    std::string bosText_ = "<s>"; // for render(); encode() uses the tokenizer's
    std::string eosText_ = "</s>";
};

} // namespace attest::engine
