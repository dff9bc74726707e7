# SPDX-License-Identifier: GPL-3.0-or-later
"""Shipped parts in other words: subsets, orders, names and descriptions, so that templates of users work too."""

from dataclasses import replace

_TITLES = {
    "medication": ["Drugs", "Medication list", "Prescriptions", "Medicines", "Drug chart"],
    "lab": ["Labs", "Results", "Blood tests", "Laboratory report"],
    "lab_header": ["Laboratory report", "Sample"],
    "vital": ["Vitals", "Observations", "Measurements"],
    "invoice": ["Bill", "Invoice data", "Invoice header", "Accounts payable"],
    "invoice_line": ["Invoice lines", "Order lines", "Items", "Goods"],
    "allergy": ["Allergy list", "Intolerances"],
    "problem": ["Diagnoses", "Conditions", "Medical history"],
    "patient": ["Patient", "Header", "Person", "Document header"],
    "contract": ["Agreement", "Contract terms", "Lease"],
    "party": ["Parties", "Contract"],
}
_NAMES = {
    "drug": ["name", "medication", "medicine", "drug_name", "product", "agent"],
    "dose": ["dosage", "amount", "dose_text"],
    "route": ["route_of_administration", "how"],
    "frequency": ["freq", "how_often", "schedule", "interval", "period"],
    "duration": ["length", "how_long"],
    "indication": ["reason", "purpose", "for"],
    "test": ["name", "analyte", "parameter", "lab", "component"],
    "value": ["result", "reading", "measured"],
    "unit": ["units", "uom"],
    "reference_range": ["range", "normal_range", "reference", "ref_range"],
    "flag": ["abnormal", "mark"],
    "sign": ["name", "vital", "measurement", "parameter"],
    "measured_at": ["time", "date", "taken_at"],
    "invoice_number": ["number", "invoice_no", "document_number", "id"],
    "issue_date": ["date", "invoice_date", "issued"],
    "due_date": ["due", "pay_by", "payment_date"],
    "seller_name": ["seller", "supplier", "vendor", "from"],
    "buyer_name": ["buyer", "customer", "client", "bill_to"],
    "order_reference": ["order_number", "po_number", "order"],
    "total_net": ["net_total", "subtotal", "net"],
    "total_tax": ["tax_total", "vat", "tax"],
    "total_gross": ["grand_total", "total", "gross"],
    "amount_due": ["due_payable", "balance_due", "to_pay"],
    "description": ["item", "product", "name", "article", "service"],
    "quantity": ["qty", "count", "number_of_units"],
    "unit_price": ["price", "rate", "price_each"],
    "net_amount": ["line_total", "amount", "total"],
    "substance": ["allergen", "name", "agent"],
    "reaction": ["effect", "symptom", "manifestation"],
    "problem": ["name", "diagnosis", "condition", "disease"],
    "onset": ["since", "start", "began"],
    "code": ["icd", "icd_code", "icd10"],
    "name": ["patient_name", "full_name", "patient"],
    "birth_date": ["dob", "date_of_birth", "born"],
    "collected_at": ["collection_date", "sample_date"],
    "specimen": ["sample", "material"],
    "document_name": ["title", "contract_name", "agreement"],
    "agreement_date": ["date", "signing_date", "dated"],
    "effective_date": ["start_date", "begins", "commencement_date"],
    "expiration_date": ["end_date", "expires", "termination_date"],
    "renewal_term": ["renewal", "extension"],
    "notice_period": ["notice", "notice_period_to_terminate_renewal"],
    "governing_law": ["jurisdiction", "law", "applicable_law"],
}
_LISTS = ["items", "rows", "entries", "list", "records"]
_LISTS_OF_KIND = {
    "medication": ["drugs", "medicines", "prescriptions", "current_drugs"],
    "lab": ["labs", "analytes", "blood_results", "lab_values", "bloods", "chemistry", "lab_tests", "investigations"],
    "vital": ["vitals", "observations", "readings"],
    "problem": ["diagnoses", "illnesses", "medical_problems", "medical_history"],
    "allergy": ["intolerances", "known_allergies"],
    "invoice_line": ["products", "positions", "articles"],
}
_OTHER_WORDS = {
    "drug": ["The medicine.", "What is taken."], "dose": ["How much is taken.", "Dose."], "frequency": ["How often.", "Times a day."], "route": ["Way it is given.", "Route."],
    "test": ["What was measured.", "Test."], "value": ["Result.", "The number."], "unit": ["Unit of measure."], "reference_range": ["Range of normal values."],
    "total_gross": ["Grand total.", "Total amount."], "seller_name": ["Company that issued the invoice.", "Supplier."], "buyer_name": ["Customer.", "Who receives the invoice."],
    "invoice_number": ["Invoice number."], "issue_date": ["Invoice date."], "description": ["What was sold.", "Item text."], "net_amount": ["Line total."],
}  # fmt: skip


def renamed(part, kind, rng):
    """A copy of the part with some of its fields, in another order, under other names."""
    fields = list(part.fields)
    if part.of_strings:
        return part
    if rng.random() < 0.6:
        anchor = [item for item in fields if item.key == part.anchor]
        others = [item for item in fields if item.key != part.anchor]
        if rng.random() < 0.5:
            rng.shuffle(others)
        if others and rng.random() < 0.7:
            others = others[: rng.randint(0 if anchor else 1, len(others))]
        fields = anchor + others
    # A user's own template: every name another one, and often nothing told.
    all_new = rng.random() < 0.25
    described = rng.random() < (0.3 if all_new else 0.6)
    used, result = set(), []
    for item in fields:
        name = item.name
        if (all_new or rng.random() < 0.45) and not (item.key == "name" and kind != "patient"):
            name = rng.choice(_NAMES.get(item.key, [name]))
        if name in used:
            name = item.name
        if name in used:
            continue
        used.add(name)
        description = item.description if described else ""
        if described and rng.random() < 0.3:
            description = rng.choice(_OTHER_WORDS.get(item.key, [description]))
        choices = item.choices
        if choices and rng.random() < 0.2:
            continue
        result.append(replace(item, name=name, description=description, choices=choices))
    if not result:
        return part
    title = rng.choice(_TITLES.get(kind, [part.title])) if rng.random() < 0.5 else part.title
    list_name, words = part.list_name, part.list_description
    if list_name is not None and (all_new or rng.random() < 0.5):
        list_name = rng.choice(_LISTS + _LISTS_OF_KIND.get(kind, []))
        words = rng.choice(["", words, words]) if described else ""
    return replace(part, title=title, fields=result, list_name=list_name, list_description=words)
