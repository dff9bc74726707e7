# SPDX-License-Identifier: GPL-3.0-or-later
"""Laboratory reports and vital signs. Records: kinds `lab`, `lab_header` and `vital`."""

from synth_common import Dates, chance, join_list, made_up_word, random_case, write_heading, write_table

UNITS = ["mg/dL", "mmol/L", "g/dL", "%", "U/L", "IU/L", "mEq/L", "ng/mL", "pg/mL", "K/uL", "x10^9/L", "fL", "pg", "umol/L", "\u00b5mol/L", "mIU/L", "10*3/uL", "mm/hr",
         "g/L", "ug/dL", "/HPF", "ng/dL", "mL/min", "mL/min/1.73m2", "mosm/kg", "cells/uL", "M/uL", "ratio", "mm[Hg]", "thou/mm3", "Tsd/\u00b5l", "mg/l", "s", "sec"]  # fmt: skip
WORDS = ["Negative", "negative", "Positive", "Trace", "Non-reactive", "NEG", "POS", "Not detected", "Clear", "Yellow", "Normal", "1+", "2+", "pending", "<0.01", ">1000", "None seen", "Few", "Reactive", "Detected"]
FLAGS = ["H", "L", "HH", "LL", "High", "Low", "*", "A", "(H)", "(L)", "HIGH", "LOW", "+", "-", "Abnormal", "Critical", "H*", "\u2191"]
SPECIMENS = ["Serum", "Blood", "Plasma", "Urine", "Whole blood", "EDTA blood", "CSF", "Venous blood", "Stool", "Urine, random", "Serum/Plasma", "Swab, throat", "Capillary blood", "Saliva"]
PANELS = ["Laboratory results", "Labs", "Laboratory data", "Chemistry", "Hematology", "CBC", "BMP", "CMP", "Lab results", "Laboratory studies", "Investigations", "Blood tests", "Complete blood count", "Lipid panel", "Results", "Labor", "Urinalysis"]


def _number(rng, low, high):
    try:
        low, high = float(low or 0), float(high or (float(low or 1) * 3))
    except ValueError:
        low, high = 1.0, 20.0
    span = max(high - low, 0.1)
    value = rng.uniform(max(0.0, low - 0.6 * span), high + 0.8 * span)
    digits = 0 if high >= 100 else 1 if high >= 10 else rng.choice([1, 2])
    return "%.*f" % (digits, value), value < low, value > high


def test_name(world):
    rng, roll = world.rng, world.rng.random()
    if roll < 0.5:
        names, unit, low, high = rng.choice(world.lexicons.labs)
        return random_case(rng, rng.choice(names)), unit, low, high
    low = rng.choice([0, 0.1, 1, 3.5, 10, 40, 100, 135])
    high = low + rng.choice([0.3, 1, 3, 10, 40, 100, 300])
    unit = rng.choice(UNITS)
    if roll < 0.7 and world.lexicons.observations:
        return rng.choice(world.lexicons.observations), unit, low, high
    name = made_up_word(rng, 1, 3)
    name = rng.choice([name.capitalize(), name.upper()[:4], name.capitalize() + " " + rng.choice(["antibody", "count", "ratio", "level", "IgG", "total", "free", "(calc)", "antigen"]),
                       rng.choice(["Serum ", "Total ", "Free ", "Anti-", "Urine ", "Abs. "]) + name])  # fmt: skip
    return name, unit, low, high


