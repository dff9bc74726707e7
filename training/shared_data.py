# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the data that training reads, and splits it so that training, tuning and test never overlap.

The data lies outside the repository: `$ATTEST_SHARED`, or `../shared` beside the project root. A folder that holds only
`lexicons/` (or `data/lexicons/`) is enough to train; without real documents the generator does the whole job.
"""

import csv
import json
import lzma
import os
import zlib
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parent.parent


def shared_root(option=None):
    """The folder that holds `lexicons/`; stops with a clear message when there is none."""
    start = Path(option or os.environ.get("ATTEST_SHARED") or PROJECT_ROOT / ".." / "shared")
    for root in (start / "data", start):
        if (root / "lexicons").is_dir():
            return root
    raise SystemExit(
        "training needs the lexicons: no folder lexicons/ or data/lexicons/ in %s.\n"
        "Pass --shared FOLDER or set ATTEST_SHARED." % start
    )


def bucket(key):
    """The split of a lexicon entry: crc32 of its lower-case name, modulo 10.

    0 is test, 1 is tuning, 2 to 9 train.
    """
    return zlib.crc32(str(key).lower().encode("utf-8")) % 10


def split_of(key):
    return {0: "test", 1: "tune"}.get(bucket(key), "train")


def real_split_of(document):
    """The split of a real document, for every set alike: a third is only ever evaluated, one in twelve tunes, the rest trains."""
    number = zlib.crc32(("real:" + str(document).lower()).encode("utf-8")) % 12
    return "test" if number < 4 else "tune" if number == 4 else "train"


def read_lines(path):
    if not path.is_file():
        return []
    with open(path, encoding="utf-8-sig", errors="replace") as lines:
        return [line.strip() for line in lines if line.strip()]


def read_csv(path):
    if not path.is_file():
        return []
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as lines:
        return list(csv.DictReader(lines))


def read_jsonl(path):
    """The documents of a `*.jsonl` file; an empty list when the file is not there."""
    if not path.is_file():
        return []
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_texts(path):
    """The documents of a `text/*.txt.xz` file; an empty list when it is not there."""
    if not path.is_file():
        return []
    with lzma.open(path, "rt", encoding="utf-8", errors="replace") as source:
        return [text.strip() for text in source.read().split("<|doc|>") if text.strip()]
