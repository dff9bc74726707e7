// The families define their pieces by regular expressions over Unicode classes. Here each one is
// written out as a function that gives the end of the piece that begins at a position: the
// alternatives in the order of the expression, each greedy. All look ahead over one run of
// characters at most, and a piece takes at least half of the run it looked at, so splitting is
// linear.
//
// Source: the regular expressions are facts about the published models:
//   gpt-2      's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
//   llama-bpe  (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}
//              | ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
//   qwen2      as llama-bpe with \p{N} in place of \p{N}{1,3}
//   smollm     every \p{N} on its own first, then gpt-2 inside what is left
//   default    [\p{P}$+<=>^~|]+ on its own, then gpt-2, then \p{N}+ on its own, then [0-9]{3}
#include "engine/tokenizer/pre_tokenizer.h"

#include "base/utf8.h"
#include "engine/tokenizer/unicode_classes.h"

#include <array>
#include <string>

namespace attest::engine {

namespace {

using Visitor = std::function<void(std::string_view)>;

struct Character {
    char32_t codePoint = 0;
    CharClass kind = CharClass::Other;
    std::size_t end = 0; // position behind it
};

// REQUIRES: at < text.size().
Character characterAt(std::string_view text, std::size_t at) {
    Character character;
    character.end = at;
    character.codePoint = decodeUtf8(text, character.end);
    character.kind = classOf(character.codePoint);
    return character;
}

bool isLineBreak(char32_t c) {
    return c == '\r' || c == '\n';
}

// [^\s\p{L}\p{N}]
bool isSymbol(const Character& character) {
    return character.kind == CharClass::Other || character.kind == CharClass::Punctuation;
}

// End of the longest run of characters for which `belongs` holds, `most` at most.
template <typename Belongs>
std::size_t
runEnd(std::string_view text, std::size_t at, Belongs belongs, std::size_t most = SIZE_MAX) {
    for (; most > 0 && at < text.size(); --most) {
        const Character character = characterAt(text, at);
        if (!belongs(character)) {
            break;
        }
        at = character.end;
    }
    return at;
}

auto hasClass(CharClass kind) {
    return [kind](const Character& character) {
        return character.kind == kind;
    };
}

// 's|'t|'re|'ve|'m|'ll|'d; `at` itself where there is none.
std::size_t contractionEnd(std::string_view text, std::size_t at, bool ignoreCase) {
    constexpr std::array<std::string_view, 7> kEndings = {"s", "t", "re", "ve", "m", "ll", "d"};
    if (text[at] != '\'') {
        return at;
    }
    const auto same = [ignoreCase](char c, char wanted) {
        return c == wanted || (ignoreCase && c >= 'A' && c <= 'Z' && c - 'A' + 'a' == wanted);
    };
    const std::string_view rest = text.substr(at + 1);
    for (const std::string_view ending : kEndings) {
        bool matches = rest.size() >= ending.size();
        for (std::size_t i = 0; matches && i < ending.size(); ++i) {
            matches = same(rest[i], ending[i]);
        }
        if (matches) {
            return at + 1 + ending.size();
        }
    }
    return at;
}

// \s+(?!\S)|\s+ : blanks up to the one that belongs to the word behind them, but at least one.
// REQUIRES: a blank at `at`.
std::size_t blanksEnd(std::string_view text, std::size_t at) {
    std::size_t end = at;
    std::size_t lastBegin = at;
    while (end < text.size()) {
        const Character character = characterAt(text, end);
        if (character.kind != CharClass::Space) {
            return lastBegin > at ? lastBegin : end;
        }
        lastBegin = end;
        end = character.end;
    }
    return end;
}

std::size_t gpt2End(std::string_view text, std::size_t at) {
    if (const std::size_t end = contractionEnd(text, at, false); end > at) {
        return end;
    }
    const Character first = characterAt(text, at);
    // The optional space in front of a word, number or run of symbols.
    Character lead = first;
    if (first.codePoint == ' ' && first.end < text.size()) {
        lead = characterAt(text, first.end);
    }
    if (lead.kind == CharClass::Letter || lead.kind == CharClass::Number) {
        return runEnd(text, lead.end, hasClass(lead.kind));
    }
    if (isSymbol(lead)) {
        return runEnd(text, lead.end, isSymbol);
    }
    return blanksEnd(text, at);
}

// llama-bpe and qwen2, which differ in how many digits make a piece.
std::size_t llamaEnd(std::string_view text, std::size_t at, std::size_t mostDigits) {
    if (const std::size_t end = contractionEnd(text, at, true); end > at) {
        return end;
    }
    const Character first = characterAt(text, at);
    if (first.kind == CharClass::Letter) {
        return runEnd(text, first.end, hasClass(CharClass::Letter));
    }
    if (first.kind == CharClass::Number) {
        return runEnd(text, at, hasClass(CharClass::Number), mostDigits);
    }
    Character second;
    if (first.end < text.size()) {
        second = characterAt(text, first.end);
        if (!isLineBreak(first.codePoint) && second.kind == CharClass::Letter) {
            return runEnd(text, second.end, hasClass(CharClass::Letter));
        }
    }
    const bool spaceBeforeSymbol =
        first.codePoint == ' ' && first.end < text.size() && isSymbol(second);
    if (isSymbol(first) || spaceBeforeSymbol) {
        const std::size_t symbolsEnd = runEnd(text, first.end, isSymbol);
        return runEnd(
            text, symbolsEnd, [](const Character& c) { return isLineBreak(c.codePoint); });
    }
    // \s*[\r\n]+ : blanks up to the last line break of the run.
    std::size_t lineEnd = at;
    runEnd(text, at, [&lineEnd](const Character& c) {
        if (isLineBreak(c.codePoint)) {
            lineEnd = c.end;
        }
        return c.kind == CharClass::Space;
    });
    return lineEnd > at ? lineEnd : blanksEnd(text, at);
}

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

} // namespace

Result<PreTokenizerTraits> preTokenizerTraits(std::string_view name) {
    if (name == "gpt-2") {
        return PreTokenizerTraits{PreTokenizer::Gpt2, false, false, true};
    }
    if (name == "llama-bpe" || name == "llama3" || name == "llama-v3") {
        return PreTokenizerTraits{PreTokenizer::LlamaBpe, true, true, true};
    }
    if (name == "dbrx" || name == "smaug-bpe") {
        return PreTokenizerTraits{PreTokenizer::LlamaBpe, false, false, true};
    }
    if (name == "qwen2") {
        return PreTokenizerTraits{PreTokenizer::Qwen2, false, false, false};
    }
    if (name == "smollm") {
        return PreTokenizerTraits{PreTokenizer::SmolLm, false, false, false};
    }
    if (name == "default") {
        return PreTokenizerTraits{PreTokenizer::Default, false, false, true};
    }
    return Error{ErrorCode::Unsupported,
                 "the pre-tokenizer '" + toValidUtf8(truncateUtf8(name, 64)) +
                     "' is not supported; supported are gpt-2, llama-bpe, qwen2, smollm, dbrx, "
                     "smaug-bpe and default"};
}

void forEachPiece(PreTokenizer rule, std::string_view text, const Visitor& piece) {
    switch (rule) {
    case PreTokenizer::Gpt2:
        splitAll(text, gpt2End, piece);
        break;
    case PreTokenizer::LlamaBpe:
        splitAll(
            text, [](auto t, auto at) { return llamaEnd(t, at, 3); }, piece);
        break;
    case PreTokenizer::Qwen2:
        splitAll(
            text, [](auto t, auto at) { return llamaEnd(t, at, 1); }, piece);
        break;
    case PreTokenizer::SmolLm:
        splitSmolLm(text, piece);
        break;
    case PreTokenizer::Default:
        splitDefault(text, piece);
        break;
    }
}

} // namespace attest::engine
