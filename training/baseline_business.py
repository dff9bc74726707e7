# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules for receipts, invoice headers and contracts. Every function returns one record of spans, `parties` a list."""

import re

from real_values import ANY_DATE, ANY_DURATION

_AMOUNT = r"-?\d{1,3}(?:[.,' ]\d{3})*[.,]\d{2}(?!\d)|-?\d+[.,]\d{2}(?!\d)"
_DATE = re.compile(ANY_DATE + r"|(?<!\w)\d{1,2}[ -](?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*[ -,]+\d{2,4}(?!\w)|(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)|(?<!\d)\d{4}[/.-]\d{1,2}[/.-]\d{1,2}(?!\d)", re.IGNORECASE)


def _lines(text):
    begin = 0
    for line in text.split("\n"):
        yield begin, begin + len(line), line
        begin += len(line) + 1


def _dates(text):
    return [match.span() for match in _DATE.finditer(text)]


def _money(text, begin, end):
    """Amounts; a currency sign that touches one belongs to it, as a span begins at a word."""
    return [match.span() for match in re.compile(r"(?:(?<![A-Za-z])(?:RM|\$))?(?:%s)" % _AMOUNT).finditer(text, begin, end)]


def receipt(text):
    """company, date, address, total of a shop receipt."""
    record, lines = {}, list(_lines(text))
    for begin, end, line in lines[:6]:
        if len(re.findall(r"[A-Za-z]", line)) >= 4 and not re.match(r"(?:tax invoice|invoice|receipt|cash|tan |\*)", line, re.IGNORECASE):
            cut = re.search(r" ?\((?:co\.? ?reg|gst|[A-Z]{0,3}[\d\-]{4,})|  | \d{4,}-?[A-Z]| (?:GST|CO(?:MPANY)? ?(?:REG|NO))\b", line, re.IGNORECASE)
            stop = begin + (cut.start() if cut and cut.start() > 3 else len(line.rstrip()))
            # A shop's name and the form of the company may stand on two lines.
            following = text[end + 1 : text.find("\n", end + 1)] if not cut else ""
            more = re.match(r"[^\d\n]{0,40}?\b(?:SDN\.? ?BHD\.?|S/B|ENTERPRISE|TRADING)(?!\w)", following)
            if more and not re.search(r"SDN|BHD", line) and len(line) < 28:
                stop = end + 1 + more.end()
            record["company"] = (begin, stop)
            break
    dates = _dates(text)
    labelled = [span for span in dates if re.search(r"date\W*$", text[max(0, span[0] - 12) : span[0]], re.IGNORECASE)]
    if labelled or dates:
        record["date"] = (labelled or dates)[0]
    if "company" in record:
        address = []
        for begin, end, line in lines:
            if begin <= record["company"][1] or len(address) >= 4:
                continue
            if re.search(r"\btel|fax|gst|invoice|reg\b|email|www|http|receipt|date|cashier|phone", line, re.IGNORECASE):
                if address:
                    break
                continue
            if re.match(r"\(?[\d\- A-Z]{5,14}\)?$", line) and not address:
                continue
            if address or re.search(r"\d|jalan|jln|lot|no\b|taman|street|road|level|lorong", line, re.IGNORECASE):
                address.append((begin, end))
            if re.search(r"\b\d{5}\b", line):
                break
        if address and "  " not in text[address[0][0] : address[-1][1]]:
            record["address"] = (address[0][0], address[-1][1])
    best = None
    for begin, end, line in lines:
        if not re.search(r"total|amount due|nett|balance due|jumlah|amt paid|rounding$", line, re.IGNORECASE):
            continue
        if re.search(r"sub ?-?total|excl|total ?(?:gst|tax|qty|quantity|item|disc|saving|loading|ev\b|qu\b|paid)|gst total|tax total|change|w/o|includes|included|summary|tender", line, re.IGNORECASE):
            continue
        amounts = _money(text, begin, end)
        if not amounts and not re.search(r"qty|item|price|tax", line, re.IGNORECASE):
            following = text.find("\n", end + 1)
            amounts = _money(text, end, following if following > 0 else len(text))
        amounts = [span for span in amounts if re.search(r"[1-9]", text[span[0] : span[1]])]
        if amounts:
            rank = 3 if re.search(r"grand|round|final|nett?\b|payable", line, re.IGNORECASE) else 2 if re.search(r"incl", line, re.IGNORECASE) else 1
            if best is None or rank >= best[0] and not (len(amounts) > 1 and rank == 1):
                best = (rank, amounts[-1])
    if best:
        record["total"] = best[1]
    return record