def result(world, comma):
    """One result as texts by key."""
    rng = world.rng
    name, unit, low, high = test_name(world)
    item = {"test": name}
    if chance(rng, 0.08):
        item["value"] = rng.choice(WORDS)
        if chance(rng, 0.5):
            item["reference_range"] = rng.choice(["Negative", "negative", "Non-reactive", "Not detected", "Normal"])
        return item
    value, is_low, is_high = _number(rng, low, high)
    item["value"] = rng.choice(["<", ">", "< "]) + value if chance(rng, 0.04) else value
    if unit and chance(rng, 0.93):
        item["unit"] = unit if chance(rng, 0.85) else rng.choice(UNITS)
    low, high = str(low), str(high)
    if high and high != "None":
        joint = rng.choice(["-", "-", " - ", " to "])
        item["reference_range"] = low + joint + high if low and (low != "0" or chance(rng, 0.5)) else rng.choice(["<", "< ", "<="]) + high
    elif low:
        item["reference_range"] = rng.choice([">", ">=", "> "]) + low
    if "reference_range" in item and chance(rng, 0.2):
        item["reference_range"] = rng.choice(["(%s)", "[%s]", "(%s)"]) % item["reference_range"]
    if (is_low or is_high) and chance(rng, 0.8):
        item["flag"] = rng.choice([flag for flag in FLAGS if flag[0] not in ("L" if is_high else "H")])
    if comma:
        for key in ("value", "reference_range"):
            if key in item:
                item[key] = item[key].replace(".", ",")
    return item


def _table(page, world, count, comma):
    rng = world.rng
    columns = [
        ("test", rng.choice(["Test", "Analyte", "Component", "Name", "TEST", "Parameter", "Examination", "Test name", "Untersuchung", "Investigation"])),
        ("value", rng.choice(["Result", "Value", "RESULT", "Your value", "Ergebnis", "Result value", "Wert"])),
        ("flag", rng.choice(["Flag", "FLAG", "Abnormal", "*", "Abn"])),
        ("unit", rng.choice(["Units", "Unit", "UNITS", "Einheit"])),
        ("reference_range", rng.choice(["Reference range", "Range", "Ref. range", "Reference", "Normal range", "Ref Interval", "Referenz", "Reference Interval"])),
    ]
    if chance(rng, 0.6):
        tail = columns[1:]
        rng.shuffle(tail)
        columns[1:] = tail
    drop = rng.choice([[], [], [], ["flag"], ["reference_range", "flag"], ["unit"]])
    columns = [column for column in columns if column[0] not in drop]
    if chance(rng, 0.1):
        rng.shuffle(columns)
    joint = chance(rng, 0.15)
    items = [result(world, comma) for _ in range(count)]
    for item in items:
        if joint and "unit" in item and not any(key == "unit" for key, _ in columns):
            continue
    write_table(page, rng, columns, items, header=chance(rng, 0.85), kind="lab")


def _write_inline(page, world, item, style):
    rng = world.rng
    fields = {"test": page.mark(item["test"])}
    page.add({"colon": ": ", "of": rng.choice([" of ", " was ", " is "]), "space": " ", "gap": "  ", "equal": " = "}[style])
    fields["value"] = page.mark(item["value"])
    if "unit" in item:
        page.add(rng.choice([" ", " ", "  "]) if item["unit"] != "%" else rng.choice(["", " "]))
        fields["unit"] = page.mark(item["unit"])
    if "flag" in item and chance(rng, 0.6):
        page.add(" ")
        fields["flag"] = page.mark(item["flag"])
    if "reference_range" in item and chance(rng, 0.4):
        text = item["reference_range"]
        if text[0] in "([":
            page.add(" ")
            fields["reference_range"] = page.mark(text)
        else:
            page.add(rng.choice([" (ref ", " (normal ", " (", " [", " (Reference: "]))
            opened = "[" in page._pieces[-1]
            fields["reference_range"] = page.mark(text)
            page.add("]" if opened else ")")
    page.record("lab", fields)


