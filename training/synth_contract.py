# SPDX-License-Identifier: GPL-3.0-or-later
"""Contracts and short news for the question template. Records: `contract`, `party`, `event`."""

from synth_common import Dates, chance, code, made_up_word, random_case

NAMES = ["Service Agreement", "Lease Agreement", "Non-Disclosure Agreement", "Consulting Agreement", "Purchase Agreement", "Distribution Agreement", "Employment Agreement", "License Agreement", "Master Services Agreement", "Supply Agreement",
         "Loan Agreement", "Maintenance Agreement", "Joint Venture Agreement", "Franchise Agreement", "Software License Agreement", "Rental Agreement", "Confidentiality Agreement", "Outsourcing Agreement", "Marketing Agreement", "Agency Contract"]  # fmt: skip
ROLES = [("Supplier", "Customer"), ("Landlord", "Tenant"), ("Licensor", "Licensee"), ("Seller", "Buyer"), ("Company", "Consultant"), ("Employer", "Employee"), ("Disclosing Party", "Receiving Party"), ("Lender", "Borrower"), ("Client", "Contractor"), ("Franchisor", "Franchisee"), ("Lessor", "Lessee"), ("Distributor", "Manufacturer")]
# What stands before the name is no part of the answer.
LAW_LEADS = ["", "", "", "the State of ", "the State of ", "the Commonwealth of ", "the Province of ", "the State and Federal courts of "]
LAWS = ["{c}", "{c}", "{c}", "England and Wales", "New York", "Delaware", "California", "Germany", "Scotland", "Pennsylvania", "Ontario, Canada", "Singapore", "Texas", "New Jersey", "Massachusetts", "Illinois", "Florida"]
NOTICES = ["{n} days", "{n} days' written notice", "thirty (30) days", "ninety (90) days", "{n} months", "sixty (60) days prior written notice", "three months", "one month's notice", "{n} weeks"]
RENEWALS = ["automatically renew for successive one-year terms", "renew automatically for additional periods of {n} months", "be extended by {n} years", "successive periods of one (1) year", "two additional terms of {n} years each", "renews annually"]
TERMS = ["{n} years from the Effective Date", "{n} months", "the fifth anniversary of the Effective Date", "five (5) years", "until terminated"]


def write_contract(page, world):
    rng, dates, fields = world.rng, Dates(world.rng), {}
    name, roles = rng.choice(NAMES), rng.choice(ROLES)
    if chance(rng, 0.2):
        name = made_up_word(rng, 1, 2).capitalize() + " " + name
    titled = chance(rng, 0.8)
    if titled:
        fields["document_name"] = page.mark(name.upper() if chance(rng, 0.6) else name)
        page.add("\n\n")
    names = [world.company() if chance(rng, 0.8) else world.person() for _ in roles]
    labelled = chance(rng, 0.2)
    if labelled:
        for party, role in zip(names, roles):
            own = {}
            page.add(rng.choice(["", "The "]))
            own["role"] = page.mark(role)
            page.add(": ")
            own["name"] = page.mark(party)
            page.record("party", own)
            page.add("\n")
        if chance(rng, 0.7):
            page.add(rng.choice(["Date: ", "Dated ", "Date of agreement: "]))
            fields["agreement_date"] = page.mark(dates.date())
            page.add("\n")
        if chance(rng, 0.5):
            page.add("Effective Date: ")
            fields["effective_date"] = page.mark(dates.date())
            page.add("\n")
    elif chance(rng, 0.85):
        page.add(rng.choice(["This ", "THIS ", "This "]))
        span = page.mark(name)
        if not titled:
            fields["document_name"] = span
        page.add(rng.choice([' (the "Agreement")', "", ' ("Agreement")']))
        roll = rng.random()
        if roll < 0.45:
            page.add(rng.choice([" is made on ", " is entered into on ", ", dated ", " dated as of ", " is made and entered into as of "]))
            fields["agreement_date"] = page.mark(dates.date())
        elif roll < 0.75:
            page.add(rng.choice([" is effective as of ", " takes effect on ", " shall be effective from "]))
            fields["effective_date"] = page.mark(dates.date())
            if chance(rng, 0.5):
                page.add(' (the "Effective Date")')
        page.add(rng.choice([" between ", " by and between ", ", between "]))
        for index, (party, role) in enumerate(zip(names, roles)):
            if index:
                page.add(rng.choice([" and ", ", and "]))
            own = {"name": page.mark(party)}
            if chance(rng, 0.5):
                page.add(rng.choice([", a corporation", ", of " + world.city(), ", a company incorporated in " + world.city(), ", with offices at " + world.address()[0]]))
            if chance(rng, 0.85):
                opening, closing = rng.choice([(' ("', '")'), (' (the "', '")'), (", hereinafter ", ""), (' (hereinafter "', '")'), (", the ", "")])
                page.add(opening)
                own["role"] = page.mark(role)
                page.add(closing)
            page.record("party", own)
        page.add(".\n")
    clauses = ["effective", "expiry", "renewal", "notice", "law", "cap", "filler", "filler"]
    rng.shuffle(clauses)
    number, heading = 1, chance(rng, 0.6)
    for clause in clauses[: rng.randint(1, 6)]:
        if len(page) and chance(rng, 0.5) and not page._pieces[-1].endswith("\n\n"):
            page.add("\n")
        if heading:
            page.add("%d. " % number)
        number += 1
        _clause(page, world, clause, fields, dates)
        page.add("\n")
    page.record("contract", fields)


