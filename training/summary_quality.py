#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""ROUGE-2 of the strict summaries that a model writes, beside lead-3 and TextRank, on test documents.

    python3 training/summary_quality.py --attest build/release/bin/attest --model MODEL.gguf [--shared FOLDER] [--limit 150]

A strict summary may be longer than three sentences; ROUGE-2 is an F-measure, so length is not free.
"""

import argparse
import statistics
import subprocess
import tempfile
from pathlib import Path

import real_data
import rouge
import shared_data
import summary_baselines
from page_text import fold


def summaries(options, rows, folder):
    """{file name: text of the summary}."""
    documents = folder / "documents"
    documents.mkdir()
    for row in rows:
        (documents / (row["id"] + ".txt")).write_text(fold(row["text"]) + "\n", encoding="utf-8")
    out = folder / "summaries.jsonl"
    command = [options.attest, "summarize", documents, "--model", options.model, "--jsonl", out, "--library", folder / "library"]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    found = {}
    for row in shared_data.read_jsonl(out):
        found[Path(row.get("file", "")).name] = " ".join(sentence.get("text", "") for sentence in row.get("sentences", []))
    if not any(found.values()):  # one document without a summary is no reason to stop
        raise SystemExit("attest summarize wrote nothing: " + (done.stderr.strip() or done.stdout.strip()))
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--attest", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--shared")
    parser.add_argument("--limit", type=int, default=150)
    options = parser.parse_args()
    root = shared_data.shared_root(options.shared)
    print("| set | documents | model | lead-3 | TextRank |\n|---|--:|--:|--:|--:|")
    for name, path in summary_baselines.SETS.items():
        known = real_data.splits(root / path)
        rows = [row for row in shared_data.read_jsonl(root / path) if known[row["id"]] == "test"][: options.limit]
        with tempfile.TemporaryDirectory() as folder:
            found = summaries(options, rows, Path(folder))
        texts = {
            "model": lambda row: found.get(row["id"] + ".txt", ""),
            "lead": lambda row: " ".join(summary_baselines.lead(fold(row["text"]), 3)),
            "textrank": lambda row: " ".join(summary_baselines.textrank(fold(row["text"]), 3)),
        }
        scores = [statistics.mean(rouge.rouge_n(make(row), row["gold"]["summary"], 2) for row in rows) for make in texts.values()]
        print("| %s | %d | %.3f | %.3f | %.3f |" % (name, len(rows), *scores), flush=True)


if __name__ == "__main__":
    main()
