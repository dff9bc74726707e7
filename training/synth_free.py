# SPDX-License-Identifier: GPL-3.0-or-later
"""Forms and tables about anything, with the template to match, so that templates nobody has seen work too.

A document made here brings its own questions: `write_form` and `write_free_table` return the fields that could be asked.
"""

from prompt import Field
from synth_common import Dates, chance, code, group_thousands, made_up_word, random_case, write_table

# name of the field; labels on paper; what the value looks like
TOPICS = [
    ("name", ["Name", "Full name", "Customer", "Applicant", "Contact"], "person"), ("company", ["Company", "Organisation", "Firm", "Employer", "Business name"], "company"),
    ("date", ["Date", "Dated", "On", "Day"], "date"), ("start_date", ["Start", "Start date", "From", "Begins", "Commencement"], "date"),
    ("end_date", ["End", "End date", "Until", "To", "Ends", "Expiry"], "date"), ("city", ["City", "Town", "Place", "Location"], "city"),
    ("address", ["Address", "Street", "Street address"], "address"), ("policy_number", ["Policy number", "Policy no.", "Policy"], "code"),
    ("reference", ["Reference", "Ref", "Our ref", "Case no.", "File number"], "code"), ("amount", ["Amount", "Sum", "Total", "Value"], "money"),
    ("price", ["Price", "Cost", "Fee", "Charge"], "money"), ("phone", ["Phone", "Tel.", "Telephone", "Mobile"], "phone"),
    ("email", ["Email", "E-mail", "Mail"], "email"), ("serial_number", ["Serial number", "S/N", "Serial no."], "code"),
    ("model", ["Model", "Type", "Product"], "word_code"), ("weight", ["Weight", "Mass", "Net weight"], "measure"),
    ("length", ["Length", "Width", "Depth", "Height"], "measure"), ("status", ["Status", "State", "Condition"], "state"),
    ("driver", ["Driver", "Operator", "Pilot"], "person"), ("manager", ["Manager", "Supervisor", "Approved by", "Responsible"], "person"),
    ("department", ["Department", "Unit", "Division", "Team"], "words"), ("subject", ["Subject", "Re", "Topic", "Title"], "words"),
    ("vehicle", ["Vehicle", "Car", "Make"], "word_code"), ("colour", ["Colour", "Color"], "colour"), ("country", ["Country", "Nationality"], "city"),
    ("deadline", ["Deadline", "Closing date", "Submit by"], "date"), ("time", ["Time", "At", "Departure"], "time"), ("room", ["Room", "Ward", "Bed", "Seat"], "code"),
    ("quantity", ["Quantity", "Qty", "Count", "Number"], "count"), ("grade", ["Grade", "Score", "Mark", "Rating"], "count"),
    ("witness", ["Witness", "Signed by", "Inspector"], "person"), ("landlord", ["Landlord", "Owner", "Lessor"], "person"), ("tenant", ["Tenant", "Lessee", "Occupant"], "person"),
    ("rent", ["Rent", "Monthly rent", "Rental"], "money"), ("salary", ["Salary", "Annual salary", "Pay"], "money"), ("position", ["Position", "Job title", "Role"], "words"),
    ("species", ["Species", "Breed", "Variety"], "words"), ("temperature", ["Temperature", "Temp."], "measure"), ("note", ["Note", "Remark", "Comment"], "sentence"),
    ("supplier", ["Supplier", "Vendor", "Manufacturer"], "company"), ("bank", ["Bank", "Bank name"], "company"), ("tax_id", ["Tax ID", "VAT number", "Tax no."], "code"),
]  # fmt: skip
DESCRIPTIONS = {
    "person": ["Name of the {l}.", "Who is the {l}?", "The {l}'s name.", ""], "company": ["Name of the {l}.", "The {l}.", ""], "date": ["{L}.", "The {l}.", "When? {L}.", ""],
    "city": ["The {l}.", "Where is it?", ""], "money": ["The {l}.", "How much is the {l}?", ""], "code": ["The {l}.", "{L} as printed.", ""],
}  # fmt: skip
TITLES = ["Form", "Record", "Data sheet", "Registration", "Report", "Delivery", "Insurance claim", "Lease", "Order", "Certificate", "Application", "Fields", "Details", "Inspection", "Booking", "Extract"]
COLOURS = "red blue green black white silver grey yellow brown orange dark-blue beige".split()
STATES = "open closed pending approved rejected new used good poor complete cancelled shipped active expired paid".split()
_SMALL_WORDS = "service project annual review water supply market season garden school office project training safety quality river house engine field market road bridge winter summer paper stone northern central public local general special final first".split()


