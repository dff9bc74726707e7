# SPDX-License-Identifier: GPL-3.0-or-later
"""Laboratory results and problems as clinicians dictate them: sentences with items among what is no item.

Kinds `lab` and `problem`; what counts as an item follows `marked/README.md`.
"""

from synth_common import Dates, chance, random_case, write_heading
from synth_labs import PANELS, result, test_name

_NORMAL = ["normal", "unremarkable", "within normal limits", "negative", "WNL", "nonreactive", "pending review", "stable"]
_GROUPS = ["CBC", "BMP", "CMP", "Coags", "Urinalysis", "UA", "Comprehensive metabolic panel", "Electrolytes", "Liver function tests", "LFTs", "Cardiac enzymes", "Chemistries", "Basic metabolic panel", "Troponins", "Blood cultures", "Thyroid function"]
_BLOOD = ["White count", "White blood cell count", "WBC", "hemoglobin", "hematocrit", "platelets", "platelet count", "sodium", "potassium", "chloride", "CO2", "bicarbonate", "BUN", "creatinine",
          "glucose", "calcium", "magnesium", "phosphorus", "AST", "ALT", "alkaline phosphatase", "total bilirubin", "albumin", "INR", "PTT", "PT", "troponin", "BNP", "TSH", "free T4", "hemoglobin A1c",
          "CRP", "ESR", "sed rate", "lipase", "amylase", "LDL", "HDL", "triglycerides", "total cholesterol", "uric acid", "ferritin", "CK", "CPK", "lactate", "ammonia", "Digoxin level", "PSA", "H&H"]  # fmt: skip
_URINE = ["protein", "blood", "ketones", "glucose", "bacteria", "white blood cells", "red blood cells", "nitrites", "leukocyte esterase", "squamous cells", "bilirubin", "casts"]
_AMOUNTS = ["trace", "many", "few", "1+", "2+", "3+", "moderate", "large", "small", "rare", "0-2", "5-10", "greater than 80"]
_FLAG_WORDS = ["elevated", "slightly elevated", "high", "low", "decreased", "slightly low", "mildly elevated", "down", "abnormal"]
_IMAGING = ["Chest x-ray showed no acute disease.", "EKG was normal.", "EKG shows normal sinus rhythm.", "CT of the head was negative for bleed.", "Ultrasound of the abdomen showed gallstones.", "Chest x-ray is clear.",
            "An echocardiogram was done.", "CT scan reveals a small effusion.", "MRI is scheduled for next week.", "Culture is pending.", "Pathology is pending.", "The rest of the labs are pending.",
            "I have reviewed the films myself.", "No other studies were obtained.", "Radiologic studies are none.", "Will repeat in the morning.", "These were reviewed with the family."]  # fmt: skip


def _number(rng, name):
    roll = rng.random()
    if "latelet" in name and chance(rng, 0.6):
        return "%d,000" % rng.randint(20, 600)
    if name == "H&H":
        return "%d%s%d" % (rng.randint(6, 17), rng.choice([" and ", "/"]), rng.randint(20, 50))
    if roll < 0.4:
        return "%.1f" % rng.uniform(0.1, 45)
    if roll < 0.5:
        return "%.2f" % rng.uniform(0.01, 9)
    return str(rng.choice([rng.randint(1, 60), rng.randint(60, 400), rng.randint(3, 20)]))


def _test(world):
    rng = world.rng
    if chance(rng, 0.6):
        name = rng.choice(_BLOOD)
        return name if name.isupper() or chance(rng, 0.6) else random_case(rng, name)
    return test_name(world)[0]


