# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels simple medication and allergy sections of real notes by rule, for training only.

A section is used only when every item of it is understood completely; all others are left alone. Records are those of
`synth_medications` and `synth_clinical`.
"""

import re

from page_text import Page
from synth_clinical import ENVIRONMENT, FOODS, NO_ALLERGIES

_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?(?:\s?(?:/|-|to|per)\s?\d+(?:\.\d+)?)?|\.\d+|one-half|half|one|two|three|four|a)"
_UNIT = r"(?:mg|mcg|micrograms?|milligrams?|g|grams?|mL|ml|cc|units?|mEq|meq|IU|%|puffs?|tablets?|tabs?|capsules?|caps?|sprays?|drops?|pills?|teaspoons?|tsp|patch(?:es)?|inhalations?|mg/day)"
_DOSE = r"(?:%s\s?%s(?![a-z])(?:/(?:hr|day|mL|kg))?)" % (_NUMBER, _UNIT)
_ROUTE = r"(?:p\.o\.|PO|po|by mouth|orally|oral|IV|i\.v\.|intravenously|IM|i\.m\.|subcutaneously|subcu|subq|SQ|sublingual(?:ly)?|topical(?:ly)?|inhaled|nasal|per rectum|via nebulizer|transdermal)"
_ONE_TIME = (
    r"(?:q\.?\s?\d+(?:\s?-\s?\d+)?\.?\s?h(?:ours|rs?|\b)\.?|q\.?h\.?s\.?|q\.?d\.?|q\.?i\.?d\.?|q\.?o\.?d\.?|q\.?a\.?m\.?|q\.?p\.?m\.?|b\.?i\.?d\.?|t\.?i\.?d\.?|h\.s\.|a\.c\.|q\.? ?day|daily|weekly|monthly|nightly|"
    r"(?:once|twice|one time|two times|three times|four times|\d times)(?: per| an?| every)? ?(?:daily|day|week|weekly|month|night)|every (?:other )?(?:day|night|morning|evening|week|month)|every \d+(?: ?(?:-|to) ?\d+)? (?:hours|days|weeks)|"
    r"(?:a|per|each|in the|every) (?:day|week|morning|evening|night|month)|at (?:bedtime|night)|in the morning|before meals|with meals|after meals|as directed|as needed|p\.?r\.?n\.?)"
)
_FREQUENCY = r"(?:%s(?:,? (?:%s))*)" % (_ONE_TIME, r"as needed|p\.?r\.?n\.?|at bedtime|in the morning")
_NAME = r"[A-Za-z][A-Za-z\-/']*(?: [A-Za-z][A-Za-z\-/']*| \([A-Za-z \-]+\)| [A-Z]{1,3}\d*){0,3}"
_ITEM = re.compile(
    r"^(?:and |as well as |also )?(?P<drug>%s)"
    r"(?:,? (?:at |of )?(?P<dose>%s))?(?:,? (?:\d+ )?(?P<route>%s))?(?:,? (?P<frequency>%s))?(?:,? for (?P<indication>[a-z]+(?: [a-z]+){0,2}))?\.?$" % (_NAME, _DOSE, _ROUTE, _FREQUENCY),
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\n|, and |,\s+|;\s*|\. (?=[A-Z])|(?<=[a-z\d]) and (?=[A-Za-z])|\s*\b\d{1,2}[.)] +")
_LEAD = re.compile(r"^(?:(?:The patient|Patient|He|She|Currently|Include|Includes|Including|Her|His|current|medications|is|are|takes?|taking|on|currently|only|just|following|the|include|:)\s+)+", re.IGNORECASE)
_STOP = set("she he the patient has have had was were is are which that this these with without who taking takes took takes none no not other than see list unknown before since because medication medications medicine mg on for also his her they it any all at as of in per day".split())


def _segments(text):
    """Non-empty stretches between separators: (begin, end)."""
    segments, begin = [], 0
    for match in list(_SEPARATOR.finditer(text)) + [None]:
        end = match.start() if match else len(text)
        piece = text[begin:end]
        left = len(piece) - len(piece.lstrip(" .,-"))
        if piece.strip(" .,-"):
            segments.append((begin + left, begin + len(piece.rstrip())))
        begin = match.end() if match else end
    return segments


def medications(text, known):
    """Records with spans, or None when something in the text is not understood. `known` holds drug names, lower case."""
    records, lead = [], _LEAD.match(text)
    shift = lead.end() if lead else 0
    for begin, end in _segments(text[shift:]):
        match = _ITEM.match(text[shift + begin : shift + end])
        if not match:
            return None
        words = match.group("drug").lower().split()
        if any(word in _STOP for word in words) or len(match.group("drug")) < 3:
            return None
        if not (match.group("dose") or match.group("frequency")) and match.group("drug").lower() not in known:
            return None
        fields = {"status": "active", "change": "continued"}
        for key in ("drug", "dose", "route", "frequency", "indication"):
            if match.group(key):
                at, stop = match.span(key)
                fields[key] = (shift + begin + at, shift + begin + stop)
        records.append(fields)
    return records or None


_ALLERGY_LEAD = re.compile(r"^(?:(?:The patient|Patient|She|He|is|are|has|an?|allerg(?:y|ies|ic)|to|known|drug|states|intoleran(?:t|ce)|of|include|includes)\s+)+", re.IGNORECASE)
_NONE = {text.lower() for text in NO_ALLERGIES} | {"no known drug allergies", "no known allergies", "none", "none known", "no allergies", "nkda", "no known medical allergies", "denies", "denied"}


def allergies(text, known):
    """(kind, records): kind is `allergy_none` or `allergy`; None when the text is not understood."""
    plain = text.strip(" .")
    if plain.lower() in _NONE:
        begin = text.index(plain)
        return "allergy_none", [{"no_known_allergies": (begin, begin + len(plain))}]
    lead = _ALLERGY_LEAD.match(text)
    shift, records = (lead.end() if lead else 0), []
    for begin, end in _segments(text[shift:]):
        piece = text[shift + begin : shift + end]
        name = piece.rstrip(".")
        reaction = re.match(r"^([A-Za-z\-]+(?: [A-Za-z\-]+)?)(?:,? (?:which )?(?:causes|caused) ([a-z]+(?: [a-z]+)?)| \(([a-z]+(?: [a-z]+)?)\))?$", name)
        if not reaction or any(word in _STOP for word in reaction.group(1).lower().split()):
            return None
        if reaction.group(1).lower() not in known:
            return None
        fields = {"substance": (shift + begin, shift + begin + reaction.end(1)), "category": "medication"}
        if reaction.group(1).lower() in FOODS:
            fields["category"] = "food"
        elif reaction.group(1).lower() in ENVIRONMENT:
            fields["category"] = "environment"
        for group in (2, 3):
            if reaction.group(group):
                fields["reaction"] = (shift + begin + reaction.start(group), shift + begin + reaction.end(group))
        records.append(fields)
    return ("allergy", records) if records else None


def _page(heading, text, kind, records):
    page = Page()
    page.add(heading + (":\n" if "\n" in text else ": "))
    shift = len(page)
    page.add(text)
    for fields in records:
        page.record(kind, {key: value if isinstance(value, str) else (value[0] + shift, value[1] + shift) for key, value in fields.items()})
    return page


def labelled(sections, known):
    """Pages of the sections that are understood: {kind: [page]}."""
    pages = {"medication": [], "allergy": [], "allergy_none": []}
    for _, heading, text in sections:
        if len(text) > 700:
            continue
        if "MEDICATION" in heading and "ALLERG" not in heading:
            records = medications(text, known)
            if records:
                pages["medication"].append(_page(heading, text, "medication", records))
        elif "ALLERG" in heading:
            found = allergies(text, known)
            if found:
                pages[found[0]].append(_page(heading, text, *found))
    return pages


def with_new_names(page, kind, key, draw):
    """A copy in which the spans `key` hold other names, so that real wording teaches copying, not names."""
    text = page.text()
    own = sorted((fields for name, fields in page.records if name == kind), key=lambda fields: fields[key])
    copy, position, moves = Page(), 0, []
    for fields in own:
        begin, end = fields[key]
        copy.add(text[position:begin])
        span = copy.mark(draw())
        moves.append((end, span[1] - end))
        fresh = {key: span}
        fields_end = end
        position = end
        copy.records.append((kind, (fields, fresh, fields_end)))
    copy.add(text[position:])

    def moved(value):
        shift = 0
        for end, own_shift in moves:
            if value >= end:
                shift = own_shift
        return value + shift

    records = []
    for name, (fields, fresh, _) in copy.records:
        result = {}
        for other, value in fields.items():
            if other == key:
                result[other] = fresh[key]
            elif isinstance(value, str):
                result[other] = value
            else:
                result[other] = (moved(value[0]), moved(value[1]))
        records.append((name, result))
    copy.records = records
    return copy
