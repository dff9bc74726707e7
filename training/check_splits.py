#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports documents of the test split that training also sees: in each set, and between sets.

    python3 training/check_splits.py [--shared FOLDER] [--pairs]

Two documents overlap when more than half of the 12-word shingles of the shorter one stand in the other. Sets that are split
by `document_groups.splits` must report none; for the others the same figure with groups is told too. The exit status is 1
when a grouped set overlaps.
"""

import argparse
import sys
from collections import defaultdict

import document_groups
import marked_tasks
import shared_data

# Per set: file, what a document's id is, whether its loader splits by groups.
_SETS = [
    ("phee", "clinical/phee.jsonl", lambda row: row["id"].split("_")[0], True),
    ("mtsamples", "clinical/mtsamples.jsonl", lambda row: row["id"], True),
    ("sroie", "business/sroie.jsonl", lambda row: row["id"], True),
    ("kleister_nda", "business/kleister_nda.jsonl", lambda row: row["id"], True),
    ("cuad", "business/cuad_clauses.jsonl", lambda row: row["id"], True),
    ("zugferd", "business/invoices_zugferd.jsonl", lambda row: row["id"], True),
    ("invoice2data", "business/invoices_invoice2data.jsonl", lambda row: row["id"], True),
    ("ccda", "clinical/ccda_sections.jsonl", lambda row: row["id"], True),
    ("aci_bench", "clinical/aci_bench.jsonl", lambda row: row["id"], True),
    ("mts_dialog", "clinical/mts_dialog.jsonl", lambda row: row["id"], True),
    ("legal_summaries", "business/legal_summaries.jsonl", lambda row: row["id"], True),
]


def texts_of(root, path, key):
    """{document id: text}; rows of one document are joined."""
    texts = defaultdict(list)
    for row in shared_data.read_jsonl(root / path):
        texts[key(row)].append(row["text"])
    return {name: "\n".join(parts) for name, parts in texts.items()}


def leaks(texts, of):
    """The pairs of overlapping documents of which one is trained or tuned on and the other is a test."""
    return {pair: share for pair, share in document_groups.overlaps(texts).items() if (of[pair[0]] == "test") != (of[pair[1]] == "test")}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared")
    parser.add_argument("--pairs", action="store_true", help="name every overlapping pair")
    options = parser.parse_args()
    root = shared_data.shared_root(options.shared)
    everything, bad = {"train": {}, "test": {}}, 0
    print("| set | documents | test | test documents that overlap training, split by id | split by groups | the loader splits by |")
    print("|---|---|---|---|---|---|")
    for name, path, key, grouped in _SETS:
        texts = texts_of(root, path, key)
        plain = {document: shared_data.real_split_of(document) for document in texts}
        groups = document_groups.splits(texts)
        found = {}
        for label, of in (("id", plain), ("groups", groups)):
            pairs = leaks(texts, of)
            found[label] = {document for pair in pairs for document in pair if of[document] == "test"}
            if options.pairs and (label == "groups") == grouped:
                for pair, share in sorted(pairs.items()):
                    print("  %s %s (%s) %s (%s): %.2f" % (name, pair[0], of[pair[0]], pair[1], of[pair[1]], share), file=sys.stderr)
        used = groups if grouped else plain
        bad += grouped and len(found["groups"])
        test = sum(split == "test" for split in used.values())
        print("| %s | %d | %d | %d | %d | %s |" % (name, len(texts), test, len(found["id"]), len(found["groups"]), "groups" if grouped else "id"))
        for document, text in texts.items():
            everything["test" if used[document] == "test" else "train"][name, document] = text
    for split in ("train", "tune", "test"):
        own = "test" if split == "test" else "train"
        for document, text, _, _ in marked_tasks.load(root, split):
            everything[own]["tasks by hand, " + own, document] = text
    across = {pair: share for pair, share in document_groups.overlaps(everything["train"], everything["test"]).items() if pair[0][0] != pair[1][0]}
    print("\nBetween sets: %d pairs of a trained and a test document." % len(across))
    for (left, right), share in sorted(across.items())[: None if options.pairs else 10]:
        print("  %s %s, %s %s: %.2f" % (left + right + (share,)))
    return 1 if bad or across else 0


if __name__ == "__main__":
    sys.exit(main())
