# SPDX-License-Identifier: GPL-3.0-or-later
"""Notes and reports whose important sentences are known. Records: `key_sentence`."""

import synth_clinical
import synth_contract
from page_text import Page
from synth_common import Dates, chance, made_up_word, write_heading
from synth_medications import amount

_IDLE = [
    "The patient lives with {his} family.", "{He} does not smoke.", "{He} drinks alcohol occasionally.", "No recent travel.", "Family history is noncontributory.", "{He} works as a teacher.", "Review of systems is otherwise negative.",
    "The lungs are clear to auscultation.", "The abdomen is soft and nontender.", "{He} denies fever or chills.", "Heart sounds are regular without murmur.", "Vital signs were stable.", "The skin is warm and dry.", "{He} is alert and oriented.",
    "{He} retired {n} years ago.", "The patient was seen together with {his} daughter.", "Extremities show no edema.", "Neck is supple.", "Immunizations are up to date.", "{He} exercises twice a week.", "The remainder of the examination was unremarkable.",
    "{He} has {n} children.", "Appetite is good.", "{He} sleeps well.", "Pupils are equal and reactive.", "There are no known sick contacts.", "The chart was reviewed.", "Thank you for this referral.", "Questions were answered.", "Gait is normal.",
]  # fmt: skip
_KEY = [
    "{He} was diagnosed with {d}.", "Final diagnosis is {d}.", "This is most consistent with {d}.", "{He} presented with {r}.", "The patient was admitted for {r}.", "{He} is a {n}-year-old {noun} with {d} who presents with {r}.", "CT showed {o} in the {s}.",
    "MRI revealed a {o} of the {s}.", "{He} underwent {p} on {date}.", "Biopsy confirmed {d}.", "We started {drug} {a} daily.", "{He} will be treated with {drug}.", "{He} will follow up with {c} in {n} weeks.", "The plan is {p}.", "{drug} was stopped because of {re}.",
    "Blood cultures grew {w}.", "Hemoglobin dropped to {f}.", "{He} was discharged home in stable condition.", "We recommend {p}.", "Troponin was elevated at {f}.", "{He} developed {re} after taking {drug}.", "Creatinine rose to {f}.", "Surgery is scheduled for {date}.",
    "{He} required intubation for respiratory failure.", "Symptoms worsened over the last {n} days.", "Return to the emergency department if {r} recurs.",
]  # fmt: skip
_BUSINESS_KEY = [
    "Revenue rose by {n} percent to {m}.", "{co} acquired {co2} for {m}.", "The board approved the merger with {co}.", "The project will be delayed by {n} months.", "The contract ends on {date}.", "Costs exceeded the budget by {m}.", "{person} was appointed managing director.",
    "The plant in {city} will be closed by {date}.", "The customer cancelled the order.", "Delivery is due on {date}.", "The audit found {n} serious errors.", "The parties agreed to settle for {m}.", "The committee decided to replace the system.", "Payment of {m} is overdue.", "The fire destroyed the warehouse in {city}.",
]  # fmt: skip
_BUSINESS_IDLE = [
    "The meeting was opened at nine.", "Minutes of the last meeting were approved.", "Coffee was served.", "{person} thanked everyone for coming.", "The agenda was circulated in advance.", "Several questions were asked.", "Further copies can be ordered.", "The office is open on weekdays.", "Apologies were received from {person}.",
    "The next meeting will be announced.", "This report has {n} pages.", "Photographs are shown in the annex.", "The weather was fine.", "Participants signed the list.", "The document is kept on file.", "Contact details are unchanged.", "See also the glossary.", "All figures are rounded.",
]  # fmt: skip


def _fill(world, sentence, dates, he):
    rng = world.rng
    return sentence.format(
        He=he, his={"He": "his", "She": "her"}.get(he, "the"), noun=rng.choice(["man", "woman", "patient"]), n=rng.randint(2, 14), d=world.diagnosis()[0], r=rng.choice(synth_clinical.REASONS), o=rng.choice(synth_clinical.OBSERVATIONS),
        s=rng.choice(synth_clinical.ORGANS), p=rng.choice(synth_clinical.PROCEDURES), date=dates.date(), drug=world.drug(), a=amount(rng), c=world.clinician(), re=rng.choice(synth_clinical.REACTIONS), w=made_up_word(rng, 2, 3), f="%.1f" % rng.uniform(1, 12),
        m=rng.choice(["$", "EUR ", "\u00a3"]) + "{:,}".format(rng.randint(10, 900) * 1000), co=world.company(), co2=world.company(), person=world.first_name() + " " + world.last_name(), city=world.city(),
    )  # fmt: skip


def write_summary_source(page, world):
    rng, dates = world.rng, Dates(world.rng)
    clinical = chance(rng, 0.7)
    key, idle = (_KEY, _IDLE) if clinical else (_BUSINESS_KEY, _BUSINESS_IDLE)
    he = rng.choice(["He", "She", "The patient"])
    sections = rng.randint(1, 3)
    names = ["History", "Hospital course", "Assessment", "Plan", "Impression", "HPI", "Discussion", "Physical examination", "Social history"]
    if not clinical:
        names = ["Report", "Summary of events", "Finance", "Decisions", "Background", "Minutes", "Outlook"]
    headed = chance(rng, 0.6)
    for section in range(sections):
        if section:
            page.add(rng.choice(["\n", "\n\n"]))
        name = rng.choice(names)
        if headed:
            write_heading(page, rng, [name], 0.7)
        for index in range(rng.randint(1, 6)):
            if index:
                page.add(" " if chance(rng, 0.9) else "\n")
            important = chance(rng, 0.1 if name in ("Social history", "Physical examination", "Background") else 0.45)
            text = _fill(world, rng.choice(key if important else idle), dates, he)
            span = page.mark(text[0].upper() + text[1:])
            if important:
                page.record("key_sentence", {"value": span})


def write_other_source(page, world):
    """Sources whose important sentences are known from another generator."""
    inner = Page()
    if chance(world.rng, 0.5):
        synth_clinical.write_imaging(inner, world)
        kind = "statement"
    else:
        synth_contract.write_event(inner, world)
        kind = "event"
    shift = len(page)
    page.add(inner.text())
    text = inner.text()
    for name, fields in inner.records:
        if name != kind:
            continue
        if kind == "statement":
            begin, end = fields["statement"]
        else:
            begin = min(span[0] for span in fields.values())
            end = text.index(".", max(span[1] for span in fields.values())) + 1
        page.record("key_sentence", {"value": (begin + shift, end + shift)})
