# SPDX-License-Identifier: GPL-3.0-or-later
"""Batches of examples of similar length, made on the fly by this process or by workers."""

import multiprocessing

import shared_data
from example import encode_example
from examples import ExampleMaker
from tokenizer import Tokenizer
from windows import windows

MAX_TOKENS = 2048
LONGEST = 640  # of a sequence: task, window of a document and answer
_WINDOWS = 3  # of one document
# Of a whole note: with and without an answer. Three quarters of its chunks hold no drug, and the model must know.
_WINDOWS_OF_NOTE = 2, 4
_WITHOUT_ANSWER = 0.4  # of the windows of a document that holds answers


def _stage(progress):
    """(longest sequence, size of documents) at this share of the training: copying is learnt first on short ones."""
    if progress < 0.2:
        return 160, 0.2
    return (320, 0.5) if progress < 0.45 else (LONGEST, 1.0)


def _budget(rng, part):
    """Tokens of the document that are shown at once: what a reader may choose, more for single fields."""
    if part.list_name is None:
        return rng.choice([80, 128, 192, 256, 384])
    return rng.choice([64, 80, 96, 128, 128, 160, 192, 256])


class BatchMaker:
    """Draws examples into a pool, sorts it by length and cuts it into batches of about `batch_tokens`."""

    def __init__(self, root, tokenizer_path, seed, batch_tokens, document_weight=0.1):
        self._maker = ExampleMaker(root, seed)
        self._tokenizer = Tokenizer.load(tokenizer_path)
        self._batch_tokens = batch_tokens
        self._document_weight = document_weight
        self._ready = []

    def _examples(self, limit, size):
        """Windows of one document, each (ids, weights)."""
        rng = self._maker.rng
        if size == 1:
            size = rng.choice([0.5, 1.0, 1.0, 1.0, 2.0])
        elif size == 0.5:
            size = 1.0 if rng.random() < 0.25 else 0.5
        example = self._maker.make(size)
        found = windows(example, _budget(rng, example.part))
        rng.shuffle(found)
        some = [own for own in found if own.answer]
        none = [own for own in found if not own.answer]
        if example.source == "note":
            found = some[:_WINDOWS_OF_NOTE[0]] + none[: _WINDOWS_OF_NOTE[1]]
        elif some:
            found = (some + [own for own in none if rng.random() < _WITHOUT_ANSWER])[:_WINDOWS]
        else:
            found = none[:1]
        for own in found:
            weight = self._document_weight if rng.random() < 0.2 else 0.0
            ids, weights = encode_example(own, self._tokenizer, document_weight=weight)
            if len(ids) <= limit:
                yield ids, weights

    def next(self, progress):
        """A list of (ids, weights)."""
        if not self._ready:
            limit, size = _stage(progress)
            pool = []
            while len(pool) < 480:
                pool += self._examples(limit, size)
            pool.sort(key=lambda example: len(example[0]))
            batch = []
            for example in pool:
                if batch and len(example[0]) * (len(batch) + 1) > self._batch_tokens:
                    self._ready.append(batch)
                    batch = []
                batch.append(example)
            self._ready.append(batch)
            self._maker.rng.shuffle(self._ready)
        return self._ready.pop()


def _work(queue, progress, arguments):
    maker = BatchMaker(*arguments)
    while True:
        queue.put(maker.next(progress.value))


class Workers:
    """The same from several processes, for machines whose accelerator outruns one of them."""

    def __init__(self, count, root, tokenizer_path, seed, batch_tokens):
        self._progress = multiprocessing.Value("d", 0.0)
        self._queue = multiprocessing.Queue(maxsize=8 * count)
        for index in range(count):
            arguments = (root, tokenizer_path, seed + 7919 * (index + 1), batch_tokens)
            multiprocessing.Process(target=_work, args=(self._queue, self._progress, arguments), daemon=True).start()

    def next(self, progress):
        self._progress.value = progress
        return self._queue.get()


def open_batches(workers, shared, tokenizer_path, seed, batch_tokens):
    root = shared_data.shared_root(shared)
    if workers:
        return Workers(workers, root, tokenizer_path, seed, batch_tokens)
    return BatchMaker(root, tokenizer_path, seed, batch_tokens)