def write_labs(page, world, count=None):
    rng = world.rng
    count = count or rng.choice([1, 2, 3, 4, 5, 6, 6, 7, 8, 10, 12])
    comma = chance(rng, 0.12)
    if chance(rng, 0.7):
        write_heading(page, rng, PANELS, 0.35)
    elif not page.ends_with_break():
        page.add("\n")
    if chance(rng, 0.55):
        _table(page, world, count, comma)
        return
    style = rng.choice(["colon", "of", "space", "space", "gap", "equal"])
    items = [result(world, comma) for _ in range(count)]
    if style == "of" and chance(rng, 0.5):
        page.add(rng.choice(["Labs today showed ", "Laboratory evaluation revealed ", "Her ", "His ", "The ", "Blood work showed "]))
    join_list(page, rng, items, lambda item: _write_inline(page, world, item, style))


def write_lab_header(page, world):
    """Collection date, specimen and laboratory, as labels among other labels."""
    rng = world.rng
    dates = Dates(rng)
    fields = {}
    if chance(rng, 0.6):
        fields["laboratory"] = page.mark(rng.choice([
            world.last_name() + " " + rng.choice(["Laboratories", "Labs", "Diagnostics", "Pathology"]), world.city() + " " + rng.choice(["Medical Laboratory", "Reference Laboratory", "Laborzentrum"]),
            made_up_word(rng, 1, 2).capitalize() + "Lab", "Department of Pathology, " + world.facility()]))  # fmt: skip
        page.add("\n")
    lines = [
        ("collected_at", rng.choice(["Collected", "Collection date", "Date collected", "Sample taken", "Collected on", "Specimen date", "Drawn", "Entnahme"]), dates.date()),
        (None, rng.choice(["Received", "Date received"]), dates.date()),
        (None, rng.choice(["Reported", "Report date", "Printed"]), dates.date()),
        ("specimen", rng.choice(["Specimen", "Sample", "Specimen type", "Material", "Type of sample"]), rng.choice(SPECIMENS)),
        (None, rng.choice(["Patient", "Patient name", "Name"]), world.person()),
        (None, rng.choice(["Accession", "Lab no.", "Order"]), str(rng.randint(10000, 9999999))),
    ]
    if "laboratory" not in fields:
        lines.append(("laboratory", rng.choice(["Laboratory", "Performing lab", "Lab", "Performed at"]), world.company()))
    rng.shuffle(lines)
    joint = rng.choice([": ", ": ", "  ", ":  "])
    across = chance(rng, 0.3)
    for index, (key, label, text) in enumerate(lines[: rng.randint(2, 6)]):
        if index:
            page.add("  " if across and index % 2 else "\n")
        page.add(label + joint)
        span = page.mark(text + (" " + dates.time() if key == "collected_at" and chance(rng, 0.3) else ""))
        if key:
            fields[key] = span
    page.record("lab_header", fields)


VITALS = [
    (["Blood pressure", "BP", "B/P", "blood pressure", "Blutdruck"], ["mmHg", "mm Hg", "mm[Hg]", None, None], lambda r: "%d/%d" % (r.randint(85, 200), r.randint(45, 115))),
    (["Pulse", "Heart rate", "HR", "P", "pulse", "pulse rate", "heart rate"], ["bpm", "beats per minute", "/min", "beats/min", None, None], lambda r: str(r.randint(42, 150))),
    (["Respirations", "Respiratory rate", "RR", "R", "respirations", "Resp"], ["/min", "breaths per minute", "breaths/min", None, None], lambda r: str(r.randint(10, 36))),
    (["Temperature", "Temp", "T", "temperature", "Temp."], ["F", "C", "\u00b0F", "\u00b0C", "degrees Fahrenheit", "degrees", None], lambda r: "%.1f" % (r.uniform(96, 103.5) if r.random() < 0.7 else r.uniform(35.5, 40.2))),
    (["SpO2", "O2 sat", "Oxygen saturation", "O2 saturation", "pulse oximetry", "Sat", "Pulse ox"], ["%", "% on room air", "% RA", "%"], lambda r: str(r.randint(80, 100))),
    (["Weight", "Wt", "weight", "Body weight", "Gewicht"], ["kg", "lb", "lbs", "pounds", "kilograms", None], lambda r: "%.1f" % r.uniform(3, 140) if r.random() < 0.4 else str(r.randint(8, 320))),
    (["Height", "Ht", "height", "Body height"], ["cm", "in", "inches", "m", None], lambda r: r.choice([str(r.randint(48, 200)), "%.2f" % r.uniform(1.2, 2.0), "5'%d\"" % r.randint(0, 11)])),
    (["BMI", "Body mass index", "Body Mass Index"], ["kg/m2", "kg/m\u00b2", None], lambda r: "%.1f" % r.uniform(15, 45)),
    (["Pain", "Pain score", "Pain scale"], ["/10", None], lambda r: str(r.randint(0, 10))),
    (["Glucose", "Fingerstick", "Blood glucose"], ["mg/dL", "mmol/L"], lambda r: str(r.randint(60, 320))),
    (["Head circumference", "HC", "MAP", "CVP", "Peak flow", "GCS"], ["cm", None, "L/min"], lambda r: str(r.randint(3, 60))),
]  # fmt: skip


