# SPDX-License-Identifier: GPL-3.0-or-later
"""Real documents with gold answers, split by document (see `splits`)."""

import re
from collections import defaultdict
from functools import lru_cache

import document_groups
import shared_data
from page_text import fold, is_word_end, is_word_start

_PHEE_KEYS = ["drugs", "dosage", "route", "frequency", "duration", "indication", "effect", "age", "gender", "population"]


def find_span(text, value, after=0):
    """The first span of `text` that reads like `value` (spaces may be line breaks) and ends at words; None if none."""
    pattern = r"[ \n]+".join(re.escape(word) for word in fold(value).split())
    if not pattern:
        return None
    for match in re.compile(pattern).finditer(text, after):
        if is_word_start(text, match.start()) and is_word_end(text, match.end()):
            return match.span()
    return None


@lru_cache(maxsize=None)
def splits(path, article=False):
    """{document: split} of a set. A document whose own split differs from that of its near-duplicates is in none ("apart")."""
    texts = defaultdict(list)
    for row in shared_data.read_jsonl(path):
        texts[row["id"].split("_")[0] if article else row["id"]].append(row["text"])
    grouped = document_groups.splits({key: "\n".join(parts) for key, parts in texts.items()})
    return {key: own if own == shared_data.real_split_of(key) else "apart" for key, own in grouped.items()}


def phee(root, split):
    """Case-report sentences: (text, singles, drugs). Values are spans of the folded text.

    `singles` has the first value of every key of a sentence with one event; `drugs` lists every drug's span in order.
    """
    documents, path = [], root / "clinical" / "phee.jsonl"
    for row in shared_data.read_jsonl(path):
        if splits(path, True)[row["id"].split("_")[0]] != split:
            continue
        text = fold(row["text"])
        events = row["gold"]["events"]
        drugs = set()
        for event in events:
            for name in event["drugs"]:
                span = find_span(text, name)
                if span:
                    drugs.add(span)
        spans, end = [], 0
        for span in sorted(drugs):
            if span[0] >= end:
                spans.append(span)
                end = span[1]
        singles = {}
        if len(events) == 1:
            for key in _PHEE_KEYS:
                found = sorted(span for span in (find_span(text, value) for value in events[0][key]) if span)
                if found:
                    singles[key] = found[0]
        documents.append((row["id"], text, singles, spans, len(events)))
    return documents


def sroie(root, split):
    """Receipts: (id, text, spans by key, gold by key)."""
    documents, path = [], root / "business" / "sroie.jsonl"
    for row in shared_data.read_jsonl(path):
        if splits(path)[row["id"]] != split:
            continue
        text = fold(row["text"])
        spans = {key: find_span(text, value) for key, value in row["gold"].items() if value}
        documents.append((row["id"], text, {key: span for key, span in spans.items() if span}, row["gold"]))
    return documents


_HEADING = re.compile(r"(?:^|[,.;: ])([A-Z][A-Z /&'-]{3,60}): *,?")


def mtsamples(root, split):
    """Sections of transcriptions: (id, heading, text). In this set commas stand for line breaks."""
    sections, path = [], root / "clinical" / "mtsamples.jsonl"
    for row in shared_data.read_jsonl(path):
        if splits(path)[row["id"]] != split:
            continue
        text = row["text"]
        found = list(_HEADING.finditer(text))
        for index, match in enumerate(found):
            end = found[index + 1].start() if index + 1 < len(found) else len(text)
            body = text[match.end() : end]
            body = re.sub(r"(?<=[.:]) *, *(?=\S)", "\n", body)
            body = re.sub(r"  +", " ", body).strip(" ,\n")
            if body:
                sections.append((row["id"], match.group(1).strip(), fold(body)))
    return sections


def plain_texts(root, split):
    """Paragraphs of freely licensed prose for a little language modelling."""
    paragraphs = []
    for name in ("medquad", "us_18f_guides", "basecamp_policies", "sherlock", "state_union"):
        for index, text in enumerate(shared_data.read_texts(root / "text" / (name + ".txt.xz"))):
            if shared_data.real_split_of("%s-%d" % (name, index)) == split:
                paragraphs.append(fold(text)[:6000])
    return paragraphs
