# SPDX-License-Identifier: GPL-3.0-or-later
"""Names for the generator. Entries of the test and tuning split are never seen in training."""

import re

import shared_data


def _kept(entries, split, low=2, high=44):
    """Clean entries of the wanted split, sorted so that a seed gives the same documents everywhere."""
    wanted = set()
    for entry in entries:
        entry = re.sub(r"\s+", " ", entry.strip())
        if not (low <= len(entry) <= high) or not entry[0].isalnum() or "\ufffd" in entry or '"' in entry:
            continue
        held_out = shared_data.split_of(entry) != "train"
        if held_out == (split != "train"):
            wanted.add(entry)
    return sorted(wanted)


class Lexicons:
    """`split` is "train", or anything else for the held-out entries."""

    def __init__(self, root, split="train"):
        folder = root / "lexicons"
        # Homoeopathic products are listed under what they are for.
        diseases = {word for row in shared_data.read_csv(folder / "icd10cm_2024.csv") for word in re.findall(r"[a-z]+", row["description"].lower())}
        drugs = [row["drug"] for row in shared_data.read_csv(folder / "drugsatfda_products.csv")]
        drugs += [row["active_ingredient"] for row in shared_data.read_csv(folder / "drugsatfda_products.csv")]
        drugs += shared_data.read_lines(folder / "drug_names_parsigs.txt")
        drugs = [name for name in drugs if re.fullmatch(r"[A-Za-z][A-Za-z0-9 '\-/]*", name) and len(name.split()) <= 4]
        self.drugs = [name for name in _kept(drugs, split, 3, 34) if name not in diseases]

        first = shared_data.read_lines(folder / "first_names.txt")
        first += shared_data.read_lines(folder / "names_first_names" / "us.txt")
        self.first_names = _kept([name.title() for name in first if name.isalpha()], split, 2, 14)
        last = shared_data.read_lines(folder / "names_random.txt")
        for name in ("us", "uk", "de", "fr", "it", "pl"):
            last += shared_data.read_lines(folder / "names_surnames" / (name + ".txt"))
        self.last_names = _kept([name for name in last if re.fullmatch(r"[^\W\d_][\w'\-]+", name)], split, 2, 18)

        diagnoses = [
            (row["description"], row["code"]) for row in shared_data.read_csv(folder / "icd10cm_2024.csv")
        ]
        kept = set(_kept([text for text, _ in diagnoses], split, 4, 60))
        self.diagnoses = sorted((text, code) for text, code in diagnoses if text in kept)
        self.short_diagnoses = [entry for entry in self.diagnoses if len(entry[0]) <= 34]

        self.labs = []
        for row in shared_data.read_csv(folder / "labs_common.csv"):
            names = [row["name"]] + [name for name in row["aliases"].split("|") if name]
            self.labs.append((names, row["unit"], row["low"], row["high"]))
        self.observations = _kept(
            [row["name"] for row in shared_data.read_csv(folder / "observations_seen.csv")], split, 2, 40
        )

        cities = [row["name"] for row in shared_data.read_csv(folder / "world_cities.csv")]
        self.cities = _kept(cities + shared_data.read_lines(folder / "places_random.txt"), split, 3, 24)
        companies = [row["Security"] for row in shared_data.read_csv(folder / "companies_sp500.csv")]
        companies += [row["Company Name"] for row in shared_data.read_csv(folder / "companies_nasdaq.csv")]
        self.companies = _kept([name for name in companies if name], split, 3, 40)
        for name in ("drugs", "first_names", "last_names", "diagnoses", "labs", "cities", "companies"):
            if not getattr(self, name):
                raise SystemExit("training needs the lexicons: %s is empty in %s" % (name, folder))
