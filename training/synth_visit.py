# SPDX-License-Identifier: GPL-3.0-or-later
"""Visits: what the patient has, then what is done about it. The items of both lists look alike, and a medication is only in the second."""

from synth_clinical import problem_texts, write_problem
from synth_common import Dates, chance
from synth_medications import medication, write_medication

_REASONS = ["Cough for {n} days.", "Follow-up of the last visit.", "Annual check.", "Here for results.", "Burning on urination since {n} days.", "Twisted the ankle {n} days ago.", "Feels well.", "Complains of poor sleep.", "Rash on both arms for {n} weeks.", "Heartburn after meals."]
_FOUND = ["Lungs clear. Heart regular.", "BP {a}/{b}, pulse {b}.", "Abdomen soft, not tender.", "No swelling. Gait normal.", "Temperature 98.{n}, weight {a} lb.", "Alert, in no distress."]
_ASSESSMENT = ["Assessment", "Impression", "Diagnosis", "A", "Dx", "Diagnoses", "Assessment"]
_PLAN = ["Plan", "Treatment", "P", "Recommendations", "Plan of care", "Rx", "Plan"]
_OTHER = ["Return in {n} weeks or sooner if symptoms get worse", "Follow up in {n} weeks", "Rest, ice and elevation", "Physical therapy twice a week", "Drink plenty of fluids", "Repeat blood count in {n} months", "Low salt diet", "Stop smoking",
          "X-ray of the chest", "Refer to cardiology", "Weight loss of {n} pounds advised", "Call if fever or vomiting", "Work note given for {n} days", "No antibiotics needed", "Home blood pressure log"]  # fmt: skip
_BULLETS = ["- ", "- ", "* ", "• ", "", "{i}. ", "{i}) "]


def _some(rng, text):
    return text.format(n=rng.randint(2, 9), a=rng.randint(105, 190), b=rng.randint(58, 98))


def _heading(rng, name, style):
    return {"upper": name.upper() + "\n", "colon": name + ":\n", "upper colon": name.upper() + ":\n", "run in": name + ": "}[style]


def _visit(page, world, style, bullet, taken):
    rng = world.rng

    def items(entries):
        for number, write in enumerate(entries, 1):
            page.add(bullet.format(i=number))
            write()
            page.add("; " if style == "run in" and number < len(entries) else "" if number == len(entries) else "\n")

    begin = len(page)
    if chance(rng, 0.7):
        page.add(_heading(rng, rng.choice(["Reason", "Subjective", "Reason for visit", "Complaint", "S"]), style) + _some(rng, rng.choice(_REASONS)) + "\n")
    if chance(rng, 0.5):
        page.add(_heading(rng, rng.choice(["Objective", "Examination", "Findings", "O"]), style) + _some(rng, rng.choice(_FOUND)) + "\n")
    gap = rng.choice(["", "\n"])
    problems = [problem_texts(world, False) for _ in range(rng.choice([1, 1, 1, 2, 3]))]
    page.add((gap if len(page) > begin else "") + _heading(rng, rng.choice(_ASSESSMENT), style))
    items([lambda own=own: write_problem(page, rng, own, "active") for own in problems])
    page.add("\n" + gap + _heading(rng, rng.choice(_PLAN), style))
    drugs = [medication(world, "started", rng.choice([0.3, 0.6, 1.0])) for _ in range(rng.choice([1, 1, 2, 3]) if taken else 0)]
    entries = [lambda own=own: write_medication(page, rng, own) for own in drugs]
    entries += [lambda text=_some(rng, text): page.add(text) for text in rng.sample(_OTHER, rng.randint(0 if drugs else 1, 3))]
    if chance(rng, 0.3):
        rng.shuffle(entries)
    items(entries)


def write_visit(page, world):
    """One visit to three, of which some end without a medication."""
    rng, dates = world.rng, Dates(world.rng)
    style, bullet = rng.choice(["upper", "upper", "colon", "upper colon", "run in"]), rng.choice(_BULLETS)
    count = rng.choice([1, 1, 2, 3])
    for number in range(count):
        if number:
            page.add("\n\n")
        if chance(rng, 0.6):
            page.add(rng.choice(["Visit of ", "Office visit, ", "Date of visit: ", "VISIT ", ""]) + dates.date() + "\n")
        _visit(page, world, style, bullet, chance(rng, 0.75))
        if chance(rng, 0.4):
            page.add("\n" + rng.choice(["Signed by ", "Electronically signed: ", "Seen by "]) + world.clinician())
