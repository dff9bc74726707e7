# SPDX-License-Identifier: GPL-3.0-or-later
"""Byte-level BPE with the `smollm` pre-tokenizer: every number character alone, then the GPT-2 rule.

No merge of this project's vocabulary joins a space, a digit or punctuation with a letter, so a value has the same tokens
wherever it stands. Source: GPT-2's byte-to-unicode mapping and regular expression, as GGUF's `gpt2` tokenizer uses them.
"""

import json
import re
import sys
import unicodedata

END, TASK, DOC, ANSWER = 0, 1, 2, 3
SPECIALS = ["<|end|>", "<|task|>", "<|doc|>", "<|answer|>"]


def _numbers():
    ranges, start = [], None
    for point in range(0x30, 0x20000):
        is_number = unicodedata.category(chr(point))[0] == "N"
        if is_number and start is None:
            start = point
        elif not is_number and start is not None:
            ranges.append("%s-%s" % (re.escape(chr(start)), re.escape(chr(point - 1))))
            start = None
    return "".join(ranges)


_N = _numbers()
_LETTER = r"(?:(?![%s])[^\W\d_])" % _N
_PIECES = re.compile(
    r"[{n}]|'s|'t|'re|'ve|'m|'ll|'d| ?{l}+| ?(?:(?![{n}])(?:[^\s\w]|_))+|\s+(?!\S)|\s+".format(n=_N, l=_LETTER)
)


def byte_to_unicode():
    """GPT-2's printable stand-in for every byte."""
    kept = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    table, extra = {}, 0
    for byte in range(256):
        if byte in kept:
            table[byte] = chr(byte)
        else:
            table[byte] = chr(256 + extra)
            extra += 1
    return table


BYTE_CHARACTERS = byte_to_unicode()
_CHARACTER_BYTES = {character: byte for byte, character in BYTE_CHARACTERS.items()}


def pre_tokenize(text):
    return _PIECES.findall(text)


def mapped(text):
    return "".join(BYTE_CHARACTERS[byte] for byte in text.encode("utf-8"))


class Tokenizer:
    """`merges` are pairs of mapped strings in order of rank; token ids follow from them."""

    def __init__(self, merges):
        self.merges = [tuple(pair) for pair in merges]
        self.tokens = SPECIALS + [BYTE_CHARACTERS[byte] for byte in range(256)]
        self.tokens += [first + second for first, second in self.merges]
        self.ids = {token: index for index, token in enumerate(self.tokens)}
        self._ranks = {pair: rank for rank, pair in enumerate(self.merges)}
        self._cache = {}
        self.bytes = [b""] * 4 + [bytes(_CHARACTER_BYTES[c] for c in token) for token in self.tokens[4:]]

    def _piece(self, piece):
        parts = list(mapped(piece))
        while len(parts) > 1:
            ranked = [(self._ranks.get((parts[i], parts[i + 1]), 1 << 30), i) for i in range(len(parts) - 1)]
            rank, at = min(ranked)
            if rank == 1 << 30:
                break
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
        return [self.ids[part] for part in parts]

    def encode(self, text):
        """Token ids; texts that look like special tokens are plain text."""
        ids, cache = [], self._cache
        for piece in _PIECES.findall(text):
            known = cache.get(piece)
            if known is None:
                known = self._piece(piece)
                if len(cache) < 400000:
                    cache[sys.intern(piece)] = known
            ids += known
        return ids

    def decode(self, ids):
        return b"".join(self.bytes[index] for index in ids).decode("utf-8", "replace")

    def save(self, path):
        with open(path, "w", encoding="utf-8") as out:
            json.dump({"merges": [list(pair) for pair in self.merges]}, out, ensure_ascii=False)

    @staticmethod
    def load(path):
        with open(path, encoding="utf-8") as source:
            return Tokenizer(json.load(source)["merges"])
