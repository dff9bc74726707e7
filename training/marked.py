# SPDX-License-Identifier: GPL-3.0-or-later
"""The sections of real notes that were marked by hand (`marked/mtsamples_*.jsonl`), as pages with records or as they are."""

from functools import lru_cache
from pathlib import Path

import real_data
import shared_data
from page_text import Page

FOLDER = Path(__file__).resolve().parent / "marked"
KINDS = {
    "medications.medications": ("medication", "drug", 7),
    "laboratory_results.results": ("lab", "test", 5),
    "problems.problems": ("problem", "problem", 5),
    "allergies.allergies": ("allergy", "substance", 4),
}
_CHOICES = {"medication": ["status"], "problem": ["status"], "allergy": ["severity", "category"], "lab": []}


@lru_cache(maxsize=None)
def lines_of(name):
    """The lines of a file of this folder; none where it is missing."""
    return shared_data.read_jsonl(FOLDER / name)


@lru_cache(maxsize=None)
def sections():
    """Every marked section: {"id", "part", "fields", "text", "gold"}."""
    return [row for path in sorted(FOLDER.glob("mtsamples_*.jsonl")) for row in lines_of(path.name)]


def documents():
    """The documents that the sections come from."""
    return {row["id"] for row in sections()}


def spans_of(row, anchor, choices):
    """The gold of a section as records of spans. A value is looked for near its item's anchor: from it to the next one's, else before it."""
    text, records, at = row["text"], [], 0
    anchors = []
    for item in row["gold"]:
        span = real_data.find_span(text, item[anchor], at)
        if span is None:
            raise ValueError("%s: no %r from %d on" % (row["id"], item[anchor], at))
        anchors.append(span)
        at = span[1]
    for index, item in enumerate(row["gold"]):
        begin = anchors[index]
        record, place = {anchor: begin}, begin[1]
        for key in row["fields"]:
            value = item.get(key)
            if key == anchor or value is None:
                continue
            if key in choices:
                record[key] = value
                continue
            span = real_data.find_span(text, value, place)
            following = anchors[index + 1][0] if index + 1 < len(anchors) else len(text)
            if span is not None and span[0] < following:
                place = span[1]
            else:
                first = real_data.find_span(text, value, begin[1])
                last, found = None, real_data.find_span(text, value, 0)
                while found is not None and found[1] <= begin[0]:
                    last, found = found, real_data.find_span(text, value, found[0] + 1)
                span = first if first is not None and first[0] < following else last or first or span
            if span is None:
                raise ValueError("%s: no %r" % (row["id"], value))
            record[key] = span
        records.append(record)
    return records


def in_split(rows, root, split):
    """Those rows whose document is of a split; without the set they come from, nothing is known about near-duplicates and ids decide."""
    known = real_data.splits(root / "clinical" / "mtsamples.jsonl")
    return [row for row in rows if known.get(row["id"], shared_data.real_split_of(row["id"])) == split]


def of_split(root, split):
    """The sections of a split."""
    return in_split(sections(), root, split)


def pages(root, split):
    """{kind: [Page]} of the completely marked sections of a split."""
    found = {}
    for row in of_split(root, split):
        kind, anchor, complete = KINDS[row["part"]]
        if len(row["fields"]) < complete:
            continue
        page = Page()
        page.add(row["text"])
        for record in spans_of(row, anchor, _CHOICES[kind]):
            page.record(kind, record)
        found.setdefault(kind, []).append(page)
    return found
