#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the test documents of the real sets with their gold, for `attest evaluate`:

    python3 gold_sets.py --shared FOLDER --out FOLDER [--split test] [--held-out-of-v1]
    attest evaluate FOLDER/sroie/documents --template FOLDER/sroie/template.json --gold FOLDER/sroie/gold.jsonl
    python3 evaluate.py --gold FOLDER --attest build/release/bin/attest --model MODEL.gguf

Version 1 of the model was trained on another split; with --held-out-of-v1 only documents are written that it was not
trained on either, for models that go on from it.

A folder a set: documents/*.txt, gold.jsonl and template.json. Sets that end in "_renamed" ask the same of the same
documents under other names and without descriptions, as a template that a user wrote in a hurry. `tasks` has a folder for
each task that was written by hand (`marked_tasks.py`). The data stay where they are: the licences of most of them do not
allow to put them into the repository.
"""

import argparse
import json
import random
from pathlib import Path

import examples
import marked
import marked_notes
import marked_tasks
import real_data
import real_sources
import shared_data
from example import gold_answer
from page_text import value_of

RECEIPT = {"company": "Name of the shop.", "date": "Date of the receipt.", "total": "Total amount."}
EVENT = {"drug": "Drug given.", "dosage": "Dose of the drug.", "route": "Route of administration.", "frequency": "How often it is given.", "duration": "How long it is given.", "indication": "Why it is given.", "effect": "What the drug caused."}


def _described(schema, text):
    return dict(schema, description=text) if text else schema


def template(name, title, fields):
    """A template of single verbatim fields."""
    properties = {key: _described({"type": ["string", "null"], "x-attest": {"kind": "verbatim"}}, text) for key, text in fields.items()}
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


def shipped(name):
    """A shipped template."""
    return json.loads((examples.TEMPLATES / (name + ".json")).read_text(encoding="utf-8"))


# Names of a user's own template, by shipped name; "": the list.
OTHER_NAMES = {
    "medications": {"": "items", "drug": "name", "dose": "dosage", "route": "route_of_administration", "frequency": "how_often", "duration": "how_long", "indication": "reason"},
    "laboratory_results": {"": "tests", "test": "parameter", "value": "result", "unit": "units", "reference_range": "normal_range", "flag": "abnormal"},
    "problems": {"": "conditions", "problem": "diagnosis", "onset": "since"},
    "receipt": {"company": "seller", "date": "purchase_date", "total": "grand_total"},
    "nda": {"effective_date": "start_date", "governing_law": "jurisdiction"},
    "invoice": {"invoice_number": "number", "issue_date": "invoice_date", "seller_name": "seller", "buyer_name": "buyer", "total_net": "net_total", "total_tax": "tax_total", "total_gross": "grand_total", "amount_due": "due_payable"},
}


def renamed(own):
    """The template and a function for its values, both under other names and without descriptions."""
    names = OTHER_NAMES[own["$id"].split(":")[-1]]

    def properties(found, list_names):
        result = {}
        for key, schema in found.items():
            schema = {name: value for name, value in schema.items() if name != "description"}
            if schema.get("type") == "array":
                items = schema["items"]
                items = dict(items, properties=properties(items["properties"], list_names))
                if "required" in items:
                    items["required"] = [names.get(name, name) for name in items["required"]]
                result[names.get("", key)] = dict(schema, items=items)
            else:
                result[names.get(key, key)] = schema
        return result

    other = dict(own, properties=properties(own["properties"], names))
    other["$id"] = own["$id"] + "_renamed"
    other["title"] = own["title"]
    other["required"] = list(other["properties"])

    def values(found):
        return {
            (names.get("", key) if isinstance(value, list) else names.get(key, key)): [{names.get(name, name): item for name, item in row.items()} for row in value] if isinstance(value, list) else value
            for key, value in found.items()
        }

    return other, values


class Folder:
    """One set on disk. `held_out` leaves documents away that version 1 was trained on."""

    held_out = False

    def __init__(self, out, name, own_template):
        self.path = out / name
        self._template = own_template
        self._gold, self._files = [], set()
        (self.path / "documents").mkdir(parents=True, exist_ok=True)
        self._write("template.json", json.dumps(own_template, indent=2) + "\n")

    def _write(self, name, text):
        (self.path / name).write_text(text, encoding="utf-8")

    def add(self, name, text, values, document=None):
        if self.held_out and shared_data.split_of(document or name) == "train":
            return
        file = name.replace("/", "_")
        while file in self._files:  # another section of the same document
            file += "b"
        self._files.add(file)
        self._write("documents/%s.txt" % file, text + "\n")
        self._gold.append({"file": file + ".txt", "values": values})

    def _write_gold(self, rows):
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in sorted(rows, key=lambda row: row["file"])]
        self._write("gold.jsonl", "".join(lines))

    def close(self):
        self._write_gold(self._gold)
        print("%s: %d documents" % (self.path, len(self._gold)))
        if self._template["$id"].split(":")[-1] in OTHER_NAMES and "." not in self.path.name:
            other, values = renamed(self._template)
            twin = Folder(self.path.parent, self.path.name + "_renamed", other)
            for row in self._gold:
                text = (self.path / "documents" / row["file"]).read_text(encoding="utf-8")
                twin._write("documents/" + row["file"], text)
            twin._write_gold([{"file": row["file"], "values": values(row["values"])} for row in self._gold])


def hand_marked(root, out, split):
    folders = {}
    for row in marked.of_split(root, split):
        template_name, list_name = row["part"].split(".")
        folder = folders.setdefault(row["part"], Folder(out, "mtsamples_" + list_name, shipped(template_name)))
        items = [{key: item.get(key) for key in row["fields"]} for item in row["gold"]]
        folder.add(row["id"], row["text"], {list_name: items})
    for folder in folders.values():
        folder.close()


def notes(root, out, split):
    """Whole notes; lists that a note holds nothing of are asked as well."""
    folders = {}
    for name, text, gold, unclear in marked_notes.load(root, split):
        for part, records in gold.items():
            template_name, _, list_name = part.partition(".")
            own = shipped(template_name)
            folder = folders.setdefault(part, Folder(out, "notes_" + (list_name or template_name), own))
            fields = own["properties"][list_name]["items"]["properties"] if list_name else own["properties"]
            keys = [key for key, schema in fields.items() if schema.get("type") != "array" and key not in unclear.get(part, ())]
            rows = [{key: value_of(text, row[key]) if isinstance(row.get(key), tuple) else row.get(key) for key in keys} for row in records]
            folder.add(name, text, {list_name: rows} if list_name else rows[0])
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
    for document in real_sources.load(root, split):
        sets.setdefault((document.source, document.kind.replace("ccda.", "")), []).append(document)
    for (source, kind), found in sorted(sets.items()):
        random.Random(11).shuffle(found)
        folder = Folder(out, source + "_" + kind, own.get(kind) or shipped(kind.split(".")[0]))
        for number, document in enumerate(found[:most]):
            rows = [{key: record.get(key) for key in sorted(document.annotated)} for record in document.records]
            rows = [{key: value_of(document.text, value) if isinstance(value, tuple) else value for key, value in row.items()} for row in rows]
            if "." in kind or kind == "medications":
                values = {kind.split(".")[-1]: rows}
            else:
                values = rows[0] if rows else dict.fromkeys(sorted(document.annotated))
            folder.add("%s-%d" % (document.id, number), document.text, values, document.id)
        folder.close()


def tasks(root, out, split):
    """A folder a task."""
    number = 0
    for name, text, part, records in marked_tasks.load(root, split):
        answer, _ = gold_answer(part, text, records)
        fields = {item.name: item.description for item in part.fields}
        own = template("task", part.title, fields)
        if part.list_name is not None:
            items = {"type": "object", "properties": own["properties"], "required": own["required"]}
            anchor = items["properties"][part.anchor]
            anchor["type"], anchor["x-attest"]["anchor"] = "string", True
            own["x-attest"]["layout"] = "rows"
            own["properties"] = {part.list_name: _described({"type": "array", "items": items}, part.list_description)}
            own["required"] = [part.list_name]
            values = {part.list_name: [{key: row.get(key) for key in fields} for row in answer]}
        else:
            values = {key: answer.get(key) for key in fields}
        folder = Folder(out / "tasks", "%03d" % number, own)
        folder.add(name, text, values)
        folder.close()
        number += 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared")
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--split", default="test", choices=["test", "tune", "train"])
    parser.add_argument("--held-out-of-v1", action="store_true")
    options = parser.parse_args()
    Folder.held_out = options.held_out_of_v1
    root = shared_data.shared_root(options.shared)
    assert examples.TEMPLATES.is_dir()
    hand_marked(root, options.out, options.split)
    notes(root, options.out, options.split)
    sroie(root, options.out, options.split)
    phee(root, options.out, options.split)
    documents(root, options.out, options.split)
    tasks(root, options.out, options.split)


if __name__ == "__main__":
    main()
