# SPDX-License-Identifier: GPL-3.0-or-later
"""What all document generators share: made-up names, dates, money, lists and tables."""

_ONSETS = "b c d f g h j k l m n p r s t v w z br ch cl cr dr fl fr gl gr kl kr pl pr qu sc sh sk sl sp st str th tr tw x y ph".split()
_VOWELS = "a e i o u a e i o ai ea ee io ou y au ie".split()
_CODAS = ["", "", "", "n", "r", "l", "s", "t", "x", "m", "nd", "nt", "st", "rt", "ck", "ll", "d", "p", "z", "rn", "lm"]
MONTHS = "January February March April May June July August September October November December".split()
GERMAN_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()

COMPANY_ENDS = ["Ltd", "Ltd.", "Limited", "Inc.", "Inc", "LLC", "GmbH", "AG", "GmbH & Co. KG", "plc", "S.A.", "B.V.", "Corp.",
                "Corporation", "& Sons", "Group", "Holdings", "Services", "Solutions", "Trading", "Co.", "e.K.", "SDN BHD", "Partners", "LLP"]  # fmt: skip
COMPANY_MIDDLES = ["Logistics", "Systems", "Foods", "Electronics", "Consulting", "Medical", "Energy", "Software", "Media", "Design",
                   "Hardware", "Supplies", "Textiles", "Analytics", "Marine", "Print", "Cleaning", "Bau", "Technik", "Handels", "Motors"]  # fmt: skip
STREETS = ["Street", "St", "Road", "Rd", "Avenue", "Ave", "Lane", "Drive", "Way", "Close", "Court", "Blvd", "Square"]
FACILITY_ENDS = ["Hospital", "Medical Center", "General Hospital", "Clinic", "Health Centre", "Memorial Hospital", "Regional Medical Center",
                 "Family Practice", "University Hospital", "Surgery", "Health System", "Community Hospital", "Infirmary", "Klinikum"]  # fmt: skip
DEGREES = ["MD", "M.D.", "DO", "RN", "PhD", "FRCP", "MBBS", "NP", "PA-C", "D.O."]


def chance(rng, share):
    return rng.random() < share


def made_up_word(rng, low=1, high=4):
    word = ""
    for _ in range(rng.randint(low, high)):
        word += rng.choice(_ONSETS) + rng.choice(_VOWELS) + (rng.choice(_CODAS) if chance(rng, 0.5) else "")
    return word


def random_case(rng, text):
    """Mostly unchanged, sometimes all capitals, all small or titled."""
    roll = rng.random()
    if roll < 0.72:
        return text
    if roll < 0.86:
        return text.upper()
    return text.lower() if roll < 0.95 else text.title()


