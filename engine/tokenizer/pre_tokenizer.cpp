// Rules that cut a text in one pass are in piece_rules.cpp; those that cut it again and again, each
// time inside what the last pass has left, are here.
//
// Source: facts about the published models:
//   smollm     every \p{N} on its own first, then gpt-2 inside what is left
//   default    [\p{P}$+<=>^~|]+ on its own, then gpt-2, then \p{N}+ on its own, then [0-9]{3}
#include "engine/tokenizer/pre_tokenizer.h"

#include "engine/quoted_text.h"
#include "engine/tokenizer/piece_rules.h"
#include "engine/tokenizer/text_runs.h"

#include <algorithm>
#include <array>
#include <string>

namespace attest::engine {

namespace {

using Visitor = std::function<void(std::string_view)>;

template <typename EndOf>
void splitAll(std::string_view text, EndOf endOf, const Visitor& piece) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = endOf(text, at);
        piece(text.substr(at, end - at));
        at = end;
    }
}

// Gives `isolated` what `matchEnd` finds (end > at) and `rest` the stretches in between.
template <typename MatchEnd>
void isolate(std::string_view text,
             MatchEnd matchEnd,
             const Visitor& isolated,
             const Visitor& rest) {
    std::size_t restBegin = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = matchEnd(text, at);
        if (end == at) {
            at = characterAt(text, at).end;
            continue;
        }
        if (at > restBegin) {
            rest(text.substr(restBegin, at - restBegin));
        }
        isolated(text.substr(at, end - at));
        at = end;
        restBegin = end;
    }
    if (restBegin < text.size()) {
        rest(text.substr(restBegin));
    }
}

void splitSmolLm(std::string_view text, const Visitor& piece) {
    const auto oneNumber = [](std::string_view t, std::size_t at) {
        return runEnd(t, at, hasClass(CharClass::Number), 1);
    };
    isolate(text, oneNumber, piece, [&](std::string_view rest) { splitAll(rest, gpt2End, piece); });
}

void splitDefault(std::string_view text, const Visitor& piece) {
    const auto punctuation = [](std::string_view t, std::size_t at) {
        return runEnd(t, at, [](const Character& c) {
            constexpr std::u32string_view kMore = U"$+<=>^~|";
            return c.kind == CharClass::Punctuation ||
                   kMore.find(c.codePoint) != std::u32string_view::npos;
        });
    };
    const auto numbers = [](std::string_view t, std::size_t at) {
        return runEnd(t, at, hasClass(CharClass::Number));
    };
    const auto threeDigits = [](std::string_view t, std::size_t at) {
        const auto isDigit = [](const Character& c) {
            return c.codePoint >= '0' && c.codePoint <= '9';
        };
        const std::size_t end = runEnd(t, at, isDigit, 3);
        return end - at == 3 ? end : at;
    };
    const Visitor byThree = [&](std::string_view part) {
        isolate(part, threeDigits, piece, piece);
    };
    const Visitor byNumber = [&](std::string_view part) {
        isolate(part, numbers, byThree, byThree);
    };
    const Visitor byGpt2 = [&](std::string_view part) {
        splitAll(part, gpt2End, byNumber);
    };
    isolate(text, punctuation, byGpt2, byGpt2);
}

struct NamedTraits {
    std::string_view name;
    PreTokenizerTraits traits;
};

// rule, whole pieces first, adds BOS, cleans spaces
constexpr std::array<NamedTraits, 17> kKnown = {{
    {"gpt-2", {PreTokenizer::Gpt2, false, false, true}},
    {"llama-bpe", {PreTokenizer::LlamaBpe, true, true, true}},
    {"llama3", {PreTokenizer::LlamaBpe, true, true, true}},
    {"llama-v3", {PreTokenizer::LlamaBpe, true, true, true}},
    {"dbrx", {PreTokenizer::LlamaBpe, false, false, true}},
    {"smaug-bpe", {PreTokenizer::LlamaBpe, false, false, true}},
    {"qwen2", {PreTokenizer::Qwen2, false, false, false}},
    {"deepseek-r1-qwen", {PreTokenizer::Qwen2, false, false, false}},
    {"qwen35", {PreTokenizer::Qwen35, false, false, false}},
    {"smollm", {PreTokenizer::SmolLm, false, false, false}},
    {"starcoder", {PreTokenizer::SmolLm, false, false, true}},
    {"refact", {PreTokenizer::SmolLm, false, false, true}},
    {"tekken", {PreTokenizer::Tekken, true, true, false}},
    {"pixtral", {PreTokenizer::Tekken, true, true, false}},
    {"gpt-4o", {PreTokenizer::Gpt4o, false, false, false}},
    {"llama4", {PreTokenizer::Gpt4o, false, false, false}},
    {"default", {PreTokenizer::Default, false, false, true}},
}};

} // namespace

Result<PreTokenizerTraits> preTokenizerTraits(std::string_view name) {
    const auto* known = std::find_if(
        kKnown.begin(), kKnown.end(), [name](const NamedTraits& one) { return one.name == name; });
    if (known != kKnown.end()) {
        return known->traits;
    }
    std::string names;
    for (const NamedTraits& one : kKnown) {
        const bool isLast = &one == &kKnown.back();
        names += (names.empty() ? "" : isLast ? " and " : ", ") + std::string(one.name);
    }
    return Error{ErrorCode::Unsupported,
                 "key 'tokenizer.ggml.pre' is " + quoted(name) +
                     ", a pre-tokenizer that is not supported; supported are " + names};
}

void forEachPiece(PreTokenizer rule, std::string_view text, const Visitor& piece) {
    const auto byWords = [&](const WordRule& words) {
        splitAll(
            text, [&](auto t, auto at) { return wordEnd(t, at, words); }, piece);
    };
    const auto byCase = [&](const CasedRule& words) {
        splitAll(
            text, [&](auto t, auto at) { return casedEnd(t, at, words); }, piece);
    };
    switch (rule) {
    case PreTokenizer::Gpt2:
        splitAll(text, gpt2End, piece);
        break;
    case PreTokenizer::LlamaBpe:
        byWords({.mostDigits = 3, .marksAreLetters = false});
        break;
    case PreTokenizer::Qwen2:
        byWords({.mostDigits = 1, .marksAreLetters = false});
        break;
    case PreTokenizer::Qwen35:
        byWords({.mostDigits = 1, .marksAreLetters = true});
        break;
    case PreTokenizer::SmolLm:
        splitSmolLm(text, piece);
        break;
    case PreTokenizer::Tekken:
        byCase({.mostDigits = 1, .takesContraction = false});
        break;
    case PreTokenizer::Gpt4o:
        byCase({.mostDigits = 3, .takesContraction = true});
        break;
    case PreTokenizer::Default:
        splitDefault(text, piece);
        break;
    }
}

} // namespace attest::engine
