# SPDX-License-Identifier: GPL-3.0-or-later
"""Medication lists, orders and prose. Records: kind `medication`."""

from synth_common import COMMON_DRUGS, Dates, chance, join_list, made_up_word, write_heading, write_table

HEADINGS = ["Medications", "Current medications", "Medication list", "Home medications", "Discharge medications", "Meds", "Medications on admission",
            "Outpatient medications", "Current meds", "Prescriptions", "Present medications", "Regular medication", "Drug history", "Medications prior to admission"]  # fmt: skip
UNITS = ["mg", "mg", "mg", "mg", "mg", "mcg", "g", "mL", "ml", "units", "IU", "mEq", "meq", "cc", "MG", "Mg", "milligrams", "micrograms", "\u00b5g", "units/kg", "mg/kg", "mg/m2", "%", "gram"]
AMOUNTS = [1, 2, 2.5, 3, 4, 5, 6.25, 7.5, 8, 10, 12.5, 15, 20, 25, 30, 37.5, 40, 50, 60, 75, 80, 81, 88, 90, 100, 112, 120, 125, 137, 150, 180, 200, 220, 240,
           250, 300, 325, 400, 450, 500, 600, 650, 750, 800, 850, 875, 1000, 1200, 1500, 2000]  # fmt: skip
FORMS = ["tablet", "tablets", "tab", "tabs", "capsule", "capsules", "cap", "caps", "puff", "puffs", "drop", "drops", "spray", "sprays", "patch", "pill", "pills",
         "teaspoon", "tsp", "unit", "units", "vial", "application", "tab(s)", "cap(s)", "puff(s)", "Tablet", "Capsule", "Stk.", "Tbl."]  # fmt: skip
FORM_WORDS = ["tablet", "tablets", "capsule", "oral tablet", "oral capsule", "cream", "ointment", "inhaler", "solution", "suspension", "injection", "nasal spray", "ER tablet", "patch", "syrup", "eye drops", "tab", "cap", "TABS", "CAPS"]
NUMBERS = ["1", "1", "1", "2", "2", "3", "1-2", "one", "two", "1/2", "half", "one-half", "1 1/2", "0.5", "three", "One", "2-3", "4"]
ROUTES = ["p.o.", "PO", "po", "by mouth", "orally", "oral", "Oral", "IV", "i.v.", "intravenously", "IM", "i.m.", "intramuscularly", "subcutaneously", "SC", "subcut", "subQ", "SQ", "sub-q",
          "topically", "topical", "sublingual", "SL", "sublingually", "inhaled", "via inhaler", "per rectum", "PR", "rectally", "intranasally", "nasal", "ophthalmic", "transdermal",
          "in each nostril", "in both eyes", "to affected area", "via nebulizer", "intravenous", "by inhalation", "PO.", "per os", "via G-tube", "under the tongue", "ORAL", "intrathecal"]  # fmt: skip
_RARE_ROUTES = ["transdermally", "vaginally", "rectal", "buccally", "buccal", "inhalation", "nasally", "ophthalmically", "otic", "epidurally", "intradermally", "intraarticularly", "intra-articular", "intraosseously", "intravitreal",
            "subcutaneous", "subdermal", "intramuscular", "IVPB", "IV push", "IVP", "IV drip", "IV piggyback", "p.r.", "p.v.", "s.c.", "s.l.", "subcu", "sub q", "intranasal", "inh", "neb", "enterally", "parenterally", "percutaneously"]  # fmt: skip
_DEVICES = ["nebulizer", "G-tube", "J-tube", "PEG", "PEG tube", "NG tube", "feeding tube", "PICC line", "central line", "insulin pump", "pump", "mask", "face mask", "spacer", "nasal cannula", "trach collar", "epidural", "port", "injection",
            "suppository", "patch", "enema", "hand-held nebulizer", "metered-dose inhaler"]  # fmt: skip
