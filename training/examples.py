# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws examples: documents that are made up, and real ones, for every shipped part and for free templates."""

import random
from dataclasses import replace
from pathlib import Path

import marked
import prompt
import real_data
import silver
import synth_clinical
import synth_contract
import synth_free
import synth_invoice
import synth_labs
import synth_medications
import synth_prose
import synth_summary
import synth_visit
from backgrounds import Backgrounds
from example import RECORDS, Example, check_spans, gold_answer
from lexicons import Lexicons
from other_digits import with_other_digits
from page_text import Page
from prompt import Part
from real_examples import RealExamples
from renamed_parts import renamed
from synth_common import COMMON_DRUGS, Dates, World, chance, code


def _templates():
    """The folder of the shipped templates: in the repository, or beside a copy of this folder."""
    here = Path(__file__).resolve().parent
    for folder in (here.parent / "resources" / "templates", here / "templates", here.parent / "templates"):
        if folder.is_dir():
            return folder
    raise SystemExit("training needs the shipped templates: copy resources/templates into %s" % here)


TEMPLATES = _templates()

ABSENT_LIST = 0.45
OTHER_DIGITS = 0.3
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



class ExampleMaker(RealExamples):
    """Draws examples. `split` is "train" or "test": lexicon entries and real documents differ."""

    def __init__(self, root, seed, split="train"):
        self.rng = random.Random(seed)
        self.split = split
        self.rejected = 0
        self.rename_share = 0.4
        self.lexicons = Lexicons(root, split)
        self.parts = [part for part in prompt.shipped_parts(TEMPLATES) if part.kind in RECORDS]
        self.part_weights = [WEIGHTS.get(part.kind, 1.0) for part in self.parts]
        self._load(root, split)
        sections = real_data.mtsamples(root, split)
        known = {name.lower() for name in self.lexicons.drugs + COMMON_DRUGS + synth_clinical.DRUG_CLASSES + synth_clinical.FOODS}
        self.marked = marked.pages(root, split)
        by_hand = marked.documents()
        own = [section for section in sections if section[0] not in by_hand]
        self.silver = silver.labelled(own, known) if split == "train" else {}
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
            writer(page, world, self.rng.choice([["lines"], ["lines", "totals"], ["head", "lines"], ["lines", "foot"], ["lines", "totals", "foot"], ["totals", "foot"]]))
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
