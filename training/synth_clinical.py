# SPDX-License-Identifier: GPL-3.0-or-later
"""Allergies, problems, document headers, discharge data and radiology.

Records: `allergy_none`, `allergy`, `problem`, `patient`, `stay`, `procedure`, `appointment`, `imaging`, `finding`, `statement`.
"""

from synth_common import Dates, chance, code, join_list, made_up_word, random_case, write_heading, write_table

FOODS = "peanuts eggs shellfish milk strawberries wheat soy fish walnuts tomatoes kiwi sesame seafood shrimp almonds chocolate dairy gluten mango".split()
ENVIRONMENT = ["pollen", "dust", "dust mites", "cat dander", "grass", "mold", "ragweed", "bee stings", "latex", "nickel", "pet hair", "wasp venom", "tree pollen", "perfume", "adhesive tape", "animal dander", "hay"]
BIOLOGIC = ["influenza vaccine", "tetanus toxoid", "horse serum", "egg-based vaccines", "blood products", "antivenom", "tetanus vaccine", "rabies vaccine"]
DRUG_CLASSES = ["penicillin", "Penicillin", "sulfa", "Sulfa", "sulfa drugs", "codeine", "morphine", "aspirin", "iodine", "contrast dye", "IV contrast", "NSAIDs", "cephalosporins", "Demerol", "Keflex", "PCN", "ibuprofen", "ACE inhibitors", "statins", "erythromycin", "Bactrim", "lidocaine", "vancomycin"]
REACTIONS = ["rash", "hives", "anaphylaxis", "nausea", "vomiting", "swelling", "itching", "shortness of breath", "dizziness", "GI upset", "angioedema", "headache", "throat swelling", "wheezing", "diarrhea", "confusion", "hallucinations",
             "stomach upset", "nausea and vomiting", "facial swelling", "low blood pressure", "unknown reaction", "urticaria", "bronchospasm", "cough", "muscle pain", "skin rash", "itchy eyes", "runny nose", "difficulty breathing"]  # fmt: skip
NO_ALLERGIES = ["NKDA", "No known drug allergies", "no known drug allergies", "NKA", "None", "None known", "No known allergies", "Denies any allergies", "No known medical allergies", "no known medicine allergies", "Nil known", "No allergies",
                "None to medications", "No known medication allergies", "NONE KNOWN", "Denied", "keine bekannt", "No drug allergies", "Not known to be allergic to anything"]  # fmt: skip
SEVERITIES = {"mild": ["mild", "Mild", "minor"], "moderate": ["moderate", "Moderate"], "severe": ["severe", "Severe", "life-threatening", "SEVERE"]}


def _allergy(world):
    rng = world.rng
    category = rng.choice(["medication"] * 5 + ["food", "food", "environment", "environment", "biologic"])
    name = {
        "medication": lambda: rng.choice(DRUG_CLASSES) if chance(rng, 0.5) else world.drug(),
        "food": lambda: rng.choice(FOODS), "environment": lambda: rng.choice(ENVIRONMENT), "biologic": lambda: rng.choice(BIOLOGIC),
    }[category]()  # fmt: skip
    item = {"substance": random_case(rng, name) if category != "medication" else name, "=category": category}
    if chance(rng, 0.6):
        item["reaction"] = rng.choice(REACTIONS)
        if chance(rng, 0.15):
            item["reaction"] += " and " + rng.choice(REACTIONS)
    if chance(rng, 0.3):
        item["=severity"] = rng.choice(list(SEVERITIES))
    return item


def _write_allergy(page, rng, item, style):
    fields = {"substance": page.mark(item["substance"])}
    severity = item.get("=severity")
    word = rng.choice(SEVERITIES[severity]) if severity else ""
    if "reaction" in item:
        if style == "causes":
            page.add(rng.choice([" causes ", " which causes ", " caused ", " gives her ", " - she gets "]) + (word + " " if word else ""))
            fields["reaction"] = page.mark(item["reaction"])
        else:
            opening, closing = {"paren": (" (", ")"), "dash": (" - ", ""), "colon": (": ", ""), "gap": ("  ", ""), "arrow": (" -> ", ""), "comma": (", ", "")}[style]
            page.add(opening)
            before = word and chance(rng, 0.4)
            if before:
                page.add(word + " ")
            fields["reaction"] = page.mark(item["reaction"])
            if word and not before:
                page.add(rng.choice([", ", " - ", "; "]) + word)
            page.add(closing)
    elif word:
        page.add(" (" + word + ")")
    if severity:
        fields["severity"] = severity
    fields["category"] = item["=category"]
    page.record("allergy", fields)


