#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rule system that the model is compared with: lexicons and regular expressions, written for the comparison.

    python3 training/baseline.py [--shared FOLDER] [--split test] [--out report.md]

`Baseline.answer(text, part)` has the form of `decode.Decoder.answer`. The rules were written looking at the training
split only.
"""

import argparse
from functools import lru_cache

import baseline_business
import baseline_clinical
import shared_data
import sig_grammar
from page_text import is_word_end, is_word_start, value_of


class Baseline:
    """Answers a part of one text by rule. `root` is the folder with `lexicons/`."""

    def __init__(self, root):
        names, tests = baseline_clinical.DrugNames(root), baseline_clinical.Tests(root)

        def medications(text):
            return baseline_clinical.medications(text, names)

        self._lists = {
            "medications.medications": medications,
            "discharge_summary.medications": medications,
            "ccda.medications": medications,
            "laboratory_results.results": tests.find,
            "vital_signs.measurements": lambda text: [dict(record, sign=record["test"]) for record in tests.find(text)],
            "problems.problems": baseline_clinical.problems,
            "allergies.allergies": lambda text: baseline_clinical.allergies(text, names),
            "contract.parties": baseline_business.parties,
        }
        self._singles = {
            "sroie": baseline_business.receipt,
            "receipt": baseline_business.receipt,
            "invoice": baseline_business.invoice,
            "contract": baseline_business.contract,
            "nda": baseline_business.nda,
            "sig": lambda text: sig_grammar.parse(text) or {},
        }

    def knows(self, part):
        return part.kind in self._singles or part.kind in self._lists

    def answer(self, text, part):
        """The answer in the form of `example.gold_answer`; nothing for a part without rules."""

        def values(record):
            row = {}
            for item in part.fields:
                value = record.get(item.key)
                if isinstance(value, tuple):
                    # What the application could not answer does not count here either.
                    if is_word_start(text, value[0]) and is_word_end(text, value[1]):
                        row[item.key] = value_of(text, value)
                elif value is not None and item.choices and value in item.choices:
                    row[item.key] = value
            return row

        if part.list_name is None:
            rule = self._singles.get(part.kind)
            return values(rule(text)) if rule else {}
        rule, rows, end = self._lists.get(part.kind), [], -1
        for record in sorted(rule(text), key=lambda record: record[part.anchor]) if rule else []:
            row = values(record)
            if record[part.anchor][0] >= end and part.anchor in row:
                rows.append(row)
                end = record[part.anchor][1]
        return rows


@lru_cache(maxsize=None)
def _default():
    return Baseline(shared_data.shared_root())


def answer(text, part):
    """As `Baseline.answer`, with the lexicons of the default folder."""
    return _default().answer(text, part)


def _report(rules, root, split):
    import examples
    import marked
    import marked_notes
    import real_data
    import real_sources
    from page_text import fold, texts_of
    from prompt import Field, Part
    from scores import Table

    table = Table()
    parts = {}
    for part in examples.prompt.shipped_parts(examples.TEMPLATES):
        parts.setdefault(part.kind, part)

    def asked(part, keys):
        return Part(part.title, [item for item in part.fields if item.key in keys], part.list_name, part.list_description, part.kind, part.anchor)

    for row in marked.of_split(root, split):
        part = asked(parts[row["part"]], row["fields"])
        table.add("MTSamples " + row["part"].split(".")[0], part, rules.answer(row["text"], part), row["gold"])
    for _, text, gold, _ in marked_notes.load(root, split):
        for kind, records in gold.items():
            if rules.knows(parts[kind]):
                rows = [texts_of(text, record) for record in records]
                table.add("whole notes " + kind.split(".")[0], parts[kind], rules.answer(text, parts[kind]), rows)
    part = Part("Receipt", [Field(key, key) for key in ("company", "date", "address", "total")], kind="sroie")
    for _, text, _, gold in real_data.sroie(root, split):
        table.add("SROIE", part, rules.answer(text, part), {key: " ".join(fold(value).split()) for key, value in gold.items() if value})
    extra = {
        "invoice": Part("Invoice", [item for own in examples.prompt.shipped_parts(examples.TEMPLATES) if own.kind == "invoice" for item in own.fields], kind="invoice"),
        "nda": Part("NDA", [Field(key, key) for key in ("effective_date", "governing_law", "term")], kind="nda"),
        "ccda.medications": Part("Medications", [Field(key, key, nullable=key != "drug") for key in ("drug", "dose", "route")], "items", "", "ccda.medications", "drug"),
    }
    for document in real_sources.load(root, split):
        part = extra.get(document.kind) or parts.get(document.kind)
        if part is None or document.kind in ("sig", "problems.problems", "invoice.lines"):
            continue
        part = asked(part, document.annotated)
        rows = [texts_of(document.text, record) for record in document.records]
        gold = rows if part.list_name is not None else (rows[0] if rows else {})
        table.add(document.source + " " + document.kind, part, rules.answer(document.text, part), gold)
    return "\n".join(table.lines()) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared")
    parser.add_argument("--split", default="test", choices=["test", "tune", "train"])
    parser.add_argument("--out")
    options = parser.parse_args()
    root = shared_data.shared_root(options.shared)
    report = _report(Baseline(root), root, options.split)
    print(report, end="")
    if options.out:
        with open(options.out, "w", encoding="utf-8") as out:
            out.write(report)


if __name__ == "__main__":
    main()
