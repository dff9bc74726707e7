# SPDX-License-Identifier: GPL-3.0-or-later
"""Training and evaluation examples: a document, the part that is asked, and the gold answer."""

import random
from dataclasses import dataclass, replace
from pathlib import Path

import marked
import marked_notes
import marked_tasks
import prompt
import real_data
import real_documents
import real_summaries
import silver
import synth_clinical
import synth_contract
import synth_free
import synth_invoice
import synth_labs
import synth_medications
import synth_prose
import synth_receipt
import synth_summary
import synth_visit
from backgrounds import Backgrounds
from lexicons import Lexicons
from other_digits import with_other_digits
from page_text import Page, is_folded, is_word_end, is_word_start, value_of
from prompt import Field, Part
from renamed_parts import renamed
from synth_common import COMMON_DRUGS, Dates, World, chance, code
from tokenizer import ANSWER, DOC, END, TASK



def _templates():
    """The folder of the shipped templates: in the repository, or beside a copy of this folder."""
    here = Path(__file__).resolve().parent
    for folder in (here.parent / "resources" / "templates", here / "templates", here.parent / "templates"):
        if folder.is_dir():
            return folder
    raise SystemExit("training needs the shipped templates: copy resources/templates into %s" % here)


TEMPLATES = _templates()

# Which records answer which part; a part's kind is `template` or `template.list`.
RECORDS = {
    "medications.medications": "medication",
    "discharge_summary.medications": "medication",
    "laboratory_results.results": "lab",
    "laboratory_results": "lab_header",
    "vital_signs.measurements": "vital",
    "invoice": "invoice",
    "invoice.lines": "invoice_line",
    "allergies": "allergy_none",
    "allergies.allergies": "allergy",
    "problems.problems": "problem",
    "patient_header": "patient",
    "discharge_summary": "stay",
    "discharge_summary.procedures": "procedure",
    "discharge_summary.follow_up": "appointment",
    "radiology_report": "imaging",
    "radiology_report.findings": "finding",
    "radiology_report.impression": "statement",
    "contract": "contract",
    "contract.parties": "party",
    "questions": "event",
    "summary.sentences": "key_sentence",
}
ABSENT_LIST = 0.45
OTHER_DIGITS = 0.3
# How often a part is asked of a note that was marked for it, instead of once.
NOTE_WEIGHTS = {"medications.medications": 4, "laboratory_results.results": 1.5, "problems.problems": 2.5}
ABSENT_RECORD = 0.2
# Kinds whose own fields a letterhead could answer.
_NAMED_IN_LETTERHEADS = ("invoice_line", "contract", "party", "key_sentence")
WRITERS = {
    "medication": [synth_medications.write_medications] * 4 + [synth_visit.write_visit],
    "lab": [synth_labs.write_labs, synth_prose.write_labs_prose],
    "lab_header": [synth_labs.write_lab_header],
    "vital": [synth_labs.write_vitals],
    "invoice": [synth_invoice.write_invoice],
    "invoice_line": [synth_invoice.write_invoice],
    "allergy_none": [synth_clinical.write_allergies],
    "allergy": [synth_clinical.write_allergies],
    "problem": [synth_clinical.write_problems, synth_prose.write_problems_prose] * 2 + [synth_visit.write_visit],
    "patient": [synth_clinical.write_patient],
    "stay": [synth_clinical.write_stay],
    "procedure": [synth_clinical.write_procedures],
    "appointment": [synth_clinical.write_follow_up],
    "imaging": [synth_clinical.write_imaging],
    "finding": [synth_clinical.write_imaging],
    "statement": [synth_clinical.write_imaging],
    "contract": [synth_contract.write_contract],
    "party": [synth_contract.write_contract],
    "event": [synth_contract.write_event],
    "key_sentence": [synth_summary.write_summary_source, synth_summary.write_summary_source, synth_summary.write_other_source],
}
# Kinds that stand beside `kind` only in the same block: another such block would add a second answer.
CLASHES = [
    {"invoice", "invoice_line"},
    {"allergy_none", "allergy"},
    {"imaging", "finding", "statement"},
    {"contract", "party"},
    {"key_sentence", "imaging", "event", "statement", "finding"},
    {"stay", "problem", "imaging", "patient", "lab_header", "event"},
]
# Kinds of which several sections may stand in one document.
_MANY = {"medication", "lab", "vital", "allergy", "problem"}
# How often a part is asked; the shipped lists that matter most come more often.
WEIGHTS = {"medications.medications": 4.5, "laboratory_results.results": 2, "invoice": 1.6, "invoice.lines": 1.6, "patient_header": 1.2, "allergies": 0.6, "laboratory_results": 0.7}
# How often a set of real documents is drawn; the large ones must not crowd out the others.
SOURCE_WEIGHTS = {"kleister_nda": 3, "cuad": 2.5, "zugferd": 2.5, "ccda": 1, "sigs": 1, "invoice2data": 0.7, "mts_dialog": 0.8, "aci_bench": 0.4, "legal_summaries": 0.3}


