# SPDX-License-Identifier: GPL-3.0-or-later
"""Page text as docs/prompt_format.md folds it, and the spans that point into it.

Offsets are in characters (not bytes): a span is a half-open pair `(begin, end)`.
"""

import re
import unicodedata

_FOLDED = {
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2018": "'", "\u2019": "'", "\u201a": "'",
    "\u2013": "-", "\u2014": "-", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2212": "-",
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": "  ",
}  # fmt: skip
_DIGITS = "0123456789"
_FOLD_TABLE = {ord(key): value for key, value in _FOLDED.items()}


def fold(text):
    """Real text folded to the contract's form. Runs of three or more spaces count as a column gap, two as one space."""
    text = unicodedata.normalize("NFC", text.translate(_FOLD_TABLE))
    text = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs"))
    lines = []
    for line in text.split("\n"):
        line = re.sub(r" {3,}", "\x00", line.strip())
        lines.append(re.sub(r" +", " ", line).replace("\x00", "  "))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def is_folded(text):
    return not re.search(r"   |\n\n\n|^[ \n]| \n|\n | $|\n$|[\t\r\u00a0]", text)


def _is_border(text, position):
    """Between two characters that are no blanks: not inside a word, nor at the point or comma of a number."""
    for mark in (position - 1, position):
        if 0 < mark < len(text) - 1 and text[mark] in ".," and text[mark - 1] in _DIGITS and text[mark + 1] in _DIGITS:
            return False
    return not (text[position].isalnum() and text[position - 1].isalnum())


def is_word_start(text, position):
    if position >= len(text) or text[position] in " \n":
        return False
    return position == 0 or text[position - 1] in " \n" or _is_border(text, position)


def is_word_end(text, position):
    if position <= 0 or text[position - 1] in " \n":
        return False
    return position == len(text) or text[position] in " \n" or _is_border(text, position)


def value_of(text, span):
    """The span as a value: every column gap or line break inside is one space."""
    return re.sub(r"[ \n]+", " ", text[span[0] : span[1]])


def texts_of(text, record):
    """A record of spans as values; choices stay as they are."""
    return {key: value if isinstance(value, str) else value_of(text, value) for key, value in record.items()}


def answer_of(part, text, spans):
    """The answer behind spans (a list of records for a list), in the form that `prompt.answer_pieces` wants."""
    if part.list_name is None:
        return texts_of(text, spans)
    rows = [texts_of(text, row) for row in spans]
    return [row[part.anchor] for row in rows] if part.of_strings else rows


class Page:
    """Text under construction with its gold records.

    A record is `(kind, fields)`; a field is a span, or a string where the answer is a choice.
    """

    def __init__(self):
        self._pieces = []
        self._length = 0
        self.records = []

    def __len__(self):
        return self._length

    def add(self, text):
        self._pieces.append(text)
        self._length += len(text)

    def mark(self, text):
        begin = self._length
        self.add(text)
        return (begin, self._length)

    def record(self, kind, fields):
        self.records.append((kind, {key: value for key, value in fields.items() if value is not None}))

    def ends_with_break(self):
        return not self._pieces or self._pieces[-1].endswith("\n")

    def text(self):
        return "".join(self._pieces)

    def append(self, other):
        """Takes over another page's text and records."""
        shift = self._length
        self.add(other.text())
        for kind, fields in other.records:
            moved = {}
            for key, value in fields.items():
                moved[key] = value if isinstance(value, str) else (value[0] + shift, value[1] + shift)
            self.records.append((kind, moved))