def value(world, kind, dates):
    rng = world.rng
    if kind == "person":
        return world.person()
    if kind == "company":
        return world.company()
    if kind == "date":
        return dates.date()
    if kind == "time":
        return dates.time()
    if kind == "city":
        return world.city()
    if kind == "address":
        return ", ".join(world.address()) if chance(rng, 0.6) else world.address()[0]
    if kind == "code":
        return code(rng, 3, 10)
    if kind == "word_code":
        return made_up_word(rng, 1, 3).capitalize() + " " + rng.choice([code(rng, 2, 4), str(rng.randint(1, 999)), "Pro", "II"])
    if kind == "money":
        text = group_thousands(rng.randint(100, 5000000), rng.choice(["en", "de", "plain"]))
        return rng.choice(["", "$", "\u20ac", "\u00a3", "EUR ", "USD "]) + text + rng.choice(["", "", "", " EUR"])
    if kind == "phone":
        return "%s%d %d" % (rng.choice(["+49 ", "0", "+44 ", "("]), rng.randint(20, 999), rng.randint(10000, 9999999))
    if kind == "email":
        return "%s@%s.%s" % (world.first_name().lower(), made_up_word(rng, 2, 3), rng.choice(["com", "de", "org", "co.uk"]))
    if kind == "measure":
        return "%g %s" % (round(rng.uniform(0.5, 900), rng.choice([0, 1, 2])), rng.choice(["kg", "cm", "mm", "m", "g", "km", "lb", "in", "\u00b0C", "t"]))
    if kind == "count":
        return str(rng.randint(0, 999))
    if kind == "colour":
        return rng.choice(COLOURS)
    if kind == "state":
        return random_case(rng, rng.choice(STATES))
    if kind == "words":
        words = [rng.choice(_SMALL_WORDS) if chance(rng, 0.6) else made_up_word(rng, 1, 3) for _ in range(rng.randint(1, 4))]
        return " ".join(words).capitalize() if chance(rng, 0.7) else " ".join(words).title()
    words = [rng.choice(_SMALL_WORDS) for _ in range(rng.randint(3, 9))]
    return " ".join(words).capitalize() + "."


def topic(world):
    """A field: (name, label on the paper, kind of value, description)."""
    rng = world.rng
    if chance(rng, 0.35):
        words = [made_up_word(rng, 1, 2) for _ in range(rng.randint(1, 2))]
        if chance(rng, 0.4):
            words.append(rng.choice(["number", "name", "date", "code", "level", "type", "value"]))
        label = " ".join(words)
        kinds = {"date": "date", "name": "person", "number": "code", "code": "code", "value": "measure"}
        kind = kinds.get(words[-1]) or rng.choice(["words", "code", "person", "money", "measure", "date", "word_code"])
        return "_".join(words), random_case(rng, label.capitalize()), kind, rng.choice(["", "", "The %s." % label, label.capitalize() + "."])
    name, labels, kind = rng.choice(TOPICS)
    label = rng.choice(labels)
    if chance(rng, 0.35):
        name = label.lower().replace(" ", "_").replace("-", "_").replace(".", "").replace("/", "_")
    description = rng.choice(DESCRIPTIONS.get(kind, ["{L}.", "The {l}.", ""]))
    told = rng.choice([labels[0], label])
    return name, random_case(rng, label), kind, description.format(l=told.lower(), L=told)


def topics(world, count):
    chosen, names, labels = [], set(), set()
    for _ in range(count * 3):
        entry = topic(world)
        if entry[0] not in names and entry[1].lower() not in labels and len(chosen) < count:
            names.add(entry[0])
            labels.add(entry[1].lower())
            chosen.append(entry)
    return chosen