_SITES = ["eye", "eyes", "ear", "ears", "nostril", "nostrils", "knee", "shoulder", "arm", "thigh", "abdomen", "deltoid", "scalp", "face", "skin", "wound", "affected area", "affected areas", "rash", "affected eye", "hip", "cheek", "joint"]  # fmt: skip
FREQUENCIES = ["daily", "once daily", "once a day", "q.d.", "qd", "QD", "every day", "per day", "a day", "twice daily", "twice a day", "b.i.d.", "bid", "BID", "two times a day", "2 times a day",
               "three times daily", "three times a day", "t.i.d.", "tid", "TID", "four times daily", "q.i.d.", "qid", "QID", "q6h", "q8h", "q.4h.", "q4h", "q4-6h", "q.6 h.", "q.12h.", "every 4 hours",
               "every 6 hours", "every 8 hours", "every 12 hours", "every 4 to 6 hours", "every 4-6 hours", "at bedtime", "q.h.s.", "qhs", "QHS", "nightly", "every night", "at night", "in the morning", "every morning", "q.a.m.", "qam",
               "every evening", "q.p.m.", "weekly", "once weekly", "once a week", "every week", "monthly", "every other day", "q.o.d.", "every 3 months", "every two weeks", "q.3 weekly", "on Mondays, Wednesdays and Fridays",
               "with meals", "before meals", "a.c.", "after meals", "p.r.n.", "prn", "PRN", "as needed", "as required", "as directed", "Daily", "OD", "bd", "BD", "tds", "TDS", "qds", "om", "on", "nocte", "mane", "stat", "once",
               "4 times a day", "3 times weekly", "1x daily", "2x/day", "1-0-1", "1-0-0", "1-1-1", "0-0-1", "morgens", "twice weekly", "daily with breakfast", "each morning", "hourly", "q. day", "q.day", "q. 4 hours", "every 72 hours", "continuous"]  # fmt: skip
AS_NEEDED = ["p.r.n.", "prn", "as needed", "PRN", "as required"]
REASONS = ["pain", "nausea", "anxiety", "sleep", "insomnia", "headache", "fever", "cough", "constipation", "itching", "allergies", "high blood pressure", "blood pressure", "diabetes", "wheezing", "cholesterol", "depression", "infection",
           "shortness of breath", "chest pain", "muscle spasms", "heartburn", "reflux", "thyroid", "seizures", "asthma", "diarrhea", "gout", "edema", "breakthrough pain", "UTI", "atrial fibrillation", "migraine"]  # fmt: skip
DURATIONS = ["for {n} days", "x {n} days", "for {n} weeks", "x{n} days", "{n} days", "for {n} months", "for a total of {n} days", "for {n} more days", "over {n} days", "for one week", "for two weeks", "for ten days", "until gone", "for the next {n} days", "x {n}d", "{n} weeks", "for {n} Tage"]
STATUS_VERBS = {
    "started": ["was started on", "Started", "Start", "We started", "Begin", "was begun on", "New:", "was given a prescription for", "Initiated", "was placed on", "We will start", "NEW", "Added"],
    "stopped": ["Stop", "Stopped", "Discontinue", "discontinued", "was taken off", "STOP", "We discontinued", "Discontinued:", "no longer takes", "D/C", "DC", "Ceased"],
    "changed": ["Increase", "Increased", "Decrease", "Decreased", "Change", "We increased", "CHANGE", "Reduced", "was increased on", "Titrate", "Adjusted"],
    "held": ["Hold", "Held", "HOLD", "Holding", "We are holding", "On hold:", "withheld"],
    "planned": ["Consider", "Plan to start", "Will consider", "may be started on", "Planned:", "If no better, start"],
    "historical": ["previously took", "was previously on", "Previously on", "had tried", "Past:", "formerly took", "had been on", "Prior use of"],
    "active": ["takes", "is taking", "is on", "continues", "Continue", "Continue on", "currently takes", "is currently taking", "remains on", "uses", "Continued", "Takes", "CONTINUE", "Also on"],
}  # fmt: skip
STATUS_HEADINGS = {
    "stopped": ["Discontinued medications", "Stopped medications", "Stop taking", "Medications discontinued"],
    "started": ["New medications", "Start taking", "New prescriptions", "Medications started"],
    "changed": ["Changed medications", "Medications changed", "Change how you take"],
    "held": ["Held medications", "Medications on hold"],
    "historical": ["Past medications", "Previous medications", "Medication history"],
    "active": ["Continue taking", "Active medications", "Continued medications", "Current medications", "Medications"],
    "planned": ["Planned medications"],
}  # fmt: skip
CHANGE_OF_STATUS = {"started": "new", "changed": "changed", "active": "continued", "stopped": "stopped"}


