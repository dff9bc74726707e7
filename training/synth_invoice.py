# SPDX-License-Identifier: GPL-3.0-or-later
"""Invoices and receipts. Records: kinds `invoice` and `invoice_line`."""

from synth_common import Dates, chance, code, group_thousands, made_up_word, random_case

NUMBER = ["Invoice number", "Invoice No.", "Invoice #", "Invoice no", "INVOICE NO", "Rechnungsnummer", "Rechnung Nr.", "Rechnungs-Nr.", "Inv. No", "Document number", "Tax invoice no.", "Bill No", "Beleg-Nr.", "Receipt No", "Facture n°"]
ISSUED = ["Invoice date", "Date", "Date of issue", "Issue date", "Issued", "Rechnungsdatum", "Datum", "Billing date", "Tax point", "Dated", "Belegdatum"]
DUE = ["Due date", "Payment due", "Due", "Pay by", "Fällig am", "Zahlbar bis", "Due on", "Payment due date", "Please pay by"]
ORDER = ["Order number", "PO number", "Purchase order", "Your order", "Order ref", "Bestellnummer", "P.O. No.", "Your reference", "Order no.", "Bestell-Nr.", "Customer PO"]
NET = ["Subtotal", "Net total", "Total net", "Sub-total", "Net amount", "Nettobetrag", "Summe netto", "Total excl. VAT", "Total before tax", "Zwischensumme", "SUBTOTAL", "Total ex GST"]
TAX = ["VAT", "Tax", "VAT 20%", "VAT (19%)", "MwSt. 19%", "USt. 19 %", "Sales tax", "GST", "GST 6%", "Total VAT", "Total tax", "zzgl. 19% MwSt.", "Tax (8.25%)", "zzgl. 7 % USt."]
GROSS = ["Total", "Grand total", "Total incl. VAT", "Gesamtbetrag", "Rechnungsbetrag", "Invoice total", "Total amount", "Bruttobetrag", "TOTAL", "Total due incl. tax", "Gesamt", "Total including VAT", "Rounded Total (RM)"]
DUE_AMOUNT = ["Amount due", "Balance due", "Zahlbetrag", "Please pay", "Total payable", "Amount payable", "Offener Betrag", "BALANCE DUE", "To pay", "Zahlbarer Betrag"]
OTHER = ["Customer number", "Kundennummer", "VAT ID", "Page", "Tel", "Phone", "Tax no.", "USt-IdNr.", "Delivery date", "Lieferdatum", "Account manager", "BIC", "Terms", "Company Reg. No", "Fax", "Contact"]
GOODS = ["Consulting", "Hosting", "Widget", "Cable", "Printer paper", "Toner cartridge", "Laptop", "Monitor", "Office chair", "Cleaning service", "Domain renewal", "Software licence", "Support", "Coffee beans", "Shipping", "Installation", "Battery", "Screws",
         "Steel bolt", "Paint", "Tiles", "Gloves", "Masks", "Syringes", "Translation", "Catering", "Design work", "Training day", "Travel expenses", "Maintenance", "Repair", "Desk lamp", "Keyboard", "USB stick", "Notebook", "Pens", "Bread", "Milk",
         "Olive oil", "Wine", "Rental fee", "Subscription", "Advertising", "Setup fee", "Wartung", "Beratung", "Miete", "Versandkosten", "Schrauben", "Kabel", "Drucker", "Holz", "Reinigung", "Joghurt", "Trennblätter A4", "Delivery"]  # fmt: skip
QUALITIES = ["", "", "", "", "large", "small", "black", "white", "blue", "professional", "annual", "monthly", "standard", "premium", "2m", "A4", "500 ml", "XL", "type B", "(refurbished)", "for March", "Q2", "- Basic", "10 pack", "12mm", "per hour", "pro"]
UNITS = ["", "", "", "pcs", "pc", "h", "hrs", "Stk", "Stück", "kg", "m", "days", "x", "box", "EA", "Std.", "units", "l"]
CURRENCIES = {"EUR": ["EUR", "\u20ac", "Euro"], "USD": ["USD", "$", "US$"], "GBP": ["GBP", "\u00a3"], "CHF": ["CHF"], "MYR": ["RM"], "CAD": ["CAD"]}


