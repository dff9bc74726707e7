# SPDX-License-Identifier: GPL-3.0-or-later
"""Invoices whose gold came with them: the XML inside ZUGFeRD PDFs, and the expected results of invoice2data."""

import re

import document_groups
import shared_data
from page_text import fold
from real_data import find_span
from real_documents import RealDocument, check, windows, within
from real_values import amounts, dates, names

_LABELS = {
    "invoice_number": r"rechnung|invoice|beleg|facture|factuur|\bnr\b|\bno\b|number|nummer|gutschrift|korrektur|#|№|booking id",
    "issue_date": r"rechnungsdatum|belegdatum|beleg-datum|\bvom\b|\bvon\b|invoice date|factuurdatum|factuur datum|\bdate ?:|\bdatum\b|date de facture|rechnung|\bdate\b",
    "due_date": r"due|fällig|zahlbar|verval|échéance|\bbis\b",
    "total_net": r"netto|ohne ust|net total|net amount|subtotal|zwischensumme|total ht|exclusief|steuerbasis|warenwert|summe der positionen|positionssumme|basis|bemessungsgrundlage|excl",
    "total_tax": r"steuerbetrag|umsatzsteuer|mwst|ust\b|\btax\b|\btva\b|\bbtw\b|\bvat\b|steuer gesamt",
    "total_gross": r"brutto|gesamtbetrag|rechnungsbetrag|endbetrag|grand total|\btotal\b|totaal|total ttc|gesamtsumme|rechnungssumme|gesamt\b|zahlbetrag|incl",
    "amount_due": r"zahlbetrag|fälliger|residual|amount due|balance due|zu zahlen|zahlungsbetrag|restbetrag|offener betrag|reste à payer|net à payer",
}
_NOT = {
    "issue_date": r"liefer|leistung|bestell|order|verval|due|fällig|valuta|skonto|bis\b|steuer|auftrag|reklam|kunden|versand|schreiben|check",
    "total_net": r"steuerbetrag|brutto|mit ust|inkl",
    "total_tax": r"netto(?:betrag|summe)?\b|ohne|brutto|gesamtbetrag|endbetrag|id-?nr|incl",
    "total_gross": r"netto|ohne|net total|subtotal|steuerbetrag|untaxed|excl|total ht|tax total|zuschläge|abschläge|positions|ust\. ?gesamt|gesamtbetrag der|steuer",
    "amount_due": r"netto|ohne",
}


def _layout(text):
    """Page text from a text with layout: every run of two or more spaces is a column gap."""
    return fold(re.sub(r"(?<=\S) {2,}(?=\S)", "   ", text.replace("\f", "\n").replace("\ufffd", " ").replace("\u00a0", " ")))


def _before(text, span):
    """What stands before the span on its line."""
    return text[text.rfind("\n", 0, span[0]) + 1 : span[0]]


def _labelled(text, places, key):
    """The places with the right words before them on the line, or in the cell above at the left of a table."""
    found = []
    for span in places:
        before = _before(text, span)
        nearest = re.split(r"  ", before.rstrip())[-1] if before.strip() else ""
        # The last label of the line decides; a number between label and value belongs to another column.
        line = re.sub(r"\s{2,}", " ", before)
        if re.search(_NOT.get(key, "(?!)"), (nearest or line), re.IGNORECASE):
            continue
        if re.search(_LABELS[key], line, re.IGNORECASE):
            found.append(span)
    return found


def _header(text, gold):
    """{key: (span or None, every place that could be meant)} of the single fields."""
    values = {}

    def put(key, places, good=None):
        good = _labelled(text, places, key) if good is None else good
        if not good and len(places) == 1 and key in ("invoice_number", "issue_date"):
            good = places
        values[key] = (good[0] if good else None, places)

    number = str(gold.get("invoice_number") or "").lstrip("#")
    if number:
        places, at = [], 0
        while True:
            span = find_span(text, number, at)
            if not span:
                break
            places.append(span)
            at = span[1]
        put("invoice_number", places)
    for key in ("issue_date", "due_date"):
        if gold.get(key):
            put(key, dates(text, gold[key]))
    for key in ("total_net", "total_tax", "total_gross", "amount_due"):
        if gold.get(key) is not None:
            places = amounts(text, gold[key])
            cents = [span for span in places if re.search(r"[.,]\d\d$", text[span[0] : span[1]])]
            put(key, cents if cents or not float(gold[key]) else places)
    for key in ("seller_name", "buyer_name"):
        if gold.get(key):
            places = [span for span in names(text, gold[key].replace("\n", " ")) if "  " not in text[span[0] : span[1]] and "\n\n" not in text[span[0] : span[1]]]
            put(key, places, places)
    currency = gold.get("currency")
    if currency:
        signs = {"EUR": "EUR|€|Euro", "USD": r"USD|\$", "INR": r"INR|Rs\.?", "GBP": "GBP|£", "CHF": "CHF"}.get(currency, currency)
        places = [match.span() for match in re.finditer(r"(?<![^\W\d])(?:%s)(?![^\W\d])" % signs, text)]
        put("currency", places, places)
    return values


