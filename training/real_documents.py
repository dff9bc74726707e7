# SPDX-License-Identifier: GPL-3.0-or-later
"""More real documents with gold as spans: contracts, invoices, tables of clinical records, dose instructions.

The gold of these sets is normalised; here it is traced back to where it stands in the text. What cannot be traced, or
could be read in two ways, is left out: a key that is not in `annotated` must not be asked.
"""

import random
import re
import zlib
from dataclasses import dataclass, field
from typing import Dict, FrozenSet, List, Tuple, Union

from page_text import is_folded, is_word_end, is_word_start

Record = Dict[str, Union[Tuple[int, int], str]]
MIN_WINDOW, MAX_WINDOW = 100, 350


@dataclass
class RealDocument:
    """A page text (or a window of one) and what it states.

    `kind` is a part kind as in `example.RECORDS`, or one of this module's own: `nda`, `ccda.medications`, `sig`.
    `records` holds one dict for single fields, one a list item (in order of the anchor) for lists; a value is a span, or a
    string where it is a choice. `annotated` are the keys that may be asked: one that is missing in a record is null.
    A list is always complete. Windows of one document share its `id`.
    """

    source: str
    id: str
    text: str
    kind: str
    records: List[Record] = field(default_factory=list)
    annotated: FrozenSet[str] = frozenset()


def check(document, anchor=None):
    """Asserts docs/prompt_format.md: folded text, spans at word borders, anchors in order."""
    text, end = document.text, -1
    assert is_folded(text), repr(text[:200])
    for record in document.records:
        assert record.keys() <= document.annotated, (record.keys(), document.annotated)
        for value in record.values():
            if isinstance(value, tuple):
                begin, stop = value
                assert 0 <= begin < stop <= len(text) and is_word_start(text, begin) and is_word_end(text, stop), repr(text[begin - 9 : stop + 9])
                assert "  " not in text[begin:stop] and "\n\n" not in text[begin:stop], repr(text[begin:stop])
        if anchor:
            assert record[anchor][0] >= end
            end = record[anchor][1]


_TOKEN = re.compile(r"[A-Za-z]{1,5}|\d|[^\sA-Za-z\d]|\n|(?<=[A-Za-z]) (?=[\dA-Za-z])")


def rough_tokens(text):
    """About the number of tokens; no tokenizer is needed."""
    return int(1.2 * len(_TOKEN.findall(text)))


def windows(text, key, keep=()):
    """Half-open stretches of whole lines, MIN_WINDOW to MAX_WINDOW tokens each, that together are the text.

    `key` seeds the sizes; no cut falls into a span of `keep`.
    """
    rng = random.Random(zlib.crc32(key.encode("utf-8")))
    found, begin, size, target = [], 0, 0, rng.randint(MIN_WINDOW, MAX_WINDOW)
    position = 0
    for line in text.split("\n"):
        length = rough_tokens(line) + 1
        if size and size + length > target and not any(left < position <= right for left, right in keep):
            found.append((begin, position))
            begin, size, target = position, 0, rng.randint(MIN_WINDOW, MAX_WINDOW)
        size += length
        position += len(line) + 1
    found.append((begin, len(text)))
    trimmed = []
    for begin, end in found:
        piece = text[begin:end]
        left = len(piece) - len(piece.lstrip("\n"))
        end = begin + len(piece.rstrip("\n"))
        if end > begin + left:
            trimmed.append((begin + left, end))
    return trimmed


def within(span, window):
    """The span moved into the window, or None when it is not inside."""
    return (span[0] - window[0], span[1] - window[0]) if window[0] <= span[0] and span[1] <= window[1] else None


def without_pipes(document):
    """The document with table cells set apart by column gaps instead of ` | `, as on a page."""
    starts = [match.start() for match in re.finditer(r"(?<=[^ \n]) \| (?=[^ \n|])", document.text)]
    text = re.sub(r"(?<=[^ \n]) \| (?=[^ \n|])", "  ", document.text)
    if "|" in text:
        return document

    def moved(place):
        return place - sum(1 for start in starts if start < place)

    records = [{key: value if isinstance(value, str) else (moved(value[0]), moved(value[1])) for key, value in record.items()} for record in document.records]
    return RealDocument(document.source, document.id, text, document.kind, records, document.annotated)
