# SPDX-License-Identifier: GPL-3.0-or-later
"""Examples of real documents, of documents that were marked by hand and of the tasks that were written for them."""

from dataclasses import replace

import marked_notes
import marked_tasks
import real_data
import real_documents
import real_sources
import real_summaries
import synth_free
import synth_receipt
from example import RECORDS, Example, check_spans, gold_answer
from page_text import Page
from prompt import Field, Part
from renamed_parts import renamed
from synth_common import chance

# How often a part is asked of a note that was marked for it, instead of once.
NOTE_WEIGHTS = {"medications.medications": 4, "laboratory_results.results": 1.5, "problems.problems": 2.5}
# How often a set of real documents is drawn; the large ones must not crowd out the others.
SOURCE_WEIGHTS = {"kleister_nda": 3, "cuad": 2.5, "zugferd": 2.5, "ccda": 1, "sigs": 1, "invoice2data": 0.7, "mts_dialog": 0.8, "aci_bench": 0.4, "legal_summaries": 0.3}


class RealExamples:
    """The part of `examples.ExampleMaker` that asks them; what it draws with is there."""

    def _load(self, root, split):
        self.phee = real_data.phee(root, split)
        self.sroie = real_data.sroie(root, split)
        self.tasks = marked_tasks.load(root, split)
        self.notes = marked_notes.load(root, split)
        self.documents = {}  # by source, then by whether they hold an answer
        for document in real_sources.load(root, split) + real_summaries.load(root, split):
            own = self.documents.setdefault(document.source, {True: [], False: []})
            own[bool(document.records and any(document.records))].append(document)

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