def _one(page, world, name=None, joint=None):
    """One test with its value, as it stands inside a sentence."""
    rng = world.rng
    name = name or _test(world)
    fields = {"test": page.mark(name)}
    joint = joint or rng.choice([" ", " ", " of ", " is ", " was "])
    roll = rng.random()
    if roll < 0.1:
        page.add(rng.choice([" is ", " was ", " "]))
        if chance(rng, 0.6):
            fields["flag"] = page.mark(rng.choice(_FLAG_WORDS))
            page.add(" at ")
        else:
            page.add(rng.choice(["normal at ", "stable at ", "improved to ", "down to ", "up to "]))
        fields["value"] = page.mark(_number(rng, name))
    elif roll < 0.2:
        page.add(rng.choice([" is ", " was ", " "]))
        fields["value"] = page.mark(rng.choice(_NORMAL[:4] + ["positive", "elevated", "low", "borderline", "therapeutic"]))
    else:
        page.add(joint)
        if chance(rng, 0.07):
            fields["value"] = page.mark(rng.choice(["less than ", "greater than ", "<", ">"]) + _number(rng, name))
        else:
            fields["value"] = page.mark(_number(rng, name))
        if chance(rng, 0.12):
            item = result(world, False)
            unit = item.get("unit", "%")
            page.add("" if unit == "%" else " ")
            fields["unit"] = page.mark(unit)
    page.record("lab", fields)


def _pair(page, world):
    """Two names, then two values."""
    rng = world.rng
    names = rng.choice([("BUN", "creatinine"), ("AST", "ALT"), ("PT", "INR"), ("hemoglobin", "hematocrit"), ("sodium", "potassium"), (_test(world), _test(world))])
    one, two = page.mark(names[0]), None
    page.add(rng.choice([" and ", "/", " and "]))
    two = page.mark(names[1])
    page.add(rng.choice([" ", " are ", " were ", " of ", " is "]))
    first = page.mark(_number(rng, names[0]))
    page.add(rng.choice([" and ", "/", " and ", ", "]))
    second = page.mark(_number(rng, names[1]))
    page.add(rng.choice([" respectively", "", "", ", respectively"]))
    page.record("lab", {"test": one, "value": first})
    page.record("lab", {"test": two, "value": second})


def _run(page, world, count, joint):
    """Several tests in one sentence."""
    rng = world.rng
    for index in range(count):
        if index:
            page.add(rng.choice([", and ", " and "]) if index == count - 1 else ", ")
        if chance(rng, 0.08):
            _pair(page, world)
        else:
            _one(page, world, joint=joint)


def _urine(page, world):
    rng = world.rng
    page.add(rng.choice(["Urinalysis shows ", "Urinalysis: ", "UA showed ", "U/A: ", "Urine: ", "The urine had "]))
    names = rng.sample(_URINE, rng.randint(1, 5))
    for index, name in enumerate(names):
        if index:
            page.add(", " if index < len(names) - 1 else rng.choice([" and ", ", and ", ", but "]))
        if chance(rng, 0.3):
            value = page.mark(rng.choice(["no", "no", "negative"]))
        else:
            value = page.mark(rng.choice(_AMOUNTS))
        page.add(" ")
        page.record("lab", {"value": value, "test": page.mark(name)})


def write_labs_prose(page, world):
    """Dictated laboratory results, with imaging and plans in between."""
    rng = world.rng
    if chance(rng, 0.8):
        write_heading(page, rng, PANELS + ["Laboratory data", "Labs", "Laboratory findings", "Pertinent labs", "Diagnostic data", "Laboratory"], 0.85)
    joint = rng.choice([" ", " ", " of ", " is ", " was ", ": ", None])
    first = True
    for _ in range(rng.randint(1, 6)):
        if not first:
            page.add(" ")
        first = False
        roll = rng.random()
        if roll < 0.4:
            lead = rng.choice(["", "", "", "Her ", "His ", "The ", "Today ", "CBC: ", "Chemistry: ", "CBC with a ", "BMP: ", "CMP shows ", "Labs revealed ", "Initial labs showed ", "On admission, "])
            page.add(lead)
            _run(page, world, rng.randint(1, 9), " of " if lead.endswith(("a ", "showed ", "revealed ")) and chance(rng, 0.7) else joint)
            page.add(".")
        elif roll < 0.55:
            name = rng.choice(_GROUPS)
            fields = {"test": page.mark(name)}
            page.add(rng.choice([" is ", " was ", " ", " are "]))
            fields["value"] = page.mark(rng.choice(_NORMAL[:6]))
            page.record("lab", fields)
            page.add(".")
        elif roll < 0.65:
            page.add(_test(world) + rng.choice([" is pending.", " pending.", " was not done.", " will be checked tomorrow."]))
        elif roll < 0.75:
            _urine(page, world)
            page.add(".")
        elif roll < 0.82:
            _pair(page, world)
            page.add(".")
        else:
            page.add(rng.choice(_IMAGING))


