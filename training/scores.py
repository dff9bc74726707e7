# SPDX-License-Identifier: GPL-3.0-or-later
"""Micro F1 of answers against gold, with a bootstrap interval over documents."""

import random
from collections import Counter


def facts(part, answer):
    """What an answer states, as a multiset. A fact of a list item is tied to the item's anchor value."""
    stated = Counter()
    if part.list_name is None:
        stated.update(("", key, value) for key, value in answer.items())
        return stated
    for item in answer:
        if part.of_strings:
            stated[("", part.anchor, item)] += 1
            continue
        anchor = item.get(part.anchor)
        stated.update((anchor if key != part.anchor else "", key, value) for key, value in item.items())
    return stated


def compare(part, answer, gold):
    """{field: (true positives, predicted, wanted)}."""
    predicted, wanted = facts(part, answer), facts(part, gold)
    counts = {}
    for stated, place in ((predicted & wanted, 0), (predicted, 1), (wanted, 2)):
        for (_, key, _), number in stated.items():
            counts.setdefault(key, [0, 0, 0])[place] += number
    return counts


def f1(counts):
    right, predicted, wanted = (sum(count[place] for count in counts) for place in range(3))
    return 2 * right / (predicted + wanted) if predicted + wanted else 1.0


def interval(documents, rounds=1000, seed=1):
    """F1 over documents' counts with its 95 % bootstrap interval."""
    rng = random.Random(seed)
    drawn = sorted(f1(rng.choices(documents, k=len(documents))) for _ in range(rounds)) if documents else [0.0]
    return f1(documents), drawn[int(0.025 * len(drawn))], drawn[int(0.975 * len(drawn))]


class Table:
    """Collects counts of many documents and prints them."""

    def __init__(self):
        self._rows = {}

    def add(self, name, part, answer, gold, by_field=True):
        counts = compare(part, answer, gold)
        total = [sum(count[place] for count in counts.values()) for place in range(3)]
        self._rows.setdefault((name, ""), []).append(total)
        for item in part.fields if by_field else []:
            self._rows.setdefault((name, item.key), []).append(counts.get(item.key, [0, 0, 0]))

    def lines(self, fields=True):
        yield "| what | field | documents | gold values | F1 | 95 % interval |"
        yield "|---|---|---|---|---|---|"
        for (name, key), documents in self._rows.items():
            if key and not fields:
                continue
            score, low, high = interval(documents)
            wanted = sum(count[2] for count in documents)
            yield "| %s | %s | %d | %d | %.2f | %.2f-%.2f |" % (name, key or "all", len(documents), wanted, score, low, high)
