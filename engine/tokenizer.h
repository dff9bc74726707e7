// Text to tokens and back, as the model file defines it: SentencePiece-style BPE by score ("llama")
// and byte-level BPE by merge rank ("gpt2", with the pre-tokenizers that tokenizer/pre_tokenizer.h
// knows).
#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attest::engine {

class GgufFile;

using TokenId = std::int32_t;

enum class TokenKind : std::uint8_t { Normal, Unknown, Control, UserDefined, Unused, Byte };

// What encode() does with text that spells a control token, e.g. "<|im_end|>" inside a document.
enum class SpecialText {
    Plain,  // as ordinary text; for everything that comes from outside
    Parsed, // becomes the token; for our own chat frames only
};

// A stretch of text with its own rule; the text is borrowed.
struct TextPart {
    std::string_view text;
    SpecialText special;
};

// Immutable after load(); any thread may use it. Keeps nothing of the file.
class Tokenizer {
public:
    // Errors: InvalidInput, Unsupported (tokenizer model or pre-tokenizer unknown; message names
    // it).
    static Result<Tokenizer> load(const GgufFile& file);

    Tokenizer(Tokenizer&&) noexcept;
    Tokenizer& operator=(Tokenizer&&) noexcept;
    ~Tokenizer();

    // Token ids of `text`, no BOS or EOS added. Any bytes are accepted; every byte has a token or
    // becomes the unknown token (a byte-level vocabulary that has neither leaves it out). Time and
    // memory grow linearly with the text. User-defined tokens are found in Plain text too, except
    // those that belong to chat frames, such as <|…|> and [INST].
    std::vector<TokenId> encode(std::string_view text, SpecialText special) const;

    // The parts as one text, in which tokens may cross from one part into the next, but special
    // tokens are only found inside a part and by its own rule.
    std::vector<TokenId> encodeParts(const std::vector<TextPart>& parts) const;

    // As a chat prompt begins: BOS where the file asks for one, then the text.
    std::vector<TokenId> encodePrompt(std::string_view text, SpecialText special) const;

    // Concatenated bytes of the tokens, control tokens as nothing, with the clean-ups that the
    // file's tokenizer asks for: the space that encode() puts in front of a SentencePiece text is
    // dropped, and some families drop spaces before punctuation. Use tokenBytes() where every byte
    // counts. REQUIRES, here and below: tokens are inside the vocabulary.
    std::string decode(const std::vector<TokenId>& tokens) const;

    std::size_t vocabularySize() const;

    // The bytes a token stands for in running text (a SentencePiece space mark is a space). Empty
    // for control, unknown and unused tokens: these never stand for text.
    std::string_view tokenBytes(TokenId token) const;
    TokenKind kind(TokenId token) const;
    std::string_view tokenText(TokenId token) const; // as stored in the file

    std::optional<TokenId> bos() const;
    std::optional<TokenId> eos() const;
    bool addsBos() const; // the file asks for BOS in front of a prompt, and there is one
    bool isEndOfGeneration(TokenId token) const;

    // The control, unknown or user-defined token with exactly this text.
    std::optional<TokenId> findSpecial(std::string_view text) const;

private:
    bool isInside(TokenId token) const;

    struct Impl;
    explicit Tokenizer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace attest::engine
