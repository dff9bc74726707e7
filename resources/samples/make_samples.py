#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the sample documents and their gold answers beside this script.

Every person, institution, number and result is invented. Needs python3-reportlab; the output is the same
bytes on every run. The gold files (gold/<template>.jsonl, for `attest evaluate`) are written from the same
tables as the pages, so that the two cannot drift apart.
"""

import io
import json
import os

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

HERE = os.path.dirname(os.path.abspath(__file__))
INK = HexColor("#1b1f24")
SOFT = HexColor("#5b6570")
RULE = HexColor("#c4ccd4")
ACCENT = HexColor("#1f5f8b")


class Page:
    """A cursor that moves down pages of one PDF."""

    def __init__(self, name, title, size=LETTER, margin=54):
        self.canvas = Canvas(os.path.join(HERE, name), pagesize=size, invariant=1, pageCompression=1)
        self.canvas.setTitle(title)
        self.canvas.setAuthor("Attest sample documents (fictitious)")
        self.width, self.height = size
        self.margin = margin
        self.left = margin
        self.right = self.width - margin
        self.y = self.height - margin
        self.footer = ""
        self.number = 1

    def text(self, x, words, size=10, bold=False, color=INK, italic=False):
        font = {(False, False): "Helvetica", (True, False): "Helvetica-Bold", (False, True): "Helvetica-Oblique"}
        self.canvas.setFont(font[(bold, italic)], size)
        self.canvas.setFillColor(color)
        self.canvas.drawString(x, self.y, words)

    def right_text(self, x, words, size=10, bold=False, color=INK):
        self.text(x - stringWidth(words, "Helvetica-Bold" if bold else "Helvetica", size), words, size, bold, color)

    def down(self, points):
        self.y -= points

    def rule(self, color=RULE, width=0.7):
        self.canvas.setStrokeColor(color)
        self.canvas.setLineWidth(width)
        self.canvas.line(self.left, self.y, self.right, self.y)

    def letterhead(self, name, address):
        self.text(self.left, name, 15, bold=True, color=ACCENT)
        self.down(14)
        self.text(self.left, address, 8.5, color=SOFT)
        self.down(9)
        self.rule(ACCENT, 1.2)
        self.down(24)

    def title(self, words):
        self.text(self.left, words, 14, bold=True)
        self.down(22)

    def heading(self, words, room=60):
        self.need(room)
        self.down(6)
        self.text(self.left, words, 10.5, bold=True, color=ACCENT)
        self.down(15)

    def line(self, words, size=10, indent=0):
        self.need(14)
        self.text(self.left + indent, words, size)
        self.down(14)

    def form(self, rows, second=290):
        """Label and value twice a row, as patient blocks are printed."""
        for row in rows:
            for (label, value), x in zip(row, (self.left, self.left + second)):
                self.text(x, label + ":", 9.5, color=SOFT)
                self.text(x + 92, value, 9.5)
            self.down(14)
        self.down(4)

    def wrap(self, words, width, size):
        lines, line = [], ""
        for word in words.split():
            candidate = (line + " " + word).strip()
            if stringWidth(candidate, "Helvetica", size) > width and line:
                lines.append(line)
                line = word
            else:
                line = candidate
        return lines + [line]

    def paragraph(self, words, size=10, indent=0, after=6):
        for line in self.wrap(words, self.right - self.left - indent, size):
            self.line(line, size, indent)
        self.down(after)

    def columns(self, left, right, size=9.5, gutter=24):
        """Two columns of running text side by side."""
        width = (self.right - self.left - gutter) / 2
        top, lowest = self.y, self.y
        for x, paragraphs in ((self.left, left), (self.left + width + gutter, right)):
            self.y = top
            for head, words in paragraphs:
                self.text(x, head, 9.5, bold=True)
                self.down(13)
                for line in self.wrap(words, width, size):
                    self.text(x, line, size)
                    self.down(12.5)
                self.down(7)
            lowest = min(lowest, self.y)
        self.y = lowest

    def table(self, header, rows, edges, numeric=(), size=9.5, row_height=15):
        """`edges`: left edge of each column in points from the left margin; numeric columns end there."""

        def put(cells, bold, color):
            for index, cell in enumerate(cells):
                if index in numeric:
                    self.right_text(self.left + edges[index], cell, size, bold, color)
                else:
                    self.text(self.left + edges[index], cell, size, bold, color)

        self.need(row_height * 3)
        put(header, True, INK)
        self.down(5)
        self.rule()
        self.down(row_height - 3)
        for cells in rows:
            self.need(row_height)
            put(cells, False, INK)
            self.down(row_height)
        self.down(4)

    def need(self, points):
        if self.y - points < self.margin:
            self.new_page()

    def new_page(self):
        self.finish_page()
        self.canvas.showPage()
        self.number += 1
        self.y = self.height - self.margin

    def finish_page(self):
        y, self.y = self.y, 30
        self.text(self.left, self.footer, 8, color=SOFT)
        self.right_text(self.right, "Page %d" % self.number, 8, color=SOFT)
        self.y = y

    def save(self):
        self.finish_page()
        self.canvas.showPage()
        self.canvas.save()


def med(drug, dose=None, route=None, frequency=None, duration=None, indication=None, status="active"):
    return dict(drug=drug, dose=dose, route=route, frequency=frequency, duration=duration, indication=indication,
                status=status)  # fmt: skip


def sig(item):
    """The line a medication is printed as: "Metformin 500 mg PO BID for 7 days for type 2 diabetes"."""
    words = [item["drug"], item["dose"], item["route"], item["frequency"]]
    words += ["for " + item[key] for key in ("duration", "indication") if item[key]]
    return " ".join(word for word in words if word)


GOLD = {"medications": [], "laboratory_results": [], "invoice": []}


def gold(template, name, values):
    GOLD[template].append({"file": name, "values": values})


def discharge_letter():
    name = "discharge_letter.pdf"
    page = Page(name, "Discharge summary", margin=44)
    page.footer = "Brookhaven General Hospital - Discharge summary - MRN 00482913"
    page.letterhead("Brookhaven General Hospital", "2100 Harbor View Drive, Larkspur Bay - Tel. 555-0142 - Fax 555-0143")
    page.title("Discharge Summary")
    page.form([
        (("Patient", "Eleanor M. Whitcombe"), ("MRN", "00482913")),
        (("Date of birth", "04/17/1951"), ("Sex", "Female")),
        (("Admitted", "02/27/2026"), ("Discharged", "03/04/2026")),
        (("Attending", "Dr. Samuel Okafor"), ("Service", "Internal Medicine")),
    ])  # fmt: skip
    page.heading("REASON FOR ADMISSION")
    page.paragraph("Shortness of breath and leg swelling for five days.")
    page.heading("PRINCIPAL DIAGNOSIS")
    page.paragraph("Acute on chronic systolic heart failure.")
    page.heading("SECONDARY DIAGNOSES")
    for words in ("Type 2 diabetes mellitus", "Essential hypertension", "Chronic kidney disease, stage 3"):
        page.line("- " + words)
    page.heading("HOSPITAL COURSE")
    page.paragraph(
        "The patient was admitted with volume overload after she had run out of her diuretic. She was treated with "
        "intravenous furosemide and lost 4.2 kg over four days. Echocardiography on 02/28/2026 showed an ejection "
        "fraction of 35 percent. Renal function remained stable, with a creatinine of 1.4 mg/dL at discharge. "
        "Amlodipine was stopped because of leg edema.")  # fmt: skip
    page.paragraph(
        "A urinary tract infection was found on the second day and is being treated. The patient was seen by the heart "
        "failure nurse and can explain when to weigh herself and whom to call.")  # fmt: skip
    active = [
        med("Metoprolol succinate", "50 mg", "PO", "daily", None, "heart failure"),
        med("Lisinopril", "10 mg", "PO", "daily", None, "hypertension"),
        med("Metformin", "500 mg", "PO", "BID", None, "type 2 diabetes"),
        med("Atorvastatin", "40 mg", "PO", "nightly"),
    ]
    started = [
        med("Furosemide", "40 mg", "PO", "BID", None, "fluid retention", "started"),
        med("Nitrofurantoin", "100 mg", "PO", "BID", "5 days", "urinary tract infection", "started"),
    ]
    stopped = [med("Amlodipine", "5 mg", "PO", "daily", status="stopped")]
    for head, items in (("CONTINUE TAKING", active), ("NEW MEDICATIONS", started), ("STOP TAKING", stopped)):
        page.heading(head, 40)
        for item in items:
            page.line("- " + sig(item))
    page.heading("CONDITION AT DISCHARGE")
    page.paragraph("Stable, walking without oxygen. Weight 71.8 kg.")
    page.heading("FOLLOW-UP")
    page.line("- Cardiology clinic, Dr. Priya Raman, 03/12/2026 at 10:30")
    page.line("- Basic metabolic panel in one week")
    page.down(16)
    page.line("Dr. Samuel Okafor, Internal Medicine")
    page.save()
    gold("medications", name, {"medications": active + started + stopped})


def medication_list():
    name = "medication_list.pdf"
    page = Page(name, "Medication list")
    page.footer = "Cedar Hollow Family Practice - printed 01/15/2026"
    page.letterhead("Cedar Hollow Family Practice", "18 Mill Lane, Cedar Hollow - Tel. 555-0177")
    page.title("Medication List")
    page.form([
        (("Patient", "Harold J. Pemberton"), ("Date of birth", "09/30/1946")),
        (("Reviewed on", "01/15/2026"), ("Reviewed by", "Nurse A. Lindqvist")),
    ])  # fmt: skip
    current = [
        med("Apixaban", "5 mg", "PO", "twice daily", None, "atrial fibrillation"),
        med("Levothyroxine", "75 mcg", "PO", "every morning", None, "hypothyroidism"),
        med("Tamsulosin", "0.4 mg", "PO", "at bedtime", None, "benign prostatic hyperplasia"),
        med("Insulin glargine", "18 units", "subcutaneously", "at bedtime", None, "type 2 diabetes"),
        med("Albuterol", "2 puffs", "inhaled", "every 4 hours as needed", None, "wheezing"),
        med("Acetaminophen", "650 mg", "PO", "every 6 hours as needed", None, "knee pain"),
        med("Vitamin D3", "1000 units", "PO", "daily"),
    ]
    past = [
        med("Warfarin", "5 mg", "PO", "daily", status="stopped"),
        med("Amoxicillin", "500 mg", "PO", "three times daily", "10 days", "sinusitis", "historical"),
    ]
    page.heading("CURRENT MEDICATIONS")
    for number, item in enumerate(current, 1):
        page.line("%d. %s" % (number, sig(item)))
    page.heading("STOPPED MEDICATIONS")
    page.line("1. " + sig(past[0]) + ", stopped 11/02/2025")
    page.heading("PAST MEDICATIONS")
    page.line("1. " + sig(past[1]))
    page.heading("ALLERGIES")
    page.line("Penicillin: none reported. Sulfonamides: rash (mild).")
    page.save()
    gold("medications", name, {"medications": current + past})


def lab_gold(collected, specimen, laboratory, rows):
    keys = ("test", "value", "flag", "reference_range", "unit")
    results = [{key: value or None for key, value in zip(keys, row)} for row in rows]
    order = ("test", "value", "unit", "reference_range", "flag")
    return {"collected_at": collected, "specimen": specimen, "laboratory": laboratory,
            "results": [{key: row[key] for key in order} for row in results]}  # fmt: skip


def lab_report():
    name = "lab_report.pdf"
    page = Page(name, "Laboratory report")
    page.footer = "Northgate Clinical Laboratory - accession NG-26-018842"
    page.letterhead("Northgate Clinical Laboratory", "7 Quarry Road, Northgate - Director: Dr. Ingrid Vasquez")
    page.title("Laboratory Report")
    page.form([
        (("Patient", "Marcus T. Delacroix"), ("Accession", "NG-26-018842")),
        (("Date of birth", "11/08/1968"), ("Ordered by", "Dr. Helen Brandt")),
        (("Collected", "01/22/2026"), ("Reported", "01/23/2026")),
        (("Specimen", "Serum"), ("Fasting", "Yes")),
    ])  # fmt: skip
    panels = (
        ("BASIC METABOLIC PANEL", [
            ("Sodium", "138", "", "135-145", "mmol/L"),
            ("Potassium", "5.3", "H", "3.5-5.1", "mmol/L"),
            ("Chloride", "102", "", "98-107", "mmol/L"),
            ("Bicarbonate", "24", "", "22-29", "mmol/L"),
            ("Urea nitrogen", "26", "H", "7-20", "mg/dL"),
            ("Creatinine", "1.42", "H", "0.70-1.30", "mg/dL"),
            ("Glucose", "131", "H", "70-99", "mg/dL"),
            ("Calcium", "9.4", "", "8.6-10.2", "mg/dL"),
        ]),
        ("LIPID PANEL", [
            ("Total cholesterol", "214", "H", "<200", "mg/dL"),
            ("HDL cholesterol", "38", "L", ">40", "mg/dL"),
            ("LDL cholesterol", "142", "H", "<130", "mg/dL"),
            ("Triglycerides", "170", "H", "<150", "mg/dL"),
        ]),
        ("THYROID", [("TSH", "2.31", "", "0.40-4.50", "mIU/L")]),
    )  # fmt: skip
    rows = []
    for head, panel in panels:
        page.heading(head)
        page.table(("Test", "Result", "Flag", "Reference range", "Units"), panel, (0, 190, 250, 310, 430))
        rows += panel
    page.paragraph("H: above the reference range. L: below the reference range.", 8.5)
    page.save()
    gold("laboratory_results", name, lab_gold("01/22/2026", "Serum", "Northgate Clinical Laboratory", rows))


def lab_report_two_columns():
    name = "lab_report_two_columns.pdf"
    page = Page(name, "Haematology report", A4)
    page.footer = "St. Aldhelm Hospital Laboratory - report 2026-H-00917"
    page.letterhead("St. Aldhelm Hospital Laboratory", "Department of Haematology, Priory Street, Wexcombe")
    page.title("Haematology Report")
    page.form([
        (("Patient", "Priscilla Osei-Bonsu"), ("Hospital no.", "H774120")),
        (("Born", "23 May 1989"), ("Ward", "Ambulatory Care")),
        (("Sample taken", "14 January 2026"), ("Reported", "14 January 2026")),
        (("Sample type", "EDTA blood"), ("Requested by", "Dr. T. Ashworth")),
    ], 260)  # fmt: skip
    rows = [
        ("Haemoglobin", "98", "L", "120-150", "g/L"),
        ("White cell count", "6.8", "", "4.0-10.0", "10^9/L"),
        ("Platelets", "412", "H", "150-400", "10^9/L"),
        ("Haematocrit", "0.31", "L", "0.36-0.46", "L/L"),
        ("MCV", "72", "L", "80-100", "fL"),
        ("MCH", "23.1", "L", "27.0-32.0", "pg"),
        ("Ferritin", "6", "L", "15-150", "ug/L"),
        ("Vitamin B12", "388", "", "200-900", "ng/L"),
    ]
    page.heading("RESULTS")
    page.table(("Test", "Result", "Flag", "Reference range", "Units"), rows, (0, 150, 210, 270, 390))
    page.heading("COMMENTS", 200)
    page.columns(
        [("Interpretation",
          "The red cells are small and pale and the ferritin is low. Together these findings are typical of iron "
          "deficiency anaemia. The raised platelet count is a common companion of iron deficiency and needs no "
          "action of its own. The white cells are normal in number and in appearance."),
         ("Film",
          "Microcytic, hypochromic red cells with pencil cells. Platelets are increased and of normal size. No "
          "blasts were seen.")],
        [("Suggested action",
          "Please look for a source of blood loss. In women before the menopause heavy periods are the usual cause, "
          "but bowel disease should be considered if the history does not explain the result. Iron should be given "
          "for three months after the haemoglobin has become normal."),
         ("Methods",
          "Cells were counted on an automated analyser. Ferritin was measured by immunoassay; the result can be "
          "falsely normal when there is inflammation.")])  # fmt: skip
    page.save()
    gold("laboratory_results", name,
         lab_gold("14 January 2026", "EDTA blood", "St. Aldhelm Hospital Laboratory", rows))  # fmt: skip


def radiology_report():
    page = Page("radiology_report.pdf", "Radiology report")
    page.footer = "Lakeshore Imaging - exam 26-CT-004417"
    page.letterhead("Lakeshore Imaging", "400 Pier Avenue, Suite 12, Lakeshore - Tel. 555-0119")
    page.title("Radiology Report")
    page.form([
        (("Patient", "Dolores Finnegan"), ("MRN", "7720156")),
        (("Date of birth", "06/02/1959"), ("Referring", "Dr. Noah Kessler")),
        (("Exam", "CT chest with contrast"), ("Exam date", "02/09/2026")),
    ])  # fmt: skip
    for head, words in (
        ("INDICATION", "Cough for eight weeks and weight loss."),
        ("TECHNIQUE", "Axial images of the chest after 80 mL of intravenous contrast, with coronal reformats."),
        ("COMPARISON", "Chest radiograph of 12/18/2025."),
    ):
        page.heading(head)
        page.paragraph(words)
    page.heading("FINDINGS")
    for words in (
        "Lungs: A spiculated nodule in the right upper lobe measures 14 mm. A calcified granuloma in the left lower "
        "lobe measures 4 mm.",
        "Pleura: Small right pleural effusion.",
        "Mediastinum: A right paratracheal lymph node measures 9 mm in short axis. The heart is normal in size.",
        "Upper abdomen: A simple cyst in the left kidney measures 2.1 cm.",
        "Bones: No destructive lesion.",
    ):
        page.paragraph(words, after=2)
    page.heading("IMPRESSION")
    for number, words in enumerate((
        "Spiculated 14 mm nodule in the right upper lobe, suspicious for malignancy. PET-CT is recommended.",
        "Small right pleural effusion.",
        "No enlarged mediastinal lymph nodes.",
    ), 1):  # fmt: skip
        page.paragraph("%d. %s" % (number, words), after=1)
    page.down(18)
    page.line("Electronically signed by Dr. Yusuf Adeyemi, Radiology, 02/09/2026 16:42")
    page.save()


def invoice():
    name = "invoice.pdf"
    page = Page(name, "Invoice", A4)
    page.footer = "Halden & Moor Office Supply Ltd. - Reg. no. 08841277"
    page.letterhead("Halden & Moor Office Supply Ltd.", "Unit 4, Weaver's Yard, Carrow CW3 8LT - accounts@haldenmoor.example")
    page.title("INVOICE")
    page.form([
        (("Invoice no.", "HM-2026-0381"), ("Invoice date", "12 February 2026")),
        (("Order no.", "PO-77120"), ("Due date", "14 March 2026")),
        (("Currency", "GBP"), ("Customer no.", "20418")),
    ], 250)  # fmt: skip
    page.heading("BILL TO")
    for words in ("Brambleside Medical Centre", "Accounts Payable", "9 Orchard Rise", "Tilney TN4 1QD"):
        page.line(words)
    page.down(10)
    lines = [
        ("A4 copier paper, 80 gsm, box of 5 reams", "12", "21.50", "20%", "258.00"),
        ("Toner cartridge HT-410 black", "4", "68.90", "20%", "275.60"),
        ("Examination couch roll, 50 cm", "30", "3.15", "20%", "94.50"),
        ("Desk lamp, LED", "3", "34.00", "20%", "102.00"),
        ("Patient leaflet rack", "1", "89.90", "0%", "89.90"),
    ]
    page.table(("Description", "Qty", "Unit price", "VAT", "Amount"), lines, (0, 270, 345, 400, 487), (1, 2, 3, 4))
    page.rule()
    page.down(16)
    totals = (("Net total", "820.00"), ("VAT", "146.02"), ("Total", "966.02"), ("Amount due", "966.02"))
    for label, amount in totals:
        page.text(page.left + 345, label, 10, bold=label == "Amount due")
        page.right_text(page.left + 487, amount, 10, bold=label == "Amount due")
        page.down(15)
    page.heading("PAYMENT")
    page.line("Please pay to IBAN GB33 BUKB 2020 1555 5555 55, reference HM-2026-0381.")
    page.line("Goods remain our property until they are paid for.")
    page.save()
    keys = ("description", "quantity", "unit_price", "tax_rate", "net_amount")
    gold("invoice", name, {
        "invoice_number": "HM-2026-0381", "issue_date": "12 February 2026", "due_date": "14 March 2026",
        "currency": "GBP", "seller_name": "Halden & Moor Office Supply Ltd.",
        "buyer_name": "Brambleside Medical Centre", "order_reference": "PO-77120",
        "iban": "GB33 BUKB 2020 1555 5555 55", "total_net": "820.00", "total_tax": "146.02",
        "total_gross": "966.02", "amount_due": "966.02", "lines": [dict(zip(keys, line)) for line in lines]})  # fmt: skip


def contract():
    page = Page("service_contract.pdf", "Service agreement")
    page.footer = "Master Services Agreement - Juniper Ridge Clinic / Tessera Data Systems"
    page.title("MASTER SERVICES AGREEMENT")
    page.paragraph(
        'This Master Services Agreement (the "Agreement") is made on January 5, 2026 and takes effect on February 1, '
        '2026 (the "Effective Date") between Juniper Ridge Clinic, P.C., a professional corporation (the "Client"), and '
        'Tessera Data Systems LLC, a limited liability company (the "Provider").')  # fmt: skip
    for head, words in (
        ("1. Services", "The Provider shall host and maintain the Client's scheduling software and shall answer support "
                        "requests within four business hours."),
        ("2. Term", "This Agreement begins on the Effective Date and ends on January 31, 2029 unless it is terminated "
                    "earlier. It renews for successive periods of twelve months unless either party gives notice."),
        ("3. Termination", "Either party may terminate this Agreement for convenience by giving ninety (90) days' written "
                           "notice to the other party. Either party may terminate at once for a material breach that is "
                           "not cured within thirty (30) days."),
        ("4. Fees", "The Client shall pay $2,400 each month, within thirty (30) days of the invoice date."),
        ("5. Confidentiality", "Each party shall protect the other party's confidential information with the care it uses "
                               "for its own, and in any case with reasonable care. The Provider shall sign a business "
                               "associate agreement before it receives protected health information."),
        ("6. Limitation of liability", "The total liability of either party under this Agreement shall not exceed $28,800. "
                                       "Neither party is liable for indirect or consequential damages."),
        ("7. Governing law", "This Agreement is governed by the laws of the State of Oregon."),
        ("8. Entire agreement", "This Agreement is the entire agreement of the parties on its subject and replaces all "
                                "earlier ones. Changes must be in writing and signed by both parties."),
    ):  # fmt: skip
        page.heading(head)
        page.paragraph(words)
    page.down(20)
    page.form([
        (("Client", "Juniper Ridge Clinic, P.C."), ("Provider", "Tessera Data Systems LLC")),
        (("Signed", "Dr. Miriam Castellano"), ("Signed", "Owen Hartwell")),
    ])  # fmt: skip
    page.save()


VISITS = (
    ("Cough", "Acute bronchitis", "Benzonatate", "100 mg", "PO", "three times daily", "7 days", "cough"),
    ("Ankle pain after a fall", "Sprain of left ankle", "Ibuprofen", "400 mg", "PO", "every 8 hours", "5 days", "pain"),
    ("Blood pressure check", "Essential hypertension", "Lisinopril", "20 mg", "PO", "daily", None, "hypertension"),
    ("Heartburn", "Gastro-esophageal reflux", "Omeprazole", "20 mg", "PO", "every morning", "8 weeks", "reflux"),
    ("Itching rash on arms", "Contact dermatitis", "Hydrocortisone 1% cream", None, "topically", "BID", "14 days", "rash"),
    ("Poor sleep", "Insomnia", "Melatonin", "3 mg", "PO", "at bedtime", None, "insomnia"),
    ("Burning on urination", "Cystitis", "Nitrofurantoin", "100 mg", "PO", "BID", "5 days", "cystitis"),
    ("Seasonal sneezing", "Allergic rhinitis", "Loratadine", "10 mg", "PO", "daily", None, "allergic rhinitis"),
)  # fmt: skip


def patient_record():
    """Forty pages: one visit a page, with a table of vital signs and a plan."""
    page = Page("patient_record.pdf", "Patient record")
    page.footer = "Willow Creek Medical Group - Record of Theodore B. Lindgren - MRN 3317745"
    for visit in range(40):
        complaint, diagnosis, *plan = VISITS[visit % len(VISITS)]
        item = med(*plan)
        year, month = 2019 + visit // 6, 1 + 2 * (visit % 6)
        date = "%02d/%02d/%d" % (month, 3 + visit % 25, year)
        if visit:
            page.new_page()
        page.letterhead("Willow Creek Medical Group", "55 Sycamore Street, Willow Creek - Tel. 555-0188")
        page.title("Office Visit %d" % (visit + 1))
        page.form([
            (("Patient", "Theodore B. Lindgren"), ("MRN", "3317745")),
            (("Date of birth", "08/21/1963"), ("Visit date", date)),
            (("Provider", "Dr. Amara Nwosu"), ("Visit type", "Established patient")),
        ])  # fmt: skip
        page.heading("CHIEF COMPLAINT")
        page.paragraph(complaint + ".")
        page.heading("VITAL SIGNS")
        page.table(("Sign", "Value", "Units"), [
            ("Blood pressure", "%d/%d" % (118 + visit * 7 % 31, 72 + visit * 5 % 17), "mmHg"),
            ("Heart rate", str(62 + visit * 3 % 25), "bpm"),
            ("Temperature", "%.1f" % (36.4 + visit * 3 % 14 / 10), "C"),
            ("Weight", "%.1f" % (84.2 + visit * 11 % 37 / 10), "kg"),
        ], (0, 160, 240))  # fmt: skip
        page.heading("HISTORY")
        page.paragraph(
            "The patient reports %s. There has been no fever and no weight loss. He takes his medications as prescribed "
            "and has had no side effects. He does not smoke and drinks wine on weekends." % complaint.lower())  # fmt: skip
        page.heading("ASSESSMENT")
        page.line("- %s" % diagnosis)
        page.heading("PLAN")
        page.line("- %s" % sig(item))
        page.line("- Return in %d weeks or sooner if symptoms get worse" % (2 + visit % 5))
        page.down(14)
        page.line("Signed by Dr. Amara Nwosu on %s" % date)
    page.save()


def scanned_page():
    """A page that is only a picture of text."""
    image = Image.new("L", (1275, 1650), 250)
    draw = ImageDraw.Draw(image)
    lines = ["RIVERBEND URGENT CARE", "", "Patient: Walter Simms      Date: 03/02/2026", "",
             "Laceration of the right hand, 3 cm.", "Closed with four sutures.",
             "Tetanus vaccine given.", "Return in 10 days for suture removal."]  # fmt: skip
    small = Image.new("L", (420, 160), 250)
    pen = ImageDraw.Draw(small)
    for row, words in enumerate(lines):
        pen.text((8, 6 + 18 * row), words, font=ImageFont.load_default(), fill=40)
    image.paste(small.resize((1134, 432), Image.BILINEAR).rotate(0.6, fillcolor=250), (70, 120))
    draw.line((60, 100, 1215, 104), fill=120, width=3)
    data = io.BytesIO()
    image.save(data, "JPEG", quality=45)
    canvas = Canvas(os.path.join(HERE, "scanned_page.pdf"), pagesize=LETTER, invariant=1)
    canvas.setTitle("Scanned page")
    canvas.drawImage(ImageReader(io.BytesIO(data.getvalue())), 0, 0, LETTER[0], LETTER[1])
    canvas.showPage()
    canvas.save()


def notes():
    items = [
        med("Sertraline", "50 mg", "PO", "daily", None, "depression"),
        med("Propranolol", "20 mg", "PO", "BID", None, "migraine prevention"),
        med("Sumatriptan", "50 mg", "PO", "as needed", None, "migraine"),
    ]
    stopped = med("Topiramate", "25 mg", "PO", "daily", status="stopped")
    text = "\n".join([
        "Maple Street Health Center", "12 Maple Street, Elmsford", "", "02/18/2026", "",
        "RE: Beatrix Lowell, born 12/05/1984", "", "Dear Dr. Sandoval,", "",
        "Thank you for seeing Ms. Lowell, who has had migraine for six years. The attacks now come", "eight times a month "
        "and last up to two days. Her neurological examination is normal.", "MRI of the brain on 01/29/2026 was normal.", "",
        "CURRENT MEDICATIONS", *("- " + sig(item) for item in items), "", "STOPPED",
        "- " + sig(stopped) + ", stopped because of tingling", "", "ALLERGIES", "- Codeine: nausea", "",
        "Please advise on prevention. She would prefer a treatment that she does not have to take", "every day.", "",
        "With kind regards,", "Dr. Felix Abernathy", ""])  # fmt: skip
    with open(os.path.join(HERE, "referral_note.txt"), "w", encoding="utf-8") as out:
        out.write(text)
    gold("medications", "referral_note.txt", {"medications": items + [stopped]})
    vitals = "\n".join([
        "# Nursing flow sheet", "", "Patient: Imani Kowalczyk", "Ward: 4 West", "Date: 02/21/2026", "",
        "## 06:00", "", "- Blood pressure: 142/88 mmHg", "- Heart rate: 96 bpm", "- Temperature: 38.4 C",
        "- Respiratory rate: 22 /min", "- Oxygen saturation: 93 %", "", "## 14:00", "",
        "- Blood pressure: 128/80 mmHg", "- Heart rate: 84 bpm", "- Temperature: 37.2 C",
        "- Respiratory rate: 18 /min", "- Oxygen saturation: 96 %", "",
        "Patient feels better after the second dose of ceftriaxone. Drinking well.", ""])  # fmt: skip
    with open(os.path.join(HERE, "vital_signs.md"), "w", encoding="utf-8") as out:
        out.write(vitals)


def main():
    discharge_letter()
    medication_list()
    lab_report()
    lab_report_two_columns()
    radiology_report()
    invoice()
    contract()
    patient_record()
    scanned_page()
    notes()
    os.makedirs(os.path.join(HERE, "gold"), exist_ok=True)
    for template, records in GOLD.items():
        with open(os.path.join(HERE, "gold", template + ".jsonl"), "w", encoding="utf-8") as out:
            for record in records:
                out.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
