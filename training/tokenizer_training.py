# SPDX-License-Identifier: GPL-3.0-or-later
"""Learns the merges: letters with letters only, the bytes of one character, and the punctuation of compact JSON."""

from collections import Counter, defaultdict

from tokenizer import Tokenizer, mapped, pre_tokenize

# Pairs that compact JSON needs; none of them can stand inside a value next to a letter.
_JSON_PAIRS = [('{"', '{', '"'), ('":', '"', ':'), (',"', ',', '"'), ('":"', '":', '"'), ('":[', '":', '[')]
_SYMBOLS = "\u00b0\u20ac\u00a3\u00b1\u2265\u2264\u2022\u00a7\u00ae\u2122\u00d7\u2191\u2193\u00b7\u00b2\u00b3\u00bd\u00bc\u00be\u00b9"


def _symbol_merges():
    merges, known = [], set()
    for symbol in _SYMBOLS:
        parts = list(mapped(symbol))
        while len(parts) > 1:
            pair = (parts[0], parts[1])
            if pair not in known:
                known.add(pair)
                merges.append(pair)
            parts[:2] = [parts[0] + parts[1]]
    return merges


def count_words(texts):
    """Letter runs of the texts, as the tokenizer will see them."""
    words = Counter()
    for text in texts:
        for piece in pre_tokenize(text):
            word = piece.strip()
            if word and word.isalpha():
                words[word] += 1
    return words


def train(words, size):
    """A tokenizer of `size` tokens from word counts."""
    merges = [(first, second) for _, first, second in _JSON_PAIRS] + _symbol_merges()
    count = size - 4 - 256 - len(merges)
    pieces = [(list(mapped(word)), number) for word, number in sorted(words.items())]
    pairs, places = Counter(), defaultdict(set)
    for index, (parts, number) in enumerate(pieces):
        for pair in zip(parts, parts[1:]):
            pairs[pair] += number
            places[pair].add(index)
    known = set(merges)
    while count > 0 and pairs:
        best = max(pairs.items(), key=lambda entry: (entry[1], entry[0]))[0]
        if best not in known:
            merges.append(best)
            known.add(best)
            count -= 1
        for index in list(places[best]):
            parts, number = pieces[index]
            for pair in zip(parts, parts[1:]):
                pairs[pair] -= number
            joined, at = [], 0
            while at < len(parts):
                if at + 1 < len(parts) and (parts[at], parts[at + 1]) == best:
                    joined.append(parts[at] + parts[at + 1])
                    at += 2
                else:
                    joined.append(parts[at])
                    at += 1
            pieces[index] = (joined, number)
            for pair in zip(joined, joined[1:]):
                pairs[pair] += number
                places[pair].add(index)
        pairs.pop(best, None)
    return Tokenizer(merges)