def _lines(text, gold):
    """Records of the invoice's lines, and the keys that could be traced in all of them; None when a line is not found."""
    places, at = [], 0
    for line in gold:
        span = find_span(text, line["description"], at) if line.get("description") else None
        if not span or "  " in text[span[0] : span[1]] or "\n\n" in text[span[0] : span[1]]:
            return None
        places.append(span)
        at = span[1]
    keys = {"description", "quantity", "unit_price", "net_amount"}
    records = []
    for index, (span, line) in enumerate(zip(places, gold)):
        begin = text.rfind("\n", 0, span[0]) + 1
        end = text.find("\n", span[1])
        end = len(text) if end < 0 else end
        record, taken = {"description": span}, []
        # Columns run from left to right: quantity and price may change places, the amount is the last.
        for key in ("net_amount", "unit_price", "quantity"):
            if line.get(key) is None:
                keys.discard(key)
                continue
            found = [own for own in amounts(text, line[key], begin, end) if own not in taken and not (span[0] <= own[0] < span[1])]
            after = [own for own in found if own[0] >= span[1]]
            found = after or ([] if key != "quantity" else [own for own in found if own[0] > begin])
            if key == "net_amount":
                # In narrow tables the amount stands one line lower.
                below = text.find("\n", end + 1)
                limit = min(below if below > 0 else len(text), places[index + 1][0] if index + 1 < len(places) else len(text))
                found = found[-1:] if found and line[key] != line.get("unit_price") else found[1:][-1:] or amounts(text, line[key], end, max(end, limit))[-1:] or found[-1:]
            if not found or (key != "net_amount" and "net_amount" in record and found[0][0] > record["net_amount"][0]):
                keys.discard(key)
                continue
            record[key] = found[0]
            taken.append(found[0])
        records.append(record)
    return [{key: span for key, span in record.items() if key in keys} for record in records], keys


_SINGLES = ("invoice_number", "issue_date", "due_date", "currency", "seller_name", "buyer_name", "total_net", "total_tax", "total_gross", "amount_due")


def _documents(source, key, text, gold, lines):
    documents = []
    header = _header(text, gold)
    traced = _lines(text, lines) if lines else None
    keep = [span for span, _ in header.values() if span]
    for record in traced[0] if traced else []:
        keep.append((min(span[0] for span in record.values()), max(span[1] for span in record.values())))
    first = {name: places[0] for name, (_, places) in header.items() if places}
    for window in windows(text, key, keep):
        piece = text[window[0] : window[1]]
        fields, annotated = {}, set()
        for name, (span, places) in header.items():
            own = within(span, window) if span else None
            if own:
                fields[name] = own
            # Without a reading nothing is known but that the value is not here, if nothing looks like it.
            if own or not any(within(place, window) for place in places):
                if span or not re.search(_LABELS.get(name, "(?!)"), piece, re.IGNORECASE):
                    if own or places or name in first:
                        annotated.add(name)
        if annotated:
            documents.append(RealDocument(source, key, piece, "invoice", [fields] if fields else [], frozenset(annotated)))
        if traced:
            rows = [{name: within(span, window) for name, span in record.items()} for record in traced[0]]
            rows = [row for row in rows if row["description"]]
            if all(None not in row.values() for row in rows):
                documents.append(RealDocument(source, key, piece, "invoice.lines", rows, frozenset(traced[1])))
    for document in documents:
        check(document, "description" if document.kind == "invoice.lines" else None)
    return documents


def zugferd(root, split):
    """Windows of invoices, mostly German. Kinds `invoice` and `invoice.lines`."""
    rows = shared_data.read_jsonl(root / "business" / "invoices_zugferd.jsonl")
    of = document_groups.splits({row["id"]: row["text"] for row in rows})
    names_of = {"seller": "seller_name", "buyer": "buyer_name", "net_total": "total_net", "tax_total": "total_tax", "grand_total": "total_gross", "due_payable": "amount_due"}
    documents = []
    for row in rows:
        if of[row["id"]] == split:
            gold = {names_of.get(key, key): value for key, value in row["gold"].items() if key != "lines" and value}
            lines = [dict(line, net_amount=line.get("line_total")) for line in row["gold"].get("lines") or []]
            documents += _documents("zugferd", row["id"], _layout(row["text"]), gold, lines)
    return documents


def invoice2data(root, split):
    """Windows of invoices in several languages. Kinds `invoice` and `invoice.lines`."""
    rows = shared_data.read_jsonl(root / "business" / "invoices_invoice2data.jsonl")
    of = document_groups.splits({row["id"]: row["text"] for row in rows})
    names_of = {"issuer": "seller_name", "amount_untaxed": "total_net", "amount_tax": "total_tax", "amount": "total_gross", "date": "issue_date", "date_due": "due_date", "invoice_number": "invoice_number", "currency": "currency"}
    documents = []
    for row in rows:
        if of[row["id"]] == split:
            stated = row["gold"][0]
            gold = {names_of[key]: value for key, value in stated.items() if key in names_of and value}
            lines = [{"description": line["name"], "quantity": line.get("qty"), "unit_price": line.get("price_unit"), "net_amount": line.get("price_subtotal")} for line in stated.get("lines") or [] if "name" in line]
            documents += _documents("invoice2data", row["id"], _layout(row["text"]), gold, lines)
    return documents


SOURCES = [zugferd, invoice2data]