def amount(rng):
    number = rng.choice(AMOUNTS) if chance(rng, 0.85) else rng.randint(1, 3000)
    text = "%g" % number
    if number >= 1000 and chance(rng, 0.5):
        text = "{:,}".format(int(number))
    if "." in text and chance(rng, 0.15):
        text = text.replace(".", ",")
    if chance(rng, 0.06):
        text += rng.choice(["-", "/", " to "]) + "%g" % rng.choice(AMOUNTS)
    unit = rng.choice(UNITS)
    joint = "" if chance(rng, 0.2) or unit == "%" else " "
    if unit != "%" and chance(rng, 0.04):
        unit += "/" + rng.choice(["mL", "5 mL", "hr", "day", "inh", "24 hr"])
    return text + joint + unit


def route(rng):
    """How a drug gets into or onto the body: a usual word, or one of the many phrases that say it exactly."""
    if chance(rng, 0.6):
        return rng.choice(ROUTES)
    roll = rng.random()
    if roll < 0.4:
        text = rng.choice(_RARE_ROUTES)
    elif roll < 0.7:
        text = rng.choice(["via", "via", "per", "by", "through"]) + rng.choice([" ", " ", " the ", " a "]) + rng.choice(_DEVICES)
    else:
        side = rng.choice(["", "right ", "left ", "both ", "each ", "the ", "the right ", "the left "])
        text = rng.choice(["in", "into", "to", "on", "onto"]) + " " + side + rng.choice(_SITES)
    if chance(rng, 0.06):
        text += rng.choice([" or ", "/", " and "]) + rng.choice(ROUTES)
    return text.upper() if chance(rng, 0.05) else text[0].upper() + text[1:] if chance(rng, 0.05) else text


def medication(world, status=None, rich=0.5):
    """One medication as texts by key."""
    rng = world.rng
    item = {"drug": world.drug()}
    if chance(rng, 0.06):
        item["drug"] += " " + rng.choice(["XR", "ER", "SR", "XL", "CR", "LA", "HFA", "EC", "HCl", "sodium", "HCT", "DS"])
    roll = rng.random()
    if roll < 0.62:
        item["dose"] = amount(rng)
    elif roll < 0.8:
        item["dose"] = rng.choice(NUMBERS) + " " + rng.choice(FORMS)
    elif roll < 0.9:
        item["strength"] = amount(rng)
        item["dose"] = rng.choice(NUMBERS) + " " + rng.choice(FORMS)
    if chance(rng, 0.25 + 0.5 * rich):
        item["route"] = route(rng)
    if chance(rng, 0.5 + 0.45 * rich):
        item["frequency"] = rng.choice(FREQUENCIES)
        if chance(rng, 0.1) and "need" not in item["frequency"]:
            item["frequency"] += " " + rng.choice(AS_NEEDED)
    if chance(rng, 0.2 * rich + 0.02):
        item["duration"] = rng.choice(DURATIONS).format(n=rng.randint(2, 30))
    if chance(rng, 0.25 * rich + 0.02):
        reason = rng.choice(REASONS) if chance(rng, 0.7) else world.diagnosis()[0]
        item["indication"] = reason if len(reason) < 40 else rng.choice(REASONS)
    item["=status"] = status
    if status in CHANGE_OF_STATUS:
        item["=change"] = CHANGE_OF_STATUS[status]
    return item


