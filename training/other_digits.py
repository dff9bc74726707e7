# SPDX-License-Identifier: GPL-3.0-or-later
"""An example with other numbers in it, so that a text that is shown many times teaches where values stand, not what they are."""

import re
from dataclasses import replace

from page_text import answer_of

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

    text = _NUMBER.sub(changed, example.text)
    return replace(example, text=text, answer=answer_of(example.part, text, example.spans))