def write_allergies(page, world):
    rng = world.rng
    write_heading(page, rng, ["Allergies", "Allergies", "Drug allergies", "Allergies and intolerances", "Allergy", "Medication allergies", "Known allergies", "Adverse reactions"], 0.7)
    if chance(rng, 0.35):
        if chance(rng, 0.2):
            page.add(rng.choice(["The patient has ", "She has ", "He states ", "Reports "]))
        page.record("allergy_none", {"no_known_allergies": page.mark(rng.choice(NO_ALLERGIES))})
        page.add(rng.choice([".", "", "."]))
        return
    items = [_allergy(world) for _ in range(rng.choice([1, 1, 1, 2, 2, 3, 4, 5]))]
    if chance(rng, 0.25):
        columns = [("substance", rng.choice(["Substance", "Allergen", "Allergy", "Agent"])), ("reaction", rng.choice(["Reaction", "Reactions", "Effect"])),
                   ("severity_text", rng.choice(["Severity", "Grade"])), ("kind", rng.choice(["Type", "Category"])), ("date", "Noted")]  # fmt: skip
        columns = columns[:1] + rng.sample(columns[1:], rng.randint(1, 4))
        dates = Dates(rng)
        keys = {key for key, _ in columns}
        for item in items:
            if "severity_text" in keys and item.get("=severity"):
                item["severity_text"] = rng.choice(SEVERITIES[item["=severity"]])
            elif "severity_text" not in keys:
                item.pop("=severity", None)
            item["kind"] = rng.choice({"medication": ["Drug", "Medication", "drug"], "food": ["Food", "food"], "environment": ["Environmental", "environment"], "biologic": ["Biologic", "Vaccine"]}[item["=category"]])
            item["date"] = dates.date()
        write_table(page, rng, columns, items, header=chance(rng, 0.9), kind="allergy")
        return
    style = rng.choice(["paren", "paren", "dash", "colon", "gap", "causes", "arrow", "comma"])
    if style == "comma" or chance(rng, 0.3):
        for item in items:
            if style == "comma":
                item.pop("reaction", None)
                item.pop("=severity", None)
    if chance(rng, 0.2):
        page.add(rng.choice(["Allergic to ", "The patient is allergic to ", "She is allergic to ", "HE IS ALLERGIC TO ", "Intolerant of "]))
    join_list(page, rng, items, lambda item: _write_allergy(page, rng, item, style))


PROBLEM_STATUS = {
    "active": ["active", "ongoing", "current", "chronic", "present", "Active", "uncontrolled", "stable"],
    "resolved": ["resolved", "Resolved", "cured", "healed"],
    "remission": ["in remission", "remission", "In remission"],
    "recurrence": ["recurrent", "relapsed", "recurrence"],
    "inactive": ["inactive", "Inactive", "quiescent"],
}
SITES = ["left knee", "right hip", "lower back", "left shoulder", "right hand", "abdomen", "chest", "left breast", "neck", "right eye", "left foot", "lumbar spine", "scalp", "both ankles", "right lung", "left ear", "bilateral knees"]
GRADES = ["mild", "moderate", "severe", "Severe", "stage 3", "stage II", "grade 2", "NYHA class III", "well controlled", "advanced", "acute", "end-stage", "minimal", "poorly controlled"]


def problem_texts(world, rich):
    """One problem as texts by key."""
    rng = world.rng
    name, icd = world.diagnosis()
    item = {"problem": name}
    dates = Dates(rng)
    if rich:
        if icd and chance(rng, 0.5):
            item["code"] = icd
        if chance(rng, 0.3):
            item["onset"] = dates.vague()
        if chance(rng, 0.2):
            item["severity"] = rng.choice(GRADES)
        if chance(rng, 0.2):
            item["=status"] = rng.choice(["active", "active", "resolved", "remission", "recurrence", "inactive"])
        if chance(rng, 0.1):
            item["body_site"] = rng.choice(SITES)
    return item


