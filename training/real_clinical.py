# SPDX-License-Identifier: GPL-3.0-or-later
"""Sections of C-CDA documents with coded gold, and dose instructions."""

import re

import document_groups
import shared_data
import sig_grammar
from page_text import fold
from real_data import find_span
from real_documents import RealDocument, check

# Units as they are printed for a UCUM code.
_UNITS = {"[in_us]": ["in", "inches"], "[in_i]": ["in", "inches"], "[lb_av]": ["lb", "lbs"], "[degF]": ["F", "\u00b0F", "degF"], "Cel": ["C", "\u00b0C"], "mm[Hg]": ["mmHg", "mm Hg"], "/min": ["/min", "bpm"], "10*3/uL": ["10^3/ul"]}
_VITALS, _RESULTS = "8716-3", "30954-2"


def _lines(text):
    """(begin, end) of every line."""
    begin = 0
    for line in text.split("\n"):
        yield begin, begin + len(line)
        begin += len(line) + 1


def _item_places(text, items):
    """The place of each item's name, in order; None when one is missing, or a line with cells holds none."""
    places, at = [], 0
    for item in items:
        span = find_span(text, item["name"] or "", at)
        if not span:
            return None
        places.append(span)
        at = span[1]
    return places


def _complete(text, places, extra):
    """Whether every line of the table that could hold an item does."""
    for index, (begin, end) in enumerate(_lines(text)):
        line = text[begin:end]
        if index == 0 or "|" not in line or any(begin <= span[0] < end for span in places):
            continue
        if re.search(extra, line):
            return False
    return True


def _measure(text, span, end, item):
    """(value, unit or None, whether the unit is known) of a measurement after its name; None when it is not there."""
    stated = (item.get("value") or "").split(" ", 1)
    value = find_span(text, stated[0], span[1]) if stated[0] else None
    if not value or value[1] > end:
        return None
    code = stated[1] if len(stated) > 1 else ""
    rest = re.match(r" ?(?=[^\s|])", text[value[1] : end])
    for printed in _UNITS.get(code, []) + [code]:
        if printed and rest and text[value[1] + rest.end() : end].lower().startswith(printed.lower()):
            unit = (value[1] + rest.end(), value[1] + rest.end() + len(printed))
            if re.match(r"[ |),;]|$", text[unit[1] : end]):
                return value, unit, True
    bare = re.match(r"\s*(?:\||$)", text[value[1] : end]) is not None
    return value, None, bare


def _observations(key, text, items, kind):
    names = {"test": "sign"} if kind == "vital_signs.measurements" else {}
    places = _item_places(text, items)
    if not places or not _complete(text, places, r"\d"):
        return None
    records, keys = [], {"test", "value", "unit", "reference_range"}
    for index, (span, item) in enumerate(zip(places, items)):
        stop = places[index + 1][0] if index + 1 < len(places) else len(text)
        line = text.find("\n", span[1])
        end = min(stop, line if line >= 0 else len(text))
        record = {"test": span}
        measured = _measure(text, span, end, item)
        if not measured:
            return None
        record["value"] = measured[0]
        if measured[1]:
            record["unit"] = measured[1]
        elif not measured[2]:
            keys.discard("unit")
        if item.get("reference_range"):
            found = find_span(text, item["reference_range"], span[1])
            if found and found[1] <= end:
                record["reference_range"] = found
            else:
                keys.discard("reference_range")
        elif re.search(r"range", text[span[1] : end], re.IGNORECASE):
            keys.discard("reference_range")
        records.append(record)
    if kind == "vital_signs.measurements":
        keys.discard("reference_range")
    records = [{names.get(name, name): value for name, value in record.items() if name in keys} for record in records]
    return RealDocument("ccda", key, text, kind, records, frozenset(names.get(name, name) for name in keys))


_ROUTES = {"ORAL": r"oral(?:ly)?|by mouth|p\.?o\.?", "SUBCUTANEOUS": r"subcutaneous(?:ly)?|subcut|sq", "INTRAVENOUS": r"intravenous(?:ly)?|iv", "TOPICAL": r"topical(?:ly)?", "RESPIRATORY (INHALATION)": r"inhal(?:ed|ation)|by inhalation"}