_CONDITIONS = [text.strip() for text in """hypertension, high blood pressure, diabetes, type 2 diabetes mellitus, diabetes mellitus type II, non-insulin-dependent diabetes, hyperlipidemia, hypercholesterolemia, high cholesterol,
dyslipidemia, coronary artery disease, CAD, congestive heart failure, CHF, atrial fibrillation, atrial flutter, asthma, COPD, emphysema, chronic bronchitis, sleep apnea, obstructive sleep apnea, GERD, gastroesophageal reflux disease,
peptic ulcer disease, hiatal hernia, irritable bowel syndrome, diverticulosis, diverticulitis, hepatitis C, cirrhosis, gallstones, pancreatitis, hypothyroidism, hyperthyroidism, goiter, osteoporosis, osteopenia, osteoarthritis, arthritis,
degenerative joint disease, rheumatoid arthritis, gout, fibromyalgia, lupus, low back pain, chronic low back pain, degenerative disk disease, spinal stenosis, carpal tunnel syndrome, migraine, migraine headaches, seizure disorder, epilepsy,
stroke, CVA, TIA, Parkinson disease, dementia, Alzheimer disease, neuropathy, peripheral neuropathy, restless legs syndrome, depression, anxiety, bipolar disorder, schizophrenia, ADHD, insomnia, obesity, morbid obesity, anemia, iron deficiency anemia,
chronic kidney disease, renal insufficiency, end-stage renal disease, kidney stones, nephrolithiasis, benign prostatic hypertrophy, BPH, prostate cancer, breast cancer, colon cancer, lung cancer, bladder cancer, melanoma, urinary tract infection, recurrent urinary tract infections,
urinary incontinence, pneumonia, community-acquired pneumonia, bronchitis, sinusitis, allergic rhinitis, otitis media, pharyngitis, cellulitis, psoriasis, eczema, acne, shingles, glaucoma, cataracts, macular degeneration, hearing loss, tinnitus, vertigo,
deep venous thrombosis, DVT, pulmonary embolism, peripheral vascular disease, carotid stenosis, aortic stenosis, mitral regurgitation, mitral valve prolapse, cardiomyopathy, myocardial infarction, MI, syncope, chest pain, shortness of breath, abdominal pain,
pelvic pain, endometriosis, uterine fibroids, menorrhagia, polycystic ovary syndrome, hemorrhoids, rectal bleeding, constipation, diarrhea, nausea, vomiting, dehydration, hyponatremia, hypokalemia, sepsis, respiratory failure, acute renal failure, HIV, tuberculosis, rotator cuff tear,
meniscal tear, hip fracture, ankle fracture, wrist fracture, plantar fasciitis, scoliosis, neck pain, headache, head injury, alcohol abuse, tobacco abuse, polysubstance abuse, failure to thrive, developmental delay, prematurity, jaundice, fever, cough""".replace("\n", " ").split(",")]
_SURGERY = ["appendectomy", "hysterectomy", "cholecystectomy", "tonsillectomy", "knee replacement", "coronary artery bypass graft", "C-section", "hernia repair", "cataract surgery", "pacemaker placement", "lumbar fusion", "mastectomy"]
_WHERE = ["left", "right", "bilateral", "acute", "chronic", "mild", "moderate", "severe", "recurrent", "probable", "possible", "stable", "end-stage", "history of", "questionable"]
_SITES = ["of the left knee", "of the right hip", "in the left lung", "of the lumbar spine", "of her hands", "of the abdomen", "in the right breast", "of the left ankle"]
_NOTHING = ["He denies {a}, {b}, or {c}.", "She denies {a} and {b}.", "No history of {a} or {b}.", "Negative for {a}.", "There is no {a}.", "No {a}, {b}, or {c}.", "Family history of {a} in his father.",
            "Her mother had {a} and {b}.", "There is no evidence of {a}.", "{A} was ruled out.", "Status post {s}.", "She has had {s} in the past.", "He had {s} two years ago.", "Immunizations are up to date.",
            "We will continue the present treatment.", "Follow up in two weeks.", "The patient is doing well.", "She takes {d} for this.", "He was started on {d}."]  # fmt: skip


