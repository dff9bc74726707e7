#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures models with `attest evaluate` on the sets that gold_sets.py wrote, and prints one table:

    python3 evaluate.py --attest build/release/bin/attest --gold GOLD --model A.gguf --model B.gguf [--only sroie,phee]

Every set once a model; the sets in GOLD/tasks are taken together.
"""

import argparse
import json
import subprocess
from pathlib import Path

from scores import interval


def run(attest, folder, model, extra=()):
    """The report of `attest evaluate --json` on one set."""
    command = [attest, "evaluate", folder / "documents", "--template", folder / "template.json", "--gold", folder / "gold.jsonl", "--model", model, "--json", *extra]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if not done.stdout.startswith("{"):
        raise SystemExit("attest evaluate failed on %s: %s" % (folder, done.stderr.strip() or done.stdout.strip()))
    return json.loads(done.stdout)


def pooled(reports):
    """One row for many sets: F1 over all their values, the interval from drawing sets."""
    counts = {key: sum(report["all"]["counts"][key] for report in reports) for key in ("found", "wrong", "missed")}
    score, low, high = interval([_triple(report["all"]["counts"]) for report in reports])
    empty, lost = (sum(report["all"]["confusion"][key] for report in reports) for key in ("empty", "lost"))
    return {
        "documents": sum(report["documents"] for report in reports),
        "all": {"counts": counts, "f1": score, "f1_interval": [low, high], "null_precision": empty / (empty + lost) if empty + lost else None},
        "fields": [],
        "grounding": {"not_in_the_text": sum(report["grounding"]["not_in_the_text"] for report in reports)},
    }


def _triple(counts):
    """As scores.py counts: (right, predicted, wanted)."""
    return counts["found"], counts["found"] + counts["wrong"], counts["found"] + counts["missed"]


def sets(gold, only=None):
    """[(name, folders)] of the sets that hold anything."""
    found = [(path.name, [path]) for path in sorted(gold.iterdir()) if (path / "gold.jsonl").is_file()]
    if (gold / "tasks").is_dir():
        found.append(("tasks", sorted((gold / "tasks").iterdir())))
    return [(name, paths) for name, paths in found if (not only or name in only) and (paths[0] / "gold.jsonl").stat().st_size]


def measured(attest, paths, model, extra=()):
    reports = [run(attest, path, model, extra) for path in paths]
    return reports[0] if len(reports) == 1 else pooled(reports)


def _line(name, model, report):
    whole = report["all"]
    fields = "  ".join("%s %.2f" % (field["field"].split(".")[-1], field["f1"]) for field in report["fields"] if field["counts"]["found"] + field["counts"]["missed"])
    null = "-" if whole.get("null_precision") is None else "%.2f" % whole["null_precision"]
    values = whole["counts"]["found"] + whole["counts"]["missed"]
    return "| %s | %s | %d | %d | %.3f | %.2f-%.2f | %s | %d | %s |" % (name, model, report["documents"], values, whole["f1"], *whole["f1_interval"], null, report["grounding"]["not_in_the_text"], fields)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--attest", required=True)
    parser.add_argument("--gold", required=True, type=Path)
    parser.add_argument("--model", required=True, action="append")
    parser.add_argument("--only", help="names of sets, with commas between")
    parser.add_argument("--out", help="also write the table to this file")
    options = parser.parse_args()
    lines = ["| set | model | documents | values | F1 | 95 % | null precision | not in the text | fields |", "|---|---|---|---|---|---|---|---|---|"]
    print("\n".join(lines), flush=True)
    for name, paths in sets(options.gold, options.only and options.only.split(",")):
        for model in options.model:
            lines.append(_line(name, Path(model).stem, measured(options.attest, paths, model)))
            print(lines[-1], flush=True)
    if options.out:
        Path(options.out).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
