# SPDX-License-Identifier: GPL-3.0-or-later
"""Greedy constrained decoding, equivalent to the application's: strings are spans of the text, lists stay in order."""

import json

import torch

import prompt
from model import Cache
from page_text import is_word_end, is_word_start
from tokenizer import ANSWER, DOC, TASK

MAX_VALUE_TOKENS = 96
_SENTENCE_ENDS = ".!?"


class SpanIndex:
    """The text as values see it (every run of spaces and breaks is one space), escaped for JSON, in bytes."""

    def __init__(self, text):
        self.data = bytearray()
        self.starts, self.ends = [], set()
        self.sentence_starts, self.sentence_ends = [], set()
        position, fresh = 0, True
        while position < len(text):
            character = text[position]
            if character in " \n":
                run = position
                while run < len(text) and text[run] in " \n":
                    run += 1
                fresh = fresh or "\n" in text[position:run]
                self._end(text, position, "\n" in text[position:run])
                self.data += b" "
                position = run
                continue
            if is_word_end(text, position) and text[position - 1] not in " \n":
                self._end(text, position, False)
            if is_word_start(text, position):
                self.starts.append(len(self.data))
                if fresh or (position > 1 and text[position - 1] == " " and text[position - 2] in _SENTENCE_ENDS + ":"):
                    self.sentence_starts.append(len(self.data))
            fresh = False
            self.data += prompt.escape(character).encode("utf-8")
            position += 1
        self._end(text, len(text), True)

    def _end(self, text, position, line_end):
        if is_word_end(text, position):
            self.ends.add(len(self.data))
            if line_end or text[position - 1] in _SENTENCE_ENDS:
                self.sentence_ends.add(len(self.data))


class Decoder:
    """Decodes one part of one text. One instance serves many calls of `answer`."""

    def __init__(self, model, tokenizer):
        self._model = model
        self.tokenizer = tokenizer
        self._by_bytes = {data: index for index, data in enumerate(tokenizer.bytes) if index > 3}
        self._longest = max(len(data) for data in self._by_bytes)
        self._single = {bytes([byte]): self._by_bytes[bytes([byte])] for byte in range(256)}

    def _feed(self, ids):
        with torch.no_grad():
            states = self._model(torch.tensor([ids]), self._cache)
            self._logits = self._model.logits(states[0, -1])

    def _forced(self, text):
        if text:
            self._feed(self.tokenizer.encode(text))
            self._out.append(text)

    def _choose(self, texts):
        """The more probable of some single-byte tokens; it is fed."""
        ids = [self._single[text.encode()] for text in texts]
        best = max(range(len(ids)), key=lambda index: self._logits[ids[index]].item())
        self._feed([ids[best]])
        self._out.append(texts[best])
        return texts[best]

    def _value(self, data, starts, ends):
        """Spells the most probable allowed value token by token; returns (text, begin, end) in `data`."""
        spelled, live, quote = b"", list(starts), self._single[b'"']
        for _ in range(MAX_VALUE_TOKENS * 8):
            allowed = {}
            for start in live:
                at = start + len(spelled)
                for size in range(1, min(self._longest, len(data) - at) + 1):
                    index = self._by_bytes.get(bytes(data[at : at + size]))
                    if index is not None:
                        allowed[index] = size
            closing = bool(spelled) and any(start + len(spelled) in ends for start in live)
            if closing:
                allowed[quote] = 0
            ids = list(allowed)
            best = ids[int(torch.argmax(self._logits[torch.tensor(ids)]))]
            self._feed([best])
            if best == quote and closing:
                break
            chunk = self.tokenizer.bytes[best]
            live = [s for s in live if bytes(data[s + len(spelled) : s + len(spelled) + len(chunk)]) == chunk]
            spelled += chunk
        begin = min(start for start in live if start + len(spelled) in ends)
        text = json.loads(b'"' + spelled + b'"')
        return text, begin, begin + len(spelled)

    def _choice_value(self, choices):
        encoded = [prompt.escape(choice).encode("utf-8") for choice in choices]
        data, starts, ends = bytearray(), [], set()
        for text in encoded:
            starts.append(len(data))
            data += text
            ends.add(len(data))
            data += b"\x00"
        return self._value(data, starts, ends)[0]

    def _object(self, part, opening, cursor):
        """One object; returns its values and the end of its anchor."""
        values = {}
        run = ""
        for index, item in enumerate(part.fields):
            run += ("," if index else opening) + json.dumps(item.name, ensure_ascii=False) + ":"
            if item.nullable:
                self._forced(run)
                run = ""
                if self._choose(['"', "n"]) == "n":
                    run = "ull"
                    continue
            else:
                self._forced(run + '"')
                run = ""
            if item.choices:
                values[item.key] = self._choice_value(item.choices)
                continue
            is_anchor = item.key == part.anchor
            starts, ends = self._starts(part, cursor if is_anchor else 0)
            values[item.key], begin, end = self._value(self._index.data, starts, ends)
            if is_anchor:
                cursor = end
        self._forced(run + "}")
        return values, cursor

    def _starts(self, part, cursor):
        if part.sentences and self._index.sentence_starts:
            starts = [start for start in self._index.sentence_starts if start >= cursor]
            return [start for start in starts if any(end > start for end in self._index.sentence_ends)], self._index.sentence_ends
        return [start for start in self._index.starts if start >= cursor], self._index.ends

    def answer(self, text, part, room=768):
        """The answer in the form of `examples.gold_answer`."""
        self._index, self._cache, self._out = SpanIndex(text), Cache(), []
        encode = self.tokenizer.encode
        self._feed([TASK] + encode(prompt.task_text(part)) + [DOC] + encode(text) + [ANSWER])
        if part.list_name is None:
            return self._object(part, "{", 0)[0]
        answer, cursor = [], 0
        self._forced("{" + json.dumps(part.list_name, ensure_ascii=False) + ":[")
        opening = '"' if part.of_strings else "{"
        while True:
            possible = bool(self._starts(part, cursor)[0]) and self._cache.length < room - 64
            if not possible or (part.max_items and len(answer) >= part.max_items):
                break
            if self._choose(["," if answer else opening, "]"]) == "]":
                break
            if part.of_strings:
                if answer:
                    self._forced('"')
                value, _, cursor = self._value(self._index.data, *self._starts(part, cursor))
                answer.append(value)
            else:
                values, cursor = self._object(part, "{" if answer else "", cursor)
                answer.append(values)
        return answer
