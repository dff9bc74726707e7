# SPDX-License-Identifier: GPL-3.0-or-later
"""Sections of real notes that hold nothing of what is asked: what a list must stay empty at.

Nobody marked these sections. So one that may hold an answer to a kind of question is never shown with it, or the model
would learn to pass over real answers; words decide, and rather too many sections are left out than too few.
"""

import re

import shared_data
from synth_common import COMMON_DRUGS

_SKIPPED_HEADINGS = ("MEDIC", "ALLERG", "LAB", "VITAL", "PROBLEM", "DIAGNOS", "PLAN", "ASSESS", "IMPRESS")
_PLAIN = ("sherlock", "state_union", "us_18f_guides", "basecamp_policies")


def _words(*patterns):
    return re.compile("|".join(patterns), re.IGNORECASE)


_PROBLEM = _words(
    r"\w(?:itis|osis|emia|omas?|pathy|algia|plegia|paresis|lepsy|tension|uria|rrhea|rrhage|plasia|trophy|stenosis|lithiasis)\b",
    r"\b(?:diseases?|disorders?|syndrome|fractures?|pains?|diabet\w+|cancer|infections?|asthma|obes\w+|hernias?|tears?|mass|lesions?|depress\w+|anxiety|injur\w+|failure|stroke|ulcers?|cysts?|tumou?rs?)\b",
    r"\b(?:bleed\w*|headaches?|nausea|vomiting|fever|cough|seizures?|cataracts?|abuse|chronic|acute|complain\w*|diagnos\w+|symptom\w*|problems?|history of|deformity|swelling|weakness|numbness|rash|gout)\b",
    r"\b(?:HIV|COPD|CHF|GERD|CAD|DVT|reflux|insufficiency|apnea)\b",
)
_LABORATORY = _words(
    r"\b(?:h[ae]?moglobin|h[ae]?matocrit|white (?:blood )?(?:cell )?count|WBC|platelets?|creatinine|BUN|sodium|potassium|glucose|INR|cultures?|laborator\w+|labs?|urinalysis|CBC|cholesterol|TSH|troponin|bilirubin|albumin|titers?)\b"
)
_IMAGING = _words(r"\b(?:CT|MRI|MRA|x-?rays?|ultrasound|echo\w*|scans?|radiograph\w*|imag\w+|films?|findings?|interpretation|doppler|angiogra\w+|view)\b")
_HOLDS = {
    "problem": _PROBLEM,
    "lab": _LABORATORY,
    "lab_header": _LABORATORY,
    "vital": _words(r"\b(?:blood pressure|BP|pulse|temperature|respirat\w+|weigh\w*|height|heart rate|saturation|vitals?|pounds|afebrile)\b"),
    "procedure": _words(r"\w(?:ectomy|ostomy|oscopy|plasty|otomy|graphy|centesis)\b", r"\b(?:surg\w+|procedures?|operat\w+|repair|incision|underwent|implant\w*|removal|anesth\w+|biopsy|fusion|catheter\w*|dilation|excision|graft\w*)\b"),
    "appointment": _words(r"\b(?:follow\w*|appointments?|return\w*|see |seen|clinic|visit)\b"),
    "stay": _words(r"\b(?:admi\w+|discharge\w*|hospital\w*)\b"),
    "imaging": _IMAGING,
    "finding": _IMAGING,
    "statement": _IMAGING,
}  # fmt: skip


class Backgrounds:
    """`sections` as `real_data.mtsamples` gives them; `drugs` are names of drugs."""

    def __init__(self, root, sections, drugs):
        self._all = [
            (heading, text)
            for _, heading, text in sections
            if 40 < len(text) < 700 and not any(word in heading for word in _SKIPPED_HEADINGS) and " mg" not in text
        ]
        plain = set()
        for name in _PLAIN:
            for text in shared_data.read_texts(root / "text" / (name + ".txt.xz")):
                plain.update(re.findall(r"[a-z]+", text))
        self._drugs = {word for name in list(drugs) + COMMON_DRUGS for word in re.findall(r"[a-z]+", name.lower()) if len(word) > 4} - plain
        self._known = {}

    def __bool__(self):
        return bool(self._all)

    def _names_a_drug(self, text):
        return not self._drugs.isdisjoint(re.findall(r"[a-z]+", text.lower()))

    def without(self, kind):
        """The sections that say nothing of a kind, as (heading, text)."""
        if kind not in self._known:
            if kind in ("medication", "allergy", "allergy_none"):
                found = [own for own in self._all if not self._names_a_drug(own[1])]
            elif kind == "problem":  # other people's diseases are what the list must pass over
                found = [own for own in self._all if "FAMILY" in own[0] or not _PROBLEM.search(" ".join(own))]
            elif kind in _HOLDS:
                found = [own for own in self._all if not _HOLDS[kind].search(" ".join(own))]
            else:
                found = self._all
            self._known[kind] = found or self._all
        return self._known[kind]
