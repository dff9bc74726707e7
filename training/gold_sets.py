#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the test documents of the real sets with their gold, for `attest evaluate`:

    python3 gold_sets.py --shared FOLDER --out FOLDER [--split test] [--held-out-of-v1]
    attest evaluate FOLDER/sroie/documents --template FOLDER/sroie/template.json --gold FOLDER/sroie/gold.jsonl

Version 1 of the model was trained on another split; with --held-out-of-v1 only documents are written that it was not
trained on either, for models that go on from it.

A folder a set: documents/*.txt, gold.jsonl and, where no shipped template fits, template.json. The data stay where they
are: the licences of most of them do not allow to put them into the repository.
"""

import argparse
import json
import random
from pathlib import Path

import examples
import marked
import real_data
import real_documents
import shared_data
from page_text import value_of

RECEIPT = {"company": "Name of the shop.", "date": "Date of the receipt.", "total": "Total amount."}
EVENT = {"drug": "Drug given.", "dosage": "Dose of the drug.", "route": "Route of administration.", "frequency": "How often it is given.", "duration": "How long it is given.", "indication": "Why it is given.", "effect": "What the drug caused."}


def template(name, title, fields):
    """A template of single verbatim fields."""
    properties = {key: {"type": ["string", "null"], "description": text, "x-attest": {"kind": "verbatim"}} for key, text in fields.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "attest:" + name,
        "title": title,
        "description": title + ".",
        "type": "object",
        "x-attest": {"version": 1, "layout": "record"},
        "properties": properties,
        "required": list(properties),
    }


class Folder:
    """One set on disk. `held_out` leaves documents away that version 1 was trained on."""

    held_out = False

    def __init__(self, out, name, own_template=None):
        self.path = out / name
        (self.path / "documents").mkdir(parents=True, exist_ok=True)
        if own_template:
            (self.path / "template.json").write_text(json.dumps(own_template, indent=2) + "\n", encoding="utf-8")
        self._gold = []

    def add(self, name, text, values, document=None):
        if self.held_out and shared_data.split_of(document or name) == "train":
            return
        file = name.replace("/", "_") + ".txt"
        (self.path / "documents" / file).write_text(text + "\n", encoding="utf-8")
        self._gold.append({"file": file, "values": values})

    def close(self):
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in sorted(self._gold, key=lambda row: row["file"])]
        (self.path / "gold.jsonl").write_text("".join(lines), encoding="utf-8")
        print("%s: %d documents" % (self.path, len(lines)))


def hand_marked(root, out, split):
    folders = {}
    for row in marked.of_split(root, split):
        template_name, list_name = row["part"].split(".")
        folder = folders.setdefault(row["part"], Folder(out, "mtsamples_" + list_name))
        items = [{key: item.get(key) for key in row["fields"]} for item in row["gold"]]
        folder.add(row["id"], row["text"], {list_name: items})
    for folder in folders.values():
        folder.close()


def sroie(root, out, split):
    folder = Folder(out, "sroie", template("receipt", "Receipt", RECEIPT))
    for name, text, spans, gold in real_data.sroie(root, split):
        # Gold that was corrected against the picture is not in the text: nobody could find it there.
        folder.add(name, text, {key: value_of(text, spans[key]) if key in spans else gold.get(key) for key in RECEIPT})
    folder.close()


def phee(root, out, split, most=400):
    folder = Folder(out, "phee", template("drug_event", "Drug event", EVENT))
    documents = [entry for entry in real_data.phee(root, split) if entry[4] == 1]
    for name, text, singles, _, _ in documents[:most]:
        values = {key: singles.get("drugs" if key == "drug" else key) for key in EVENT}
        folder.add(name, text, {key: value_of(text, span) if span else None for key, span in values.items()}, name.split("_")[0])
    folder.close()


NDA = {"effective_date": "Date it takes effect.", "governing_law": "State whose law applies.", "term": "How long it lasts."}
SIG = {"dose": "Amount per intake.", "route": "Route of administration.", "frequency": "How often it is taken.", "duration": "How long it is taken.", "indication": "Why it is taken."}


def documents(root, out, split, most=250):
    """Contracts, invoices, record tables and dose instructions; long ones in windows, as the application cuts them."""
    own = {"nda": template("nda", "Non-disclosure agreement", NDA), "sig": template("sig", "Dose instruction", SIG)}
    sets = {}
    for document in real_documents.load(root, split):
        sets.setdefault((document.source, document.kind.replace("ccda.", "")), []).append(document)
    for (source, kind), found in sorted(sets.items()):
        random.Random(11).shuffle(found)
        folder = Folder(out, source + "_" + kind, own.get(kind))
        for number, document in enumerate(found[:most]):
            rows = [{key: record.get(key) for key in sorted(document.annotated)} for record in document.records]
            rows = [{key: value_of(document.text, value) if isinstance(value, tuple) else value for key, value in row.items()} for row in rows]
            if "." in kind or kind == "medications":
                values = {kind.split(".")[-1]: rows}
            else:
                values = rows[0] if rows else dict.fromkeys(sorted(document.annotated))
            folder.add("%s-%d" % (document.id, number), document.text, values, document.id)
        folder.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared")
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--split", default="test", choices=["test", "tune"])
    parser.add_argument("--held-out-of-v1", action="store_true")
    options = parser.parse_args()
    Folder.held_out = options.held_out_of_v1
    root = shared_data.shared_root(options.shared)
    assert examples.TEMPLATES.is_dir()
    hand_marked(root, options.out, options.split)
    sroie(root, options.out, options.split)
    phee(root, options.out, options.split)
    documents(root, options.out, options.split)


if __name__ == "__main__":
    main()
