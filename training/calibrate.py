#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures how often a model's answers are right at which probability, for docs/evaluation.md, "Confidence":

    python3 gold_sets.py --shared FOLDER --out TUNE --split tune
    python3 gold_sets.py --shared FOLDER --out TEST --split test
    python3 calibrate.py --attest build/release/bin/attest --model MODEL.gguf --fit TUNE --check TEST --cache FOLDER

Writes MODEL.calibration.jsonl beside the model from the documents of TUNE, and prints what it is worth on those of TEST.
Answers are kept in the cache, a file a set; what is there is not asked again.

A curve a kind of answer: of a shipped template or another, in a list or single, a value or "not stated". Curves do not
fall (pool adjacent violators over bins of as many answers). A set counts as at most 300 answers of a kind, so that no
collection decides alone; a kind with less than 300 answers takes those of the other templates as well.
"""

import argparse
import hashlib
import json
import random
from pathlib import Path

import evaluate
import examples

_MOST_OF_A_SET = 300
_LEAST_OF_A_KIND = 300
_IN_BIN = 40
_FORMAT = {"format": "attest-calibration", "version": 1}


def is_built_in(template):
    """As the program sees it: a shipped template, unchanged."""
    own = json.loads(template.read_text(encoding="utf-8"))
    shipped = examples.TEMPLATES / (own["$id"].split(":")[-1] + ".json")
    return shipped.is_file() and json.loads(shipped.read_text(encoding="utf-8")) == own


def answers(attest, gold, model, cache):
    """[(set and document, kind, probability, right)] of all sets of a folder."""
    cache.mkdir(parents=True, exist_ok=True)
    rows = []
    for name, folders in evaluate.sets(gold):
        for folder in folders:
            file = cache / ("_".join(folder.relative_to(gold).parts) + ".jsonl")
            if not file.is_file():
                evaluate.run(attest, folder, model, ("--answers", file))
            template = "built-in" if is_built_in(folder / "template.json") else "own"
            for line in file.read_text(encoding="utf-8").splitlines():
                answer = json.loads(line)
                rows.append(((name, answer["document"]), (template, answer["part"], answer["answer"]), answer["probability"], answer["right"]))
    return rows


def weights(rows):
    """A weight a row, see above."""
    count = {}
    for (name, _), kind, _, _ in rows:
        count[name, kind] = count.get((name, kind), 0) + 1
    return [min(1.0, _MOST_OF_A_SET / count[name, kind]) for (name, _), kind, _, _ in rows]


def curve(points):
    """Ascending (probability, share of right ones) of [(probability, right, weight)]."""
    points = sorted(points)
    whole = sum(weight for _, _, weight in points)
    size = whole / max(1, int(whole / _IN_BIN))
    blocks, filled = [], 0.0  # [weight, weighted probability, weighted right]
    for probability, right, weight in points:
        if not blocks or filled >= size * len(blocks) - 1e-9:
            blocks.append([0.0, 0.0, 0.0])
        filled += weight
        for at, more in enumerate((weight, weight * probability, weight * right)):
            blocks[-1][at] += more
    pooled = []
    for block in blocks:
        pooled.append(block)
        while len(pooled) > 1 and pooled[-2][2] / pooled[-2][0] >= pooled[-1][2] / pooled[-1][0]:
            last = pooled.pop()
            pooled[-1] = [a + b for a, b in zip(pooled[-1], last)]
    # One right and one wrong answer more: what was never seen wrong is not certain.
    return [(round(probability / weight, 6), round((right + 1) / (weight + 2), 4)) for weight, probability, right in pooled]


def ascending(points):
    """The last step can go down by the answers that curve() adds."""
    kept = []
    for probability, right in points:
        kept.append((probability, max(right, kept[-1][1]) if kept else right))
    return kept


def fit(rows):
    """{kind: curve} and {kind: number of answers}."""
    by_kind = {}
    for (_, kind, probability, right), weight in zip(rows, weights(rows)):
        by_kind.setdefault(kind, []).append((probability, right, weight))
    points = {}
    for kind, own in by_kind.items():
        others = [point for other, more in by_kind.items() if other != kind and other[1:] == kind[1:] for point in more]
        points[kind] = own if len(own) >= _LEAST_OF_A_KIND else own + others
    return {kind: ascending(curve(found)) for kind, found in points.items()}, {kind: len(found) for kind, found in points.items()}


def look_up(points, probability):
    """As Calibration::confidence()."""
    above = next((at for at, point in enumerate(points) if point[0] > probability), len(points))
    if above in (0, len(points)):
        return points[0 if above == 0 else -1][1]
    (x0, y0), (x1, y1) = points[above - 1], points[above]
    return y0 + (probability - x0) / (x1 - x0) * (y1 - y0)


def error(pairs, bins=15):
    """Expected calibration error of [(confidence, right)], bins of as many answers each."""
    pairs = sorted(pairs, key=lambda pair: pair[0])  # equal ones as they came: wrong ones first would be a bias
    bins = max(1, min(bins, len(pairs) // 10))
    total = 0.0
    for at in range(bins):
        part = pairs[len(pairs) * at // bins : len(pairs) * (at + 1) // bins]
        total += abs(sum(confidence for confidence, _ in part) - sum(right for _, right in part))
    return total / len(pairs)


def error_interval(pairs_of, resamples=200):
    """95 % of the error, documents drawn with replacement, of {document: [(confidence, right)]}."""
    rng, documents = random.Random(1), list(pairs_of.values())
    errors = sorted(error([pair for pairs in rng.choices(documents, k=len(documents)) for pair in pairs]) for _ in range(resamples))
    return errors[resamples // 40], errors[-1 - resamples // 40]


def auroc(pairs):
    pairs = sorted(pairs)
    right = sum(right for _, right in pairs)
    wrong = len(pairs) - right
    if not right or not wrong:
        return float("nan")
    ranks, begin = 0.0, 0
    while begin < len(pairs):
        end = begin
        while end < len(pairs) and pairs[end][0] == pairs[begin][0]:
            end += 1
        ranks += sum(is_right for _, is_right in pairs[begin:end]) * (begin + end + 1) / 2
        begin = end
    return (ranks - right * (right + 1) / 2) / (right * wrong)


def report(rows, curves):
    groups, documents = {}, {}
    for (name, document), kind, probability, right in rows:
        if kind in curves:
            confidence = look_up(curves[kind], probability)
            for group in (" ".join(kind), "all " + kind[2] + "s", "set " + name + " " + kind[2] + "s"):
                groups.setdefault(group, []).append((probability, confidence, right))
            for which, sure in (("raw", probability), ("calibrated", confidence)):
                documents.setdefault((kind[2], which), {}).setdefault((name, document), []).append((sure, right))
    print("| answers | n | right | error raw | calibrated | AUROC raw | calibrated | 0.9 or more, raw | right of them | calibrated | right of them |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for group, found in sorted(groups.items()):
        raw, calibrated = [(p, r) for p, _, r in found], [(c, r) for _, c, r in found]
        cells = [group, str(len(found)), "%.3f" % (sum(r for _, r in raw) / len(raw)), "%.3f" % error(raw), "%.3f" % error(calibrated), "%.3f" % auroc(raw), "%.3f" % auroc(calibrated)]
        for pairs in (raw, calibrated):
            sure = [r for c, r in pairs if c >= 0.9]
            cells += ["%.2f" % (len(sure) / len(found)), "%.3f" % (sum(sure) / len(sure)) if sure else ""]
        print("| " + " | ".join(cells) + " |")
    for (answer, which), pairs_of in sorted(documents.items()):
        print("error of all %ss, %s, over %d documents: %.3f to %.3f" % (answer, which, len(pairs_of), *error_interval(pairs_of)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--attest", required=True)
    parser.add_argument("--model", required=True, type=Path)
    parser.add_argument("--fit", required=True, type=Path)
    parser.add_argument("--check", type=Path)
    parser.add_argument("--cache", required=True, type=Path)
    options = parser.parse_args()
    rows = answers(options.attest, options.fit, options.model, options.cache / "fit")
    curves, counts = fit(rows)
    header = dict(_FORMAT, model_sha256=hashlib.sha256(options.model.read_bytes()).hexdigest())
    lines = [header] + [
        {"template": kind[0], "part": kind[1], "answer": kind[2], "answers": counts[kind], "probability": [point[0] for point in points], "right": [point[1] for point in points]}
        for kind, points in sorted(curves.items())
    ]
    options.model.with_suffix(".calibration.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    if options.check:
        report(answers(options.attest, options.check, options.model, options.cache / "check"), curves)


if __name__ == "__main__":
    main()
