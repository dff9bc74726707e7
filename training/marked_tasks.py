# SPDX-License-Identifier: GPL-3.0-or-later
"""Small extraction tasks that were written by hand for real text (`marked/tasks.jsonl`), in fields of their own.

A line is one text: {"id", "source", "tasks"}. A text of MTSamples stands in "text", and so does one that was written for the
purpose, under an id that trains; any other stays where it was published, and the line says how to find it: "begin" and "length"
in the folded text with that id, and its "crc32".
A task is {"title", "fields": [{"name", "description", "value"}]} or, for a list, {"title", "list", "description",
"fields": [{"name", "description"}], "rows": [{name: value}]} whose first field is the anchor.
"""

import zlib

import marked
import real_data
import real_sources
import shared_data
from page_text import fold
from prompt import Field, Part

FILE = "tasks.jsonl"


class _Texts:
    """The texts that are not in the repository, by source; None where one is not there."""

    def __init__(self, root, split):
        self._root, self._split, self._known = root, split, {}

    def _load(self, source):
        if source == "sroie":
            return {key: [text] for key, text, _, _ in real_data.sroie(self._root, self._split)}
        if source in ("kleister_nda", "zugferd"):
            found = {}
            for document in real_sources.load(self._root, self._split):
                if document.source == source:
                    found.setdefault(document.id, []).append(document.text)
            return found
        texts = shared_data.read_texts(self._root / "text" / (source + ".txt.xz"))
        wanted = {line["id"] for line in marked.lines_of(FILE) if line["source"] == source}
        return {key: [fold(text)] for key, text in (("%s-%d" % (source, index), text) for index, text in enumerate(texts)) if key in wanted}

    def find(self, line):
        if "text" in line:
            return line["text"]
        source = line["source"]
        if source not in self._known:
            self._known[source] = self._load(source)
        for text in self._known[source].get(line["id"], ()):
            own = text[line["begin"] : line["begin"] + line["length"]]
            if zlib.crc32(own.encode("utf-8")) == line["crc32"]:
                return own
        return None


def _split_of(line, root):
    known = {}
    if line["source"] == "mtsamples":
        known = real_data.splits(root / "clinical" / "mtsamples.jsonl")
    elif line["source"] == "sroie":
        known = real_data.splits(root / "business" / "sroie.jsonl")
    return known.get(line["id"], shared_data.real_split_of(line["id"]))


def _record(text, fields):
    """Spans by name, and the fields that hold: a value that is not in the text asks nothing."""
    spans, kept = {}, []
    for own in fields:
        span = real_data.find_span(text, own["value"]) if own["value"] is not None else None
        if own["value"] is None or span:
            kept.append(Field(own["name"], own["name"], own.get("description") or ""))
        if span:
            spans[own["name"]] = span
    return spans, kept


def load(root, split):
    """[(text, part, records)] of a split; a record holds spans by key, as `example.gold_answer` wants them."""
    found, texts = [], _Texts(root, split)
    for line in marked.lines_of(FILE):
        if _split_of(line, root) != split:
            continue
        text = texts.find(line)
        if text is None:
            continue
        for task in line["tasks"]:
            if "list" not in task:
                spans, fields = _record(text, task["fields"])
                if fields:
                    found.append((line["id"], text, Part(task["title"], fields, kind="task"), [spans]))
                continue
            names = [own["name"] for own in task["fields"]]
            fields = [Field(own["name"], own["name"], own.get("description") or "", nullable=bool(index)) for index, own in enumerate(task["fields"])]
            part = Part(task["title"], fields, task["list"], task.get("description") or "", "task.list", names[0])
            rows = [{key: value for key, value in row.items() if value is not None} for row in task["rows"]]
            try:
                records = marked.spans_of({"id": line["id"], "text": text, "gold": rows, "fields": names}, names[0], ())
            except ValueError:
                continue
            found.append((line["id"], text, part, records))
    return found
