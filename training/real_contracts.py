# SPDX-License-Identifier: GPL-3.0-or-later
"""Contracts: non-disclosure agreements with normalised gold (Kleister), and clause excerpts (CUAD)."""

import re

import document_groups
import shared_data
from page_text import fold, is_word_end, is_word_start
from real_data import find_span
from real_documents import RealDocument, check, rough_tokens, windows, within
from real_values import ANY_DATE, ANY_DURATION, dates, durations, names, spans

_SENTENCE_END = re.compile(r"(?<=[a-z)\"]{2}[.;])[ \n]+(?=[A-Z(\d])|\n\n")
_LAW = re.compile(r"\b(?:govern|constru|interpret|enforce)\w*", re.IGNORECASE)
_COMPANY = re.compile(r"\b[A-Z][\w&.\-]*(?:,?[ \n]+(?:[A-Z&][\w&.\-]*|of|and|the))*,?[ \n]+(?:Inc|INC|LLC|L\.L\.C|Corp|CORP|Corporation|CORPORATION|Company|COMPANY|Ltd|LTD|Limited|LIMITED|L\.P|LP|LLP|N\.V|plc|PLC)\b")
_ROLE = re.compile(r"\((?:[^()]{0,60}?)\"([^\"\n]{2,40}?),?\"")
_EFFECTIVE = re.compile(r"effective|takes? effect|commenc", re.IGNORECASE)
_MADE = re.compile(r"\bdated?\b|\bmade\b|\bentered\b|\bexecuted\b|\bas of\b|\bthis\b[^.]{0,20}$", re.IGNORECASE)
_TERM = re.compile(r"\bterm\b|terminat|expir|continu|remain|surviv|\bperiod\b|obligation|in effect", re.IGNORECASE)


def _sentence(text, span):
    """The stretch between sentence ends around `span`."""
    begin = 0
    for match in _SENTENCE_END.finditer(text):
        if match.end() <= span[0]:
            begin = match.end()
        elif match.start() >= span[1]:
            return begin, match.start()
    return begin, len(text)


def _around(text, span, before, after):
    return text[max(0, span[0] - before) : span[0]], text[span[1] : span[1] + after]


def _date_reading(text, span):
    """"effective", "made" or "" after the words beside a date."""
    # A letter has its date on a line of its own at the head.
    if span[0] < 2500 and (text[: span[0]] or "\n").endswith("\n") and (text[span[1] :] or "\n").startswith("\n"):
        return "made"
    before, after = _around(text, span, 110, 50)
    before = re.split(r"\n\n|(?<=[a-z]{3})\. ", before)[-1]
    if _EFFECTIVE.search(before[-60:]) or re.match(r"[^.\n]{0,20}effective date", after, re.IGNORECASE):
        return "effective"
    return "made" if _MADE.search(before) else ""


def _laws(text, state):
    """Where `state` stands as the law that governs, and every sentence on governing law."""
    found, sentences = [], []
    for match in re.finditer(r"\blaws?\b", text, re.IGNORECASE):
        begin, end = _sentence(text, match.span())
        if end - begin < 900 and _LAW.search(text[begin:end]):
            sentences.append((begin, end))
            for span in spans(text[begin:end], re.escape(state).replace("\\ ", r"[ \n]+")) if state else []:
                place = (begin + span[0], begin + span[1])
                if place[0] > match.start() and place[0] - match.end() < 80:
                    found.append(place)
                    break
    return sorted(set(found)), sentences