def write_problem(page, rng, item, default):
    """Adds one problem in words and records it; `default` is its status where none is said."""
    fields, status = {}, item.get("=status")
    if "severity" in item and chance(rng, 0.6):
        fields["severity"] = page.mark(item.pop("severity"))
        page.add(" ")
    fields["problem"] = page.mark(item["problem"])
    if "body_site" in item:
        page.add(rng.choice([" of the ", ", ", " in the "]))
        fields["body_site"] = page.mark(item["body_site"])
    if "code" in item:
        opening, closing = rng.choice([(" (", ")"), (" [", "]"), ("  ", ""), (" - ", ""), (" (ICD-10: ", ")")])
        page.add(opening)
        fields["code"] = page.mark(item["code"])
        page.add(closing)
    if "severity" in item:
        page.add(", ")
        fields["severity"] = page.mark(item["severity"])
    if "onset" in item:
        opening, closing = rng.choice([(" since ", ""), (" (", ")"), (", diagnosed in ", ""), (", onset ", ""), (" diagnosed ", ""), (" in ", ""), (" (since ", ")")])
        page.add(opening)
        fields["onset"] = page.mark(item["onset"])
        page.add(closing)
    if status:
        page.add(rng.choice([", ", " - ", " ("]))
        closing = ")" if page._pieces[-1] == " (" else ""
        page.add(rng.choice(PROBLEM_STATUS[status]) + closing)
    fields["status"] = status or default
    page.record("problem", {key: value for key, value in fields.items() if value})


def write_problems(page, world):
    rng = world.rng
    heads = {
        "active": ["Problem list", "Diagnoses", "Assessment", "Active problems", "Impression", "Current diagnoses", "Medical problems", "Discharge diagnoses", "Diagnosis", "Final diagnoses", "Assessment and plan", "Problems"],
        None: ["Past medical history", "PMH", "Medical history", "History", "Past history"],
        "resolved": ["Resolved problems"],
    }
    default = rng.choice(["active", "active", "active", None, None, "resolved"])
    write_heading(page, rng, heads[default], 0.5)
    if chance(rng, 0.06):
        page.add(rng.choice(["None.", "Noncontributory.", "Unremarkable.", "Negative.", "None significant", "As above."]))
        return
    count, rich = rng.choice([1, 2, 2, 3, 3, 4, 5, 6]), chance(rng, 0.6)
    if chance(rng, 0.22):
        columns = [("problem", rng.choice(["Problem", "Diagnosis", "Condition", "Description"])), ("code", rng.choice(["ICD-10", "Code", "ICD", "ICD code"])), ("onset", rng.choice(["Onset", "Since", "Diagnosed", "Date noted"])),
                   ("status_text", "Status"), ("severity", "Severity"), ("body_site", rng.choice(["Site", "Body site"]))]  # fmt: skip
        columns = columns[:1] + rng.sample(columns[1:], rng.randint(1, 4))
        if chance(rng, 0.25):
            rng.shuffle(columns)
        keys, rows, dates = {key for key, _ in columns}, [], Dates(rng)
        for _ in range(count):
            name, icd = world.diagnosis()
            status = rng.choice(["active", "active", "resolved", "inactive", "remission"])
            row = {"problem": name, "code": icd or code(rng, 3, 5), "onset": dates.vague(), "severity": rng.choice(GRADES), "body_site": rng.choice(SITES)}
            row["status_text"], row["=status"] = rng.choice(PROBLEM_STATUS[status]), status if "status_text" in keys else default
            rows.append(row)
        write_table(page, rng, columns, rows, header=chance(rng, 0.9), kind="problem")
        return
    items = [problem_texts(world, rich) for _ in range(count)]
    if chance(rng, 0.15):
        page.add(rng.choice(["Significant for ", "The patient has a history of ", "Positive for ", "Notable for "]))
    join_list(page, rng, items, lambda item: write_problem(page, rng, item, default))


DOCUMENT_TYPES = ["Discharge Summary", "Progress Note", "Consultation", "History and Physical", "Operative Report", "Letter", "Clinic Note", "Radiology Report", "Laboratory Report", "Emergency Department Note", "DISCHARGE SUMMARY", "Referral Letter", "Arztbrief", "Office Visit", "CONSULTATION NOTE", "Admission Note", "Nursing Note", "SOAP Note"]


