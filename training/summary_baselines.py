#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Extractive summaries without a model, to compare with: the first sentences, TextRank, and the best that sentences can do.

    python3 training/summary_baselines.py [--shared FOLDER] [--split test] [--sentences 3] [--limit N]

The sets are dialogues with a clinical note (aci_bench, mts_dialog) and terms of service with a plain-English summary
(legal_summaries). `oracle` picks greedily the sentences that raise ROUGE-2 against the reference: a bound for every
summary that is made of sentences of the text.
"""

import argparse
import math
import random
import re
from collections import Counter

import document_groups
import rouge
import shared_data
from page_text import fold

SETS = {"aci_bench": "clinical/aci_bench.jsonl", "mts_dialog": "clinical/mts_dialog.jsonl", "legal_summaries": "business/legal_summaries.jsonl"}
_END = re.compile(r"(?<=[.!?])[\"')]? +(?=[A-Z\"'(\[])|\n+")
# Some texts are lower case throughout.
_LOWER_END = re.compile(r"(?<=[.!?]) +|\n+")
_SPEAKER = re.compile(r"^(?:\[\w+\]|[A-Z][\w ]{0,20}:)\s*")
_STOP = set("the a an and or of to in on at for with is are was were be been i you he she it we they that this these those my your his her its our their not no do does did have has had will would can could should so as by from if but okay yeah um uh".split())


def sentences(text):
    """The sentences and lines of a text that hold at least three words."""
    return [piece.strip() for piece in (_LOWER_END if text == text.lower() else _END).split(text) if len(rouge.words(piece)) >= 3]


def lead(text, count):
    return sentences(text)[:count]


def textrank(text, count, damping=0.85, rounds=30):
    """The `count` highest sentences in the order of the text.

    Source: Mihalcea & Tarau 2004, "TextRank: Bringing Order into Texts", section 4: the weight of an edge is the number
    of common words over the sum of the logarithms of the lengths. Words are content words in lower case.
    """
    chosen = sentences(text)
    bags = [set(rouge.words(_SPEAKER.sub("", sentence))) - _STOP for sentence in chosen]
    size = len(chosen)
    weights = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i):
            common = len(bags[i] & bags[j])
            if common and len(bags[i]) > 1 and len(bags[j]) > 1:
                weights[i][j] = weights[j][i] = common / (math.log(len(bags[i])) + math.log(len(bags[j])))
    totals = [sum(row) for row in weights]
    ranks = [1.0] * size
    for _ in range(rounds):
        shares = [rank / total if total else 0.0 for rank, total in zip(ranks, totals)]
        ranks = [1 - damping + damping * sum(weight * share for weight, share in zip(row, shares) if weight) for row in weights]
    best = sorted(range(size), key=lambda index: -ranks[index])[:count]
    return [chosen[index] for index in sorted(best)]


def oracle(text, count, reference):
    """Up to `count` sentences, each the one that raises ROUGE-2 most."""
    chosen = sentences(text)
    wanted = Counter(zip(rouge.words(reference), rouge.words(reference)[1:]))
    grams = [Counter(zip(own, own[1:])) for own in map(rouge.words, chosen)]
    picked, have, best = [], Counter(), 0.0
    for _ in range(count):
        gains = []
        for index, own in enumerate(grams):
            if index not in picked:
                both = have + own
                gains.append((2.0 * sum((both & wanted).values()) / max(1, sum(both.values()) + sum(wanted.values())), index))
        if not gains or max(gains)[0] <= best:
            break
        best, index = max(gains)
        picked.append(index)
        have = have + grams[index]
    return [chosen[index] for index in sorted(picked)]


def documents(root, name, split):
    """[(id, text, reference)] of a set."""
    rows = shared_data.read_jsonl(root / SETS[name])
    of = document_groups.splits({row["id"]: row["text"] for row in rows})
    found = []
    for row in rows:
        reference = row["gold"]["summary"] if isinstance(row["gold"], dict) else row["gold"]
        if of[row["id"]] == split and reference:
            found.append((row["id"], fold(row["text"]), fold(reference)))
    return found


def mean_interval(values, rounds=1000, seed=1):
    rng = random.Random(seed)
    drawn = sorted(sum(rng.choices(values, k=len(values))) / len(values) for _ in range(rounds))
    return sum(values) / len(values), drawn[int(0.025 * rounds)], drawn[int(0.975 * rounds)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared")
    parser.add_argument("--split", default="test", choices=["test", "tune", "train"])
    parser.add_argument("--sentences", type=int, default=3)
    parser.add_argument("--limit", type=int, default=0, help="no more documents of a set than this")
    options = parser.parse_args()
    root, count = shared_data.shared_root(options.shared), options.sentences
    print("| set | documents | summary | sentences | ROUGE-1 | ROUGE-2 | 95 % interval | ROUGE-L |\n|---|---|---|---|---|---|---|---|")
    for name in SETS:
        entries = documents(root, name, options.split)
        entries = entries[: options.limit or len(entries)]
        if not entries:
            continue
        ways = (("lead-%d" % count, lambda text, _: lead(text, count)), ("TextRank", lambda text, _: textrank(text, count)), ("oracle", lambda text, reference: oracle(text, count, reference)))
        for label, way in ways:
            scores = []
            for _, text, reference in entries:
                summary = way(text, reference)
                joined = " ".join(summary)
                scores.append((len(summary), rouge.rouge_n(joined, reference, 1), rouge.rouge_n(joined, reference, 2), rouge.rouge_l(joined, reference)))
            length, one, _, whole = (sum(score[i] for score in scores) / len(scores) for i in range(4))
            two, low, high = mean_interval([score[2] for score in scores])
            print("| %s | %d | %s | %.1f | %.3f | %.3f | %.3f-%.3f | %.3f |" % (name, len(scores), label, length, one, two, low, high, whole), flush=True)


if __name__ == "__main__":
    main()