def _clause(page, world, clause, fields, dates):
    rng, n = world.rng, world.rng.randint(2, 12)
    if clause == "effective" and "effective_date" not in fields:
        page.add(rng.choice(["This Agreement commences on ", "The Effective Date is ", "This Agreement shall take effect on "]))
        fields["effective_date"] = page.mark(dates.date())
        page.add(".")
    elif clause == "expiry":
        if chance(rng, 0.6):
            page.add(rng.choice(["This Agreement expires on ", "The term ends on ", "Term: until ", "It shall remain in force until ", "Expiration date: "]))
            fields["expiration_date"] = page.mark(dates.date())
        else:
            page.add(rng.choice(["The initial term is ", "This Agreement continues for ", "The term of this Agreement shall be "]))
            fields["expiration_date"] = page.mark(rng.choice(TERMS).format(n=n))
        page.add(".")
    elif clause == "renewal":
        page.add(rng.choice(["Thereafter this Agreement shall ", "Renewal: ", "It will ", "Upon expiry the Agreement shall "]))
        fields["renewal_term"] = page.mark(rng.choice(RENEWALS).format(n=n))
        page.add(".")
    elif clause == "notice":
        page.add(rng.choice(["Either party may terminate this Agreement upon ", "Termination requires ", "Notice period: ", "The Agreement may be ended by giving "]))
        fields["notice_period"] = page.mark(rng.choice(NOTICES).format(n=rng.choice([7, 10, 14, 30, 45, 60, 90])))
        page.add(rng.choice([".", " to the other party."]))
    elif clause == "law":
        page.add(rng.choice(["This Agreement shall be governed by the laws of ", "Governing law: ", "This Agreement is governed by and construed in accordance with the laws of ", "The law of "]))
        by_law = page._pieces[-1] == "The law of "
        page.add(rng.choice(LAW_LEADS))
        law = rng.choice(LAWS).format(c=world.city())
        fields["governing_law"] = page.mark(law)
        page.add(" applies." if by_law else rng.choice([".", ", without regard to conflict of law principles."]))
    elif clause == "cap":
        page.add(rng.choice(["The total liability of either party shall not exceed ", "Liability is limited to ", "In no event shall liability exceed "]))
        cap = rng.choice(["$", "EUR ", "\u00a3", "USD "]) + "{:,}".format(rng.choice([1, 2, 5, 10, 25]) * rng.choice([1000, 10000, 100000]))
        fields["liability_cap"] = page.mark(rng.choice([cap, cap, "the fees paid in the preceding twelve months", "the amount paid under this Agreement", "two times the annual fees"]))
        page.add(".")
    else:
        page.add(rng.choice([
            "The parties shall keep all information confidential.", "Invoices are payable within %d days." % (n * 5), "Notices shall be sent to %s." % world.address()[0], "Any amendment must be in writing.",
            "The Services are described in Exhibit %s." % rng.choice("ABC"), "Neither party may assign this Agreement without consent.", "Fees are due on the first day of each month.", "If any provision is invalid, the rest remains in force.",
        ]))  # fmt: skip


EVENTS = ["opened a new factory", "won the regional prize", "collided with a parked van", "signed a five-year contract", "was elected chair of the council", "fell from a ladder", "presented the annual report", "reported a burst pipe", "lost a suitcase",
          "announced a merger", "completed the bridge", "was admitted with chest pain", "received a replacement heart valve", "resigned from the board", "moved its headquarters", "discovered a leak", "inspected the boiler", "delivered 40 boxes", "launched a new service",
          "filed a complaint", "damaged the fence", "bought the old mill", "finished first", "cancelled the concert", "broke her left arm", "was diagnosed with pneumonia", "repaired the roof", "started work"]  # fmt: skip


def write_event(page, world):
    """One or two sentences that say who did what, when and where."""
    rng, dates, fields = world.rng, Dates(world.rng), {}
    who = rng.choice([world.person, world.company, world.person, lambda: "Mr. " + world.last_name(), lambda: "The " + made_up_word(rng, 1, 2).capitalize() + " " + rng.choice(["Society", "Council", "Museum", "School", "Museum"])])()
    what = rng.choice(EVENTS)
    when = rng.choice([dates.date(), dates.date(), "last " + rng.choice(["Monday", "Friday", "week", "summer"]), rng.choice(["yesterday", "this morning", "in " + dates.vague()])])
    where = rng.choice([world.city(), world.city(), world.facility(), "the " + rng.choice(["harbour", "town hall", "main station", "warehouse", "car park", "school"])])
    if chance(rng, 0.3):
        page.add(random_case(rng, rng.choice(["Report", "News", "Incident report", "Note", "Press release", "Minutes"])) + "\n\n")
    parts = [("where", where, rng.choice([" in ", " at "])), ("when", when, " " if not when[0].isdigit() and not when[0].isupper() else " on ")]
    parts = [part for part in parts if chance(rng, 0.8)]
    rng.shuffle(parts)
    front = parts.pop() if parts and chance(rng, 0.3) else None
    if front:
        page.add(front[2].strip().capitalize() + " " if front[2].strip() else "")
        text = front[1]
        fields[front[0]] = page.mark(text if front[2].strip() else text[0].upper() + text[1:])
        page.add(", ")
    fields["who"] = page.mark(who)
    page.add(" ")
    fields["what"] = page.mark(what)
    for key, text, before in parts:
        page.add(before)
        fields[key] = page.mark(text)
    page.add(".")
    for _ in range(rng.choice([0, 1, 1, 2])):
        page.add(" " + rng.choice(["No further details were given.", "The matter is being reviewed.", "Nobody was hurt.", "Reference: %s." % code(rng), "A spokesperson declined to comment.", "More information will follow.", "The costs are not yet known.", "Several people were present."]))
    page.record("event", fields)