class Money:
    def __init__(self, rng):
        self._rng = rng
        self.style = rng.choice(["en", "en", "en", "de", "de", "plain", "de_plain"])
        self.symbol = rng.choice(CURRENCIES[rng.choice(["EUR", "EUR", "EUR", "USD", "USD", "GBP", "GBP", "CHF", "MYR", "CAD"])])
        self.place = rng.choice(["before", "before", "after", "none", "none", "before_space"])

    def number(self, cents):
        return group_thousands(cents, self.style)

    def write(self, page, cents, symbol=True):
        """Writes an amount; returns its span (digits only) and the currency's (or None)."""
        place = self.place if symbol else "none"
        currency = None
        if place.startswith("before"):
            currency = page.mark(self.symbol)
            if place == "before_space" or self.symbol.isalpha():
                page.add(" ")
        span = page.mark(self.number(cents))
        if place == "after":
            page.add(" ")
            currency = page.mark(self.symbol)
        return span, currency


def goods(world):
    rng = world.rng
    name = rng.choice(GOODS)
    if chance(rng, 0.35):
        name = made_up_word(rng, 1, 3).capitalize() + " " + name.lower()
    if chance(rng, 0.12):
        name = world.last_name() + " " + made_up_word(rng, 2, 3)
    quality = rng.choice(QUALITIES)
    if quality:
        name += " " + quality
    if chance(rng, 0.12):
        name = code(rng, 3, 6) + " " + name
    return random_case(rng, name)


def _lines(page, world, money, count):
    """The table of lines; returns the sum in hundredths."""
    rng = world.rng
    columns = [
        ("description", rng.choice(["Description", "Item", "Bezeichnung", "Product", "DESCRIPTION", "Artikel", "Service", "Goods", "Details", "Beschreibung", "Leistung"])),
        ("quantity", rng.choice(["Qty", "Quantity", "QTY", "Menge", "Hours", "Units", "Anzahl", "Pcs"])),
        ("unit_price", rng.choice(["Unit price", "Price", "Rate", "Einzelpreis", "Unit cost", "E-Preis", "PRICE", "Preis", "Each"])),
        ("tax_rate", rng.choice(["VAT", "Tax", "VAT %", "MwSt.", "Tax rate", "USt. %", "GST"])),
        ("net_amount", rng.choice(["Amount", "Total", "Line total", "Betrag", "Net", "Gesamtpreis", "AMOUNT", "Gesamt", "Net amount", "Sum"])),
    ]
    position = rng.choice(["none", "none", "number", "code", "date"])
    drop = rng.choice([[], [], ["tax_rate"], ["tax_rate"], ["tax_rate"], ["quantity", "tax_rate"], ["quantity", "unit_price", "tax_rate"]])
    columns = [column for column in columns if column[0] not in drop]
    if chance(rng, 0.3):
        middle = columns[:-1]
        rng.shuffle(middle)
        columns[:-1] = middle
    symbol = chance(rng, 0.25)
    if chance(rng, 0.9):
        head = {"none": "", "number": "Pos  ", "code": "Art. no.  ", "date": "Date  "}[position]
        page.add(head + "  ".join(text for _, text in columns) + "\n")
    total, rate, dates = 0, rng.choice(["19%", "20%", "7 %", "19 %", "20", "19,00", "0%", "21%", "6%", "20.0%", "S"]), Dates(rng)
    unit_in_quantity = chance(rng, 0.3)
    gap = "  " if chance(rng, 0.9) else " "
    for index in range(count):
        quantity = rng.choice([1, 1, 1, 2, 3, 4, 5, 10, 12, 20, 25, 50, 100, 250]) if chance(rng, 0.85) else rng.randint(1, 999)
        price = rng.choice([rng.randint(50, 999), rng.randint(500, 15000), rng.randint(10000, 250000)])
        total += quantity * price
        if position != "none":
            page.add({"number": str(index + 1), "code": code(rng, 4, 6), "date": dates.date()}[position] + "  ")
        fields = {}
        for number, (key, _) in enumerate(columns):
            if number:
                page.add(gap)
            if key == "description":
                fields[key] = page.mark(goods(world))
            elif key == "quantity":
                text = str(quantity) if chance(rng, 0.9) or money.style not in ("de", "en") else group_thousands(quantity * 100, money.style)
                fields[key] = page.mark(text)
                if unit_in_quantity:
                    unit = rng.choice(UNITS)
                    page.add(" " + unit if unit else "")
            elif key == "tax_rate":
                fields[key] = page.mark(rate)
            else:
                fields[key], _ = money.write(page, price if key == "unit_price" else quantity * price, symbol)
        page.record("invoice_line", fields)
        page.add("\n")
        if chance(rng, 0.06):
            page.add(rng.choice(["(see delivery note)", "Serial no. " + code(rng), "incl. delivery", "Colour: " + rng.choice(["red", "grey"])]) + "\n")
    return total