def write_patient(page, world):
    """The head of a clinical document."""
    rng, dates, fields, lines = world.rng, Dates(world.rng), {}, []
    if chance(rng, 0.5):
        fields["facility"] = page.mark(world.facility())
        page.add("\n")
        if chance(rng, 0.4):
            page.add(world.address()[0] + ", " + world.city() + "\n")
    if chance(rng, 0.6):
        fields["document_type"] = page.mark(rng.choice(DOCUMENT_TYPES))
        page.add(rng.choice(["\n", "\n\n"]))
    year = rng.randint(2012, 2027)
    sex = rng.choice(["female", "male"])
    sex_text = rng.choice({"female": ["F", "Female", "female", "weiblich", "W", "woman"], "male": ["M", "Male", "male", "männlich", "MALE", "man"]}[sex])
    if chance(rng, 0.05):
        sex, sex_text = "other", rng.choice(["Other", "X", "non-binary", "divers"])
    age = str(rng.randint(1, 97)) + rng.choice(["", " years", " y", "yo", " years old", " Jahre", " yrs"])
    if chance(rng, 0.25):
        _patient_sentence(page, world, fields, sex, dates)
    else:
        lines.append(("name", rng.choice(["Patient", "Name", "Patient name", "PATIENT NAME", "Pt", "Patient Name"]), world.person()))
        options = [
            ("mrn", rng.choice(["MRN", "Medical record number", "MR#", "Hospital no.", "Patient ID", "Chart #", "Record number", "NHS No"]), code(rng, 5, 9)),
            ("birth_date", rng.choice(["DOB", "Date of birth", "Birth date", "Born", "Geburtsdatum", "D.O.B."]), dates.date(rng.randint(1925, 2020))),
            ("age", rng.choice(["Age", "AGE", "Alter"]), age), ("sex", rng.choice(["Sex", "Gender", "SEX", "Geschlecht"]), sex_text),
            ("encounter_id", rng.choice(["Encounter", "Visit number", "Case number", "Account #", "Visit ID", "Fallnummer", "Encounter ID", "CSN"]), code(rng, 5, 9)),
            ("author", rng.choice(["Author", "Physician", "Provider", "Dictated by", "Attending", "Signed by", "Consultant"]), world.clinician()),
            ("document_date", rng.choice(["Date", "Date of service", "Report date", "Visit date", "Dictated", "Date of visit", "DATE OF SERVICE"]), dates.date(year)),
            (None, rng.choice(["Phone", "Room", "Insurance", "Ward", "Referring physician", "PCP"]), rng.choice([code(rng, 3, 7), world.clinician()])),
        ]
        if "facility" not in fields:
            options.append(("facility", rng.choice(["Facility", "Hospital", "Clinic", "Location", "Practice"]), world.facility()))
        rng.shuffle(options)
        lines += options[: rng.randint(1, len(options))]
        if chance(rng, 0.4):
            rng.shuffle(lines)
    joint, across = rng.choice([": ", ": ", "  ", ":  "]), chance(rng, 0.4)
    for index, (key, label, text) in enumerate(lines):
        if index:
            page.add("  " if across and index % rng.choice([2, 3]) else "\n")
        page.add(label + joint)
        span = page.mark(text)
        if key == "sex":
            fields["sex"] = sex
        elif key:
            fields[key] = span
    if "author" not in fields and chance(rng, 0.3):
        page.add(rng.choice(["\n\nElectronically signed by ", "\nDictated by ", "\n\nSincerely,\n", "\nAuthor: "]))
        fields["author"] = page.mark(world.clinician())
    page.record("patient", fields)


def _patient_sentence(page, world, fields, sex, dates):
    rng = world.rng
    if chance(rng, 0.4):
        page.add(rng.choice(["Date: ", "Re: ", ""]))
        if chance(rng, 0.6):
            fields["document_date"] = page.mark(dates.date())
            page.add("\n")
    title = {"female": "Mrs. ", "male": "Mr. "}.get(sex, "")
    if chance(rng, 0.6):
        page.add(title)
        fields["name"] = page.mark(world.first_name() + " " + world.last_name() if chance(rng, 0.6) else world.last_name())
        page.add(" is a ")
    else:
        page.add(rng.choice(["This is a ", "The patient is a ", "This pleasant ", "Patient is a "]))
    number = str(rng.randint(1, 96))
    style = rng.choice(["-year-old", " year old", " y/o", "-year-old", "yo", "-month-old"])
    fields["age"] = page.mark(number + style)
    noun = {"female": ["woman", "female", "lady", "white female", "girl", "African-American female"], "male": ["man", "male", "gentleman", "white male", "boy", "Hispanic male"]}.get(sex, ["person"])
    page.add(" " + rng.choice(noun))
    if sex in ("female", "male"):
        fields["sex"] = sex
    page.add(" " + rng.choice(["who presents with ", "with a history of ", "seen today for ", "admitted for "]) + world.diagnosis()[0] + ".")


