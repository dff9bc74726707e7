#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a JSON file that an engine can be checked against: one prompt, its token ids, and the best logits.

    python3 reference.py --model model.gguf --out reference.json
"""

import argparse
import json
import os

import torch

import prompt
from gguf_reader import read_gguf
from prompt import Field, Part
from tokenizer import ANSWER, DOC, END, TASK

_DOCUMENT = "CURRENT MEDICATIONS:\n1. Metformin 500 mg p.o. b.i.d.\n2. Reglan 10 mg before meals for nausea\n\nALLERGIES: Penicillin (rash)."
_FIELDS = [
    Field("drug", "drug", "Name of the drug.", None, False),
    Field("dose", "dose", "Amount per intake."),
    Field("frequency", "frequency", "How often it is taken."),
    Field("status", "status", "What is done with it.", ["active", "started", "stopped"]),
]
_ANSWER = [
    {"drug": "Metformin", "dose": "500 mg", "frequency": "b.i.d.", "status": "active"},
    {"drug": "Reglan", "dose": "10 mg", "frequency": "before meals", "status": "active"},
]


def reference(model, tokenizer):
    part = Part("Medications", _FIELDS, "medications", "Every medication.")
    task = prompt.task_text(part)
    pieces = [{"kind": kind, "text": text, "ids": tokenizer.encode(text)} for kind, text in prompt.answer_pieces(part, _ANSWER)]
    ids = [TASK] + tokenizer.encode(task) + [DOC] + tokenizer.encode(_DOCUMENT) + [ANSWER]
    prompt_length = len(ids)
    for piece in pieces:
        ids += piece["ids"]
    ids.append(END)
    with torch.no_grad():
        logits = model.logits(model(torch.tensor([ids])))[0]
    rows = []
    for position in sorted({0, 1, prompt_length // 2, *range(prompt_length - 1, len(ids))}):
        values, best = logits[position].topk(5)
        rows.append({"position": position, "ids": best.tolist(), "logits": [round(value, 5) for value in values.tolist()]})
    return {"task": task, "document": _DOCUMENT, "pieces": pieces, "ids": ids, "prompt_length": prompt_length, "top": rows}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    reader, vocabulary, _ = read_gguf(options.model)
    with open(options.out + ".part", "w", encoding="utf-8") as out:
        json.dump(reference(reader, vocabulary), out, ensure_ascii=False, indent=1)
    os.replace(options.out + ".part", options.out)
