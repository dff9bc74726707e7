# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds a normalised value (ISO date, amount, company name, duration) in a text, in any way it may be written."""

import re
from decimal import Decimal, InvalidOperation

from page_text import is_word_end, is_word_start

_MONTHS = [
    "January|Januar|Jan", "February|Februar|Feb", "March|März|Mrz|Mar", "April|Apr", "May|Mai", "June|Juni|Jun", "July|Juli|Jul",
    "August|Aug", "September|Sept|Sep", "October|Oktober|Oct|Okt", "November|Nov", "December|Dezember|Dec|Dez",
]  # fmt: skip
_DUTCH = {3: "maart", 5: "mei", 8: "augustus"}
NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
_TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"}
_S = r"[ \n]+"


def spans(text, pattern, flags=re.IGNORECASE):
    """Every match of `pattern` that begins and ends at words."""
    found = []
    for match in re.finditer(pattern, text, flags):
        if is_word_start(text, match.start()) and is_word_end(text, match.end()):
            found.append(match.span())
    return found


def date_pattern(year, month, day):
    """A pattern for every usual way to write one date."""
    name = "(?:%s)\\.?" % (_MONTHS[month - 1] + ("|" + _DUTCH[month] if month in _DUTCH else ""))
    number = r"0?%d" % day
    ordinal = number + r"(?:[ ]?(?:st|nd|rd|th))?"
    short = "(?:%d|'?%02d)" % (year, year % 100)
    forms = [
        name + _S + ordinal + r"\s?,?" + r"[ \n]*" + str(year),
        ordinal + r"\.?(?:%sday)?(?:%sof)?[ \n\-/]*" % (_S, _S) + name + r"[ \n,\-/]*" + short,
        r"0?%d([/.\-])%s(?:\1)%s" % (month, number, short),
        r"%s([/.\-])0?%d(?:\2)%s" % (number, month, short),
        r"%d([/.\-])0?%d(?:\3)%s" % (year, month, number),
    ]
    return r"(?<!\d)(?:%s)(?!\d)" % "|".join(forms)


def dates(text, iso):
    """Every span that writes the date `iso` (YYYY-MM-DD)."""
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", iso)
    if not match or not 1 <= int(match.group(2)) <= 12:
        return []
    return spans(text, date_pattern(*map(int, match.groups())))


ANY_DATE = (
    r"(?<!\w)(?:(?:%s)\.?\s+\d{1,2}(?:st|nd|rd|th)?\s?,?\s*\d{4}|\d{1,2}(?:st|nd|rd|th)?(?:\s+day)?(?:\s+of)?\s+(?:%s)\s*,?\s*\d{4}|\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d\d)|\d{4}[/.\-]\d\d[/.\-]\d\d)(?!\w)"
    % ("|".join(_MONTHS), "|".join(_MONTHS))
)

_NUMBER = re.compile(r"(?<![\w.,])[-+]?\d(?:[\d.,' ]*\d)?(?![\w])")
NUMBER = r"-?\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{1,4})?(?!\d)|-?\d+(?:[.,]\d{1,4})?"


def amount_of(text):
    """The number that `text` writes in English or in German manner, or None. Which manner is told by the last mark."""
    text = text.replace(" ", "").replace("'", "")
    marks = re.findall(r"[.,]", text)
    if marks:
        last = marks[-1]
        tail = len(text) - text.rindex(last) - 1
        if len(set(marks)) == 2:
            text = text.replace("," if last == "." else ".", "").replace(last, ".")
        elif len(marks) > 1 or (tail == 3 and last == ","):
            text = text.replace(last, "")
        elif tail == 3 and not text.lstrip("-").startswith("0"):
            return None
        else:
            text = text.replace(last, ".")
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def amounts(text, value, begin=0, end=None):
    """Every span in `text[begin:end]` that writes the number `value`, without currency signs."""
    try:
        wanted, found = Decimal(str(value)), []
    except InvalidOperation:
        return []
    for match in re.compile(NUMBER).finditer(text, begin, len(text) if end is None else end):
        start, stop = match.span()
        before, after = text[max(0, start - 1) : start], text[stop : stop + 2]
        if before.isalnum() or before in list("/-") or re.match(r"[A-Za-z/]|[.,:]\d| ?%", after):
            continue
        if start > 1 and before in list(".,:") and text[start - 2].isdigit():
            continue
        number = amount_of(match.group())
        if number is not None and number == wanted and is_word_start(text, start) and is_word_end(text, stop):
            found.append((start, stop))
    return found


_FORMS = {
    "inc": r"(?:inc\.?|incorporated)", "corp": r"corp(?:\.|oration)?", "corporation": r"corp(?:\.|oration)?", "llc": r"l\.?[ ]?l\.?[ ]?c\.?", "lp": r"l\.?[ ]?p\.?",
    "llp": r"l\.?l\.?p\.?", "ltd": r"(?:ltd\.?|limited)", "limited": r"(?:ltd\.?|limited)", "co": r"co(?:\.|mpany)?", "company": r"co(?:\.|mpany)", "and": r"(?:and|&)",
    "plc": r"p\.?l\.?c\.?", "nv": r"n\.?v\.?", "sa": r"s\.?a\.?", "bv": r"b\.?v\.?", "ag": r"a\.?g\.?", "jr": r"jr\.?", "na": r"n\.?a\.?",
}  # fmt: skip


def names(text, name):
    """Every span that writes a company's or person's name, whatever its case, commas and abbreviation of the legal form."""
    words = re.findall(r"[^\s,]+", name.replace("\u201d", '"'))
    parts = []
    for word in words:
        bare = word.replace(".", "").lower()
        parts.append(_FORMS.get(bare) or "".join(re.escape(c) + (r"?" if c == "." else "") for c in word))
    if not parts:
        return []
    joined = parts[0] + "".join(r",?(?:[ \n]+|(?<=[.\-]))" + part for part in parts[1:])
    return spans(text, joined)


def _number_words(number):
    if number <= 20:
        return NUMBERS[number]
    return _TENS.get(number // 10 * 10, "(?!)") + ("[ -]" + NUMBERS[number % 10] if number % 10 else "")


def durations(text, value):
    """Every span that writes a duration such as "2 years": two (2) years, two years, 2-year, ..."""
    match = re.fullmatch(r"(\d+) (day|week|month|year)s?", value.strip())
    if not match:
        return []
    ways = [(int(match.group(1)), match.group(2))]
    if match.group(2) == "year" and ways[0][0] <= 5:
        ways.append((ways[0][0] * 12, "month"))
    elif match.group(2) == "month" and ways[0][0] % 12 == 0:
        ways.append((ways[0][0] // 12, "year"))
    found = []
    for number, unit in ways:
        word = _number_words(number) if number < 100 else "(?!)"
        pattern = r"(?:%s(?:[ \n]*\([ ]?%d[ ]?\))?|%d)[ \n\-]+%ss?" % (word, number, number, unit)
        found += spans(text, pattern)
    return sorted(found)


ANY_DURATION = r"(?<!\w)(?:(?:%s)(?:[ \n]*\(\d+\))?|\d+)[ \n\-]+(?:year|month|week|day)s?(?!\w)" % "|".join(NUMBERS[1:] + list(_TENS.values()))