REASONS = ["chest pain", "shortness of breath", "abdominal pain", "fever and cough", "weakness", "a fall at home", "syncope", "altered mental status", "hip pain", "elective surgery", "vomiting", "headache", "leg swelling", "GI bleeding", "worsening dyspnea", "seizure", "palpitations", "back pain", "dizziness"]
CONDITIONS = ["Stable", "stable", "Good", "Improved", "Fair", "good", "Satisfactory", "Stable and improved", "Afebrile and ambulatory", "Guarded", "critical", "Much improved"]
DISPOSITIONS = ["Home", "home", "Discharged home", "Skilled nursing facility", "Home with home health services", "Rehabilitation facility", "SNF", "Hospice", "Transferred to rehab", "Nursing home", "home with family", "Long-term care", "Home with self-care"]
PROCEDURES = ["appendectomy", "cardiac catheterization", "colonoscopy", "total knee arthroplasty", "laparoscopic cholecystectomy", "CT of the head", "coronary artery bypass grafting", "hip replacement", "lumbar puncture", "EGD", "bronchoscopy", "blood transfusion",
              "hemodialysis", "echocardiogram", "cesarean section", "hernia repair", "tonsillectomy", "biopsy", "stent placement", "MRI of the brain", "thoracentesis", "chest tube placement", "ORIF of the left ankle", "central line placement", "mastectomy", "PEG tube placement"]  # fmt: skip
SPECIALTIES = ["Cardiology", "cardiology", "primary care physician", "PCP", "Surgery clinic", "Orthopedics", "Neurology", "oncology clinic", "Nephrology", "the wound clinic", "family doctor", "Physical therapy", "Dermatology", "ENT", "Endocrinology"]
PURPOSES = ["suture removal", "wound check", "blood test", "repeat chest x-ray", "blood pressure check", "INR check", "follow-up of diabetes", "staple removal", "routine check", "repeat labs", "medication review", "cast removal", "hearing test", "stress test"]
SPANS_OF_TIME = ["in one week", "in 2 weeks", "in 7-10 days", "in 1 month", "in 3 months", "within a week", "in two to three days", "tomorrow", "next Monday", "in 6 weeks", "in 10 days", "on Tuesday"]


def write_stay(page, world):
    """Dates, reasons and state of a hospital stay."""
    rng, dates, fields = world.rng, Dates(world.rng), {}
    diagnosis = world.diagnosis()[0]
    entries = [
        ("admission_date", ["Admission date", "Date of admission", "Admitted", "DATE OF ADMISSION", "Aufnahme"], dates.date()),
        ("discharge_date", ["Discharge date", "Date of discharge", "Discharged", "DATE OF DISCHARGE", "Entlassung"], dates.date()),
        ("admission_reason", ["Reason for admission", "Chief complaint", "Presenting complaint", "Admitted for", "Reason for hospitalization"], rng.choice(REASONS)),
        ("principal_diagnosis", ["Principal diagnosis", "Discharge diagnosis", "Main diagnosis", "Primary diagnosis", "Final diagnosis", "PRINCIPAL DIAGNOSIS"], diagnosis),
        ("condition_at_discharge", ["Condition at discharge", "Condition on discharge", "Discharge condition", "Condition", "CONDITION"], rng.choice(CONDITIONS)),
        ("disposition", ["Disposition", "Discharge disposition", "Discharged to", "DISPOSITION"], rng.choice(DISPOSITIONS)),
        ("attending", ["Attending", "Attending physician", "ATTENDING", "Physician", "Consultant in charge"], world.clinician()),
        (None, ["Admitting diagnosis", "Diet", "Activity", "Service", "Referring physician", "Length of stay"], rng.choice(["Regular", "As tolerated", "Medicine", "5 days", world.clinician()])),
    ]  # fmt: skip
    if chance(rng, 0.3):
        page.add(rng.choice(["The patient was admitted on ", "Admitted ", "This patient was hospitalized on "]))
        fields["admission_date"] = page.mark(dates.date())
        if chance(rng, 0.7):
            page.add(rng.choice([" with ", " for ", " because of "]))
            fields["admission_reason"] = page.mark(rng.choice(REASONS))
        if chance(rng, 0.5):
            page.add(rng.choice([" and discharged on ", " and was discharged ", ". Discharged "]))
            fields["discharge_date"] = page.mark(dates.date())
        if chance(rng, 0.5):
            page.add(rng.choice([" in ", " in a "]))
            fields["condition_at_discharge"] = page.mark(rng.choice(["stable", "good", "improved", "satisfactory", "fair"]) + " condition")
        page.add(".")
        if chance(rng, 0.5):
            page.add(rng.choice([" The principal diagnosis was ", " Final diagnosis: ", " He was found to have "]))
            fields["principal_diagnosis"] = page.mark(diagnosis)
            page.add(".")
        entries = [entry for entry in entries if entry[0] not in ("admission_date", "admission_reason", "discharge_date", "condition_at_discharge", "principal_diagnosis")]
        page.add("\n")
    if chance(rng, 0.4):
        rng.shuffle(entries)
    chosen = [entry for entry in entries if chance(rng, 0.7)] or entries[:1]
    joint, across = rng.choice([": ", ": ", "\n", "  ", ":\n"]), chance(rng, 0.2)
    for index, (key, labels, text) in enumerate(chosen):
        if index:
            page.add("  " if across and index % 2 and "\n" not in joint else rng.choice(["\n", "\n\n"]) if "\n" in joint else "\n")
        page.add(rng.choice(labels) + joint)
        span = page.mark(text)
        page.add(rng.choice(["", "", "."]) if key not in (None, "attending") and not text.endswith(".") else "")
        if key:
            fields[key] = span
    page.record("stay", fields)