_HEADS = [
    ("invoice_number", r"(?:invoice|rechnungs?|beleg|factur[ae]|factuur|gutschrift|bill|korrektur|credit note)[ -]*(?:no\.?|nr\.?|number|nummer|num[eé]ro|#|n°|id)?[^\S\n]*(?:\([^)\n]*\)[^\S\n]*)*(?:no\.?|nr\.?|#|n°|№)?[:#. ]*[ ]*(?P<value>[A-Z#]{0,6}[\w\-/.]*\d[\w\-/.]*)"),
    ("issue_date", r"(?:invoice date|date of invoice|rechnungsdatum|beleg-?datum|factuurdatum|issue(?:d| date)|(?:rechnung|gutschrift|korrektur)[^\n]{0,60}?\bvo[mn]|^date|^datum)[ :]*\n?(?P<value>%s)" % ANY_DATE),
    ("due_date", r"(?:due date|due by|due|payable by|fällig(?:keit)?(?: am)?|zahlbar bis(?: zum)?|vervaldatum|bis(?: zum)?)[ :]*(?P<value>%s)" % ANY_DATE),
    ("order_reference", r"(?:order (?:no\.?|number|id|ref(?:erence)?)|po (?:number|no\.?)|bestell(?:ung|-?nr\.?|nummer)|your reference|ordernummer)[ :#]*(?P<value>[\w\-/]*\d[\w\-/]*)"),
    ("iban", r"(?<!\w)(?P<value>[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?)(?!\w)"),
    ("total_net", r"(?:rechnungssumme ohne ust|nettobetrag|net total|subtotal|summe netto|total ht|exclusief btw|net amount|zwischensumme|netto(?:summe)?|positionssumme|total excl[^\d\n]*)[^\d\n-]*(?P<value>%s)" % _AMOUNT),
    ("total_tax", r"(?:steuerbetrag(?: in)?|ust\. gesamt|vat total|total tax|tax total|sales tax|zuzügl(?:ich|\.) (?:ust|mwst)|^(?:tax|vat|tva|btw|mwst|gst)(?: ?\(?\d+(?:[.,]\d+)? ?%%\)?)?)[^\d\n(-]*(?P<value>%s)" % _AMOUNT),
    ("amount_due", r"(?:zahlbetrag|amount due|balance due|residual|zu zahlen(?:der betrag)?|due payable|total due|restbetrag)[^\d\n-]*(?P<value>%s)" % _AMOUNT),
    ("total_gross", r"(?:bruttosumme|gesamtbetrag|grand total|total ttc|rechnungsbetrag|endbetrag|totaal|total incl[^\d\n]*|^total|amount total|factuur totaal)(?! der)[^\d\n-]*(?P<value>%s)" % _AMOUNT),
    ("currency", r"(?P<value>(?<![A-Za-z])(?:EUR|USD|GBP|CHF|INR)(?![A-Za-z])|€|\$|£)"),
    ("seller_name", r"(?:^(?:seller|from|verkäufer|lieferant|issued by|sold by|supplier|name)[:]?[ \n]+(?:(?:nummer|globale nummer|gln)[^\n]*\n)*(?:name:  )?)(?P<value>[^\n:]+?)(?=  |\n|$|,)"),
    ("buyer_name", r"(?:^(?:bill(?:ed)? to|buyer|sold to|käufer(?:/leistungsempfänger)?|customer|kunde|rechnungsempfänger|invoice to)[:]?[ \n]+(?:(?:nummer|globale nummer|gln)[^\n]*\n)*(?:name:  )?)(?P<value>[^\n:]+?)(?=  |\n|$|,)"),
]  # fmt: skip
_HEADS = [(key, re.compile(pattern, re.IGNORECASE | re.MULTILINE)) for key, pattern in _HEADS]


def invoice(text):
    record = {}
    for key, pattern in _HEADS:
        match = pattern.search(text)
        if match:
            begin, end = match.span("value")
            while end > begin and text[end - 1] in " .,;":
                end -= 1
            record[key] = (begin, end)
    if "seller_name" not in record:
        for begin, end, line in _lines(text):
            match = re.search(r"(?:\S+ ){0,5}?(?:GmbH(?: & Co\. KG)?|AG|Ltd\.?|Inc\.?|LLC|B\.V\.|SARL|S\.A\.|SAS|e\.V\.|a\.G\.)(?!\w)", line)
            if match and not re.search(r"copyright|\(c\)|beispielrechnung", line, re.IGNORECASE):
                record["seller_name"] = (begin + match.start(), begin + match.end())
                break
    if "issue_date" not in record and ("invoice_number" in record) and _dates(text):
        record["issue_date"] = _dates(text)[0]
    return record