def _condition(world):
    rng, roll = world.rng, world.rng.random()
    name = rng.choice(_CONDITIONS) if roll < 0.6 else world.diagnosis()[0]
    lower = name.split()[0].isupper()
    if chance(rng, 0.25):
        word = rng.choice(_WHERE[:7])
        name = word + " " + (name if lower else name[0].lower() + name[1:])
    if chance(rng, 0.08):
        name += " " + rng.choice(_SITES)
    return name


def _mention(page, world, status, capital=False):
    """One condition as an item, with an onset or a hedge now and then."""
    rng = world.rng
    name = _condition(world)
    hedge = rng.random()
    if hedge < 0.06:
        page.add(rng.choice(["possible ", "probable ", "questionable ", "suspected "]))
    elif capital:
        name = name[0].upper() + name[1:]
    fields = {"problem": page.mark(name)}
    roll = rng.random()
    if roll < 0.1:
        page.add(rng.choice([" since ", " diagnosed in ", " in ", ", diagnosed ", " (", " for "]))
        if page._pieces[-1] == " (":
            fields["onset"] = page.mark(Dates(rng).vague())
            page.add(")")
        elif page._pieces[-1] == " for ":
            fields["onset"] = page.mark(rng.choice(["two years", "10 years", "several months", "the past three weeks", "about five years"]))
        else:
            fields["onset"] = page.mark(Dates(rng).vague())
    elif roll < 0.16:
        page.add(rng.choice([", status post " + rng.choice(_SURGERY), ", well controlled", ", on " + world.drug(), ", stable", " status post " + rng.choice(_SURGERY), ", diet controlled"]))
    if status:
        fields["status"] = status
    page.record("problem", fields)


def _aside(page, world):
    rng = world.rng
    a, b, c = (rng.choice(_CONDITIONS) for _ in range(3))
    page.add(rng.choice(_NOTHING).format(a=a, b=b, c=c, A=a[0].upper() + a[1:], s=rng.choice(_SURGERY), d=world.drug()))


def write_problems_prose(page, world):
    """Past history or assessment as dictated, with denials, relatives, operations and plans in between."""
    rng = world.rng
    if chance(rng, 0.85):
        write_heading(page, rng, ["Past medical history", "PMH", "Medical history", "Assessment", "Impression", "Diagnoses", "Assessment and plan", "Discharge diagnoses", "Final diagnoses", "Problem list"], 0.7)
    if chance(rng, 0.4):
        count = rng.randint(1, 8)
        for index in range(count):
            page.add(("\n" if index and not page.ends_with_break() else "") + "%d. " % (index + 1))
            if chance(rng, 0.12):
                page.add("Status post " + rng.choice(_SURGERY))
            else:
                _mention(page, world, "active", True)
                if chance(rng, 0.15):
                    page.add(rng.choice([" with ", " and ", ", "]))
                    _mention(page, world, "active")
            page.add(".")
            if chance(rng, 0.2):
                page.add(" ")
                _aside(page, world)
        return
    for index in range(rng.randint(1, 5)):
        page.add(" " if index else "")
        roll = rng.random()
        if roll < 0.4:
            page.add(rng.choice(["", "", "Significant for ", "Positive for ", "Notable for ", "History of ", "Includes ", "Remarkable for ", "The patient has a history of ", "He has ", "She suffers from ", "She also has "]))
            bare = page.ends_with_break() or page._pieces[-1] == ""
            count = rng.randint(1, 7)
            for number in range(count):
                if number:
                    page.add(rng.choice([", and ", " and "]) if number == count - 1 else ", ")
                _mention(page, world, "active", bare and number == 0)
            page.add(".")
        elif roll < 0.5:
            page.add(rng.choice(["History of ", "He had ", "She had ", "Childhood "]))
            name = rng.choice(_CONDITIONS)
            fields = {"problem": page.mark(name), "status": "resolved"}
            if chance(rng, 0.5):
                page.add(" in ")
                fields["onset"] = page.mark(str(Dates(rng).vague()))
            page.record("problem", fields)
            page.add(rng.choice([".", ", resolved.", ", now resolved."]))
        else:
            _aside(page, world)