def write_procedures(page, world):
    rng, dates = world.rng, Dates(world.rng)
    write_heading(page, rng, ["Procedures", "Procedures performed", "Operations", "Surgeries", "Procedures during stay", "Operative procedures"], 0.5)
    if chance(rng, 0.08):
        page.add(rng.choice(["None.", "None", "No procedures were performed."]))
        return
    items = []
    for _ in range(rng.choice([1, 1, 2, 2, 3, 4])):
        name = rng.choice(PROCEDURES) if chance(rng, 0.7) else made_up_word(rng, 1, 3) + rng.choice(["ectomy", "plasty", "oscopy", "graphy", "otomy", " repair", " biopsy"])
        name = rng.choice(["", "", "left ", "right ", "Bilateral "]) + name
        items.append((name[0].upper() + name[1:] if chance(rng, 0.6) else name, dates.date() if chance(rng, 0.6) else None))
    first = chance(rng, 0.2)
    style = rng.choice([(" on ", ""), (" (", ")"), (", ", ""), ("  ", ""), (" - ", ""), (" ", "")])

    def write(item):
        fields = {}
        if item[1] and first:
            fields["date"] = page.mark(item[1])
            page.add(rng.choice([": ", "  ", " - "]))
        fields["procedure"] = page.mark(item[0])
        if item[1] and not first:
            page.add(style[0])
            fields["date"] = page.mark(item[1])
            page.add(style[1])
        page.record("procedure", fields)

    join_list(page, rng, items, write)


def write_follow_up(page, world):
    rng, dates = world.rng, Dates(world.rng)
    write_heading(page, rng, ["Follow-up", "Follow up", "Followup", "Appointments", "Follow-up appointments", "Discharge instructions", "Plan"], 0.5)
    if chance(rng, 0.08):
        page.add(rng.choice(["None.", "As needed.", "No follow-up required."]))
        return
    items = []
    for _ in range(rng.choice([1, 1, 2, 2, 3])):
        item = {"with": rng.choice(SPECIALTIES) if chance(rng, 0.45) else world.clinician()}
        if chance(rng, 0.8):
            item["when"] = rng.choice(SPANS_OF_TIME) if chance(rng, 0.5) else dates.date()
        if chance(rng, 0.5):
            item["purpose"] = rng.choice(PURPOSES)
        items.append(item)
    if chance(rng, 0.2):
        columns = [("with", rng.choice(["With", "Provider", "Clinic"])), ("when", rng.choice(["When", "Date", "Appointment"])), ("purpose", rng.choice(["Purpose", "Reason", "For"]))]
        rng.shuffle(columns)
        write_table(page, rng, columns, items, kind="appointment")
        return
    opening = rng.choice(["Follow up with ", "See ", "Please see ", "Appointment with ", "", "He will follow up with ", "The patient should see ", "Return to "])

    def write(item):
        fields = {}
        page.add(opening)
        fields["with"] = page.mark(item["with"])
        if "when" in item:
            page.add(" " if item["when"][0].islower() else rng.choice([" on ", ", ", "  ", ": "]))
            fields["when"] = page.mark(item["when"])
        if "purpose" in item:
            page.add(rng.choice([" for ", " for ", " (", " - "]))
            closing = ")" if page._pieces[-1] == " (" else ""
            fields["purpose"] = page.mark(item["purpose"])
            page.add(closing)
        page.record("appointment", fields)

    join_list(page, rng, items, write)