def _party(page, world, label, name):
    rng = world.rng
    if label:
        page.add(label + rng.choice(["\n", ": ", "\n"]))
    span = page.mark(name)
    street, town = world.address()
    joint = "\n" if chance(rng, 0.8) else ", "
    page.add(joint + street + joint + town)
    if chance(rng, 0.2):
        page.add(joint + rng.choice(["Germany", "Deutschland", "United Kingdom", "USA", "Austria", "Ireland", "Malaysia", "Switzerland"]))
    return span


def write_invoice(page, world, parts=None):
    """A whole invoice, or only some of `parts`: head, lines, totals, foot."""
    rng = world.rng
    parts = parts or rng.choice([["head", "lines", "totals", "foot"]] * 4 + [["head"], ["lines", "totals"], ["totals", "foot"], ["head", "lines"], ["lines"]])
    money, dates, fields = Money(rng), Dates(rng), {}
    if "head" in parts:
        _head(page, world, dates, fields, money)
    total = 0
    if "lines" in parts:
        total = _lines(page, world, money, rng.choice([1, 1, 2, 2, 3, 3, 4, 5, 6, 8]))
    total = total or rng.randint(1000, 900000)
    if "totals" in parts:
        if chance(rng, 0.4) and len(page):
            page.add("\n")
        _totals(page, rng, money, fields, total)
    if "foot" in parts:
        _foot(page, world, dates, fields)
    page.record("invoice", fields)


def _head(page, world, dates, fields, money):
    rng = world.rng
    seller, buyer = world.company(), world.company() if chance(rng, 0.75) else world.person()
    seller_first = chance(rng, 0.75)
    if seller_first:
        fields["seller_name"] = _party(page, world, rng.choice(["", "", "", "From", "Seller", "Verkäufer", "Supplier", "Lieferant"]), seller)
        page.add(rng.choice(["\n", "\n\n"]))
    if chance(rng, 0.75):
        page.add(rng.choice(["INVOICE", "Invoice", "Rechnung", "TAX INVOICE", "RECHNUNG", "Tax Invoice", "Bill", "Commercial invoice", "CASH BILL"]) + "\n")
    lines = [("invoice_number", rng.choice(NUMBER), code(rng)), ("issue_date", rng.choice(ISSUED), dates.date())]
    if chance(rng, 0.5):
        lines.append(("due_date", rng.choice(DUE), dates.date()))
    if chance(rng, 0.4):
        lines.append(("order_reference", rng.choice(ORDER), code(rng)))
    for _ in range(rng.choice([0, 0, 1, 2, 3])):
        lines.append((None, rng.choice(OTHER), code(rng)))
    if chance(rng, 0.15):
        lines.append(("currency", rng.choice(["Currency", "Währung"]), money.symbol))
    if chance(rng, 0.6):
        rng.shuffle(lines)
    joint, across, labels_first = rng.choice([": ", ": ", "  ", " ", ":  "]), chance(rng, 0.25), chance(rng, 0.12)
    buyer_label = rng.choice(["Bill to", "Invoice to", "Customer", "Kunde", "Sold to", "BILL TO", "An", "Billed to", "To", "Buyer", "Käufer", ""])
    buyer_before = chance(rng, 0.5)
    if buyer_before:
        fields["buyer_name"] = _party(page, world, buyer_label, buyer)
        page.add(rng.choice(["\n", "\n\n"]))
    if labels_first:
        lines = lines[:5]
        page.add("  ".join(label for _, label, _ in lines) + "\n")
    for index, (key, label, text) in enumerate(lines):
        if index:
            page.add("  " if labels_first or (across and index % 2) else "\n")
        if not labels_first:
            page.add(label + joint)
        span = page.mark(text)
        if key:
            fields.setdefault(key, span)
    page.add(rng.choice(["\n", "\n\n"]))
    if not buyer_before:
        fields["buyer_name"] = _party(page, world, buyer_label or "Bill to", buyer)
        page.add(rng.choice(["\n", "\n\n"]))
    if not seller_first:
        fields["seller_name"] = _party(page, world, rng.choice(["From", "Seller", "Supplier", "Issued by", "Lieferant"]), seller)
        page.add("\n\n")