def _medications(key, text, items):
    places = _item_places(text, items)
    if not places or not _complete(text, places, r"\d ?(?:mg|mcg|ml|units?|tab)"):
        return None
    records, keys = [], {"drug", "dose", "route"}
    for index, (span, item) in enumerate(zip(places, items)):
        end = places[index + 1][0] if index + 1 < len(places) else len(text)
        record = {"drug": span}
        if item.get("dose"):
            found = find_span(text, re.sub(r" 1$", "", item["dose"]), span[1])
            if found and found[1] <= end:
                record["dose"] = found
            else:
                keys.discard("dose")
        elif re.search(r"\d ?(?:mg|mcg|ml|units?|tab)", text[span[1] : end], re.IGNORECASE):
            keys.discard("dose")
        route = item.get("route")
        pattern = _ROUTES.get((route or "").upper(), re.escape(route) if route else "|".join(_ROUTES.values()))
        found = re.compile(r"(?<!\w)(?:%s)(?!\w)" % pattern, re.IGNORECASE).search(text, span[1], end)
        if route and found:
            record["route"] = found.span()
        elif route or found:
            keys.discard("route")
        records.append(record)
    records = [{name: value for name, value in record.items() if name in keys} for record in records]
    return RealDocument("ccda", key, text, "ccda.medications", records, frozenset(keys))


def ccda(root, split):
    """Sections of clinical documents, table cells set apart by ` | ` (see `real_documents.without_pipes`).

    Kinds `vital_signs.measurements`, `laboratory_results.results`, `problems.problems` (only `problem`), and `ccda.medications`,
    where the name of a drug may hold its strength and form.
    """
    rows = shared_data.read_jsonl(root / "clinical" / "ccda_sections.jsonl")
    of = document_groups.splits({row["id"]: row["text"] for row in rows})
    documents = []
    for row in rows:
        if of[row["id"]] != split:
            continue
        text, items = fold(row["text"]), row["gold"]["items"]
        if not items or re.match(r"no\b|.*(?:excluded|not available)", (items[0]["name"] or "no").lower()):
            continue
        document = None
        if row["schema"] == "ccda_observations":
            kind = "vital_signs.measurements" if row["id"].endswith(_VITALS) else "laboratory_results.results"
            document = _observations(row["id"], text, items, kind)
        elif row["schema"] == "ccda_medications":
            document = _medications(row["id"], text, items)
        else:
            places = _item_places(text, items)
            # A coded name that is only a part of what the cell says is no reading of the cell.
            whole = places and all(span[0] == 0 or text[span[0] - 1] == "\n" or text[: span[0]].endswith("| ") for span in places)
            if whole and _complete(text, places, r"[A-Za-z]{4}"):
                document = RealDocument("ccda", row["id"], text, "problems.problems", [{"problem": span} for span in places], frozenset({"problem"}))
        if document:
            check(document, {"vital_signs.measurements": "sign", "laboratory_results.results": "test", "ccda.medications": "drug"}.get(document.kind, "problem"))
            documents.append(document)
    return documents


def sigs(root, split):
    """Dose instructions that the grammar of `sig_grammar` understands to the last word. Kind `sig`."""
    entries = [(row["id"], row["text"]) for row in shared_data.read_jsonl(root / "clinical" / "sig_cases.jsonl")]
    entries += [("sig-plain-%03d" % index, line) for index, line in enumerate(shared_data.read_lines(root / "clinical" / "sigs_plain.txt"))]
    of = document_groups.splits({key: text for key, text in entries})
    documents = []
    for key, line in entries:
        if of[key] != split:
            continue
        text = fold(line)
        fields = sig_grammar.parse(text)
        if fields:
            documents.append(RealDocument("sigs", key, text, "sig", [fields], frozenset(sig_grammar.KEYS)))
            check(documents[-1])
    return documents


SOURCES = [ccda, sigs]