@dataclass
class Example:
    part: Part
    text: str
    answer: object
    spans: object = None
    source: str = ""


def check_spans(text, part, spans):
    """Asserts the contract: folded text, spans at word borders, anchors in order without overlap."""
    assert is_folded(text), repr(text[:200])
    rows = spans if part.list_name is not None else [spans]
    end = -1
    for row in rows:
        for key, value in row.items():
            if isinstance(value, tuple):
                assert 0 <= value[0] < value[1] <= len(text)
                assert is_word_start(text, value[0]) and is_word_end(text, value[1]), repr(text[value[0] - 8 : value[1] + 8])
        if part.list_name is not None:
            assert row[part.anchor][0] >= end
            end = row[part.anchor][1]


def gold_answer(part, text, records):
    """The answer in the form `prompt.answer_pieces` wants, and the spans behind it; `records` are dicts of spans."""

    def values(record):
        row, spans = {}, {}
        for item in part.fields:
            value = record.get(item.key)
            if value is None:
                continue
            if item.choices:
                if value in item.choices:
                    row[item.key] = spans[item.key] = value
            elif isinstance(value, tuple):
                row[item.key] = value_of(text, value)
                spans[item.key] = value
        return row, spans

    if part.list_name is None:
        row, spans = values(records[0] if records else {})
        return row, spans
    answer, spans, end = [], [], -1
    for record in sorted((r for r in records if isinstance(r.get(part.anchor), tuple)), key=lambda r: r[part.anchor]):
        if record[part.anchor][0] < end or (part.max_items and len(answer) >= part.max_items):
            continue
        end = record[part.anchor][1]
        row, own = values(record)
        answer.append(row[part.anchor] if part.of_strings else row)
        spans.append(own)
    return answer, spans