def write_medication(page, rng, item, order=None, gap=" ", verb=None):
    """Adds one medication in words and records it."""
    fields = {}
    if verb:
        page.add(verb + " ")
    fields["drug"] = page.mark(item["drug"])
    if chance(rng, 0.04):
        page.add(" (" + rng.choice([made_up_word(rng, 2, 3).capitalize(), "generic", rng.choice(COMMON_DRUGS), "brand name"]) + ")")
    if "strength" in item:
        page.add(gap)
        fields["strength"] = page.mark(item["strength"])
        if chance(rng, 0.6):
            page.add(" " + rng.choice(FORM_WORDS))
        joint = rng.choice([" ", ", ", ": ", "  ", " - ", " take ", " Take ", ", take ", " Sig: "])
        page.add(joint)
        # Without a verb the amount of the substance is the dose, with one what is taken.
        if "dose" in item and joint.strip(" ,").lower() in ("take", "sig:"):
            fields["dose"] = page.mark(item["dose"])
        else:
            page.add(item.get("dose", ""))
            fields["dose"] = fields.pop("strength")
    elif "dose" in item:
        page.add(rng.choice([" at ", " of "]) if verb and chance(rng, 0.06) else gap)
        fields["dose"] = page.mark(item["dose"])
        if ("route" in item or "frequency" in item) and item["dose"][-1] in "gGLs" and chance(rng, 0.06):
            page.add(rng.choice([" 1", ", 1", " one", ", one", " x 1", " #1", " tablets", " tab"]))
    for key in order or ["route", "frequency", "duration", "indication"]:
        if key not in item:
            continue
        if key == "indication":
            page.add(rng.choice([" for ", " for ", " for ", " (", " - for "]))
            closing = ")" if page._pieces[-1] == " (" else ""
            fields[key] = page.mark(item[key])
            page.add(closing)
            continue
        joint = gap if chance(rng, 0.9) else rng.choice([", ", " - ", "; "])
        if key == "route" and item["route"] in ("inhaler", "mouth"):
            joint = " "
        page.add(joint)
        fields[key] = page.mark(item[key])
    for key in ("=status", "=change"):
        if item.get(key):
            fields[key[1:]] = item[key]
    page.record("medication", fields)


def _status_list(page, world, count):
    """Sentences that start, stop or change drugs."""
    rng = world.rng
    who = rng.choice(["The patient", "Patient", "She", "He", "Mr. " + world.last_name(), "Mrs. " + world.last_name(), "The child"])
    bullet = rng.choice(["", "- ", "* ", ""])
    for index in range(count):
        status = rng.choice(list(STATUS_VERBS))
        verb = rng.choice(STATUS_VERBS[status])
        if index:
            page.add("\n" if bullet else rng.choice([" ", " ", "\n"]))
        page.add(bullet)
        if verb[0].islower():
            page.add(who + " ")
        item = medication(world, status, 0.4)
        reason = item.pop("indication", None)
        write_medication(page, rng, item, verb=verb)
        if reason and chance(rng, 0.4):
            page.add(" due to ")
            page.add(rng.choice(["rash", "dizziness", "cost", "side effects", "low blood pressure", "kidney function"]))
        page.add("." if not bullet or chance(rng, 0.4) else "")


def _prose(page, world):
    """Sentences in which the drugs stand among other words."""
    rng = world.rng
    if chance(rng, 0.6):
        write_heading(page, rng, HEADINGS + ["History of present illness", "Subjective", "Interval history", "Plan"], 0.8)
    who = rng.choice(["The patient", "She", "He", "Mr. " + world.last_name(), "Patient"])
    for index in range(rng.randint(1, 3)):
        page.add(" " if index else "")
        style = rng.randint(0, 7)
        if style == 0:
            page.add(who + rng.choice([" does take occasional ", " takes ", " uses occasional ", " has been using "]))
            write_medication(page, rng, {"drug": world.drug(), "indication": rng.choice(REASONS), "=status": "active", "=change": "continued"})
        elif style == 1:
            page.add(who + rng.choice([" also takes ", " is currently on ", " has been taking ", " remains on ", " is maintained on "]))
            for number in range(rng.randint(1, 3)):
                page.add(rng.choice([" and ", ", "]) if number else "")
                write_medication(page, rng, medication(world, "active", 0.2))
        elif style == 2:
            page.add(who + rng.choice([" was on ", " was taking ", " had been started on "]))
            write_medication(page, rng, medication(world, "stopped", 0.2))
            page.add(rng.choice([", but stopped it because of ", ", but discontinued this due to ", ", which was stopped for "]) + rng.choice(["nausea", "a rash", "side effects", "abdominal pains"]))
        elif style == 3:
            page.add(rng.choice(["Recently finished ", "Status post a course of ", "Has completed "]))
            write_medication(page, rng, medication(world, "historical", 0.1))
        elif style == 4:
            page.add(rng.choice(["Include ", "These include ", "Currently on ", "On ", "Reviewed, including "]))
            for number in range(rng.randint(2, 4)):
                page.add(", " if number else "")
                write_medication(page, rng, medication(world, "active", 0.1))
        elif style == 5:
            page.add(rng.choice(["In the emergency room ", "Overnight ", "Today "]) + who.lower().replace("mr. ", "the patient ").split(" and ")[0] + rng.choice([" received ", " was given ", " got "]))
            write_medication(page, rng, medication(world, "started", 0.5))
        elif style == 6:
            page.add(rng.choice(["No medications other than ", "Only ", "Nothing except ", "Denies any medication besides "]))
            write_medication(page, rng, {"drug": world.drug(), "=status": "active", "=change": "continued"})
        else:
            page.add(rng.choice(["Blood pressure is well controlled", "The pain is better", "Symptoms improved", "Diabetes is managed"]) + rng.choice([" with ", " on ", " since starting "]))
            write_medication(page, rng, medication(world, "active", 0.2))
        page.add(".")


