// Each rule tries the alternatives of its expression in order, each greedy. All look ahead over one
// run of characters at most, and a piece takes at least half of the run it looked at, or what is
// left is taken whole next, so splitting is linear.
//
// Source: the regular expressions are facts about the published models:
//   gpt-2      's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
//   llama-bpe  (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}
//              | ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
//   qwen2      as llama-bpe with \p{N} in place of \p{N}{1,3}
//   qwen35     as qwen2 with [\p{L}\p{M}] in place of \p{L}
//   tekken     [^\r\n\p{L}\p{N}]?U*l+|[^\r\n\p{L}\p{N}]?U+l*|\p{N}
//              | ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
//   gpt-4o     as tekken with (?i:'s|'t|'re|'ve|'m|'ll|'d)? behind both kinds of words and
//              \p{N}{1,3}
// where U is a letter but a–z and l a letter but A–Z. (The published expressions of the last two
// name Unicode's upper and lower case and marks; the reference program cuts as written here.)
#include "engine/tokenizer/piece_rules.h"

#include "engine/tokenizer/text_runs.h"

#include <array>

namespace attest::engine {

namespace {

// 's|'t|'re|'ve|'m|'ll|'d; `at` itself where there is none.
std::size_t contractionEnd(std::string_view text, std::size_t at, bool ignoreCase) {
    constexpr std::array<std::string_view, 7> kEndings = {"s", "t", "re", "ve", "m", "ll", "d"};
    if (at >= text.size() || text[at] != '\'') {
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

// \s*[\r\n]+|\s+(?!\S)|\s+ : blanks up to the last line break of the run, else as blanksEnd().
// REQUIRES: a blank at `at`.
std::size_t linesEnd(std::string_view text, std::size_t at) {
    std::size_t lineEnd = at;
    runEnd(text, at, [&lineEnd](const Character& c) {
        if (isLineBreak(c.codePoint)) {
            lineEnd = c.end;
        }
        return c.kind == CharClass::Space;
    });
    return lineEnd > at ? lineEnd : blanksEnd(text, at);
}

// U*l+ or else U+l*, from a letter on.
std::size_t casedWordEnd(std::string_view text, std::size_t at) {
    std::size_t lastLower = at; // behind the last letter of the U run that is an l as well
    const std::size_t upperEnd = runEnd(text, at, [&lastLower](const Character& c) {
        if (c.kind != CharClass::Letter || (c.codePoint >= 'a' && c.codePoint <= 'z')) {
            return false;
        }
        if (c.codePoint >= 0x80) {
            lastLower = c.end;
        }
        return true;
    });
    const std::size_t lowerEnd = runEnd(text, upperEnd, [](const Character& c) {
        return c.kind == CharClass::Letter && (c.codePoint < 'A' || c.codePoint > 'Z');
    });
    if (lowerEnd > upperEnd) {
        return lowerEnd;
    }
    // The expression gives letters of the U run back until one of them can be an l.
    return lastLower > at ? lastLower : upperEnd;
}

} // namespace

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

std::size_t wordEnd(std::string_view text, std::size_t at, const WordRule& rule) {
    const auto isLetter = [&rule](const Character& c) {
        return c.kind == CharClass::Letter || (rule.marksAreLetters && c.kind == CharClass::Mark);
    };
    const auto isMere = [&](const Character& c) {
        return isSymbol(c) && !isLetter(c);
    };
    if (const std::size_t end = contractionEnd(text, at, true); end > at) {
        return end;
    }
    const Character first = characterAt(text, at);
    if (isLetter(first)) {
        return runEnd(text, first.end, isLetter);
    }
    if (first.kind == CharClass::Number) {
        return runEnd(text, at, hasClass(CharClass::Number), rule.mostDigits);
    }
    Character second;
    if (first.end < text.size()) {
        second = characterAt(text, first.end);
        if (!isLineBreak(first.codePoint) && isLetter(second)) {
            return runEnd(text, second.end, isLetter);
        }
    }
    const bool spaceBeforeSymbol =
        first.codePoint == ' ' && first.end < text.size() && isMere(second);
    if (isMere(first) || spaceBeforeSymbol) {
        const std::size_t symbolsEnd = runEnd(text, first.end, isMere);
        return runEnd(
            text, symbolsEnd, [](const Character& c) { return isLineBreak(c.codePoint); });
    }
    return linesEnd(text, at);
}

std::size_t casedEnd(std::string_view text, std::size_t at, const CasedRule& rule) {
    const auto withContraction = [&](std::size_t end) {
        return rule.takesContraction ? contractionEnd(text, end, true) : end;
    };
    const Character first = characterAt(text, at);
    if (first.kind == CharClass::Letter) {
        return withContraction(casedWordEnd(text, at));
    }
    if (first.kind == CharClass::Number) {
        return runEnd(text, at, hasClass(CharClass::Number), rule.mostDigits);
    }
    Character second;
    if (first.end < text.size()) {
        second = characterAt(text, first.end);
        if (!isLineBreak(first.codePoint) && second.kind == CharClass::Letter) {
            return withContraction(casedWordEnd(text, first.end));
        }
    }
    const bool spaceBeforeSymbol =
        first.codePoint == ' ' && first.end < text.size() && isSymbol(second);
    if (isSymbol(first) || spaceBeforeSymbol) {
        const std::size_t symbolsEnd = runEnd(text, first.end, isSymbol);
        return runEnd(text, symbolsEnd, [](const Character& c) {
            return isLineBreak(c.codePoint) || c.codePoint == '/';
        });
    }
    return linesEnd(text, at);
}

} // namespace attest::engine
