# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole notes that were marked by hand (`marked/notes.jsonl`): what shipped parts hold, wherever it stands.

A line is {"id", "text", "gold": {part: [{field: [begin, end] or a choice}]}}; places count characters of the text. A part of
single fields has one row. "unclear" names fields of such a part that have no one answer and are not asked.
"""

import marked

FILE = "notes.jsonl"


def load(root, split):
    """[(id, text, {part: records}, {part: unclear fields})] of a split, records as `example.gold_answer` wants them."""
    found = []
    for line in marked.in_split(marked.lines_of(FILE), root, split):
        gold = {part: [{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()} for row in rows] for part, rows in line["gold"].items()}
        found.append((line["id"], line["text"], gold, line.get("unclear", {})))
    return found


def anchors_stand_alone(records, anchor):
    """Whether no other value lies in an anchor, which then may be replaced by another name."""
    anchors = [record[anchor] for record in records]
    others = [value for record in records for key, value in record.items() if key != anchor and isinstance(value, tuple)]
    return all(value[1] <= own[0] or own[1] <= value[0] for value in others for own in anchors)
