#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the vocabulary on generated documents, real training text and the lexicons.

    python3 make_tokenizer.py OUT.json [--size 4096] [--shared FOLDER]
"""

import argparse
from collections import Counter

import prompt
import real_data
import shared_data
import tokenizer_training
from examples import ExampleMaker


def word_counts(root):
    maker = ExampleMaker(root, seed=7)
    words = Counter()
    for _ in range(3000):
        example = maker.make()
        words.update(tokenizer_training.count_words([example.text, prompt.task_text(example.part)]))
    real = [text for _, _, text in real_data.mtsamples(root, "train")][:12000]
    real += [entry[1] for entry in maker.phee] + [entry[1] for entry in maker.sroie]
    real += real_data.plain_texts(root, "train")[:1500]
    words.update(tokenizer_training.count_words(real))
    # Names should share pieces rather than each be one token, so a lexicon entry counts once.
    lexicons = maker.lexicons
    for entries in (lexicons.drugs, lexicons.last_names, lexicons.cities, lexicons.companies):
        words.update(tokenizer_training.count_words(entries))
    # JSON's words are forced but frequent.
    words["ull"] += 100000
    return words


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("out")
    options.add_argument("--size", type=int, default=4096)
    options.add_argument("--shared")
    given = options.parse_args()
    tokenizer_training.train(word_counts(shared_data.shared_root(given.shared)), given.size).save(given.out)
