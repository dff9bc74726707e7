#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures an exported model: generated held-out documents, and real ones that training never saw.

    python3 evaluate.py --model model.gguf --generated 15 --phee 150 --sroie 40 --out report.md

Generated documents come from another seed and from lexicon entries of the test and tuning split.
"""

import argparse
import json
import random
import time
from pathlib import Path

import torch

import examples
import marked
import real_data
import shared_data
from batches import MAX_TOKENS
from decode import Decoder
from examples import ExampleMaker
from gguf_reader import read_gguf
from page_text import fold
from prompt import Field, Part
from scores import Table


def fits(decoder, example):
    return len(examples.encode_example(example, decoder.tokenizer)[0]) <= MAX_TOKENS


def chunks(decoder, text, room=480):
    """The text in pieces of whole lines that fit the context, as the application cuts it."""
    pieces, current = [], ""
    for line in text.split("\n"):
        longer = current + "\n" + line if current else line
        if current and len(decoder.tokenizer.encode(longer)) > room:
            pieces.append(current.strip("\n"))
            longer = line
        current = longer
    return [piece for piece in pieces + [current.strip("\n")] if piece]


def generated(decoder, root, count, table, seed=20251):
    maker = ExampleMaker(root, seed, split="test")
    for part in maker.parts:
        done = 0
        while done < count:
            try:
                example = maker.shipped(part)
            except AssertionError:
                continue
            if not fits(decoder, example):
                continue
            done += 1
            table.add(part.kind, example.part, decoder.answer(example.text, example.part), example.answer)
    done = 0
    while done < 2 * count:
        example = maker.free()
        if fits(decoder, example):
            done += 1
            answer = decoder.answer(example.text, example.part)
            table.add("free templates", example.part, answer, example.answer, by_field=False)


def phee(decoder, root, split, count, table):
    keys = ["drugs", "dosage", "route", "frequency", "duration", "indication", "effect"]
    part = Part("Adverse event", [Field(key, key) for key in keys], kind="phee")
    documents = [entry for entry in real_data.phee(root, split) if entry[4] == 1]
    random.Random(5).shuffle(documents)
    for _, text, singles, _, _ in documents[:count]:
        gold = {key: text[span[0] : span[1]] for key, span in singles.items() if key in keys}
        table.add("PHEE", part, decoder.answer(text, part), gold)


def sroie(decoder, root, split, count, table):
    keys = ["company", "date", "address", "total"]
    part = Part("Receipt", [Field(key, key) for key in keys], kind="sroie")
    documents = real_data.sroie(root, split)
    random.Random(5).shuffle(documents)
    for _, text, _, gold in documents[:count]:
        answer = {}
        for piece in chunks(decoder, text):
            for key, value in decoder.answer(piece, part).items():
                answer.setdefault(key, value)
        wanted = {key: " ".join(fold(value).split()) for key, value in gold.items() if value and key in keys}
        table.add("SROIE", part, answer, wanted)


def hand_marked(decoder, root, split, table):
    """Real note sections marked by hand: medications, laboratory results, problems and allergies."""
    parts = {part.kind: part for part in examples.prompt.shipped_parts(examples.TEMPLATES)}
    for row in marked.of_split(root, split):
        part = parts[row["part"]]
        kept = [item for item in part.fields if item.key in row["fields"]]
        answer = decoder.answer(row["text"], part)
        keys = {item.key for item in kept}
        answer = [{key: value for key, value in item.items() if key in keys} for item in answer]
        shown = Part(part.title, kept, part.list_name, part.list_description, part.kind, part.anchor)
        table.add("MTSamples " + row["part"].split(".")[0], shown, answer, row["gold"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--shared")
    parser.add_argument("--split", default="test", choices=["test", "tune"])
    parser.add_argument("--generated", type=int, default=15)
    parser.add_argument("--phee", type=int, default=150)
    parser.add_argument("--sroie", type=int, default=40)
    parser.add_argument("--only", choices=["real", "generated"])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    root = shared_data.shared_root(options.shared)
    model, tokenizer, _ = read_gguf(options.model)
    decoder, table, began = Decoder(model, tokenizer), Table(), time.time()
    if options.only != "generated":
        hand_marked(decoder, root, options.split, table)
        phee(decoder, root, options.split, options.phee, table)
        sroie(decoder, root, options.split, options.sroie, table)
    if options.only != "real":
        generated(decoder, root, options.generated, table)
    report = "\n".join(table.lines()) + "\n"
    print(report + "%.0f s" % (time.time() - began))
    if options.out:
        Path(options.out).write_text(report, encoding="utf-8")


if __name__ == "__main__":
    main()