def _table(page, world, count, status):
    rng = world.rng
    columns = [("drug", rng.choice(["Medication", "Drug", "Name", "Drug name", "MEDICATION", "Medicine", "Product", "Medikament", "Rx"]))]
    optional = [
        ("dose", rng.choice(["Dose", "Dosage", "DOSE", "Amount", "Dosis", "Dose/Strength"])),
        ("route", rng.choice(["Route", "ROUTE", "Rt", "Route of administration"])),
        ("frequency", rng.choice(["Frequency", "Freq", "FREQ", "How often", "Schedule", "Interval", "Sig"])),
        ("duration", rng.choice(["Duration", "Length", "For how long"])),
        ("indication", rng.choice(["Indication", "Reason", "For", "Used for", "Purpose"])),
        ("status_text", rng.choice(["Status", "STATUS", "State"])),
        ("start", rng.choice(["Start", "Start date", "Started", "Begin"])),
        ("prescriber", rng.choice(["Prescriber", "Ordered by", "Provider"])),
    ]
    rng.shuffle(optional)
    columns += optional[: rng.randint(1, 5)]
    if chance(rng, 0.15):
        rng.shuffle(columns)
    keys = {key for key, _ in columns}
    rows = []
    dates = Dates(rng)
    for _ in range(count):
        item = medication(world, None, 1.2)
        item.pop("strength", None)
        row = {key: value for key, value in item.items() if key in keys}
        own = status
        if "status_text" in keys:
            own = rng.choice(["active", "active", "active", "stopped", "held", "changed", "started"])
            texts = {"active": ["Active", "active", "Current", "Taking", "ACTIVE"], "stopped": ["Stopped", "Discontinued", "inactive", "D/C"],
                     "held": ["On hold", "Held"], "changed": ["Changed", "Increased"], "started": ["New", "Started", "new"]}  # fmt: skip
            row["status_text"] = rng.choice(texts[own])
        if "start" in keys:
            row["start"] = dates.date()
        if "prescriber" in keys:
            row["prescriber"] = world.clinician()
        row["=status"] = own
        row["=change"] = CHANGE_OF_STATUS.get(own)
        rows.append(row)
    write_table(page, rng, columns, rows, header=chance(rng, 0.85), kind="medication")


def _forms(page, world, count, status):
    rng = world.rng
    labels = {
        "drug": rng.choice(["Drug", "Medication", "Medicine", "Name", "Product"]),
        "dose": rng.choice(["Dose", "Dosage", "Amount"]),
        "route": "Route",
        "frequency": rng.choice(["Frequency", "Freq", "Taken", "Directions"]),
        "duration": "Duration",
        "indication": rng.choice(["Indication", "Reason", "For"]),
    }
    joint = rng.choice([": ", ": ", "  ", " - "])
    for index in range(count):
        if index:
            page.add(rng.choice(["\n", "\n\n"]))
        item = medication(world, status, 0.9)
        item.pop("strength", None)
        fields, first = {}, True
        for key, label in labels.items():
            if key not in item:
                continue
            if not first:
                page.add("\n")
            first = False
            page.add(label + joint)
            fields[key] = page.mark(item[key])
        for key in ("=status", "=change"):
            if item.get(key):
                fields[key[1:]] = item[key]
        page.record("medication", fields)


