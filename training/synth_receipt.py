# SPDX-License-Identifier: GPL-3.0-or-later
"""Shop receipts as a till prints and a scanner reads them. Record: kind `receipt` with company, date, address, total."""

from synth_common import chance, code, made_up_word

_TRADES = ["HARDWARE", "TRADING", "ENTERPRISE", "STATIONERS", "MARKETING", "SUPERMARKET", "MINI MARKET", "BAKERY", "RESTAURANT", "CAFE", "PHARMACY", "BOOK STORE", "ELECTRICAL", "MOTOR", "FOOD COURT", "SEAFOOD RESTAURANT", "GIFTS", "OPTICAL", "CONVENIENCE STORE", "MACHINERY", "HOME CENTRE", "KITCHEN", "SPORTS"]
_FORMS = [" SDN BHD", " SDN. BHD.", " (M) SDN BHD", " SDN BHD", "", "", " LTD", " LLC", " INC.", " PTE LTD", " GMBH", " (KL) SDN BHD", " ENTERPRISE", " & SONS", " CO."]
_GOODS = ["WHITE BREAD", "FRESH MILK 1L", "AA BATTERY 4S", "PAINT BRUSH 2\"", "PVC PIPE 20MM", "A4 PAPER 80G", "NASI LEMAK", "ICED LEMON TEA", "CHICKEN RICE", "COFFEE LATTE", "PLASTIC BAG", "CLEAR TAPE 48MM", "GREEN TEA 500ML", "MINERAL WATER", "LIGHT BULB 9W",
          "CABLE TIE 8\"", "BALL PEN BLUE", "EXERCISE BOOK", "SOAP BAR", "SHAMPOO 400ML", "EGGS 10S", "APPLES KG", "CHOCOLATE", "NOODLE SOUP", "FRIED FISH", "SATAY", "PARKING", "FUEL RON95", "T-SHIRT M", "SOCKS 3P", "NAILS 1KG", "SUPER GLUE", "CEMENT", "DONUT", "SANDWICH"]  # fmt: skip
_TITLES = ["TAX INVOICE", "SIMPLIFIED TAX INVOICE", "INVOICE", "RECEIPT", "CASH RECEIPT", "OFFICIAL RECEIPT", "CASH SALE", "GUEST CHECK", "SALES RECEIPT", "BILL", "*** RECEIPT ***"]
_TOTALS = ["TOTAL", "TOTAL :", "GRAND TOTAL", "GRAND TOTAL :", "NET TOTAL", "TOTAL RM", "TOTAL PAYABLE:", "TOTAL DUE", "AMOUNT DUE", "NET TOTAL ROUNDED (RM) :", "TOTAL INCL OF GST :", "TOTAL SALES (INCLUSIVE OF GST) :", "ROUND D TOTAL (RM):", "TOTAL (RM):", "TOTAL AMOUNT:", "BALANCE DUE", "TOTAL EUR", "TOTAL USD"]
_THANKS = ["THANK YOU. PLEASE COME AGAIN !", "THANK YOU", "GOODS SOLD ARE NOT RETURNABLE", "GOODS SOLD ARE NOT REFUNDABLE,", "PLEASE KEEP THIS RECEIPT FOR EXCHANGE", "HAVE A NICE DAY", "CUSTOMER'S COPY", "***THANK YOU***", "E.&.O.E.", "EXCHANGE WITHIN 7 DAYS WITH RECEIPT", "PLS PROVIDE ORIGINAL BILL FOR EXCHANGE"]
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()


def _money(rng, cents):
    text = "%.2f" % (cents / 100)
    return "{:,.2f}".format(cents / 100) if cents >= 100000 and chance(rng, 0.7) else text


def _date(rng):
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2010, 2026)
    short = year % 100
    return rng.choice([
        "%02d/%02d/%d" % (day, month, year), "%02d/%02d/%d" % (day, month, year), "%02d-%02d-%d" % (day, month, year), "%02d/%02d/%02d" % (day, month, short), "%02d-%02d-%02d" % (day, month, short),
        "%d/%d/%d" % (day, month, year), "%02d.%02d.%d" % (day, month, year), "%02d %s %d" % (day, _MONTHS[month - 1], year), "%02d-%s-%d" % (day, _MONTHS[month - 1], year), "%02d-%s-%02d" % (day, _MONTHS[month - 1].title(), short),
        "%d-%02d-%02d" % (year, month, day), "%d%02d%02d" % (year, month, day), "%s %d, %d" % (_MONTHS[month - 1], day, year), "%02d %s %02d" % (day, _MONTHS[month - 1].title(), short)])  # fmt: skip


