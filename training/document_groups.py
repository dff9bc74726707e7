# SPDX-License-Identifier: GPL-3.0-or-later
"""Near-duplicate documents belong to one split.

Two documents are near-duplicates when more than half of the 12-word shingles of the shorter one stand in the other too;
groups are the connected components of that. A group goes where the first of its ids (in sorted order) goes.
"""

import re
from collections import defaultdict

import shared_data

SHINGLE = 12
OVERLAP = 0.5
_WORD = re.compile(r"\w+")


def shingles(text):
    """The set of all runs of 12 words, lower case and without punctuation; a shorter text is one shingle."""
    words = _WORD.findall(text.lower())
    if not words:
        return set()
    return {hash(tuple(words[i : i + SHINGLE])) for i in range(max(1, len(words) - SHINGLE + 1))}


def overlaps(texts, others=None):
    """{(id, other id): share of the smaller document's shingles} above OVERLAP; `texts` and `others` map ids to texts.

    Without `others` the pairs are those within `texts`.
    """
    sizes, holders, shared = {}, defaultdict(list), defaultdict(int)
    for key, text in texts.items():
        own = shingles(text)
        sizes[key] = len(own)
        for shingle in own:
            holders[shingle].append(key)
    if others is None:
        for keys in holders.values():
            for index, key in enumerate(keys):
                for other in keys[:index]:
                    shared[key, other] += 1
        other_sizes = sizes
    else:
        other_sizes = {}
        for other, text in others.items():
            own = shingles(text)
            other_sizes[other] = len(own)
            for shingle in own:
                for key in holders.get(shingle, ()):
                    shared[key, other] += 1
    shares = {pair: number / min(sizes[pair[0]], other_sizes[pair[1]]) for pair, number in shared.items()}
    return {pair: share for pair, share in shares.items() if share > OVERLAP}


def groups(texts):
    """{id: id of its group, the first of the group's ids}."""
    parent = {key: key for key in texts}

    def root(key):
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one, two in overlaps(texts):
        one, two = sorted((root(one), root(two)))
        parent[two] = one
    return {key: root(key) for key in texts}


def splits(texts):
    """{id: "train", "tune" or "test"}, alike for near-duplicates. `texts` holds the whole set, whatever split is asked for."""
    return {key: shared_data.real_split_of(group) for key, group in groups(texts).items()}