def _sigs(page, world, count, status):
    """Pharmacy style: name, strength and form, then the directions."""
    rng = world.rng
    bullet = rng.choice(["", "", "- ", "\u2022 "])
    for index in range(count):
        if index:
            page.add("\n" if chance(rng, 0.8) else "\n\n")
        page.add(bullet)
        fields = {"drug": page.mark(world.drug())}
        page.add(" ")
        fields["strength"] = page.mark(amount(rng))
        page.add(" " + rng.choice(FORM_WORDS))
        page.add(rng.choice(["\n", "  ", " - ", ", ", ": ", " ", " Sig: ", "\nSig: "]))
        page.add(rng.choice(["Take ", "take ", "TAKE ", "", "Use ", "Apply ", "Inhale ", "Inject ", "Give "]))
        fields["dose"] = page.mark(rng.choice(NUMBERS) + " " + rng.choice(FORMS))
        if chance(rng, 0.75):
            page.add(" ")
            fields["route"] = page.mark(route(rng))
        page.add(" ")
        fields["frequency"] = page.mark(rng.choice(FREQUENCIES))
        if chance(rng, 0.25):
            page.add(" ")
            fields["duration"] = page.mark(rng.choice(DURATIONS).format(n=rng.randint(2, 30)))
        if chance(rng, 0.3):
            page.add(rng.choice([" for ", " as needed for ", " for "]))
            fields["indication"] = page.mark(rng.choice(REASONS))
        if chance(rng, 0.25):
            page.add(rng.choice([" Quantity: 30", " Refills: 2", ". #60, 3 refills", " Disp: 90", ", Dispense #30", " Quantity: 0 Refills: 0"]))
        if chance(rng, 0.3):
            page.add(".")
        if status:
            fields["status"] = status
            if status in CHANGE_OF_STATUS:
                fields["change"] = CHANGE_OF_STATUS[status]
        page.record("medication", fields)


def write_medications(page, world, count=None):
    """A section about medications, with or without heading."""
    rng = world.rng
    if count is None:
        count = rng.choice([1, 1, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12])
    roll = rng.random()
    if roll < 0.07:
        write_heading(page, rng, HEADINGS, 0.8)
        page.add(rng.choice(["None.", "None", "The patient takes no medications.", "No regular medications.", "none", "N/A", "See list.", "Nil", "Denies.", "Reviewed and unchanged."]))
        return
    if roll < 0.2:
        if chance(rng, 0.5):
            write_heading(page, rng, ["Plan", "Treatment", "Hospital course", "Recommendations", "Assessment and plan", "Interval history"], 0.6)
        _status_list(page, world, min(count, 6))
        return
    if roll < 0.26:
        _prose(page, world)
        return
    status = "active"
    headed = chance(rng, 0.82)
    if headed:
        status = rng.choice(["active"] * 10 + list(STATUS_HEADINGS))
        write_heading(page, rng, HEADINGS if chance(rng, 0.7) and status == "active" else STATUS_HEADINGS[status], 0.45)
    if roll < 0.34:
        _table(page, world, count, status)
    elif roll < 0.41:
        _forms(page, world, min(count, 4), status)
    elif roll < 0.55:
        _sigs(page, world, min(count, 6), status)
    else:
        rich = rng.choice([0.0, 0.3, 0.6, 1.0])
        items = [medication(world, status, rich) for _ in range(count)]
        order = ["route", "frequency", "duration", "indication"]
        if chance(rng, 0.15):
            order = rng.sample(order[:3], 3) + ["indication"]
        gap = rng.choice([" "] * 16 + ["  ", "  ", ", ", ", ", " - "])
        if not headed or chance(rng, 0.15):
            verbs = STATUS_VERBS["active"] if status == "active" else [verb for verb in STATUS_VERBS[status] if verb[0].islower()]
            verbs = [verb for verb in verbs if verb[0].islower()]
            if verbs:
                page.add(rng.choice(["The patient", "She", "He", "Patient", "This patient"]) + " " + rng.choice(verbs) + " ")
        join_list(page, rng, items, lambda item: write_medication(page, rng, item, order, gap))
    if chance(rng, 0.08):
        page.add("\n" + rng.choice(["Reviewed with patient.", "Last updated by " + world.clinician() + ".", "Compliance is good.", "Pharmacy: " + made_up_word(rng).capitalize() + " Drugs"]))