def _time(rng):
    return rng.choice(["%02d:%02d:%02d" % (rng.randint(0, 23), rng.randint(0, 59), rng.randint(0, 59)), "%d:%02d %s" % (rng.randint(1, 12), rng.randint(0, 59), rng.choice(["AM", "PM"])), "%02d:%02d" % (rng.randint(0, 23), rng.randint(0, 59))])


def _shop(world):
    rng = world.rng
    roll = rng.random()
    if roll < 0.4:
        name = " ".join(made_up_word(rng, 1, 3).upper() for _ in range(rng.randint(1, 3)))
    elif roll < 0.6:
        name = world.last_name().upper() + rng.choice(["", " " + world.last_name().upper()])
    elif roll < 0.8:
        return world.company().upper() if chance(rng, 0.7) else world.company()
    else:
        name = "".join(rng.choice("ABCDEFGHKLMNPRST") for _ in range(rng.randint(1, 3))) + " " + made_up_word(rng, 1, 2).upper()
    name += rng.choice([" ", " ", " & "]) + rng.choice(_TRADES) if chance(rng, 0.75) else ""
    return name + rng.choice(_FORMS)


def _mark_lines(page, rng, text, lines):
    """Marks `text` broken over one or more lines."""
    words = text.split(" ")
    if lines > 1 and len(words) > lines:
        cuts = sorted(rng.sample(range(1, len(words)), lines - 1))
        parts = [" ".join(words[a:b]) for a, b in zip([0] + cuts, cuts + [len(words)])]
        return page.mark("\n".join(parts))
    return page.mark(text)


def _address(world):
    rng = world.rng
    if chance(rng, 0.6):
        road = "JALAN " + made_up_word(rng, 1, 3).upper() + rng.choice([" %d" % rng.randint(1, 30), " %d/%d" % (rng.randint(1, 20), rng.randint(1, 60)), ""])
        first = rng.choice(["NO %d" % rng.randint(1, 300), "LOT %d" % rng.randint(1, 4000), "NO. %d-%s" % (rng.randint(1, 90), rng.choice("ABCG")), "%d" % rng.randint(1, 300), "NO.%d" % rng.randint(1, 99)])
        parts = [first, road] + (["TAMAN " + made_up_word(rng, 1, 3).upper()] if chance(rng, 0.6) else [])
        town = "%d %s" % (rng.randint(10000, 98000), world.city().upper())
        parts += [town] + ([rng.choice(["SELANGOR", "JOHOR", "KUALA LUMPUR", "PENANG", "MALAYSIA", "W.P."])] if chance(rng, 0.6) else [])
        return ", ".join(parts) + rng.choice(["", ".", ""])
    street, town = world.address()
    text = street + ", " + town
    return text.upper() if chance(rng, 0.7) else text


