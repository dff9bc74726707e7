# SPDX-License-Identifier: GPL-3.0-or-later
"""Windows of an example as the reader will see them: it shows a model a document in chunks (`extract/chunk.h`).

A window is whole lines, or pieces of a line that is too long, under the heading they belong to. What an example states
outside of it is not stated in it.
"""

import re
from dataclasses import replace

from page_text import answer_of, value_of
from real_data import find_span
from real_documents import rough_tokens, within

_HEADING = re.compile(r"^(?:#+ .{1,60}|[^\n]{1,60}:|[A-Z][A-Z /&'-]{2,50})$")
# A heading that the text follows on the same line.
_RUN_IN = re.compile(r"^(?:[A-Z][A-Z0-9 /&,()'-]{2,48}|(?:[A-Z][A-Za-z'-]+)(?: (?:[A-Za-z&/'-]+)){0,4}):(?= )")
_ITEM = re.compile(r"^(?:[-*•o]|\(?\w{1,2}[.)]) ")
_SENTENCE_END = re.compile(r"[.!?;:]$")
_WORD = re.compile(r" *[^ ]+")
# As in `extract/chunk/line_scan.cpp`.
_AT_HEADING, _AT_EMPTY, _AT_ITEM, _AT_ROW, _AT_SENTENCE, _IN_PARAGRAPH, _PIECE_AT_SENTENCE, _PIECE_AT_WORD, _BEHIND_HEADING = 1, 2, 4, 5, 6, 10, 12, 16, 40
_COST_OF_EMPTINESS = 16.0


class _Line:
    def __init__(self, begin, end, tokens, cost, heading):
        self.begin, self.end, self.tokens, self.cost, self.heading = begin, end, tokens, cost, heading


def _pieces(text, begin, end, budget, cost, heading):
    """A line of more than `budget` tokens in pieces: to a sentence's end in the second half, else to a word's."""
    run_in = _RUN_IN.match(text[begin:end])
    own, found = heading, []
    while begin < end:
        tokens, stop, sentence = 1, begin, None
        for word in _WORD.finditer(text, begin, end):
            more = rough_tokens(word.group())
            if stop > begin and tokens + more > budget:
                break
            tokens, stop = tokens + more, word.end()
            if tokens > budget / 2 and _SENTENCE_END.search(word.group()):
                sentence = (stop, tokens)
        if stop < end and sentence:
            stop, tokens = sentence
        found.append(_Line(begin, stop, tokens, cost, own))
        if run_in:
            own = (found[0].begin, found[0].begin + run_in.end())
        cost = _PIECE_AT_SENTENCE if sentence else _PIECE_AT_WORD
        begin = stop
        while begin < end and text[begin] == " ":
            begin += 1
    return found


def _lines(text, budget):
    lines, begin, heading, behind, gap, previous = [], 0, None, False, True, ""
    for line in text.split("\n"):
        end = begin + len(line)
        if line:
            is_heading = bool(_HEADING.match(line))
            is_row, is_item = "  " in line, bool(_ITEM.match(line))
            if is_heading:
                cost = _AT_HEADING
            elif gap:
                cost = _AT_EMPTY
            elif is_item:
                cost = _AT_ITEM
            elif is_row:
                cost = _AT_ROW
            else:
                cost = _AT_SENTENCE if _SENTENCE_END.search(previous) and not line[0].islower() else _IN_PARAGRAPH
            if behind:
                cost = _BEHIND_HEADING
            own, tokens = heading if is_row or is_item else None, rough_tokens(line) + 1
            if tokens <= budget:
                lines.append(_Line(begin, end, tokens, cost, own))
            else:
                lines += _pieces(text, begin, end, budget, cost, own)
            if is_heading:
                heading = (begin, end)
            behind, gap, previous = is_heading, False, line
        else:
            gap = True
        begin = end + 1
    return lines


def _cuts(lines, budget):
    """Ranges of lines, each of at most `budget` tokens."""
    first = 0
    while first < len(lines):
        end, tokens = first, 0
        while end < len(lines) and (end == first or tokens + lines[end].tokens <= budget):
            tokens += lines[end].tokens
            end += 1
        best = end
        if end < len(lines):
            used, best_score = 0, 1e9
            for cut in range(first + 1, end + 1):
                used += lines[cut - 1].tokens
                fill = used / budget
                score = lines[cut].cost + _COST_OF_EMPTINESS * (1.0 - fill) + (100 if fill < 0.3 else 0)
                if score <= best_score:
                    best, best_score = cut, score
        yield first, best
        first = best


def _reduced(example, window, lead):
    """The example within a window of its text, behind the context `lead`; None where it cannot be told what is stated."""
    text = example.text[window[0] : window[1]]
    shift = len(lead)

    def moved(record):
        found = {}
        for key, value in record.items():
            if isinstance(value, tuple):
                value = within(value, window)
                if value is None:
                    continue
                value = (value[0] + shift, value[1] + shift)
            found[key] = value
        return found

    part, text = example.part, lead + text
    if part.list_name is not None:
        spans = [moved(row) for row in example.spans if within(row[part.anchor], window)]
        return replace(example, text=text, answer=answer_of(part, text, spans), spans=spans)
    if any(isinstance(value, str) for value in example.spans.values()):
        return None
    spans = moved(example.spans)
    # The same words stand here and in the place that counts: nobody could tell whether they answer.
    fields = [item for item in part.fields if item.key in spans or item.key not in example.spans or not find_span(text, value_of(example.text, example.spans[item.key]))]
    if not fields:
        return None
    return replace(example, part=replace(part, fields=fields), text=text, answer=answer_of(part, text, spans), spans=spans)


def windows(example, budget):
    """Every window of at most about `budget` tokens, as an example."""
    if example.part.sentences or rough_tokens(example.text) <= budget:
        return [example]
    text, found = example.text, []
    lines = _lines(text, budget)
    for first, end in _cuts(lines, budget):
        heading = lines[first].heading
        lead = text[heading[0] : heading[1]] + "\n" if heading and first and heading[1] <= lines[first].begin else ""
        window = (lines[first].begin, lines[end - 1].end)
        own = _reduced(example, window, lead)
        if own:
            found.append(own)
    return found