def _parties(text, gold, window):
    """The first place of each party in the window where the parties are introduced; None if that cannot be told."""
    begin, end = window
    piece = text[begin:end]
    if not re.search(r"\b(?:between|among)\b", piece, re.IGNORECASE):
        return None
    found = []
    for name in gold:
        places = [span for span in names(piece, name) if "\n\n" not in piece[span[0] : span[1]]]
        after = [place for place in places if re.search(r"\b(?:between|among)\b|\bparty\b", piece[: place[0]], re.IGNORECASE)]
        if after:
            found.append((after[0], name))
    if len(found) < max(2, len(gold)):
        return None
    found.sort()
    if any(one[0][1] > two[0][0] for one, two in zip(found, found[1:])):
        return None
    # Another company in the introduction means that the gold is not complete.
    left, right = found[0][0][0], found[-1][0][1]
    for match in _COMPANY.finditer(piece, max(0, left - 200), min(len(piece), right + 250)):
        inside = any(span[0] < match.end() and match.start() < span[1] for span, _ in found)
        if not inside and not any(names(match.group() + " ", name) or name.lower().split()[0] in match.group().lower() for name in gold):
            return None
    records = []
    for index, (span, _) in enumerate(found):
        record = {"name": span}
        limit = found[index + 1][0][0] if index + 1 < len(found) else min(len(piece), span[1] + 250)
        match = _ROLE.search(piece[:limit], span[1])
        if match and is_word_start(piece, match.start(1)) and is_word_end(piece, match.end(1)):
            record["role"] = match.span(1)
        records.append(record)
    if not all("role" in record for record in records):
        records = [{"name": record["name"]} for record in records]
    return records


def _window_values(text, window, places, suspicious):
    """(span in the window or None, whether the key can be asked here)."""
    inside = [span for span in (within(place, window) for place in places) if span]
    if inside:
        return inside[0], True
    return None, not suspicious.search(text[window[0] : window[1]])