def write_receipt(page, world):
    """Head, items, totals and closing lines; what belongs to a customer, a till or a tax table is no answer."""
    rng, fields = world.rng, {}
    if chance(rng, 0.12):
        page.add(rng.choice(["*** COPY ***", "tan chay yee", code(rng, 5, 7), rng.choice(_TITLES), "WELCOME TO"]) + "\n")
    fields["company"] = _mark_lines(page, rng, _shop(world), rng.choice([1, 1, 1, 1, 2]))
    page.add(rng.choice(["", " (%d-%s)" % (rng.randint(1000, 999999), rng.choice("ADHKMPTUVWX")), "\n(%d-%s)" % (rng.randint(1000, 999999), rng.choice("AHKMTUX")), "\nCO-REG NO: %s" % code(rng, 5, 8), "\nREG NO : %d" % rng.randint(10000, 999999)]) + "\n")
    if chance(rng, 0.9):
        fields["address"] = _mark_lines(page, rng, _address(world), rng.choice([1, 2, 2, 3, 3]))
        page.add("\n")
    lines = ["TEL : 03-%d" % rng.randint(1000000, 99999999), "GST ID : %012d" % rng.randint(10**8, 10**11), "FAX: 0%d" % rng.randint(10**7, 10**8), "GST REG NO.: %012d" % rng.randint(10**8, 10**11), "WWW.%s.COM" % made_up_word(rng, 1, 3).upper()]
    for line in rng.sample(lines, rng.randint(0, 3)):
        page.add(line + "\n")
    page.add(rng.choice(_TITLES) + "\n" if chance(rng, 0.8) else "")
    meta = ["CASHIER : %s" % world.first_name().upper(), "COUNTER NO. : C%d" % rng.randint(1, 9), "TABLE : %d" % rng.randint(1, 60), "PAYMENT TYPE: CASH", "SALESPERSON : %s" % code(rng, 3, 5), "MEMBER NUMBER : %d" % rng.randint(10**6, 10**9), "CASH", "PAX(S) : %d" % rng.randint(1, 9), "BILL TO: " + world.person().upper()]
    number = rng.choice(["INVOICE NO : ", "RECEIPT #: ", "DOC NO. : ", "BILL NO: ", "CHECK #: ", "INV NO.: ", "ORDER : "]) + code(rng, 4, 9)
    date = _date(rng)
    dated = "late" if chance(rng, 0.2) else "head"
    head = rng.sample(meta, rng.randint(0, 4)) + [number]
    rng.shuffle(head)

    def add_date():
        page.add(rng.choice(["DATE : ", "DATE: ", "DATE:", "", "DATE/TIME : ", "DATE ", "INVOICE DATE : ", "BILL DATE: "]))
        fields["date"] = page.mark(date)
        page.add(rng.choice(["", " " + _time(rng), " " + _time(rng), " TIME: " + _time(rng), "/" + _time(rng).replace(":", "")]))

    place = rng.randint(0, len(head))
    for index, line in enumerate(head):
        if dated == "head" and index == place:
            add_date()
            page.add("\n")
        page.add(line)
        if dated == "head" and "date" not in fields and index == len(head) - 1:
            page.add(rng.choice([" ", "\n"]))
            add_date()
        page.add("\n")
    page.add(rng.choice(["ITEM QTY U/P AMOUNT\n", "DESCRIPTION QTY PRICE AMT(RM)\n", "QTY ITEM TOTAL\n", "", ""]))
    total = 0
    for _ in range(rng.randint(1, 7)):
        count, price = rng.choice([1, 1, 1, 2, 3, 5, 10]), rng.randint(50, rng.choice([900, 4000, 30000]))
        total += count * price
        goods, amount = rng.choice(_GOODS), _money(rng, count * price)
        tail = rng.choice(["", "", " SR", " S", " *S", " ZR"])
        page.add(rng.choice(["%s %d %s %s%s", "%s\n%d X %s %s%s", "%s %d %s %s%s"]) % (goods, count, _money(rng, price), amount, tail) if chance(rng, 0.8) else "%d %s %s%s" % (count, goods, amount, tail))
        page.add("\n")
    if chance(rng, 0.4):
        page.add(rng.choice(["TOTAL QUANTITY %d\n", "ITEM(S) : %d\n", "TOTAL ITEMS : %d\n"]) % rng.randint(1, 20))
    tax = total * 6 // 106
    rounding = rng.choice([0, 0, 1, 2, -1, -2])
    if chance(rng, 0.6):
        page.add(rng.choice(["SUBTOTAL : %s\n", "SUB-TOTAL %s\n", "SUB TOTAL: %s\n", "TOTAL SALES (EXCLUDING GST) : %s\n"]) % _money(rng, total - (tax if chance(rng, 0.5) else 0)))
    for line in rng.sample(["DISCOUNT : 0.00\n", "GST @ 6% : " + _money(rng, tax) + "\n", "SERVICE CHARGE 10%: " + _money(rng, total // 10) + "\n", "TOTAL GST : " + _money(rng, tax) + "\n"], rng.randint(0, 2)):
        page.add(line)
    if rounding:
        page.add("TOTAL " + _money(rng, total - rounding) + "\n" if chance(rng, 0.5) else "")
        page.add(rng.choice(["ROUNDING ADJ. : %.2f\n", "ROUNDING %.2f\n", "ROUNDING ADJUSTMENT: %.2f\n"]) % (rounding / 100))
    page.add(rng.choice(_TOTALS) + " ")
    money = rng.choice(["RM", "$", "RM ", ""]) if chance(rng, 0.3) else ""
    if money == "RM":  # no border of words stands between them
        fields["total"] = page.mark(money + _money(rng, total))
    else:
        page.add(money)
        fields["total"] = page.mark(_money(rng, total))
    page.add("\n")
    paid = (total // 1000 + 1) * 1000
    if chance(rng, 0.7):
        page.add(rng.choice(["CASH %s\nCHANGE %s\n", "CASH : %s\nCHANGE : %s\n", "PAYMENT : %s\nCHANGE DUE : %s\n", "TENDERED %s\nBALANCE %s\n"]) % (_money(rng, paid), _money(rng, paid - total)))
    elif chance(rng, 0.5):
        page.add(rng.choice(["VISA %s\n", "MASTER CARD XXXX%s\n"]) % _money(rng, total))
    if chance(rng, 0.4):
        page.add("GST SUMMARY AMOUNT(RM) TAX(RM)\nSR @ 6%% %s %s\n" % (_money(rng, total - tax), _money(rng, tax)))
    if "date" not in fields:
        add_date()
        page.add("\n")
    page.add("\n".join(rng.sample(_THANKS, rng.randint(0, 3))))
    page.record("receipt", fields)
