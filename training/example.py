# SPDX-License-Identifier: GPL-3.0-or-later
"""An example: a document, the part that is asked, and the gold answer; and how it becomes tokens."""

from dataclasses import dataclass

import prompt
from page_text import is_folded, is_word_end, is_word_start, value_of
from prompt import Part
from tokenizer import ANSWER, DOC, END, TASK

# Which records answer which part; a part's kind is `template` or `template.list`.
RECORDS = {
    "medications.medications": "medication",
    "discharge_summary.medications": "medication",
    "laboratory_results.results": "lab",
    "laboratory_results": "lab_header",
    "vital_signs.measurements": "vital",
    "invoice": "invoice",
    "invoice.lines": "invoice_line",
    "allergies": "allergy_none",
    "allergies.allergies": "allergy",
    "problems.problems": "problem",
    "patient_header": "patient",
    "discharge_summary": "stay",
    "discharge_summary.procedures": "procedure",
    "discharge_summary.follow_up": "appointment",
    "radiology_report": "imaging",
    "radiology_report.findings": "finding",
    "radiology_report.impression": "statement",
    "contract": "contract",
    "contract.parties": "party",
    "questions": "event",
    "summary.sentences": "key_sentence",
}


@dataclass
class Example:
    part: Part
    text: str
    answer: object
    spans: object = None
    source: str = ""


def check_spans(text, part, spans):
    """Asserts the contract: folded text, spans at word borders, anchors in order without overlap."""
    assert is_folded(text), repr(text[:200])
    rows = spans if part.list_name is not None else [spans]
    end = -1
    for row in rows:
        for key, value in row.items():
            if isinstance(value, tuple):
                assert 0 <= value[0] < value[1] <= len(text)
                assert is_word_start(text, value[0]) and is_word_end(text, value[1]), repr(text[value[0] - 8 : value[1] + 8])
        if part.list_name is not None:
            assert row[part.anchor][0] >= end
            end = row[part.anchor][1]


def gold_answer(part, text, records):
    """The answer in the form `prompt.answer_pieces` wants, and the spans behind it; `records` are dicts of spans."""

    def values(record):
        row, spans = {}, {}
        for item in part.fields:
            value = record.get(item.key)
            if value is None:
                continue
            if item.choices:
                if value in item.choices:
                    row[item.key] = spans[item.key] = value
            elif isinstance(value, tuple):
                row[item.key] = value_of(text, value)
                spans[item.key] = value
        return row, spans

    if part.list_name is None:
        row, spans = values(records[0] if records else {})
        return row, spans
    answer, spans, end = [], [], -1
    for record in sorted((r for r in records if isinstance(r.get(part.anchor), tuple)), key=lambda r: r[part.anchor]):
        if record[part.anchor][0] < end or (part.max_items and len(answer) >= part.max_items):
            continue
        end = record[part.anchor][1]
        row, own = values(record)
        answer.append(row[part.anchor] if part.of_strings else row)
        spans.append(own)
    return answer, spans


def encode_example(example, tokenizer, forced_weight=0.05, document_weight=0.0):
    """Token ids and the loss weight of each as a target."""
    document = tokenizer.encode(example.text)
    ids = [TASK] + tokenizer.encode(prompt.task_text(example.part)) + [DOC]
    weights = [0.0] * len(ids)
    ids += document + [ANSWER]
    weights += [document_weight] * len(document) + [0.0]
    for kind, text in prompt.answer_pieces(example.part, example.answer):
        own = tokenizer.encode(text)
        ids += own
        weights += [forced_weight if kind == prompt.FORCED else 1.0] * len(own)
    return ids + [END], weights + [forced_weight]