_STATE = (
    r"(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New[ \n]Hampshire|"
    r"New[ \n]Jersey|New[ \n]Mexico|New[ \n]York|North[ \n]Carolina|North[ \n]Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode[ \n]Island|South[ \n]Carolina|South[ \n]Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West[ \n]Virginia|Wisconsin|Wyoming|England(?:[ \n]and[ \n]Wales)?|Germany|Ontario|Israel|Singapore|Hong[ \n]Kong)"
)
_LAW = re.compile(r"(?:govern|constru|interpret|enforce)\w*[^.]{0,200}?\blaws?\b[^.]{0,60}?\b(?P<value>%s)(?!\w)|\blaws?\b[^.]{0,60}?\b(?P<other>%s)(?!\w)[^.]{0,80}?(?:govern|appl)" % (_STATE, _STATE), re.IGNORECASE)
_COMPANY = r"(?:[A-Z][\w&.'\-]*,?[ \n]+(?:(?:of|and|&|the|for)[ \n]+)?){1,6}?(?:Inc\.?|INC\.?|Incorporated|LLC|L\.L\.C\.|Corp\.|Corporation|CORPORATION|Company|Ltd\.?|LTD\.?|Limited|LLP|L\.P\.|LP|N\.V\.|plc|AG|GmbH|S\.A\.)(?!\w)"
_PERSON = r"[A-Z][a-z]+(?: [A-Z]\.)?(?: [A-Z][a-z]+){1,2}"
_PARTY = re.compile(r"(?P<name>%s|%s)(?P<rest>[^()\"]{0,160}?\([^()\"]{0,40}\"(?P<role>[^\"\n]{2,40}?),?\")?" % (_COMPANY, _PERSON))


def contract(text):
    record = {}
    match = _LAW.search(text)
    if match:
        record["governing_law"] = match.span("value" if match.group("value") else "other")
    date = re.search(r"(?:effective (?:as of |on |date (?:of|is) )?|commenc\w+ (?:on |as of )?)(?:the |this )?(?P<value>%s)" % ANY_DATE, text, re.IGNORECASE)
    made = re.search(r"(?:dated?(?: as)?(?: of)?|as of|made(?: and entered into)?(?: as of| on)?|entered into (?:as of|on)|this)[ \n:]+(?:the |this )?(?P<value>%s)" % ANY_DATE, text, re.IGNORECASE)
    if date:
        record["effective_date"] = date.span("value")
    if made:
        record["agreement_date"] = made.span("value")
    elif re.search(r"^(?:%s)$" % ANY_DATE, text, re.IGNORECASE | re.MULTILINE):
        record["agreement_date"] = re.search(r"^(?:%s)$" % ANY_DATE, text, re.IGNORECASE | re.MULTILINE).span()
    end = re.search(r"(?:expir\w+|terminat\w+|until|end\w*|through)[ \n](?:on |of |at )?(?P<value>%s)" % ANY_DATE, text, re.IGNORECASE)
    if end:
        record["expiration_date"] = end.span("value")
    term = re.search(r"(?:term|period|terminate|expire|survive|continue|remain)[^.]{0,80}?(?P<value>%s)" % ANY_DURATION, text, re.IGNORECASE)
    if term:
        record["term"] = term.span("value")
    renewal = re.search(r"(?P<value>(?:successive|additional|consecutive)[ \n]+%s[ \n\-]*(?:terms?|periods?)?)" % ANY_DURATION.replace("(?<!\\w)", ""), text, re.IGNORECASE)
    if renewal:
        record["renewal_term"] = renewal.span("value")
    notice = re.search(r"(?P<value>%s)(?=['\u2019]?[^.]{0,30}(?:notice|prior))|notice[^.]{0,60}?(?P<other>%s)" % (ANY_DURATION, ANY_DURATION), text, re.IGNORECASE)
    if notice:
        record["notice_period"] = notice.span("value" if notice.group("value") else "other")
    for begin, finish, line in list(_lines(text))[:6]:
        title = re.search(r"[A-Z][A-Za-z\- &,/]*\b(?:AGREEMENT|Agreement|CONTRACT|Contract)\b(?: OF [A-Z ]+)?", line)
        if title and not re.match(r"This\b", line):
            record["document_name"] = (begin + title.start(), begin + title.end())
            break
    return record


def nda(text):
    """As `contract`, where any date of the agreement is the effective one."""
    record = contract(text)
    if "effective_date" not in record and "agreement_date" in record:
        record["effective_date"] = record["agreement_date"]
    return record


def parties(text):
    start = re.search(r"\b(?:between|among)\b", text, re.IGNORECASE)
    records = []
    if not start:
        # Excerpts name a party on a line of its own.
        for begin, end, line in _lines(text):
            match = re.fullmatch(r"(?:%s)" % _COMPANY, line)
            if match:
                records.append({"name": (begin, end)})
        return records
    for match in _PARTY.finditer(text, start.end(), min(len(text), start.end() + 700)):
        record = {"name": match.span("name")}
        if match.group("role"):
            record["role"] = match.span("role")
        records.append(record)
        if len(records) == 2:
            break
    return records if len(records) == 2 else []