EXAMS = ["CT", "MRI", "X-ray", "Ultrasound", "CT scan", "Radiograph", "PET/CT", "Mammogram", "Doppler ultrasound", "CT angiogram"]
REGIONS = ["chest", "abdomen and pelvis", "head", "brain", "lumbar spine", "left knee", "right shoulder", "neck", "pelvis", "left hip", "right ankle", "abdomen", "cervical spine", "right wrist", "thyroid"]
TECHNIQUES = ["Axial images were obtained without contrast.", "Two views", "Helical CT with 100 mL of IV contrast", "Multiplanar T1 and T2 sequences", "AP and lateral views", "Standard protocol without contrast", "Contiguous 5 mm sections", "Grayscale and color Doppler imaging", "PA and lateral", "Three views", "Unenhanced axial CT"]
OBSERVATIONS = ["nodule", "mass", "cyst", "effusion", "fracture", "consolidation", "atelectasis", "hemorrhage", "calcification", "stenosis", "hydronephrosis", "lymph node", "opacity", "stone", "hernia", "infarct", "edema", "disc bulge", "lesion", "thrombus", "pneumothorax", "osteophyte"]
ORGANS = ["right upper lobe", "left lower lobe", "liver", "left kidney", "right kidney", "spleen", "pancreas", "gallbladder", "L4-L5", "left frontal lobe", "thyroid gland", "right adrenal gland", "mediastinum", "bladder", "left hip", "right femur", "C5-C6", "left breast", "aorta", "uterus", "right ovary"]
NORMALS = ["The heart is normal in size.", "No pleural effusion.", "The lungs are clear.", "The bones are intact.", "The spleen is unremarkable.", "No acute abnormality.", "The ventricles are normal in size.", "No free air.", "The kidneys are normal.", "Soft tissues are unremarkable."]


def write_imaging(page, world):
    """A whole radiology report or a piece of one."""
    rng, dates, fields = world.rng, Dates(world.rng), {}
    whole = chance(rng, 0.6)
    pieces = ["head", "findings", "impression"] if whole else rng.choice([["head"], ["findings"], ["impression"], ["head", "findings"], ["findings", "impression"]])
    exam = rng.choice(EXAMS) + rng.choice([" of the ", " ", ", "]) + rng.choice(REGIONS)
    exam = exam.upper() if chance(rng, 0.4) else exam
    if "head" in pieces:
        entries = [
            ("exam", ["Exam", "Examination", "Study", "EXAM", "Procedure", "Type of exam"], exam), ("exam_date", ["Date", "Exam date", "Date of exam", "Study date"], dates.date()),
            ("indication", ["Indication", "Clinical history", "Reason for exam", "History", "Clinical indication", "REASON FOR EXAM"], rng.choice(REASONS + ["rule out " + world.diagnosis()[0], "trauma", "follow-up of " + world.diagnosis()[0]])),
            ("technique", ["Technique", "TECHNIQUE", "Method"], rng.choice(TECHNIQUES)), ("comparison", ["Comparison", "COMPARISON", "Prior study"], rng.choice([dates.date(), "CT of " + dates.date(), rng.choice(EXAMS) + " dated " + dates.date(), "Chest x-ray from " + dates.date()])),
        ]  # fmt: skip
        chosen = [entry for entry in entries if chance(rng, 0.75)] or entries[:1]
        if chance(rng, 0.25):
            rng.shuffle(chosen)
        joint, gap = rng.choice([": ", ": ", ":\n", "  "]), rng.choice(["\n", "\n", "\n\n"])
        first = chance(rng, 0.25)
        if first:
            fields["exam"] = page.mark(exam)
            chosen = [entry for entry in chosen if entry[0] != "exam"]
            page.add("\n\n" if chosen else "\n")
        for index, (key, labels, text) in enumerate(chosen):
            if index:
                page.add(gap)
            page.add(rng.choice(labels) + joint)
            if key == "comparison" and chance(rng, 0.25):
                page.add(rng.choice(["None.", "None", "None available."]))
                continue
            fields[key] = page.mark(text)
        page.add("\n" if chosen else "")
        if len(pieces) > 1 and chance(rng, 0.5) and chosen:
            page.add("\n")
    if "findings" in pieces:
        write_heading(page, rng, ["Findings", "FINDINGS", "Report", "Result"], 0.5)
        for index in range(rng.randint(1, 5)):
            if index:
                page.add(rng.choice([" ", " ", "\n"]))
            if chance(rng, 0.35):
                page.add(rng.choice(NORMALS))
            else:
                _finding(page, world)
        page.add("\n\n" if chance(rng, 0.5) and "impression" in pieces else "\n")
    if "impression" in pieces:
        write_heading(page, rng, ["Impression", "IMPRESSION", "Conclusion", "CONCLUSION", "Summary", "Beurteilung"], 0.5)
        numbered, count = chance(rng, 0.55), rng.choice([1, 1, 2, 2, 3, 4])
        for index in range(count):
            if index:
                page.add("\n" if numbered or chance(rng, 0.3) else " ")
            if numbered:
                page.add("%d. " % (index + 1))
            page.record("statement", {"statement": page.mark(_statement(world))})
        page.add("\n")
    if chance(rng, 0.35):
        page.add(rng.choice(["\nElectronically signed by ", "Radiologist: ", "Signed: ", "Read by ", "Dictated by "]).lstrip("\n"))
        fields["radiologist"] = page.mark(world.clinician())
        page.add("\n")
    page.record("imaging", fields)