def code(rng, low=4, high=10):
    """An identifier such as `INV-20391`, `7F-2210` or `004512`."""
    roll = rng.random()
    digits = "".join(rng.choice("0123456789") for _ in range(rng.randint(low, high)))
    if roll < 0.35:
        return digits
    letters = "".join(rng.choice("ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(rng.randint(1, 3)))
    if roll < 0.7:
        return letters + rng.choice(["-", "", "/", " ", "_", "."]).strip() + digits
    if roll < 0.85:
        return digits[: len(digits) // 2] + rng.choice("-/.") + digits[len(digits) // 2 :] or digits
    return str(rng.randint(2015, 2027)) + rng.choice("-/") + digits


class Dates:
    """Dates in one style, as in one document."""

    def __init__(self, rng):
        self._rng = rng
        self._style = rng.choice("iso us us us_short us_long de de de_long uk uk_long abbr dash compact".split())

    def date(self, year=None):
        rng = self._rng
        d, m, y = rng.randint(1, 28), rng.randint(1, 12), year or rng.randint(2008, 2027)
        style = self._style if chance(rng, 0.93) else rng.choice(["iso", "us", "de_long", "uk", "us_long"])
        if style == "iso":
            return "%04d-%02d-%02d" % (y, m, d)
        if style == "us":
            return "%02d/%02d/%04d" % (m, d, y)
        if style == "us_short":
            return "%d/%d/%02d" % (m, d, y % 100)
        if style == "us_long":
            return "%s %d, %d" % (MONTHS[m - 1], d, y)
        if style == "de":
            return "%02d.%02d.%04d" % (d, m, y)
        if style == "de_long":
            return "%d. %s %d" % (d, GERMAN_MONTHS[m - 1], y)
        if style == "uk":
            return "%02d/%02d/%04d" % (d, m, y)
        if style == "uk_long":
            return "%d %s %d" % (d, MONTHS[m - 1], y)
        if style == "abbr":
            return "%s %d, %d" % (MONTHS[m - 1][:3], d, y)
        if style == "compact":
            return "%02d-%02d-%02d" % (m, d, y % 100)
        return "%02d-%s-%04d" % (d, MONTHS[m - 1][:3], y)

    def vague(self):
        rng = self._rng
        roll = rng.random()
        if roll < 0.4:
            return str(rng.randint(1975, 2027))
        if roll < 0.7:
            return "%s %d" % (rng.choice(MONTHS), rng.randint(1998, 2027))
        return self.date()

    def time(self):
        rng = self._rng
        hour, minute = rng.randint(0, 23), rng.randint(0, 59)
        if chance(rng, 0.3):
            return "%d:%02d %s" % ((hour % 12) or 12, minute, rng.choice(["AM", "PM", "am", "pm"]))
        return rng.choice(["%02d:%02d", "%02d:%02d", "%02d%02d"]) % (hour, minute)


class World:
    """Random names from the lexicons and made-up ones, all drawn from one generator."""

    def __init__(self, rng, lexicons):
        self.rng = rng
        self.lexicons = lexicons

    def first_name(self):
        rng = self.rng
        return rng.choice(self.lexicons.first_names) if chance(rng, 0.85) else made_up_word(rng, 1, 3).capitalize()

    def last_name(self):
        rng = self.rng
        return rng.choice(self.lexicons.last_names) if chance(rng, 0.8) else made_up_word(rng, 1, 3).capitalize()

    def person(self):
        rng = self.rng
        first, last, roll = self.first_name(), self.last_name(), rng.random()
        if roll < 0.6:
            return first + " " + last
        if roll < 0.75:
            return last + ", " + first
        if roll < 0.85:
            return first + " " + rng.choice("ABCDEFGHJKLMNPRSTW") + ". " + last
        return (first + " " + last).upper() if roll < 0.93 else last.upper() + " " + first

    def clinician(self):
        rng = self.rng
        name = rng.choice([self.first_name() + " " + self.last_name(), self.last_name(), self.first_name()[0] + ". " + self.last_name()])
        roll = rng.random()
        if roll < 0.45:
            return rng.choice(["Dr. ", "Dr ", "Dr. med. ", "Prof. "]) + name
        if roll < 0.85:
            return self.first_name() + " " + self.last_name() + ", " + rng.choice(DEGREES)
        return self.first_name() + " " + self.last_name()

    def city(self):
        rng = self.rng
        return rng.choice(self.lexicons.cities) if chance(rng, 0.85) else made_up_word(rng, 2, 3).capitalize()

    def company(self):
        rng, roll = self.rng, self.rng.random()
        if roll < 0.3:
            name = rng.choice(self.lexicons.companies)
        elif roll < 0.6:
            name = rng.choice([self.last_name(), self.city(), made_up_word(rng, 1, 3).capitalize()])
            name += " " + rng.choice(COMPANY_MIDDLES) + " " + rng.choice(COMPANY_ENDS)
        elif roll < 0.8:
            name = made_up_word(rng, 2, 3).capitalize() + " " + rng.choice(COMPANY_ENDS)
        else:
            name = self.last_name() + rng.choice([" & ", " and ", "-", " "]) + self.last_name() + " " + rng.choice(COMPANY_ENDS)
        return name.upper() if chance(rng, 0.15) else name

    def facility(self):
        rng = self.rng
        name = rng.choice([self.city(), self.last_name(), "St. " + self.first_name(), made_up_word(rng, 2, 3).capitalize()])
        return random_case(rng, name + " " + rng.choice(FACILITY_ENDS))

    def address(self):
        rng = self.rng
        street = "%d %s %s" % (rng.randint(1, 999), rng.choice([self.last_name(), self.city()]), rng.choice(STREETS))
        if chance(rng, 0.3):
            street = "%s%s %d" % (self.last_name(), rng.choice(["straße", "weg", "str.", "allee", "platz"]), rng.randint(1, 200))
        return street, "%05d %s" % (rng.randint(1000, 99999), self.city())

    def drug(self):
        rng, roll = self.rng, self.rng.random()
        if roll < 0.62:
            name = rng.choice(self.lexicons.drugs)
            return rng.choice([name.lower(), name.capitalize(), name.title(), name.title(), name.upper(), name])
        if roll < 0.76:
            return rng.choice(COMMON_DRUGS) if chance(rng, 0.5) else rng.choice(COMMON_DRUGS).capitalize()
        if roll < 0.92:
            name = made_up_word(rng, 2, 4) + rng.choice(["", "", "ol", "ine", "ate", "ide", "ex", "ium", "il", "ab", "statin", "pril", "azole"])
            return random_case(rng, name.capitalize())
        return rng.choice([self.last_name(), self.city(), self.first_name()])

    def diagnosis(self):
        """A diagnosis and, where it has one, its code."""
        rng, roll = self.rng, self.rng.random()
        if roll < 0.5:
            text, icd = rng.choice(self.lexicons.short_diagnoses if chance(rng, 0.7) else self.lexicons.diagnoses)
            if chance(rng, 0.45):
                text = text[0].lower() + text[1:]
            return (text.upper() if chance(rng, 0.06) else text), icd
        if roll < 0.85:
            text = rng.choice(COMMON_DIAGNOSES)
            return (text.capitalize() if chance(rng, 0.5) else text), None
        ends = ["itis", "osis", "oma", " syndrome", " disease", " deficiency", "opathy", " fracture", " disorder"]
        text = made_up_word(rng, 1, 3) + rng.choice(ends)
        return (text.capitalize() if chance(rng, 0.6) else text), None


COMMON_DRUGS = """aspirin metformin lisinopril atorvastatin simvastatin metoprolol amlodipine losartan omeprazole pantoprazole furosemide
hydrochlorothiazide warfarin insulin levothyroxine prednisone gabapentin sertraline fluoxetine tramadol ibuprofen acetaminophen amoxicillin
azithromycin ciprofloxacin albuterol montelukast clopidogrel digoxin potassium Lasix Coumadin Plavix Lipitor Zocor Synthroid Norvasc Toprol
Prilosec Nexium Protonix Glucophage Lantus Humalog Zoloft Prozac Ambien Xanax Ativan Percocet Vicodin Tylenol Motrin Advil Keflex Cipro
Bactrim Augmentin Zithromax Singulair Advair Flonase Zyrtec Claritin Allegra Premarin Fosamax Celebrex Neurontin Lyrica Topamax Depakote
Dilantin Keppra Seroquel Zyprexa Risperdal Lithium Wellbutrin Effexor Lexapro Celexa Cymbalta multivitamin calcium iron folate""".split()
COMMON_DIAGNOSES = [text.strip() for text in """hypertension, type 2 diabetes mellitus, hyperlipidemia, coronary artery disease, asthma, COPD,
atrial fibrillation, congestive heart failure, GERD, hypothyroidism, osteoarthritis, depression, anxiety, chronic kidney disease, anemia,
pneumonia, urinary tract infection, migraine headaches, back pain, obesity, sleep apnea, seizure disorder, breast cancer, prostate cancer,
deep vein thrombosis, pulmonary embolism, stroke, cholecystitis, appendicitis, diverticulitis, pancreatitis, cellulitis, gout, psoriasis,
rheumatoid arthritis, glaucoma, hip fracture, acute bronchitis, sinusitis, allergic rhinitis, dehydration, syncope, chest pain,
peripheral vascular disease, hepatitis C, cirrhosis, dementia, Parkinson disease, multiple sclerosis, lupus, hernia, carpal tunnel syndrome""".replace("\n", " ").split(",")]  # fmt: skip


def group_thousands(number, style):
    """`number` in hundredths as text: style en `1,234.50`, de `1.234,50`, plain `1234.50`, fr `1 234,50`."""
    whole, cents = divmod(number, 100)
    if style == "en":
        return "{:,}.{:02d}".format(whole, cents)
    if style == "de":
        return "{:,}".format(whole).replace(",", ".") + ",%02d" % cents
    if style == "de_plain":
        return "%d,%02d" % (whole, cents)
    return "%d.%02d" % (whole, cents)


def join_list(page, rng, items, write):
    """Writes items one after the other in a random list style; `write(item)` adds one item's text."""
    style = rng.choice(["comma", "comma", "numbered", "numbered", "lines", "lines", "bullets", "semicolon", "paren", "numbered_line"])
    if len(items) > 7 and style in ("comma", "semicolon"):
        style = "lines"
    bullet = rng.choice(["- ", "* ", "\u2022 ", "o ", "+ "])
    end = rng.choice(["", "", ".", ";"]) if style not in ("comma", "semicolon") else ""
    for index, item in enumerate(items):
        if style == "comma" and index:
            last = index == len(items) - 1
            page.add(rng.choice([" and ", ", and ", ", "]) if last else ", ")
        elif style == "semicolon" and index:
            page.add("; ")
        elif style == "numbered_line" and index:
            page.add(rng.choice([" ", " ", ", "]))
        elif index:
            page.add("\n")
        if style.startswith("numbered"):
            page.add("%d. " % (index + 1))
        elif style == "paren":
            page.add("%d) " % (index + 1))
        elif style == "bullets":
            page.add(bullet)
        write(item)
        page.add(end)
    if style in ("comma", "semicolon", "numbered_line") and chance(rng, 0.6):
        page.add(".")


def write_heading(page, rng, names, inline=0.5):
    """A section heading; afterwards the page is ready for the section's text."""
    name = rng.choice(names)
    name = rng.choice([name, name.upper(), name.upper(), name.title()])
    if chance(rng, inline):
        page.add(name + rng.choice([": ", ": ", " - "]))
    else:
        page.add(name + rng.choice([":", "", ":"]) + rng.choice(["\n", "\n", "\n\n"]))


def write_table(page, rng, columns, rows, header=True, kind=None):
    """A table with two-space gaps. `columns` are (key, header text); a row maps keys to text.

    Returns nothing; when `kind` is given, each row becomes a record of that kind. Missing cells are left out or a dash.
    """
    gap = "  " if chance(rng, 0.92) else " | "
    if header:
        page.add(gap.join(text for _, text in columns) + "\n")
    blank = rng.choice(["-", "", "", "n/a", "--"])
    for index, row in enumerate(rows):
        fields, first = {}, True
        for key, _ in columns:
            text = row.get(key)
            if text is None and not blank:
                continue
            if not first:
                page.add(gap)
            first = False
            if text is None:
                page.add(blank)
            else:
                fields[key] = page.mark(text)
        if kind:
            fields.update({key: value for key, value in row.items() if key.startswith("=") and value})
            page.record(kind, {key.lstrip("="): value for key, value in fields.items()})
        if index + 1 < len(rows):
            page.add("\n")
