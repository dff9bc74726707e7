# SPDX-License-Identifier: GPL-3.0-or-later
"""ROUGE-1, ROUGE-2 and ROUGE-L of a summary against a reference (Lin 2004), as F1 of lower-case words without stemming."""

import re
from collections import Counter

_WORD = re.compile(r"[a-z0-9]+")


def words(text):
    return _WORD.findall(text.lower())


def _f1(common, predicted, wanted):
    return 2.0 * common / (predicted + wanted) if common else 0.0


def rouge_n(summary, reference, n=2):
    """F1 of the n-grams of two texts, counted with their number."""
    grams = []
    for text in (summary, reference):
        own = words(text)
        grams.append(Counter(tuple(own[i : i + n]) for i in range(len(own) - n + 1)))
    return _f1(sum((grams[0] & grams[1]).values()), sum(grams[0].values()), sum(grams[1].values()))


def rouge_l(summary, reference):
    """F1 of the longest common subsequence of words, the texts as a whole."""
    one, two = words(summary), words(reference)
    row = [0] * (len(two) + 1)
    for word in one:
        diagonal = 0
        for index, other in enumerate(two, 1):
            above = row[index]
            row[index] = diagonal + 1 if word == other else max(above, row[index - 1])
            diagonal = above
    return _f1(row[-1], len(one), len(two))