def _chosen(found, places):
    """The windows that hold one of `places`, and about as many others, spread over the document."""
    full = [window for window in found if any(within(place, window) for place in places)]
    others = [window for window in found if window not in full]
    number = min(len(others), len(full) + 2)
    return sorted(full + [others[index * len(others) // number] for index in range(number)])


_ANY_DATE = re.compile(r"(?:as of|effective|dated|made|entered|this)[^.]{0,60}?(?:%s)|effective date[^.]{0,20}(?:is|means|:)|^(?:%s)$" % (ANY_DATE, ANY_DATE), re.IGNORECASE | re.MULTILINE)
_ANY_TERM = re.compile(ANY_DURATION, re.IGNORECASE)
_ANY_LAW = re.compile(r"(?:govern|constru)\w*[^.]{0,120}\blaws?\b|\blaws?\b[^.]{0,80}govern", re.IGNORECASE)


def kleister_nda(root, split):
    """Windows of agreements. Kinds `nda` (the set's own view: any kind of date is the effective one), `contract`, `contract.parties`."""
    rows = shared_data.read_jsonl(root / "business" / "kleister_nda.jsonl")
    of = document_groups.splits({row["id"]: row["text"] for row in rows})
    documents = []
    for row in rows:
        if of[row["id"]] != split:
            continue
        text, gold = fold(row["text"]), row["gold"]
        law, _ = _laws(text, gold.get("jurisdiction"))
        readings = [(span, _date_reading(text, span)) for span in dates(text, gold.get("effective_date") or "")]
        # A date beside a signature tells when the agreement was made only where nothing else does.
        unsigned = [(span, reading) for span, reading in readings if not re.search(r"\bdate[d:]?[: \n]*$", text[: span[0]], re.IGNORECASE)]
        if any(reading for _, reading in unsigned):
            readings = unsigned
        date = [span for span, reading in readings if reading]
        effective = [span for span, reading in readings if reading == "effective"]
        made = [span for span, reading in readings if reading == "made"]
        every_date = dates(text, gold.get("effective_date") or "")
        every_term = durations(text, gold.get("term") or "")
        term = []
        for span in every_term:
            begin, end = _sentence(text, span)
            if _TERM.search(text[begin:end]):
                term.append(span)
        keep = law + every_date + every_term
        introduced = [span for name in gold.get("party") or [] for span in names(text[:8000], name)[:3]]
        for window in _chosen(windows(text, row["id"], keep), keep + introduced):
            piece = text[window[0] : window[1]]
            nda, annotated = {}, set()

            def put(record, keys, key, places, suspicious, known):
                span, sure = _window_values(text, window, places, suspicious)
                if span:
                    record[key] = span
                if span or (sure and known):
                    keys.add(key)

            # A date or state that is nowhere in the text as such leaves nothing to learn from its windows.
            no_place = not gold.get("effective_date") or bool(date)
            put(nda, annotated, "effective_date", date, _ANY_DATE, no_place)
            put(nda, annotated, "governing_law", law, _ANY_LAW, True)
            put(nda, annotated, "term", term, _ANY_TERM, True)
            if any(within(span, window) for span in every_date) and "effective_date" not in nda:
                annotated.discard("effective_date")
            documents.append(RealDocument("kleister_nda", row["id"], piece, "nda", [nda] if nda else [], frozenset(annotated)))
            own, keys = {key: span for key, span in nda.items() if key == "governing_law"}, annotated & {"governing_law"}
            for key, places, others in (("effective_date", effective, made), ("agreement_date", made, effective)):
                put(own, keys, key, places, _ANY_DATE, no_place)
            documents.append(RealDocument("kleister_nda", row["id"], piece, "contract", [own] if own else [], frozenset(keys)))
            found = _parties(text, gold.get("party") or [], window)
            if found:
                documents.append(RealDocument("kleister_nda", row["id"], piece, "contract.parties", found, frozenset(found[0])))
            elif not any(names(piece, name) for name in gold.get("party") or []) and not _COMPANY.search(piece) and not re.search(r"\bName:|\bBy:|\bbetween\b", piece):
                documents.append(RealDocument("kleister_nda", row["id"], piece, "contract.parties", [], frozenset({"name", "role"})))
    for document in documents:
        check(document, "name" if document.kind == "contract.parties" else None)
    return [document for document in documents if document.annotated]


_RENEWAL = re.compile(r"(?:successive|additional|consecutive|further)?[ \n]*(?:successive|additional|consecutive|further|renewal)?[ \n]*$", re.IGNORECASE)


def _iso(date):
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", date or "")
    return "%s-%02d-%02d" % (match.group(3), int(match.group(1)), int(match.group(2))) if match else ""


def _cuad_fields(text, gold):
    fields, annotated = {}, set()

    def put(key, span):
        if span and "\n\n" not in text[span[0] : span[1]]:
            fields[key] = span
            annotated.add(key)

    paragraphs = text.lower()
    put("document_name", find_span(text, gold.get("document_name") or ""))
    places = dates(text, _iso(gold.get("agreement_date")))
    alone = [span for span in places if (text[: span[0]] or "\n\n").endswith("\n\n") and (text[span[1] :] or "\n\n").startswith("\n\n")]
    put("agreement_date", (alone or [span for span in places if _date_reading(text, span) == "made"] or [None])[0])
    if not gold.get("agreement_date") and not re.search(ANY_DATE, text):
        annotated.add("agreement_date")
    places = dates(text, _iso(gold.get("effective_date")))
    put("effective_date", next((span for span in places if _date_reading(text, span) == "effective"), None))
    if not gold.get("effective_date") and "effective" not in paragraphs and "commenc" not in paragraphs:
        annotated.add("effective_date")
    places = dates(text, _iso(gold.get("expiration_date")))
    put("expiration_date", next((span for span in places if re.search(r"expir|terminat|until|through|\bend|\bto\b", _around(text, span, 120, 0)[0], re.IGNORECASE)), None))
    if not gold.get("expiration_date") and not re.search(r"\bterm\b|expir|terminat|until|anniversary", paragraphs):
        annotated.add("expiration_date")
    renewal = gold.get("renewal_term")
    if renewal:
        for span in durations(text, re.sub(r"^successive ", "", renewal)):
            begin, end = _sentence(text, span)
            if not re.search(r"renew|extend|successive", text[begin:end], re.IGNORECASE) or re.search(r"notice[^.]{0,60}$", text[begin : span[0]], re.IGNORECASE):
                continue
            if renewal.startswith("successive") != bool(re.search(r"successive|additional|consecutive", text[begin:end], re.IGNORECASE)):
                continue
            left = re.search(r"(?:(?:successive|additional|consecutive|further)[ \n]+)*$", text[begin : span[0]], re.IGNORECASE)
            right = re.match(r"(?:[ \n\-]+(?:renewal[ \n]+)?(?:terms?|periods?))?", text[span[1] :], re.IGNORECASE)
            put("renewal_term", (begin + left.start(), span[1] + right.end()))
            break
    elif not re.search(r"renew|extend|extension", paragraphs):
        annotated.add("renewal_term")
    notice = gold.get("notice_period_to_terminate_renewal")
    if notice:
        put("notice_period", next((span for span in durations(text, notice) if re.search(r"notice|notif|prior|terminat", text[slice(*_sentence(text, span))], re.IGNORECASE)), None))
    elif not re.search(r"notice|notif", paragraphs):
        annotated.add("notice_period")
    if gold.get("governing_law"):
        put("governing_law", (_laws(text, gold["governing_law"])[0] or [None])[0])
    elif not re.search(r"\blaws?\b", paragraphs):
        annotated.add("governing_law")
    return fields, annotated


def _cuad_parties(text, stated):
    """The list of names, complete or None; roles where each has one."""
    records = []
    for entry in re.split(r";\s*", stated or ""):
        match = re.match(r"\s*([^(]+?)\s*(?:\((.*))?$", entry, re.DOTALL)
        if not match:
            return None
        places = [span for span in names(text, fold(match.group(1))) if (text[: span[0]] or "\n").endswith("\n") and re.match(r"[^\w\n]*(?:\n|$)", text[span[1] :])]
        places = [span for span in places if "\n\n" not in text[span[0] : span[1]]]
        if not places:
            return None
        record = {"name": places[0]}
        role = re.match(r"[^\"]{0,12}\"([^\"]+)\"", fold(match.group(2) or ""))
        if role:
            lines = [m.span() for m in re.finditer(r"(?<![^\n])%s(?![^\n])" % re.escape(role.group(1)), text)]
            if lines:
                record["role"] = lines[0]
        records.append(record)
    records.sort(key=lambda record: record["name"])
    if not records or any(one["name"][1] > two["name"][0] for one, two in zip(records, records[1:])):
        return None
    if not all("role" in record and record["role"] != record["name"] for record in records):
        records = [{"name": record["name"]} for record in records]
    return records


# Longer excerpts are cut into windows.
_LONG = 420


def cuad(root, split):
    """Clause excerpts of a contract, a paragraph each. Kinds `contract` and `contract.parties`."""
    rows = []
    for row in shared_data.read_jsonl(root / "business" / "cuad_clauses.jsonl"):
        # Long runs of spaces and rules are what is left of a page's layout.
        text = re.sub(r"[ \t]+(?:-{3,}[ \t]+)*", " ", row["text"].replace("\u00ad", "-"))
        if "<omitted>" not in text:
            rows.append((row, fold(text)))
    of = document_groups.splits({row["id"]: text for row, text in rows})
    documents = []
    for row, text in rows:
        if of[row["id"]] != split:
            continue
        fields, annotated = _cuad_fields(text, row["gold"])
        parties = _cuad_parties(text, row["gold"].get("parties"))
        records = [fields] + (parties or [])
        for window in windows(text, row["id"], [span for record in records for span in record.values()]) if rough_tokens(text) > _LONG else [(0, len(text))]:
            piece = text[window[0] : window[1]]
            own = {key: within(span, window) for key, span in fields.items() if within(span, window)}
            if annotated:
                documents.append(RealDocument("cuad", row["id"], piece, "contract", [own] if own else [], frozenset(annotated)))
            rows_here = [{key: within(span, window) for key, span in record.items()} for record in parties or []]
            rows_here = [record for record in rows_here if any(record.values())]
            if rows_here and all(None not in record.values() for record in rows_here):
                documents.append(RealDocument("cuad", row["id"], piece, "contract.parties", rows_here, frozenset(rows_here[0])))
    for document in documents:
        check(document, "name" if document.kind == "contract.parties" else None)
    return documents


SOURCES = [kleister_nda, cuad]
