#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the generator against the contract; needs no PyTorch.

    python3 check.py [--shared FOLDER] [--count 3000] [--tokenizer tokenizer.json]

Every example must be folded text whose gold values are spans between word borders with anchors in order, its answer
pieces must join to the JSON they stand for, and with a vocabulary all its text must survive encoding and decoding.
"""

import argparse
import json

import prompt
import shared_data
from examples import ExampleMaker
from tokenizer import Tokenizer


def parsed_like(part, answer):
    """The JSON value that the pieces have to spell."""

    def named(values):
        return {item.name: values.get(item.key) for item in part.fields}

    if part.list_name is None:
        return named(answer)
    return {part.list_name: answer if part.of_strings else [named(item) for item in answer]}


def check(example, tokenizer):
    pieces = prompt.answer_pieces(example.part, example.answer)
    assert json.loads("".join(text for _, text in pieces)) == parsed_like(example.part, example.answer)
    for (kind, text), (following, _) in zip(pieces, pieces[1:]):
        assert not (kind == following == prompt.FORCED), "two forced runs in a row"
        assert kind not in (prompt.CHOICE, prompt.CLOSE) or len(text) == 1
    if tokenizer:
        for text in [example.text, prompt.task_text(example.part)] + [text for _, text in pieces]:
            assert tokenizer.decode(tokenizer.encode(text)) == text


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared")
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--tokenizer")
    options = parser.parse_args()
    tokenizer = Tokenizer.load(options.tokenizer) if options.tokenizer else None
    maker = ExampleMaker(shared_data.shared_root(options.shared), seed=11)
    for _ in range(options.count):
        check(maker.draw(), tokenizer)
    print("%d examples keep the contract" % options.count)


if __name__ == "__main__":
    main()