def _size(rng):
    number = "%.1f" % rng.uniform(0.2, 9) if chance(rng, 0.6) else str(rng.randint(2, 60))
    unit = rng.choice(["cm", "mm"])
    if chance(rng, 0.25):
        return "%s x %.1f %s" % (number, rng.uniform(0.2, 9), unit)
    return number + rng.choice([" ", " ", "-", ""]) + unit


def _finding(page, world):
    rng, fields = world.rng, {}
    what = rng.choice(["", "", "", "small ", "large ", "calcified ", "simple ", "enhancing ", "mild ", "acute "]) + rng.choice(OBSERVATIONS)
    if chance(rng, 0.1):
        what = made_up_word(rng, 1, 2) + " " + what
    site, size = rng.choice(ORGANS), _size(rng) if chance(rng, 0.5) else None
    style = rng.choice(["there", "there", "site", "noun", "colon"])
    if style == "there":
        page.add(rng.choice(["There is a ", "A ", "There is an incidental ", "Note is made of a ", "We see a "]))
        if size and chance(rng, 0.6):
            fields["size"] = page.mark(size)
            page.add(" ")
            size = None
        fields["observation"] = page.mark(what)
        page.add(rng.choice([" in the ", " at the ", " within the ", " of the "]))
        fields["site"] = page.mark(site)
        if size:
            page.add(rng.choice([" measuring ", ", ", " which measures "]))
            fields["size"] = page.mark(size)
    elif style == "site":
        page.add("The ")
        fields["site"] = page.mark(site)
        page.add(rng.choice([" shows a ", " contains a ", " demonstrates ", " has a "]))
        if size:
            fields["size"] = page.mark(size)
            page.add(" ")
        fields["observation"] = page.mark(what)
    elif style == "noun":
        page.add(rng.choice(["A ", "", "Interval ", "Stable "]))
        fields["observation"] = page.mark(what)
        page.add(rng.choice([" in the ", " of the "]))
        fields["site"] = page.mark(site)
        page.add(rng.choice([" is seen", " is noted", " is unchanged", ""]))
        if size:
            page.add(rng.choice([" measuring ", ", "]))
            fields["size"] = page.mark(size)
    else:
        fields["site"] = page.mark(site[0].upper() + site[1:])
        page.add(": ")
        fields["observation"] = page.mark(what[0].upper() + what[1:])
        if size:
            page.add(", ")
            fields["size"] = page.mark(size)
    page.add(".")
    page.record("finding", fields)


def _statement(world):
    rng = world.rng
    what, site = rng.choice(OBSERVATIONS), rng.choice(ORGANS)
    return rng.choice([
        "No acute abnormality.", "Normal examination.", "No evidence of %s." % what, "%s in the %s, %s." % (what.capitalize(), site, rng.choice(["likely benign", "suspicious for malignancy", "unchanged"])),
        "%s %s of the %s." % (rng.choice(["Small", "Large", "Stable", "New"]), what, site), "Findings consistent with %s." % world.diagnosis()[0], "Recommend follow-up %s in %d months." % (rng.choice(EXAMS), rng.randint(2, 12)),
        "Mild degenerative changes of the %s." % site, "%s measuring %s in the %s." % (what.capitalize(), _size(rng), site), "No change since %d." % rng.randint(2005, 2026),
    ])  # fmt: skip