def _vital(rng):
    names, units, make = rng.choice(VITALS)
    item = {"sign": rng.choice(names), "value": make(rng)}
    unit = rng.choice(units)
    if unit and '"' not in item["value"]:
        item["unit"] = unit
    return item


def _write_vital(page, rng, item, style, when=None):
    fields = {"sign": page.mark(item["sign"])}
    page.add({"colon": ": ", "of": rng.choice([" of ", " is ", " was "]), "space": " ", "gap": "  "}[style])
    fields["value"] = page.mark(item["value"])
    if "unit" in item:
        page.add(rng.choice(["", " "]) if item["unit"][0] in "%/\u00b0" else " ")
        fields["unit"] = page.mark(item["unit"])
    if when:
        page.add(rng.choice([" at ", " (", ", ", " @ "]))
        closing = ")" if page._pieces[-1] == " (" else ""
        fields["measured_at"] = page.mark(when)
        page.add(closing)
    page.record("vital", fields)


def write_vitals(page, world, count=None):
    rng = world.rng
    dates = Dates(rng)
    items, used = [], set()
    for _ in range(count or rng.randint(1, 7)):
        item = _vital(rng)
        if item["sign"] not in used:
            used.add(item["sign"])
            items.append(item)
    roll = rng.random()
    if chance(rng, 0.7):
        write_heading(page, rng, ["Vital signs", "Vitals", "VS", "Physical examination", "Objective", "Vital signs on admission", "Vitals today", "Observations"], 0.6)
    if roll < 0.22:
        columns = [("sign", rng.choice(["Vital sign", "Sign", "Parameter", "Measurement"])), ("value", rng.choice(["Value", "Reading", "Result"])),
                   ("unit", rng.choice(["Unit", "Units"])), ("measured_at", rng.choice(["Time", "Date", "Measured", "Taken", "Date/Time"]))]  # fmt: skip
        if chance(rng, 0.4):
            rng.shuffle(columns)
        columns = [column for column in columns if column[0] in ("sign", "value") or chance(rng, 0.7)]
        for item in items:
            item["measured_at"] = dates.date() if chance(rng, 0.6) else dates.time()
        write_table(page, rng, columns, items, header=chance(rng, 0.9), kind="vital")
        return
    if roll < 0.32:
        when = dates.date() + (" " + dates.time() if chance(rng, 0.5) else "")
        page.add(rng.choice(["Taken ", "Date: ", "Recorded on ", ""]))
        span = page.mark(when)
        page.add(rng.choice(["\n", ": "]))
        first = len(page.records)
        join_list(page, rng, items, lambda item: _write_vital(page, rng, item, rng.choice(["colon", "space"])))
        for _, fields in page.records[first:]:
            fields["measured_at"] = span
        return
    style = rng.choice(["colon", "space", "of", "space", "gap"])
    timed = chance(rng, 0.15)
    join_list(page, rng, items, lambda item: _write_vital(page, rng, item, style, dates.time() if timed else None))