def _totals(page, rng, money, fields, net):
    rate = rng.choice([0, 6, 7, 8.25, 19, 19, 20, 20, 21])
    tax = int(net * rate / 100)
    rows = [("total_net", rng.choice(NET), net), ("total_tax", rng.choice(TAX), tax), ("total_gross", rng.choice(GROSS), net + tax)]
    rows = rows if chance(rng, 0.8) else rng.choice([rows[2:], rows[1:], rows[:1] + rows[2:]])
    if chance(rng, 0.25):
        rows.append((None, rng.choice(["Paid", "Deposit", "Anzahlung", "Cash", "Discount", "Rounding"]), rng.randint(0, 5000)))
    if chance(rng, 0.35):
        rows.append(("amount_due", rng.choice(DUE_AMOUNT), net + tax))
    joint = rng.choice([": ", "  ", " ", "  ", ":  "])
    symbol = chance(rng, 0.8)
    currency = None
    for index, (key, label, cents) in enumerate(rows):
        if index:
            page.add("\n")
        page.add(label)
        if chance(rng, 0.06) and money.symbol.isalpha():
            page.add(" (")
            currency = currency or page.mark(money.symbol)
            page.add(")")
        page.add(joint)
        span, own = money.write(page, cents, symbol)
        currency = currency or own
        if key:
            fields[key] = span
    if currency:
        fields.setdefault("currency", currency)
    page.add("\n")


def _foot(page, world, dates, fields):
    rng = world.rng
    if chance(rng, 0.4):
        page.add(rng.choice(["\n", ""]) + rng.choice(["PAYMENT", "Payment", "Payment details", "PAYMENT TERMS", "Bank details", "Terms", "REMITTANCE", "How to pay", "Zahlung", "Bankverbindung", "Notes", "Payment information:"]) + "\n")
    if chance(rng, 0.5):
        iban = rng.choice(["DE", "GB", "FR", "AT", "NL", "CH"]) + "%02d" % rng.randrange(100) + made_up_word(rng, 2, 2).upper()[:4] * chance(rng, 0.3) + "%0*d" % (rng.choice([14, 16, 18]), rng.randrange(10**14))
        if chance(rng, 0.6):
            iban = " ".join(iban[i : i + 4] for i in range(0, len(iban), 4))
        page.add(rng.choice(["IBAN: ", "IBAN ", "Bank account: ", "Kontoverbindung: IBAN ", "Account (IBAN): ", "Pay to: ", "Please remit to IBAN ", "Bank transfer to IBAN ", "Bitte überweisen Sie auf IBAN ", "Transfer to "]))
        fields["iban"] = page.mark(iban)
        page.add(rng.choice(["\n", " BIC: %s\n" % made_up_word(rng, 3, 4).upper(), ", reference %s.\n" % code(rng), ", quoting %s.\n" % code(rng), " (%s Bank)\n" % made_up_word(rng, 2, 3).capitalize()]))
    if "due_date" not in fields and chance(rng, 0.4):
        page.add(rng.choice(["Payment is due by ", "Please pay by ", "Zahlbar bis zum ", "Please transfer the amount by "]))
        fields["due_date"] = page.mark(dates.date())
        page.add(rng.choice([".\n", " without deduction.\n", "\n"]))
    if chance(rng, 0.5):
        page.add(rng.choice(["Thank you for your business!", "Late payments bear interest of %d %% a month." % rng.randint(1, 9), "%d%% discount if paid within %d days." % (rng.randint(1, 5), rng.randint(5, 14)), "Questions? Call %s." % code(rng, 6, 9), "Payment terms: 30 days net", "Vielen Dank für Ihren Auftrag.", "Goods remain our property until paid in full.", "Registered in England No. " + code(rng), "Please quote the invoice number with your payment.", "GOODS SOLD ARE NOT RETURNABLE"]) + "\n")
