# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules for medications, laboratory results, problems and allergies: lexicons and regular expressions.

Every function takes a text and returns records of spans (strings where a choice is answered), in order of the anchor.
"""

import re

import shared_data
from sig_grammar import ROUTE as SIG_ROUTE

_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?(?: ?(?:/|-|to) ?\d+(?:\.\d+)?)*|\.\d+|one-half|one half|one|two|three|four|half(?: a)?|a)"
_UNIT = (
    r"(?:mg/mL|mg/ml|mg|mcg|micrograms?|milligrams?|gm|g|grams?|mL|ml|cc|units?|mEq|meq|mmol|IU|%|puffs?|tablets?|tabs?|caplets?|capsules?|caps?|sprays?|drops?|gtts?|pills?|teaspoons?|tsp|tablespoons?|patch(?:es)?|inhalations?|liters?|L)"
)
DOSE = r"(?<![\w.])(?:%s[ -]?%s(?![A-Za-z])(?:/(?:hr|h|day|mL|ml|kg|dose))*|\d+(?:\.\d+)?/\d+(?:\.\d+)?(?:/\d+)?(?![\d/])|\d+(?:\.\d+)?(?=[, ]+(?:p\.?o|b\.?i\.?d|t\.?i\.?d|q\.?|daily|once|twice)))" % (_NUMBER, _UNIT)
ROUTE = r"(?<!\w)(?:%s|p\.o\.|I\.V\.|IV push|nebulized|inhaler|intrathecal|intra-articular|per G-tube|via G-tube|PR)(?!\w)" % SIG_ROUTE
_ONE = (
    r"(?:q\.?\s?\d+(?: ?(?:-|to) ?\d+)?\.? ?h(?:ours?|rs?|\.)?|q\.? ?(?:h\.?s|d|i\.?d|o\.?d|a\.?m|p\.?m|h|w|day|week|month|shift|other day)\.?(?!\w)|b\.? ?i\.? ?d\.?(?!\w)|t\.? ?i\.? ?d\.?(?!\w)|h\.s\.|a\.c\.|\bh\.?s\.?(?!\w)|"
    r"(?:once|twice|one time|two times|three times|four times|five times|\d times|\d x|x ?\d)(?:(?: per| an?| each| every)? ?(?:daily|day|week|weekly|month|night|hour))?(?!\w)|(?:once |twice )?(?:daily|weekly|monthly|nightly)(?!\w)|"
    r"every (?:other )?(?:day|night|morning|evening|week|month|\d+ (?:to \d+ )?(?:hours|days|weeks|months)|(?:four|six|eight|twelve|two|three) (?:to \w+ )?(?:hours|days|weeks|months))|"
    r"(?:a|per|each) (?:day|week|night|month)|at (?:bedtime|night|h\.s\.)|in (?:the )?(?:morning|evening|afternoon|a\.m\.|p\.m\.)|before meals|with meals|after meals|before breakfast|as directed|as needed|p\.? ?r\.? ?n\.?(?!\w)|on (?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)s?)"
)
FREQUENCY = r"(?<![\w])(?:%s(?:,? ?(?:and |to |or )?%s)*)" % (_ONE, _ONE)
DURATION = r"(?:for |x ?)(?:the (?:next|last|past) )?(?P<value>(?:a |an )?(?:\d+|one|two|three|four|five|six|seven|ten|fourteen)?(?:-| ?to )?\d*[ -]?(?:more )?(?:days?|weeks?|months?|years?))(?!\w)"
INDICATION = r"(?:for (?:her |his |the )?)(?P<value>[a-z][a-z\-]+(?: (?!and\b|or\b|that\b|which\b|q\b|twice\b|as\b|with\b)[a-z\-]+){0,2})"
_SUFFIX = r"(?: (?:SR|XL|XR|LA|CR|ER|CD|HCT|HFA|DS|EC|Plus|PM|ODT|Diskus|HandiHaler|Forte|long-acting|E|C|D|B12|B-12|sulfate|sodium|hydrochloride|acetate|calcium|potassium)(?![\w']))+"
_COMMON_DRUGS = (
    "aspirin baby aspirin|enteric-coated aspirin|asa|hctz|hydrochlorothiazide|insulin|vitamins|multivitamin|multivitamins|calcium|iron|fish oil|coumadin|tylenol|ibuprofen|advil|motrin|aleve|prednisone|vitamin|vitamin d|vitamin c|vitamin e|"
    "vitamin b12|potassium|kcl|k-dur|glucosamine|folic acid|niacin|oxygen|metformin|lasix|nitroglycerin|albuterol|steroids|antibiotics|birth control pills|oral contraceptives|stool softener|magnesium|zinc|melatonin|fentanyl|versed|heparin|morphine"
).split("|")
# Product names that are ordinary words of notes.
_NOT_DRUGS = set(
    "a an the and or of in on at to for with is was are were be he she it his her no none not as by from pain day days daily week month night morning am pm time times once twice one two three four patient patients medication medications medicine drug drugs "
    "dose doses tablet tablets tab tabs capsule capsules pill pills mg mcg ml per every other current past history home medical use used oral cream ointment spray drops inhaler patch solution injection list following include includes including "
    "unknown denies known allergies allergy present stable normal water sugar blood skin eye ear nose cough cold sinus relief ease balance control complete advance advanced basic natural first today new level support extra strength plus max her's "
    "sleep heart bladder bone cough fever rash itch gas stress diet wash soap air oil sun free clear pro care health med meds all some any than that this these those up out off so we i you they them under over per via his hers can may will "
    "social family review surgical prior present significant general physical mother father hypertension diabetes asthma alcohol tobacco smoking ethanol nicotine caffeine surgery right left back".split()
)
_SECTION = re.compile(r"\n(?:PMH|FHX|FH|SHX|SH|ROS|ALLERGIES|PAST MEDICAL|SOCIAL|FAMILY|REVIEW|PHYSICAL|EXAM)\b[^\n]*:")


def trimmed(text, begin, end):
    """The stretch without blanks and punctuation at its ends, or None."""
    while begin < end and not text[begin].isalnum():
        begin += 1
    while end > begin and not (text[end - 1].isalnum() or text[end - 1] in ")%"):
        end -= 1
    return (begin, end) if end > begin else None


class DrugNames:
    """Product and ingredient names, lower case, with the greedy longest match."""

    def __init__(self, root):
        folder = root / "lexicons"
        names = [row[key] for row in shared_data.read_csv(folder / "drugsatfda_products.csv") for key in ("drug", "active_ingredient")]
        names += shared_data.read_lines(folder / "drug_names_parsigs.txt")
        self._names = set(_COMMON_DRUGS)
        for name in names:
            name = re.sub(r"\s+", " ", name.lower()).strip()
            for part in [name] + name.split("; "):
                if len(part) > 3 and part not in _NOT_DRUGS and re.fullmatch(r"[a-z][a-z0-9 \-/'.]*", part):
                    self._names.add(part)
                    first = part.split(" ")[0]
                    if len(first) > 5 and first not in _NOT_DRUGS and not re.search(r"(?:ic|al|ous|ive|ary|ed|ing|ent|ine[ds])$", first):
                        self._names.add(first)

    def find(self, text):
        words = [match.span() for match in re.finditer(r"[A-Za-z][\w\-/']*(?:\.(?=\w))?", text)]
        found, index = [], 0
        while index < len(words):
            for size in (4, 3, 2, 1):
                if index + size > len(words):
                    continue
                begin, end = words[index][0], words[index + size - 1][1]
                if text[begin:end].lower() in self._names and "\n" not in text[begin:end]:
                    found.append((begin, end))
                    index += size - 1
                    break
            index += 1
        return found


def _overlaps(span, spans):
    return any(span[0] < other[1] and other[0] < span[1] for other in spans)


_BEFORE_DOSE = re.compile(r"(?P<name>[A-Za-z][\w\-/']*(?: [A-Za-z][\w\-/']*){0,2}),? (?:at |of )?(?P<dose>%s)" % DOSE)
_ITEM = re.compile(r"(?<=[,;\n:])\s*(?:and |\d+[.)] ?)?(?P<name>[A-Z][\w\-/']*(?: [A-Za-z][\w\-/']*)?)(?=\s*(?:[,;.\n]|$| and ))")


def _drug_spans(text, names, body):
    found = [span for span in names.find(text) if span[0] >= body]
    for match in _BEFORE_DOSE.finditer(text, body):
        begin, end = match.span("name")
        words = list(re.finditer(r"\S+", text[begin:end]))
        while words and words[0].group().lower() in _NOT_DRUGS | {"takes", "take", "taking", "started", "also", "with", "currently", "plus", "then", "increased", "increase", "reduced", "continue", "given", "both"}:
            words.pop(0)
        if not words or words[-1].group().lower() in _NOT_DRUGS or re.fullmatch(r"[a-z]{1,3}", words[-1].group()):
            continue
        span = (begin + words[0].start(), begin + words[-1].end())
        if not _overlaps(span, found):
            found.append(span)
    for match in _ITEM.finditer(text, max(0, body - 1)):
        span = match.span("name")
        words = text[span[0] : span[1]].lower().split()
        if not _overlaps(span, found) and not set(words) & _NOT_DRUGS and not text[span[0] : span[1]].isupper():
            found.append(span)
    extended = []
    for begin, end in sorted(found):
        more = re.compile(_SUFFIX).match(text, end)
        extended.append((begin, more.end() if more else end))
    kept = []
    for span in sorted(extended):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def medications(text, names):
    heading = re.match(r"[A-Z][A-Z /&'-]+:", text)
    body = heading.end() if heading else 0
    stop = _SECTION.search(text)
    spans = [span for span in _drug_spans(text, names, body) if not stop or span[0] < stop.start()]
    records = []
    for index, span in enumerate(spans):
        end = spans[index + 1][0] if index + 1 < len(spans) else (stop.start() if stop else len(text))
        line = text.find("\n\n", span[1])
        end = min(end, line) if line >= 0 else end
        sentence = re.compile(r"(?<=[a-z]{3})\. (?=[A-Z])").search(text, span[1], end)
        end = sentence.start() if sentence else end
        before = text[max(0, span[0] - 40) : span[0]]
        record = {"drug": span, "status": "active"}
        dose = re.compile(DOSE).search(text, span[1], end)
        if not dose:
            # "81 mg aspirin"
            dose = re.search(r"(%s)(?: of)? $" % DOSE, before)
            if dose:
                record["dose"] = (span[0] - len(before) + dose.start(1), span[0] - len(before) + dose.end(1))
        else:
            record["dose"] = dose.span()
        route = re.compile(ROUTE, re.IGNORECASE).search(text, span[1], end)
        if route:
            record["route"] = route.span()
        frequency = re.compile(FREQUENCY, re.IGNORECASE).search(text, span[1], end)
        if frequency:
            record["frequency"] = frequency.span()
        duration = re.compile(DURATION, re.IGNORECASE).search(text, span[1], end)
        if duration:
            record["duration"] = duration.span("value")
        indication = re.compile(INDICATION).search(text, span[1], end)
        if indication and not (duration and duration.start() == indication.start()):
            record["indication"] = indication.span("value")
        around = before + text[span[0] : min(end, span[1] + 60)]
        for status, words in (("stopped", r"stopped|discontinued|discontinue|quit|off of"), ("held", r"\bheld\b|on hold"), ("started", r"started on|will start|given|added|begin"), ("changed", r"increased|decreased|changed"), ("historical", r"previously|in the past|used to|tried on|formerly")):
            if re.search(words, around, re.IGNORECASE):
                record["status"] = status
                break
        records.append(record)
    return records


_TESTS = (
    "white blood cell count|white blood count|white blood cells|white cell count|white count|wbc count|wbc|red blood cell count|red blood cells|rbc|hemoglobin and hematocrit|hemoglobin a1c|hgb a1c|hba1c|a1c|hemoglobin|hgb|hematocrit|hct|h&h|platelet count|platelets|plt|mcv|mch|mchc|rdw|"
    "neutrophils|lymphocytes|monocytes|eosinophils|basophils|bands|segs|polys|sodium|potassium|chloride|bicarbonate|bicarb|co2|carbon dioxide|bun|blood urea nitrogen|creatinine|glucose|blood sugar|calcium|magnesium|phosphorus|phosphate|total protein|albumin|globulin|"
    "total bilirubin|direct bilirubin|bilirubin|alkaline phosphatase|alk phos|ast|sgot|alt|sgpt|ggt|ldh|amylase|lipase|total cholesterol|cholesterol|triglycerides|hdl|ldl|tsh|free t4|t4|t3|pt|ptt|inr|prothrombin time|partial thromboplastin time|troponin i|troponin|ck-mb|ck|cpk|"
    "myoglobin|bnp|d-dimer|esr|sedimentation rate|sed rate|crp|c-reactive protein|uric acid|lactate|lactic acid|ammonia|ferritin|iron|tibc|b12|folate|psa|hcg|beta hcg|cea|ana|rheumatoid factor|ph|pco2|po2|specific gravity|protein|ketones|nitrites?|leukocyte esterase|leukocytes|blood|"
    "anion gap|gfr|digoxin level|dilantin level|lithium level|urinalysis|chemistries|chemistry|cbc|electrolytes|liver function tests|lfts|cardiac enzymes|blood type|urine culture|blood cultures?|osmolality|acetaminophen level|alcohol level|oxygen saturation"
).split("|")
_LAB_UNIT = r"(?:mg/dL|mg/dl|g/dL|g/dl|gm/dL|mEq/L|meq/L|mmol/L|ng/mL|ng/ml|pg/mL|pg/ml|mcg/dL|ug/dL|IU/L|U/L|units?/L|units?|seconds|sec|%|percent|mm/hr|fL|K/uL|x10E3/uL|10\^3/ul|thousand|mg|g|mL|mm[Hh]g|K(?![A-Za-z])|g percent)"
_FIGURE = r"\d+(?:,\d{3})*(?:\.\d+)?"
_VALUE = r"(?:[<>]=? ?)?%s(?: ?(?:to|/|-) ?%s)?" % (_FIGURE, _FIGURE)
_WORDS = r"(?:within normal limits|unremarkable|normal|negative|positive|nonreactive|reactive|pending|elevated|low|high|trace|none seen)"


class Tests:
    """Names of laboratory tests, with what follows them."""

    def __init__(self, root):
        names = set(_TESTS)
        for row in shared_data.read_csv(root / "lexicons" / "labs_common.csv"):
            names.update(name.lower() for name in [row["name"]] + row["aliases"].split("|") if len(name) > 1)
        words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        name = r"(?<![\w-])(?P<test>(?:(?:total|serum|urine|free|direct|random|fasting|percent|absolute|troponin) )?(?:%s)(?: (?:levels?|count|titer))?)(?![\w-])" % words
        link = r"(?:\s*[:=]\s*|,? (?:(?:level|count) )?(?:was|were|is|are|of|at|showed?|shows|came back(?: at)?|equals) (?:noted (?:to be )?|found to be |only |elevated at |low at |high at |normal at |back at )?|,? |  )"
        self._pattern = re.compile(
            name + link + r"(?P<value>%s(?![\d/])|%s(?!\w))(?:[ -]?(?P<unit>%s)(?![A-Za-z/]))?(?:,? ?(?:\(|with normal being |normal (?:range )?|reference (?:range )?|  )(?P<range>\d[\d.,]*(?: ?- ?| to )\d[\d.,]*))?(?:  ?\(?(?P<flag>[HL]|high|low)\)?(?!\w))?" % (_VALUE, _WORDS, _LAB_UNIT),
            re.IGNORECASE,
        )
        self._pairs = re.compile(name + r" and (?P<second>%s) (?:were |of |was |are )?(?P<value>%s|%s)(?:(?: and |/)(?P<other>%s))?" % (words, _FIGURE, _WORDS, _FIGURE), re.IGNORECASE)

    def find(self, text):
        if " | " in text:
            return _table_rows(text)
        records = []
        for match in self._pairs.finditer(text):
            if match.group("other") or not match.group("value")[0].isdigit():
                records.append({"test": match.span("test"), "value": match.span("value")})
                records.append({"test": match.span("second"), "value": match.span("other") if match.group("other") else match.span("value")})
        taken = [record["test"] for record in records]
        for match in self._pattern.finditer(text):
            if _overlaps(match.span("test"), taken) or re.match(r"\d", text[match.end("value") : match.end("value") + 1]):
                continue
            record = {"test": match.span("test"), "value": match.span("value")}
            for key, group in (("unit", "unit"), ("reference_range", "range"), ("flag", "flag")):
                if match.group(group):
                    record[key] = match.span(group)
            records.append(record)
        return sorted(records, key=lambda record: record["test"])


_CELL = re.compile(r"\| (?P<test>[^|\n]*[A-Za-z][^|\n]*?) \| (?P<value>%s)(?: ?(?P<unit>[^\s|]+))? ?\|(?:[^|\n]*?[Rr]ange: ?(?P<range>[\d.]+ - [\d.]+(?: [^\s|]+)?))?" % _FIGURE)


def _table_rows(text):
    """Rows of a table whose cells are set apart by ` | `: a name, then a cell with a number and a unit."""
    records, shifted = [], "| " + text.replace("\n", "\n| ")
    for match in _CELL.finditer(shifted):
        back = 2 * (1 + shifted.count("\n", 0, match.start("test")))
        record = {}
        for key, group in (("test", "test"), ("value", "value"), ("unit", "unit"), ("reference_range", "range")):
            if match.group(group):
                record[key] = (match.start(group) - back, match.end(group) - back)
        records.append(record)
    return records


_LEAD = re.compile(r"^(?:(?:significant|notable|positive|remarkable|as above|none|the patient|patient|he|she|has|have|had|with|of|for|a|an|the|and|also|history|findings|consistent|probable|possible|suspected|likely|known|include|includes|including|past|is|was|which|status post|s/p|her|his|chronic problems|there)\b[ ,:]*)+", re.IGNORECASE)
_CUT = re.compile(r",| with | which | that | status post | secondary | due to | without | on | for | by | since | in the setting | as | - | but |\(|\. |; ")
_NO_PROBLEM = re.compile(r"\b(?:no|none|denies|normal|negative|unremarkable|plan|continue|will|recommend|discussed|follow|ectomy|surgery|repair|years?|thank|advised|return|patient|should|needs?|surgical|status post|s/p|otherwise)\b", re.IGNORECASE)


def problems(text):
    heading = re.match(r"[A-Z][A-Z /&'-]+:", text)
    records, begin = [], heading.end() if heading else 0
    numbered = re.search(r"(?:^|\n| )\d+[.)] ?[A-Z]", text[begin:]) is not None
    separator = re.compile(r"\n|(?:^|(?<=[ \n]))\d+[.)] ?|(?<=[a-z]{2})\. +" if numbered else r"\n|(?<=[a-z]{2})\. +|, and |, | and |;")
    places = [begin] + [match.end() for match in separator.finditer(text, begin)]
    ends = [match.start() for match in separator.finditer(text, begin)] + [len(text)]
    for left, right in zip(places, ends):
        piece = text[left:right]
        lead = _LEAD.match(piece.lstrip())
        left += len(piece) - len(piece.lstrip()) + (lead.end() if lead else 0)
        piece = text[left:right]
        resolved = lead is not None and re.search(r"status post|s/p|history of", lead.group(), re.IGNORECASE)
        cut = _CUT.search(piece)
        span = trimmed(text, left, left + (cut.start() if cut else len(piece)))
        if not span or _NO_PROBLEM.search(text[span[0] : span[1]]) or len(text[span[0] : span[1]].split()) > 7 or span[1] - span[0] < 3:
            continue
        records.append({"problem": span, "status": "resolved" if resolved and "history" in lead.group().lower() and "past" not in lead.group().lower() else "active"})
    return records


_NO_ALLERGY = re.compile(r"\b(?:no|nkda|nka|none|denie[sd]|not|negative|non-?contributory)\b", re.IGNORECASE)


def allergies(text, names):
    heading = re.match(r"[A-Z][A-Z /&'-]+:", text)
    begin, records = heading.end() if heading else 0, []
    stop = re.compile(r"\n[A-Z]{2,}[A-Z /]*:").search(text, begin)
    for sentence in re.compile(r"[^\n.]+").finditer(text, begin, stop.start() if stop else len(text)):
        if _NO_ALLERGY.search(sentence.group()) and not re.search(r"except|other than", sentence.group(), re.IGNORECASE):
            continue
        left, right = sentence.span()
        lead = re.compile(r".*?\b(?:allerg(?:ic|y|ies) (?:to|include|are)|intoleran(?:ce|t) (?:to|of)|sensitiv(?:e|ity) to|reactions? to|except(?: for)?|other than|include)[: ]", re.IGNORECASE).match(text, left, right)
        left = lead.end() if lead else left
        reason = re.compile(r",? *(?:\(|which (?:causes?|caused|gives?|gave)|caus(?:es|ed|ing)|gives?|lead(?:s|ing) to|resulting in|with|makes?|both cause|- )\s*(?P<value>[a-z][a-z ]*[a-z](?: and [a-z]+)?)", re.IGNORECASE)
        for piece in re.compile(r"(?:(?!,| and (?!vomiting|rash|hives|itching|diarrhea|swelling)| or |;|/).)+", re.IGNORECASE).finditer(text, left, right):
            match = reason.search(text, piece.start(), piece.end())
            tail = text[piece.start() : match.start() if match else piece.end()]
            prefix = re.match(r"\s*(?:and |or |to |also |the |she |he |patient |is |has |an? |iv |said to be |skin sensitivity to |intolerance to )*", tail, re.IGNORECASE)
            span = trimmed(text, piece.start() + prefix.end(), match.start() if match else piece.end())
            if not span or len(text[span[0] : span[1]].split()) > 4 or span[1] - span[0] < 3:
                continue
            record = {"substance": span}
            if names.find(text[span[0] : span[1]]):
                record["category"] = "medication"
            if match and trimmed(text, *match.span("value")):
                record["reaction"] = trimmed(text, *match.span("value"))
            records.append(record)
    return records