def _camel(name):
    words = name.split("_")
    return words[0] + "".join(word.capitalize() for word in words[1:])


def fields_for(world, entries):
    """The entries as fields to ask; the style of the names is one for all."""
    style = world.rng.choice(["snake", "snake", "snake", "camel", "words"])
    make = {"snake": lambda name: name, "camel": _camel, "words": lambda name: name.replace("_", " ").capitalize()}[style]
    described = chance(world.rng, 0.75)
    return [Field(make(name), name, text if described else "") for name, _, _, text in entries]


def write_form(page, world, count):
    """Label and value pairs. Returns the fields on it and some that are not."""
    rng = world.rng
    dates = Dates(rng)
    entries = topics(world, count)
    absent = [entry for entry in entries[: max(1, len(entries) // 4)]] if chance(rng, 0.6) else []
    shown = entries[len(absent) :]
    if chance(rng, 0.5):
        page.add(random_case(rng, rng.choice(TITLES)) + rng.choice(["\n", "\n\n"]))
    layout = rng.choice(["lines", "lines", "across", "stacked", "prose", "labels_first"])
    joint = rng.choice([": ", ": ", "  ", " ", ":  ", " - ", " = "])
    if layout in ("prose", "across") and joint in ("  ", " "):
        joint = ": "
    fields = {}
    if layout == "labels_first":
        shown = shown[:5]
        page.add("  ".join(label for _, label, _, _ in shown) + "\n")
    for index, (name, label, kind, _) in enumerate(shown):
        if index:
            page.add({"lines": "\n", "across": rng.choice(["  ", "\n"]), "stacked": rng.choice(["\n", "\n\n"]), "prose": rng.choice([". ", "; ", ", "]), "labels_first": "  "}[layout])
        if layout == "stacked":
            page.add(label + "\n")
        elif layout == "prose":
            page.add(rng.choice(["The {} is ", "{}: ", "{} was ", "Its {} is "]).format(label.lower() if chance(rng, 0.5) else label))
        elif layout != "labels_first":
            page.add(label + joint)
        if chance(rng, 0.06) and layout == "lines":
            page.add(rng.choice(["-", "____", "n/a"]))
            continue
        fields[name] = page.mark(value(world, kind, dates))
    page.record("form", fields)
    return fields_for(world, entries)


def write_free_table(page, world, count):
    """A table about anything. Returns its fields, the anchor first, and a name for the list."""
    rng = world.rng
    dates = Dates(rng)
    entries = topics(world, rng.randint(2, 6))
    columns = [(name, label) for name, label, _, _ in entries]
    kinds = {name: kind for name, _, kind, _ in entries}
    list_name = rng.choice(["rows", "items", "entries", "records", "lines", "list", made_up_word(rng, 1, 2) + "s"])
    rows = []
    for _ in range(count):
        row = {name: value(world, kind, dates) for name, kind in kinds.items()}
        for name in list(row)[1:]:
            if chance(rng, 0.08):
                del row[name]
        rows.append(row)
    if chance(rng, 0.4):
        page.add(random_case(rng, rng.choice(TITLES + [list_name.capitalize()])) + "\n")
    roll = rng.random()
    if roll < 0.65:
        full = all(len(row) == len(columns) for row in rows)
        if not full:
            rows = [{name: row.get(name) or "-" for name in kinds} for row in rows]
        first = len(page.records)
        write_table(page, rng, columns, rows, header=True, kind="row")
        for _, fields in page.records[first:]:
            for name in list(fields):
                begin, end = fields[name]
                if end - begin == 1 and page.text()[begin:end] == "-":
                    del fields[name]
    else:
        joint, gap = rng.choice([": ", " "]), rng.choice(["\n", ", ", "; ", "  "])
        for index, row in enumerate(rows):
            if index:
                page.add("\n\n" if gap == "\n" else "\n")
            fields = {}
            for number, (name, label) in enumerate(columns):
                if name not in row:
                    continue
                if number and fields:
                    page.add(gap)
                if number or chance(rng, 0.7):
                    page.add(label + joint)
                fields[name] = page.mark(row[name])
            page.record("row", fields)
    return fields_for(world, entries), list_name
