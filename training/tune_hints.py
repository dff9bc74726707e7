#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Chooses the hints of a model file (docs/prompt_format.md, "Keys of the model file") on the tuning documents.

    python3 gold_sets.py --shared FOLDER --split tune --out GOLD
    python3 tune_hints.py --attest build/release/bin/attest --gold GOLD --checkpoint OUT/checkpoint.pt --tokenizer OUT/tokenizer.json

Tries one hint after the other, keeps the value with the best mean F1 over the sets, and prints the options for
export_gguf.py.
"""

import argparse
import tempfile
from pathlib import Path

import evaluate
import export_gguf

GRID = [
    ("chunk_tokens", [80, 128, 192, 256]),
    ("record_chunk_tokens", [128, 192, 256, 384]),
    ("second_chunk_tokens", [0, 80, 128, 160]),
    ("second_record_chunk_tokens", [0, 96, 128, 192]),
    ("list_agreement", [0.35, 0.4, 0.45, 0.5]),
    ("field_agreement", [0.0, 0.15, 0.25, 0.35]),
    ("list_end_bias", [-1.0, -0.5, 0.0, 0.5]),
    ("null_bias", [-1.0, -0.5, 0.0, 0.5]),
]


class Hints:
    """What export_gguf.py writes."""

    chunk_tokens, record_chunk_tokens, summary_chunk_tokens = 128, 384, 200
    second_chunk_tokens, second_record_chunk_tokens, list_agreement, field_agreement = 0, 0, 0.45, 0.25
    list_end_bias, null_bias = 0.0, 0.0


def scores(options, hints, folder):
    """F1 of every set with these hints."""
    model = folder / "model.gguf"
    export_gguf.export(options.checkpoint, options.tokenizer, model, hints)
    chosen = evaluate.sets(options.gold, options.only and options.only.split(","))
    return {name: evaluate.measured(options.attest, paths, model)["all"]["f1"] for name, paths in chosen}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--attest", required=True)
    parser.add_argument("--gold", required=True, type=Path)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--tokenizer", required=True)
    parser.add_argument("--only", help="names of sets, with commas between")
    options = parser.parse_args()
    hints = Hints()
    with tempfile.TemporaryDirectory() as folder:
        for name, values in GRID:
            tried = []
            for value in values:
                setattr(hints, name, value)
                found = scores(options, hints, Path(folder))
                mean = sum(found.values()) / len(found)
                tried.append((mean, value))
                print("%-16s %6g  mean F1 %.3f  %s" % (name, value, mean, "  ".join("%s %.3f" % entry for entry in found.items())), flush=True)
            setattr(hints, name, max(tried)[1])
    print(" ".join("--%s %g" % (name.replace("_", "-"), getattr(hints, name)) for name, _ in GRID))


if __name__ == "__main__":
    main()