class ExampleMaker:
    """Draws examples. `split` is "train" or "test": lexicon entries and real documents differ."""

    def __init__(self, root, seed, split="train"):
        self.rng = random.Random(seed)
        self.split = split
        self.rejected = 0
        self.rename_share = 0.35
        self.lexicons = Lexicons(root, split)
        self.parts = [part for part in prompt.shipped_parts(TEMPLATES) if part.kind in RECORDS]
        self.part_weights = [WEIGHTS.get(part.kind, 1.0) for part in self.parts]
        self.phee = real_data.phee(root, split)
        self.sroie = real_data.sroie(root, split)
        sections = real_data.mtsamples(root, split)
        known = {name.lower() for name in self.lexicons.drugs + COMMON_DRUGS + synth_clinical.DRUG_CLASSES + synth_clinical.FOODS}
        self.marked = marked.pages(root, split)
        self.tasks = marked_tasks.load(root, split)
        by_hand = marked.documents()
        own = [section for section in sections if section[0] not in by_hand]
        self.silver = silver.labelled(own, known) if split == "train" else {}
        self.documents = {}  # by source, then by whether they hold an answer
        for document in real_documents.load(root, split) + real_summaries.load(root, split):
            own = self.documents.setdefault(document.source, {True: [], False: []})
            own[bool(document.records and any(document.records))].append(document)
        self.notes = marked_notes.load(root, split)
        self.backgrounds = Backgrounds(root, sections, self.lexicons.drugs)

    def make(self, size=1.0):
        """One example; `size` below 1 keeps documents short. A document that breaks the contract is drawn again."""
        while True:
            try:
                example = self.draw(size)
            except AssertionError:
                self.rejected += 1
                continue
            return with_other_digits(example, self.rng) if chance(self.rng, OTHER_DIGITS) else example

    def draw(self, size=1.0):
        """As `make`, but a broken document raises AssertionError."""
        rng, roll = self.rng, self.rng.random()
        if size < 0.3 and roll < 0.6:
            return self._free(size)
        if roll < 0.06 and self.phee:
            return self._phee()
        if roll < 0.11 and size >= 0.5:
            return self._sroie()
        if roll < 0.22 and size >= 0.5 and self.documents:
            return self._document()
        if roll < 0.48 and self.tasks and size >= 0.5:
            return self._task()
        if roll < 0.68 and self.notes and size >= 0.5:
            return self._note()
        if roll < 0.71:
            return self._free(size)
        return self._shipped(rng.choices(self.parts, self.part_weights)[0], size)

    def shipped(self, part):
        """An example of a shipped part under its own names."""
        kept = self.rename_share
        self.rename_share = 0.0
        try:
            return self._shipped(part, 1.0)
        finally:
            self.rename_share = kept

    def free(self):
        """An example of a template that is made up."""
        while True:
            try:
                return self._free(1.0)
            except AssertionError:
                self.rejected += 1

    def _world(self):
        return World(self.rng, self.lexicons)

    def _real_block(self, kind, pages):
        """One of these real sections; drugs and substances usually under other names, so that wording is learnt and not names."""
        page = self.rng.choice(pages)
        names = {"medication": "drug", "allergy": "substance"}
        if kind in names and page.records and chance(self.rng, 0.6):
            return silver.with_new_names(page, kind, names[kind], self._world().drug)
        copy = Page()
        copy.append(page)
        return copy

    def _block(self, kind, size):
        page, world = Page(), self._world()
        roll = self.rng.random()
        if self.marked.get(kind) and roll < (0.45 if kind == "medication" else 0.35):
            return self._real_block(kind, self.marked[kind])
        if self.silver.get(kind) and roll > 0.88:
            return self._real_block(kind, self.silver[kind])
        writer = self.rng.choice(WRITERS[kind])
        if size < 1 and writer in (synth_medications.write_medications, synth_labs.write_labs, synth_labs.write_vitals):
            writer(page, world, self.rng.randint(1, 3 if size < 0.5 else 5))
        elif kind == "invoice_line":
            writer(page, world, self.rng.choice([["lines"], ["lines", "totals"], ["head", "lines"], ["lines", "foot"]]))
        elif kind == "invoice" and size < 1:
            writer(page, world, self.rng.choice([["head"], ["totals", "foot"], ["totals"]]))
        else:
            writer(page, world)
        return page

    def _background(self, kind=None):
        heading, text = self.rng.choice(self.backgrounds.without(kind))
        page = Page()
        page.add((heading if chance(self.rng, 0.7) else heading.title()) + self.rng.choice([": ", ":\n"]) + text)
        return page

    def _compose(self, blocks):
        """Joins blocks in random order; singles stay unique because each kind is asked for once."""
        rng = self.rng
        rng.shuffle(blocks)
        page = Page()
        for block in blocks:
            text = block.text()
            if not text.strip():
                continue
            if len(page) and not page.ends_with_break():
                page.add(rng.choice(["\n", "\n", "\n\n"]))
            elif len(page) and chance(rng, 0.3) and not page.text().endswith("\n\n"):
                page.add("\n")
            page.append(block)
        return page

    def _shipped(self, part, size):
        rng = self.rng
        kind = RECORDS[part.kind]
        blocks = []
        # Most chunks of a real document hold nothing of what is asked; lists must learn to stay empty there.
        if not chance(rng, ABSENT_RECORD if part.list_name is None else ABSENT_LIST):
            blocks.append(self._block(kind, size))
        extra = rng.choice([2, 3, 4, 6, 8]) if size > 1 else rng.choice([0, 0, 0, 1, 1, 2]) if size == 1 else rng.choice([0, 0, 1])
        if not blocks:
            extra = max(extra, 1)
        for _ in range(extra):
            roll = rng.random()
            if roll < 0.35 and self.backgrounds:
                blocks.append(self._background(kind))
                continue
            other = rng.choice(list(WRITERS))
            if other == kind or any(kind in clash and other in clash for clash in CLASHES):
                if kind not in _MANY or not blocks or other != kind:
                    continue
            blocks.append(self._block(other, min(size, 0.5)))
        if not blocks:
            blocks.append(self._background(kind) if self.backgrounds else self._block(kind, size))
        page = self._compose(blocks)
        if part.list_name is not None and kind not in _NAMED_IN_LETTERHEADS and chance(rng, 0.4):
            page = self._with_frame(page)
        if chance(rng, self.rename_share):
            part = renamed(part, kind, rng)
        return self._finish(part, page, kind)

    def _with_frame(self, page):
        """The page between a letterhead, or how a letter begins, and a footer: text with names that no list asks for."""
        rng, world = self.rng, self._world()
        framed = Page()
        if chance(rng, 0.75):
            street, town = world.address()
            place = street + rng.choice([", ", "\n", " - "]) + town
            phone = "%s %s" % (rng.choice(["Tel", "Tel.", "Phone", "Ph:", "Telephone"]), code(rng, 6, 9))
            fax = rng.choice(["", rng.choice([" - ", "  ", "\n", " "]) + rng.choice(["Fax ", "Fax: "]) + code(rng, 6, 9)])
            lines = [world.facility(), place, phone + fax]
            if chance(rng, 0.4):
                lines.append(rng.choice(["Date: ", "Printed: ", "Reported: ", ""]) + Dates(rng).date())
            if chance(rng, 0.5):
                lines.append(rng.choice(["Patient:  ", "Patient: ", "Name: ", "Re: ", "RE: "]) + world.person() + rng.choice(["", "  Date of birth:  " + Dates(rng).date(), ", DOB " + Dates(rng).date(), "  MRN:  " + code(rng)]))
            if chance(rng, 0.3):
                lines.append("Dear " + rng.choice(["Dr. " + world.last_name(), "Dr " + world.last_name(), "colleague"]) + ",")
            framed.add("\n".join(lines[rng.randint(0, 2) :]))
            framed.add(rng.choice(["\n", "\n\n"]))
        framed.append(page)
        if chance(rng, 0.4):
            if not framed.ends_with_break():
                framed.add(rng.choice(["\n", "\n\n"]))
            closing = rng.choice(["Sincerely,\n", "Signed: ", "Kind regards,\n", "Electronically signed by ", ""]) + world.clinician()
            framed.add(rng.choice([closing, world.facility() + "  Page %d" % rng.randint(1, 40), closing + "\n" + world.facility() + " - " + code(rng) + "  Page 1"]))
        return framed

    def _finish(self, part, page, kind, source="generated"):
        text = page.text().strip("\n")
        assert not page.text().startswith("\n")
        records = [fields for name, fields in page.records if name == kind]
        answer, spans = gold_answer(part, text, records)
        check_spans(text, part, spans)
        return Example(part, text, answer, spans, source)

    def _document(self):
        """A contract, an invoice, a table of a record or a dose instruction with its gold."""
        rng = self.rng
        sources = sorted(self.documents)
        own = self.documents[rng.choices(sources, [SOURCE_WEIGHTS.get(name, 1) for name in sources])[0]]
        document = rng.choice(own[chance(rng, 0.7)] or own[True] or own[False])
        if chance(rng, 0.5):
            document = real_documents.without_pipes(document)
        own = {"ccda.medications": "medications.medications"}.get(document.kind, document.kind)
        found = [part for part in self.parts if part.kind == own]
        if found:
            part = rng.choice(found)
            fields = [item for item in part.fields if item.key in document.annotated]
            part = replace(part, fields=fields)
            if chance(rng, 0.4):
                part = renamed(part, RECORDS[own], rng)
        else:
            told = {"effective_date": ["Date it takes effect.", "When the agreement begins."], "governing_law": ["Law that applies.", "State whose law applies."], "term": ["How long it lasts.", "Term of the agreement."],
                    "dose": ["Amount per intake."], "route": ["Route of administration."], "frequency": ["How often it is taken."], "duration": ["How long it is taken."], "indication": ["Why it is taken."]}  # fmt: skip
            names = {"governing_law": ["jurisdiction", "governing_law", "law"], "effective_date": ["effective_date", "start_date", "date"], "term": ["term", "duration_of_agreement"], "frequency": ["frequency", "how_often"]}
            keys = sorted(document.annotated)
            rng.shuffle(keys)
            keys = keys[: rng.randint(1, len(keys))]
            described = chance(rng, 0.7)
            fields = [Field(rng.choice(names.get(key, [key])), key, rng.choice(told[key]) if described else "") for key in keys]
            part = Part(rng.choice({"nda": ["Non-disclosure agreement", "NDA", "Agreement"], "sig": ["Dose instruction", "Directions", "Sig"]}[document.kind]), fields, kind=document.kind)
        if not part.fields:
            return self._free(1)
        answer, spans = gold_answer(part, document.text, document.records)
        check_spans(document.text, part, spans)
        return Example(part, document.text, answer, spans, document.source)

    def _free(self, size):
        rng, page, world = self.rng, Page(), self._world()
        if chance(rng, 0.55):
            fields = synth_free.write_form(page, world, rng.randint(2, 4) if size < 0.3 else rng.randint(3, 12))
            if chance(rng, 0.5):
                rng.shuffle(fields)
            fields = fields[: rng.randint(1, prompt.MAX_FIELDS_IN_PART)]
            part, kind = Part(rng.choice(synth_free.TITLES), fields, kind="free"), "form"
        else:
            fields, name = synth_free.write_free_table(page, world, rng.randint(1, 3) if size < 0.3 else rng.randint(1, 7))
            anchor, others = fields[0], fields[1:]
            if chance(rng, 0.4):
                rng.shuffle(others)
            if others and chance(rng, 0.4):
                others = others[: rng.randint(1, len(others))]
            fields = [replace(anchor, nullable=False)] + others
            words = rng.choice(["", "Every row.", "Every entry.", "All %s." % name])
            part = Part(rng.choice(synth_free.TITLES), fields, name, words, "free.list", anchor.key)
            kind = "row"
        if chance(rng, 0.25) and size >= 1 and self.backgrounds:
            other = self._background()
            merged = Page()
            for block in rng.sample([page, other], 2):
                if len(merged):
                    merged.add("\n\n")
                merged.append(block)
            page = merged
        return self._finish(part, page, kind)

    def _task(self):
        """A task written by hand for a real text, with some of its fields and descriptions."""
        rng = self.rng
        name, text, part, records = rng.choice(self.tasks)
        fields = list(part.fields)
        first = fields[:1] if part.list_name is not None else []
        others = fields[len(first) :]
        if chance(rng, 0.4):
            rng.shuffle(others)
        if others and chance(rng, 0.4):
            others = others[: rng.randint(0 if first else 1, len(others))]
        bare = chance(rng, 0.3)
        fields = [replace(item, description="" if bare else item.description) for item in first + others]
        part = replace(part, fields=fields, list_description="" if bare else part.list_description)
        if chance(rng, 0.15):
            part = replace(part, title=rng.choice(synth_free.TITLES))
        answer, spans = gold_answer(part, text, records)
        check_spans(text, part, spans)
        return Example(part, text, answer, spans, "task")

    def _note(self):
        """A whole note and one of the parts that were marked in it."""
        rng = self.rng
        _, text, gold, unclear = rng.choice(self.notes)
        known = [part for part in self.parts if part.kind in gold]
        part = rng.choices(known, [NOTE_WEIGHTS.get(part.kind, 1) for part in known])[0]
        if part.kind in unclear:
            part = replace(part, fields=[item for item in part.fields if item.key not in unclear[part.kind]])
        kind, page = RECORDS[part.kind], Page()
        page.add(text)
        for record in gold[part.kind]:
            page.record(kind, record)
        if part.list_name is not None and marked_notes.anchors_stand_alone(gold[part.kind], part.anchor):
            page = self._real_block(kind, [page])
        if chance(rng, self.rename_share):
            part = renamed(part, kind, rng)
        return self._finish(part, page, kind, "note")

    def _phee(self):
        rng = self.rng
        _, text, singles, drugs, events = rng.choice(self.phee)
        if len(drugs) == 1 and chance(rng, 0.4):
            text, singles, drugs = self._other_drug(text, singles, drugs[0])
        if events == 1 and chance(rng, 0.6):
            names = [Field(key, key) for key in real_data._PHEE_KEYS]
            told = {"drugs": "Drug given.", "dosage": "Dose of the drug.", "route": "Route of administration.", "frequency": "How often it is given.", "duration": "How long it is given.",
                    "indication": "Why it is given.", "effect": "What the drug caused.", "age": "Age of the patient.", "gender": "Sex of the patient.", "population": "Who was treated."}  # fmt: skip
            synonyms = {"drugs": ["drug", "medication", "treatment"], "dosage": ["dose", "amount"], "effect": ["adverse_event", "reaction", "adverse_effect", "side_effect"], "indication": ["reason", "condition"],
                        "population": ["patients", "subjects"], "gender": ["sex"]}  # fmt: skip
            if chance(rng, 0.5):
                rng.shuffle(names)
            names = names[: rng.randint(2, 8)]
            described = chance(rng, 0.7)
            fields = []
            for item in names:
                name = rng.choice(synonyms.get(item.key, [item.name])) if chance(rng, 0.5) else item.name
                fields.append(Field(name, item.key, told[item.key] if described else ""))
            part = Part(rng.choice(["Drug event", "Case report", "Adverse event", "Side effects"]), fields, kind="phee")
            records = [singles]
        else:
            anchor = Field(rng.choice(["drug", "name", "substance", "medication"]), "drugs", rng.choice(["Name of the drug.", ""]), None, False)
            fields = [anchor]
            records = [{"drugs": span} for span in drugs]
            if len(drugs) == 1 and events == 1:
                records = [dict(singles, drugs=drugs[0])]
                extra = [Field("dose", "dosage", "Amount per intake."), Field("route", "route", "Route of administration."), Field("frequency", "frequency", "How often it is taken."),
                         Field("duration", "duration", "How long it is taken."), Field("indication", "indication", "Why it is taken.")]  # fmt: skip
                fields += [item for item in extra if chance(rng, 0.75)]
            list_name = rng.choice(["medications", "drugs", "medications"])
            part = Part("Medications", fields, list_name, "Every medication.", "phee.list", "drugs")
        answer, spans = gold_answer(part, text, records)
        check_spans(text, part, spans)
        return Example(part, text, answer, spans, "phee")

    def _other_drug(self, text, singles, drug):
        """The sentence about another drug, so that its wording is learnt and not its names."""
        old, new = text[drug[0] : drug[1]], self._world().drug()
        fresh = text.replace(old, new)
        found = {key: real_data.find_span(fresh, text[span[0] : span[1]].replace(old, new)) for key, span in singles.items()}
        place = real_data.find_span(fresh, new)
        if place is None or None in found.values():
            return text, singles, [drug]
        return fresh, found, [place]

    def _sroie(self):
        rng = self.rng
        page = None
        if not self.sroie or chance(rng, 0.35):
            page = Page()
            synth_receipt.write_receipt(page, self._world())
            text, found = page.text().strip("\n"), page.records[0][1]
        else:
            _, text, found, _ = rng.choice(self.sroie)
        told = {"company": ["Name of the shop.", "Who sells.", "Company that issued the receipt."], "date": ["Date of the receipt.", "When it was bought."], "address": ["Address of the shop.", "Where the shop is."], "total": ["Total amount.", "Amount paid.", "Total with tax."]}
        names = {"company": ["company", "seller", "shop", "seller_name"], "date": ["date", "issue_date"], "address": ["address", "seller_address"], "total": ["total", "total_gross", "amount", "total_amount"]}
        keys = ["company", "date", "address", "total"]
        if chance(rng, 0.4):
            rng.shuffle(keys)
            keys = keys[: rng.randint(1, 4)]
        described = chance(rng, 0.6)
        fields = [Field(rng.choice(names[key]) if chance(rng, 0.5) else key, key, rng.choice(told[key]) if described else "") for key in keys]
        part = Part(rng.choice(["Receipt", "Receipt", "Invoice", "Bill"]), fields, kind="sroie")
        # A gold value that is no span of the text would teach a wrong null: such fields are not asked.
        part.fields = [item for item in part.fields if item.key in found] or part.fields[:0]
        if not part.fields:
            return self._free(1)
        if page is not None and chance(rng, 0.1):  # asked for what a receipt does not say
            part.fields.insert(rng.randint(0, len(part.fields)), Field(*rng.choice([("due_date", "due_date", "Date payment is due."), ("buyer_name", "buyer_name", "Who has to pay."), ("iban", "iban", "Bank account to pay to.")])))
        answer, spans = gold_answer(part, text, [found])
        check_spans(text, part, spans)
        return Example(part, text, answer, spans, "generated" if page else "sroie")


def encode_example(example, tokenizer, forced_weight=0.05, document_weight=0.0):
    """Token ids and the loss weight of each as a target."""
    document = tokenizer.encode(example.text)
    ids = [TASK] + tokenizer.encode(prompt.task_text(example.part)) + [DOC]
    weights = [0.0] * len(ids)
    ids += document + [ANSWER]
    weights += [document_weight] * len(document) + [0.0]
    for kind, text in prompt.answer_pieces(example.part, example.answer):
        own = tokenizer.encode(text)
        ids += own
        weights += [forced_weight if kind == prompt.FORCED else 1.0] * len(own)
    return ids + [END], weights + [forced_weight]
