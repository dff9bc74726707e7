# SPDX-License-Identifier: GPL-3.0-or-later
"""An example with other numbers in it, so that a text that is shown many times teaches where values stand, not what they are."""

import re
from dataclasses import replace

from page_text import value_of

_NUMBER = re.compile(r"\d{2,}")
_YEAR = re.compile(r"(?:19|20)\d\d$")


def _other(number, rng):
    kept = 3 if _YEAR.match(number) else 1
    return number[:kept] + "".join(rng.choice("0123456789") for _ in number[kept:])


def with_other_digits(example, rng):
    """The same example, every number of two and more digits changed behind its first (of a year: its third); one number stays
    one number throughout, so that what agreed before agrees after."""
    known = {}

    def changed(match):
        number = match.group()
        if number not in known:
            known[number] = _other(number, rng)
        return known[number]

    text, part = _NUMBER.sub(changed, example.text), example.part

    def row_of(spans):
        return {key: value if isinstance(value, str) else value_of(text, value) for key, value in spans.items()}

    if part.list_name is None:
        answer = row_of(example.spans)
    else:
        answer = [row_of(spans) for spans in example.spans]
        if part.of_strings:
            answer = [row[part.anchor] for row in answer]
    return replace(example, text=text, answer=answer)
